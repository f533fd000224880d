"""What a press or a rubber band means: the thing under the pointer, the things inside."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from sdx_studio.ui.canvas.columns import SHAPES

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
    if row is not None and SHAPES[columns.shape[row]] not in ("ground", "cabinet"):
        return columns.ids[row]
    reach = LINK_REACH / canvas.camera.zoom
    link = None if "cable" in columns.fixed else canvas.scene.routes.at(canvas.camera.to_canvas(point), reach)
    if link is not None:
        return link
    if row is None:
        return None
    return columns.ids[row] if canvas.camera.to_canvas(point).y() - columns.rect[row, 1] < HEADER else None


def inside(canvas: "Canvas", band: QRectF) -> list[str]:
    """Elements wholly inside a widget rectangle, without those that are in another one of them."""
    corner, end = (canvas.camera.to_canvas(one) for one in (band.topLeft(), band.bottomRight()))
    columns, document = canvas.scene.columns, canvas.session.document
    rows = columns.inside(QRectF(corner, end), touching=False).tolist()
    order = [columns.ids[row] for row in rows if columns.kind[row].family not in columns.fixed]
    found = set(order)
    return [id for id in order if found.isdisjoint(document.above(id))]


def ports(box: QRectF) -> tuple[QPointF, ...]:
    """Where a cable may be pulled out: the middles of the four sides, in widget px."""
    x, y = box.center().x(), box.center().y()
    return (QPointF(box.left(), y), QPointF(box.right(), y), QPointF(x, box.top()), QPointF(x, box.bottom()))
