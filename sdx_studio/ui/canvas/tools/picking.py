"""What a press or a rubber band means: the thing under the pointer, the things inside."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

if TYPE_CHECKING:
    from sdx_studio.ui.canvas.canvas import Canvas

LINK_REACH = 8.0
"""Px from a link within which a press is meant for it."""
HEADER = 34.0
"""Px under the upper edge of a ground by which it is taken."""


def thing_at(canvas: "Canvas", point: QPointF) -> str | None:
    """Element under a widget point; on a ground a link goes first; a ground itself only by its header or edge."""
    row = canvas.row_at(point)
    columns = canvas.scene.columns
    if row is not None and columns.kind[row].shape not in ("ground", "cabinet"):
        return columns.ids[row]
    link = canvas.scene.routes.at(canvas.camera.to_canvas(point), LINK_REACH / canvas.camera.zoom)
    if link is not None:
        return link
    if row is None:
        return None
    return columns.ids[row] if canvas.camera.to_canvas(point).y() - columns.rect[row, 1] < HEADER else None


def inside(canvas: "Canvas", band: QRectF) -> list[str]:
    """Elements wholly inside a widget rectangle, without those that are in another one of them."""
    corner, end = (canvas.camera.to_canvas(one) for one in (band.topLeft(), band.bottomRight()))
    columns, document = canvas.scene.columns, canvas.session.document
    order = [columns.ids[row] for row in columns.inside(QRectF(corner, end), touching=False).tolist()]
    found = set(order)
    return [id for id in order if found.isdisjoint(document.above(id))]


def ports(box: QRectF) -> tuple[QPointF, ...]:
    """Where a cable may be pulled out: the middles of the four sides, in widget px."""
    x, y = box.center().x(), box.center().y()
    return (QPointF(box.left(), y), QPointF(box.right(), y), QPointF(x, box.top()), QPointF(x, box.bottom()))
