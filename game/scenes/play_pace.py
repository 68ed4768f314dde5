"""The play's own time: the window's, less whatever was paused or covered by something else."""

from __future__ import annotations


class Pace:
    """Steps, motion and the clock all go by ``t``.

    While the play is paused, or a dialog lies over it, ``t`` stands; then it goes on from
    there, so that nothing happens behind anybody's back.
    """

    def __init__(self) -> None:
        self.t = 0.0  # the play's time, as of the last tick
        self.paused = False
        self._lost = 0.0  # seconds of the window's that did not count
        self._halted = False

    def time(self, window: float) -> float:
        """The play's time at an instant of the window's."""
        return self.t if self.paused or self._halted else window - self._lost

    def tick(self, window: float) -> bool:
        """Let time pass; False while it stands still."""
        if self.paused:
            return False
        if self._halted:  # back again: go on from where it stood
            self._lost = window - self.t
            self._halted = False
        self.t = window - self._lost
        return True

    def halt(self) -> None:
        """Something covers the play: time stands until the next tick."""
        self._halted = True

    def pause(self) -> None:
        """Time stands until :meth:`resume`."""
        self.paused = True

    def resume(self) -> None:
        """Time goes on at the next tick."""
        if self.paused:
            self.paused = False
            self._halted = True
