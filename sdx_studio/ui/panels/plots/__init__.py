"""Curves over simulated time: one plot that follows the selection, and those that somebody has put beside it."""

from sdx_studio.ui.panels.plots.area import Plots

__all__ = ["Plots"]
