"""The project: elements, links and a scenario by id, changed only through transactions that can be undone.

May import the kinds. May not enter: Qt, files, the engine's world, anything that knows how it is shown.
"""

from sdx_studio.document.changes import Change
from sdx_studio.document.document import Document, UnknownElementError
from sdx_studio.document.history import Edit, EditError, History
from sdx_studio.document.records import Act, Element, Link, Properties

__all__ = [
    "Act", "Change", "Document", "Edit", "EditError", "Element", "History", "Link", "Properties",
    "UnknownElementError",
]  # fmt: skip
