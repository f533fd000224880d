"""The physics: what a drawn infrastructure does over time.

The engine gets parts (what offers, asks, carries, stores) and knows nothing of kinds, files, windows or the wall
clock; there are no globals, and NumPy is the only library that may enter.
"""
