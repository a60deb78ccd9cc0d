"""Plots in the look of the window."""
