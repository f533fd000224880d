"""File, Export: what is to be drawn, in which format, and how; with a small picture and the figures of the result."""

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sdx_studio import units
from sdx_studio.session.actions.view_look import LOOKS
from sdx_studio.ui import animation, pictures, replay
from sdx_studio.ui.exports import ALL, ENLARGED, FORMATS, PARTS, SEEN, SELECTION, SPEEDS, Choice, Exports
from sdx_studio.ui.panels.chooser import Chooser
from sdx_studio.ui.pictures import View
from sdx_studio.ui.theme import THEMES, px
from sdx_studio.words import LANGUAGES, _, dictionary, mark

if TYPE_CHECKING:
    from sdx_studio.ui.window import Window

PREVIEW = (400, 190)
RATES = (5.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0, 30.0)
"""Frames a second."""
SCALES = (1.0, 1.5, 2.0, 3.0, 4.0)
KINDS = {
    ".png": mark("PNG · picture of pixels"), ".svg": mark("SVG · drawing without limits of size"),
    ".pdf": mark("PDF · page to print"), ".gif": mark("GIF · moving picture"),
    ".webp": mark("WebP · moving picture, small and sharp"), ".html": mark("HTML · replay for a browser"),
}  # fmt: skip
WHAT = {ALL: mark("Everything"), SEEN: mark("What is seen now"), SELECTION: mark("Selection")}


class ExportDialog(QDialog):
    """Asks for a Choice; `choice` is what is entered, `trouble` why it cannot be made, in words."""

    def __init__(self, window: "Window", exports: Exports) -> None:
        super().__init__(window)
        self._window, self._exports = window, exports
        self.setObjectName("export")
        self.setWindowTitle(_("Export"))
        first = exports.first()
        self._first = first
        self.format = self._chooser("format", [(_(KINDS[one]), one) for one in FORMATS], first.format)
        parts = [one for one in PARTS if one != SELECTION or window.canvas.selection]
        self.part = self._chooser("part", [(_(WHAT[one]), one) for one in parts], first.part)
        self.scale = self._chooser("scale", [(f"{one:g}\u00a0×", one) for one in SCALES], first.scale)
        self.theme = self._chooser("theme", [(_(LOOKS[one]), one) for one in THEMES], first.theme)
        self.language = self._chooser("language", [(name, key) for key, name in LANGUAGES.items()], first.language)
        self.start, self.end = self._time("start", first.start), self._time("end", first.end)
        self.fps = self._chooser("fps", [(f"{one:g}", one) for one in RATES], first.fps)
        self.speed = self._chooser("speed", [(f"{one:g}\u00a0×", one) for one in SPEEDS], first.speed)
        self.picture, self.told = QLabel(), QLabel()
        self.told.setObjectName("export_told")
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(px(34))
        self.go, self.leave = QPushButton(_("Export…")), QPushButton(_("Cancel"))
        self.trouble = ""
        self._drawn: tuple[tuple[str, ...], View] | None = None
        self._lay_out()
        self.follow()

    def _chooser(self, name: str, rows: list[tuple[str, object]], value: object) -> Chooser:
        made = Chooser(self._window.look)
        made.setObjectName(f"export_{name}")
        for words, data in rows:
            made.addItem(words, data)
        made.setCurrentIndex(max(0, made.findData(value)))
        made.currentIndexChanged.connect(self.follow)
        return made

    def _time(self, name: str, value: float) -> QLineEdit:
        made = QLineEdit(units.show(value, "s"))
        made.setObjectName(f"export_{name}")
        made.textChanged.connect(self.follow)
        return made

    def _lay_out(self) -> None:
        self.form = QFormLayout()
        self.form.setSpacing(px(8))
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: list[tuple[str, QWidget]] = [
            (_("Format"), self.format), (_("What"), self.part), (_("Size"), self.scale), (_("Theme"), self.theme),
            (_("Language"), self.language), (_("From"), self.start), (_("To"), self.end),
            (_("Frames a second"), self.fps), (_("Speed"), self.speed),
        ]  # fmt: skip
        for words, editor in rows:
            editor.setAccessibleName(words)
            self.form.addRow(words, editor)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setStyleSheet(f"border: 1px solid {self._window.look.colours['line.2']}")
        self.picture.setFixedSize(px(PREVIEW[0]), px(PREVIEW[1]))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        self.go.setObjectName("export_go")
        self.go.setDefault(True)
        self.go.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(self.picture)
        column.addLayout(self.form)
        column.addWidget(self.told)
        column.addLayout(foot)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def choice(self) -> Choice:
        """What is entered; raises UnitError for a time that is none."""
        made = replace(
            self._first, format=self.format.currentData(), part=self.part.currentData(),
            scale=self.scale.currentData(), theme=self.theme.currentData(), language=self.language.currentData(),
            fps=self.fps.currentData(), speed=self.speed.currentData(),
        )  # fmt: skip
        if not made.moving:
            return made
        return replace(made, start=units.parse(self.start.text(), "s"), end=units.parse(self.end.text(), "s"))

    def follow(self) -> None:
        """Show the rows that the format has, the picture, and what it will come to."""
        format = self.format.currentData()
        moving = format in pictures.MOVING
        shown = {
            self.scale: format in ENLARGED, self.start: moving, self.end: moving, self.speed: moving,
            self.fps: moving and format != ".html",
        }  # fmt: skip
        for editor, wanted in shown.items():
            self.form.setRowVisible(editor, wanted)
        try:
            self.told.setText(self._figures(self.choice()))
            self.trouble = ""
        except ValueError as reason:
            self.trouble = str(reason)
            self.told.setText(self.trouble)
        self.go.setEnabled(not self.trouble)

    def _figures(self, choice: Choice) -> str:
        """What the result will be like; raises ValueError, in words, for what cannot be made."""
        view = self._draw(choice)
        if choice.moving:
            if not 0.0 <= choice.start < choice.end <= units.LONGEST:
                raise ValueError(_("the span must end after it begins"))
            plays = units.show((choice.end - choice.start) / choice.speed, "s")
            if choice.format == ".html":
                count = len(replay.moments(choice.start, choice.end, self._rows()))
                return _("{count} moments with all numbers, in all languages", count=count)
            count = animation.span_of(self._exports.wish(choice, Path(choice.format))).count
            wide, high = self._pixels(animation.smaller(view[1]) if choice.part != SEEN else view[1], choice.scale)
            return _("{wide} × {high} pixels · {count} frames · plays {time}", wide=wide, high=high, count=count,
                     time=plays)  # fmt: skip
        if choice.format == ".png":
            wide, high = self._pixels(view[1], choice.scale)
            return _("{wide} × {high} pixels", wide=wide, high=high)
        return _("as sharp as you like; all letters come with the file")

    def _rows(self) -> int:
        columns, routes = self._window.canvas.scene.columns, self._window.canvas.scene.routes
        return len(columns.ids) + len(routes.ids)

    def _pixels(self, size: QSizeF, scale: float) -> tuple[str, str]:
        pictures.check_pixels(size, scale)
        wide, high = (f"{round(side * scale):,}" for side in (size.width(), size.height()))
        return wide, high

    def _draw(self, choice: Choice) -> View:
        """Show the picture small, if another one is wanted than before; returns where it looks."""
        key = (choice.theme, choice.part, choice.language, choice.format)
        if self._drawn is not None and self._drawn[0] == key:
            return self._drawn[1]
        ratio = self.devicePixelRatioF()
        with dictionary.speaking(choice.language):
            scene = self._exports.scene(choice.theme, choice.part)
            view = self._exports.view(choice, scene) or pictures.frame_of(scene, None)
            room = QSize(self.picture.width() - 2, self.picture.height() - 2)
            share = min(room.width() / view[1].width(), room.height() / view[1].height())
            made = pictures.image(scene, *view, share * ratio * 2)
        wide, high = (math.floor(side * share * ratio) for side in (view[1].width(), view[1].height()))
        small = made.scaled(
            max(1, wide), max(1, high), Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(small))
        self._drawn = (key, view)
        return view


def ask(window: "Window", exports: Exports) -> Choice | None:
    """What the person wants, or None."""
    dialog = ExportDialog(window, exports)
    found = dialog.choice() if dialog.exec() else None
    dialog.deleteLater()
    return found
