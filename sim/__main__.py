"""`python -m sim` is the command `unsaid`."""

from sim.cli import main

main()
