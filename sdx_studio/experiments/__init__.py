"""Sweeps and comparisons over many runs, local or on a cluster.

May import the session and everything below. May not enter: Qt.
"""
