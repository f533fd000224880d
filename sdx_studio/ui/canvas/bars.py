"""Where the bars of each shape lie; the standing tracks and the moving fills share it."""

from PySide6.QtCore import QRectF


def meter_boxes(shape: str, count: int, box: QRectF) -> list[QRectF]:
    """Tracks of `count` meters on a card, in canvas px."""
    if shape == "machine":
        wide = (box.width() - 24 - 14 * (count - 1)) / max(count, 1)
        return [QRectF(box.left() + 12 + index * (wide + 14), box.top() + 61, wide, 6) for index in range(count)]
    if shape == "guest" and box.height() > 60:
        return []
    if shape == "guest":
        wide = (box.width() - 16 - 8) / 2
        return [QRectF(box.left() + 8 + index * (wide + 8), box.bottom() - 13, wide, 6) for index in range(2)]
    if shape == "array":
        return [QRectF(box.left() + 12 + index * 98, box.top() + 66, 86, 6) for index in range(min(count, 2))]
    if shape == "block":
        wide = (box.width() - 16 - 8 * (count - 1)) / max(count, 1)
        return [QRectF(box.left() + 8 + index * (wide + 8), box.bottom() - 14, wide, 6) for index in range(count)]
    if shape == "chip":
        return [QRectF(box.left() + 20, box.bottom() - 6, box.width() - 28, 3)]
    if shape == "leaf" and count:
        return [QRectF(box.left() + 10, box.bottom() - 13, box.width() - 20, 6)]
    return []


def sign_spot(shape: str, box: QRectF) -> tuple[float, float, bool] | None:
    """Where mark and number stand: x, y, and whether x is the number's right end; None for shapes without."""
    if shape in ("machine", "closed"):
        return (box.right() - 12, box.top() + 22, True)
    if shape == "guest":
        tall = box.height() > 60
        return (box.right() - 12, box.top() + 18, True) if tall else (box.left() + 13, box.top() + 31, False)
    return (box.left() + 52, box.top() + 32.5, False) if shape == "leaf" else None
