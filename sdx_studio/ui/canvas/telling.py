"""Elements and cables of a canvas in words, for those who hear it."""

from typing import TYPE_CHECKING

import numpy as np

from sdx_studio.session.virtualizing import WAYS, virtual
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.panels.heading import STATE_WORDS
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

MOST_ENDS = 5
"""Ends of cables that are named; the others are counted."""


def state_words(canvas: "Canvas", id: str) -> str:
    """An element's state and number in words."""
    columns = canvas.scene.columns
    row = columns.row[id]
    words = _(STATE_WORDS[State(int(columns.state[row]))]) if columns.state[row] else _("at rest")
    lead = columns.lead[row]
    return f"{words}, {lead * 100:.0f}\u00a0%" if lead == lead else words


def link_name(canvas: "Canvas", id: str) -> str:
    """A cable by its two ends."""
    document = canvas.session.document
    link = document.links[id]
    return _("cable {a} – {b}", a=document.element(link.a).name, b=document.element(link.b).name)


def link_state(canvas: "Canvas", id: str) -> str:
    """How full a cable is in its fuller direction, or why nothing goes over it."""
    scene = canvas.scene
    row = scene.routes.row[id]
    if scene.cut[row]:
        return _("cut")
    if scene.blocked[row]:
        return _("blocked")
    use = scene.use[row]
    if np.isnan(use).all():
        return _("at rest")
    return _("{percent} full", percent=f"{np.nanmax(use) * 100:.0f}\u00a0%")


def surroundings(canvas: "Canvas", id: str) -> str:
    """Kind and container, what its cables go to, whether it is locked, and in a running model its state.

    The state is here as well as in the value, because not every accessibility bus carries values in words.
    """
    document, running = canvas.session.document, canvas.scene.running
    if id in document.links:
        return f"{_('Link')}, {link_state(canvas, id)}" if running else _("Link")
    kind = _(document.kind_of(id).label)
    above = canvas.scene.columns.holder(id)
    parts = [_("{kind} in {name}", kind=kind, name=document.element(above).name) if above else kind]
    made = virtual(document, id)
    if made is not None:
        parts.append(f"{_(WAYS[made.way])} ({made.words})")
    ends = sorted({document.element(link.b if link.a == id else link.a).name for link in document.links_of(id)})
    if ends:
        names = ", ".join(ends[:MOST_ENDS]) + (f" + {len(ends) - MOST_ENDS}" if len(ends) > MOST_ENDS else "")
        parts.append(_("connected to {names}", names=names))
    if document.element(id).locked:
        parts.append(_("locked"))
    if running:
        parts.append(state_words(canvas, id))
    return ", ".join(parts)
