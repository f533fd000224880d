"""Layers of a canvas: families out of sight, families out of reach of the mouse."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas


def veil(canvas: "Canvas", hidden: frozenset[str], fixed: frozenset[str]) -> None:
    """Put families out of sight, and families out of reach; what goes out of sight is no longer selected."""
    columns = canvas.scene.columns
    columns.fixed = fixed
    if hidden != columns.hidden:
        columns.hidden = hidden
        canvas.scene.rebuild()
        shown = {*columns.row, *canvas.scene.routes.row}
        canvas.select(tuple(id for id in canvas.selection if id in shown))
        canvas.redraw()
