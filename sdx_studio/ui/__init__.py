"""Everything that people see: the only room that may import PySide6 or pyqtgraph.

Widgets mirror the document by its changes and the run by its snapshots; they own no fact. May not enter: physics,
file formats, the name of any kind.
"""
