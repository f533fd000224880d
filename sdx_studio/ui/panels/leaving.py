"""Exchanging what a scroll area shows while its old contents may still be receiving events."""

from PySide6.QtWidgets import QScrollArea, QWidget


def exchange(scroll: QScrollArea, body: QWidget, keeper: QWidget) -> None:
    """Show `body` in place of what was there, which goes when its events are over.

    Until then it is a hidden child of `keeper` without names: taken out of the area it would belong to Python alone and
    die at once, under a click that is just being handled.
    """
    old = scroll.takeWidget()
    if old is not None:
        old.hide()
        old.setParent(keeper)
        for one in (old, *old.findChildren(QWidget)):
            one.setObjectName("")
        old.deleteLater()
    scroll.setWidget(body)
