"""The models of MODELS as formulas: pure functions in base units, one module a theme, and the catalogue of them.

Base units: seconds, bytes, bytes/s, bit/s for links, cores, Hz, W, kWh, JPY, kg, ratios; counts and rates (1/s) as
they are. What is impossible raises `bounds.ImpossibleError`, which says why; overload is a None where a time would
stand, never an infinite or negative number. `models/` declares every model as data: keys, units, text of the formula.
May not enter: units, files, anything that runs.
"""
