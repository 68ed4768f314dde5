"""Sweeps: what a researcher runs, from a study file to a page of findings."""
