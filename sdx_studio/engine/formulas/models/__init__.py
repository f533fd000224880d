"""The models as data, one module a theme, found by walking; each has `MODELS`.

Declarations only: what is computed stands in the formulas, and small functions here fit their arguments to the keys.
"""
