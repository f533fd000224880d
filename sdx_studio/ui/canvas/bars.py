"""Where the bars of each shape lie; the standing tracks and the moving fills share it."""

from PySide6.QtCore import QRectF


def meter_boxes(shape: str, count: int, box: QRectF) -> list[QRectF]:
    """Tracks of `count` meters on a card, in canvas px."""
    if shape == "machine":
        wide = (box.width() - 24 - 14 * (count - 1)) / max(count, 1)
        return [QRectF(box.left() + 12 + index * (wide + 14), box.top() + 61, wide, 6) for index in range(count)]
    if shape == "guest":
        wide = (box.width() - 16 - 8) / 2
        return [QRectF(box.left() + 8 + index * (wide + 8), box.bottom() - 13, wide, 6) for index in range(2)]
    if shape == "array":
        return [QRectF(box.left() + 10 + index * 64, box.top() + 68, 54, 6) for index in range(min(count, 2))]
    if shape == "volume":
        return [QRectF(box.left() + 8, box.bottom() - 14, box.width() - 16, 6)]
    if shape == "leaf" and count:
        return [QRectF(box.left() + 10, box.bottom() - 13, box.width() - 20, 6)]
    return []
