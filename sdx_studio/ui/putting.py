"""Parts that are put where they belong without a pointer: into what is selected, or in the middle of what is seen."""

from typing import TYPE_CHECKING

from sdx_studio.document import EditError
from sdx_studio.kinds import kind
from sdx_studio.session import templates
from sdx_studio.session.quick import Wish

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window


def put(window: "Window", key: str, count: int = 1) -> str | None:
    """Put in `count` parts of a kind, or copies of a template; why that cannot be, or None."""
    template = templates.of_key(window.session.document, key)
    if template is None:
        return window.ways.adder.put(Wish(kind(key), None, count))
    elements = window.session.document.elements
    chosen = [one for one in window.canvas.selection if one in elements and one != template]
    try:
        ids = templates.use(window.session, template, count, parent=chosen[0] if len(chosen) == 1 else None)
    except EditError as reason:
        return str(reason)
    window.canvas.select(ids)
    return None
