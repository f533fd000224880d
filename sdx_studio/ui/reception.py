"""The reception of a window: the welcome page in place of the canvas, files that are dropped, recent files."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, QTimer
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget

from sdx_studio.session import Session
from sdx_studio.session.gallery import SAMPLES
from sdx_studio.ui.theme import px
from sdx_studio.ui.views.board import TOPOLOGY
from sdx_studio.words import _, dictionary

if TYPE_CHECKING:
    from sdx_studio.ui.aftercare import Aftercare
    from sdx_studio.ui.panels.welcome import Shown, Welcome
    from sdx_studio.ui.thumbnails import Thumbnails
    from sdx_studio.ui.window import Window

STAYING = ("file", "view", "help")
"""Menus whose commands leave the welcome page where it is; all others are about the canvas."""


class Reception(QObject):
    """Made with the window; the page itself is made when it is first shown."""

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self.page: Welcome | None = None
        self.thumbnails: Thumbnails | None = None
        self.aftercare: Aftercare | None = None
        self.pictures: Path | None = None
        """Folder in which drawn thumbnails are kept; None draws them for this window alone."""
        self._hidden: list[QDockWidget] = []
        self._heard: Session | None = None
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        window.stage.currentChanged.connect(self._turned)
        window.session_changed.connect(self._turned)
        window.appearance.changed.connect(self.retell)
        window.desk.witnesses.append(self._performed)
        self._turned()

    # the page ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> bool:
        """Whether the welcome page is in place of the canvas."""
        return self.page is not None and self._window.stage.currentWidget() is self.page

    def welcome(self) -> None:
        """Show the page; the panels, which are about the canvas, make room."""
        if self.shown:
            return
        page = self.page or self._make()
        if not self._hidden:
            self._hidden = [dock for dock in self._window.docks if not dock.isHidden()]
            for dock in self._hidden:
                dock.hide()
        self._window.stage.setCurrentWidget(page)
        self.retell()
        page.tiles[0].setFocus()

    def leave(self) -> None:
        """Back to the canvas."""
        if self.shown:
            self._window.board.show_view(TOPOLOGY)

    def retell(self) -> None:
        """The page anew in the language, palette and size in use."""
        if not self.shown or self.page is None or self.thumbnails is None:
            return
        from sdx_studio.ui.panels.tiles import PICTURE

        look, size = self._window.look, (px(PICTURE[0]), px(PICTURE[1]))
        self.page.retell(look, self._facts())
        self.page.raise_()
        paths = tuple(one.path for one in SAMPLES)
        self.thumbnails.ask(paths, look, size, self._window.devicePixelRatioF())

    def _make(self) -> "Welcome":
        from sdx_studio.ui.panels.welcome import Welcome
        from sdx_studio.ui.thumbnails import Thumbnails

        window, files = self._window, self._window.files
        page = self.page = Welcome()
        self.thumbnails = Thumbnails(self.pictures, self)
        self.thumbnails.made.connect(page.show_image)
        by_stem = {one.stem: one for one in SAMPLES}
        page.new_wanted.connect(files.new)
        page.open_wanted.connect(files.open)
        page.template_wanted.connect(lambda stem: files.begin(by_stem[stem]))
        page.sample_wanted.connect(lambda stem: files.open_sample(by_stem[stem].path))
        page.recent_wanted.connect(lambda path: files.open_kept(Path(path)))
        page.forget_wanted.connect(self._forget)
        page.recover_wanted.connect(self._recover)
        page.discard_wanted.connect(self._discard)
        page.left.connect(self.leave)
        window.stage.addWidget(page)
        return page

    def _facts(self) -> "Shown":
        from sdx_studio.ui.panels.welcome import Shown

        recent = tuple((path, told(path), path.is_file()) for path in self._window.appearance.preferences.known)
        work = self.aftercare.work if self.aftercare is not None else ()
        return Shown(recent, tuple((one.title, moment(one.when)) for one in work))

    def _forget(self, path: str) -> None:
        self._window.appearance.preferences.forget(Path(path))
        self.retell()

    def _recover(self, number: int) -> None:
        if self.aftercare is not None:
            self.aftercare.recover(number)

    def _discard(self, number: int) -> None:
        if self.aftercare is not None:
            self.aftercare.discard(number)
            self.retell()

    def _turned(self) -> None:
        """Another page is on the stage, and perhaps another session."""
        session = self._window.session
        if session is not self._heard:
            self._heard = session
            session.history.on_change(self.leave)
            if self.aftercare is not None:
                self.aftercare.keep(session)
        if not self.shown:
            if self.thumbnails is not None:
                self.thumbnails.stop()
            for dock in self._hidden:
                dock.show()
            self._hidden = []

    def _performed(self, id: str) -> None:
        if id.partition(".")[0] not in STAYING:
            self.leave()

    # files that are dropped ------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file dragged over the window is welcome wherever nothing else wants it."""
        if isinstance(event, QDragMoveEvent) and local_files(event):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            return self._dropped(event)
        return super().eventFilter(watched, event)

    def _dropped(self, event: QDropEvent) -> bool:
        files = local_files(event)
        if not files:
            return False
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.open_first(files))  # whoever dropped them need not wait for answers
        return True

    def open_first(self, files: tuple[Path, ...]) -> None:
        """Open the first of several files, and say so."""
        if self._window.files.open_kept(files[0]) and len(files) > 1:
            self._window.desk.say(_("{count} files were dropped; the first one is open", count=len(files)))


def local_files(event: QDropEvent) -> tuple[Path, ...]:
    """Files of this machine that are being dragged."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def told(path: Path) -> str:
    """Folder and date of a recent file, or that it has gone."""
    try:
        when = path.stat().st_mtime
    except OSError:
        return _("missing · {folder}", folder=path.parent.name)
    return f"{path.parent.name} · {moment(when)}"


def moment(when: float) -> str:
    """Day and time (s since 1970) as they are written in the language in use."""
    there = QDateTime.fromSecsSinceEpoch(int(when))
    return QLocale(dictionary.language).toString(there, QLocale.FormatType.ShortFormat)
