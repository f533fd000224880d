"""Switches that make consolidation behave as CloudSim 3.0.3 does; without them it does what the paper says.

Each was found by comparing with that simulator's published example; all are off unless they are named.
"""

from collections.abc import Mapping

from sdx_studio.words import mark

QUIRKS: Mapping[str, str] = {
    "vanish": mark("A VM that asks for nothing in two samples running is taken away for good"),
    "twice": mark(
        "A host that has just been given a VM may be emptied in the same round, so that VMs move twice at once"
    ),
    "weightless": mark("Memory is not counted where VMs are placed"),
    "late": mark("Rounds come 0.1 s after the samples and read loads on the straight line to the next ones"),
    "stale": mark("Power is compared with that before the round, sleeping hosts as if they idled, to the last digit"),
    "dark": mark("Until the first round no power is drawn and no time counts"),
    "receivers": mark("A host counts as overloaded while it receives a VM"),
    "pooled": mark("Violations are ratios of sums over all hosts and VMs instead of means of their ratios"),
    "plain": mark("Local regression gives all samples the same weight"),
    "whole": mark("An overcommitted host gives whole MIPS only, so that it never counts as quite full"),
}
CLOUDSIM = tuple(sorted(QUIRKS))
"""All of them."""

LATE = 0.1
"""Seconds by which rounds come late with that quirk."""
