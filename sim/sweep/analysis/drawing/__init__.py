"""Figures for print and screen, by matplotlib, which is imported where it is used."""
