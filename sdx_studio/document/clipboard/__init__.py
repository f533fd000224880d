"""Cut out and put in: elements with what is in them and the links between them, as text that other windows read too.

May not enter: Qt, anything that is executed or resolved from a text somebody else may have written.
"""

from sdx_studio.document.clipboard.cutting import cut_out
from sdx_studio.document.clipboard.drawing import addresses, drawn
from sdx_studio.document.clipboard.pasting import put_in
from sdx_studio.document.clipboard.reading import read, ready
from sdx_studio.document.clipboard.sheet import FORMAT

__all__ = ["FORMAT", "addresses", "cut_out", "drawn", "put_in", "read", "ready"]
