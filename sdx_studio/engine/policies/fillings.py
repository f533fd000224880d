"""How a consolidation may be asked for: by which rule guests are placed, and how far machines may be filled."""

RULES = ("first fit", "best fit", "power-aware")
LIMIT = 0.8
"""Share of each resource of a machine that may be filled."""
