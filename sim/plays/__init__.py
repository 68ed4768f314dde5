"""What rooms decided, as a table for research: a row a decision, and no free text.

:mod:`sim.plays.decisions` reads one journal, :mod:`sim.plays.export` a folder of them.
"""
