"""Many runs at once, compiled or interpreted: what sweeps and futures are made of."""

from sim.batch.decide import TALLY
from sim.batch.place import Place
from sim.batch.run import Outcome, Tracks, play_batch, play_tracks

__all__ = ["TALLY", "Outcome", "Place", "Tracks", "play_batch", "play_tracks"]
