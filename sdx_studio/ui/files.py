"""New, open, save, export, quit: the commands that need a dialog. Nothing unsaved is lost without asking."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox

from sdx_studio.document import EditError
from sdx_studio.session import Session
from sdx_studio.session.gallery import Sample, begun
from sdx_studio.words import _

if TYPE_CHECKING:
    from sdx_studio.ui.exports import Choice
    from sdx_studio.ui.window import Window


class Files:
    """File commands of one window. `choose_open`, `choose_save` and `ask_unsaved` are asked; tests answer instead."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def choose_open(self) -> str:
        """Path that the person wants to open, or empty."""
        from sdx_studio import exchange  # here and below: what reads and writes files is not needed to show a window

        suffixes = " ".join(f"*{suffix}" for one in exchange.formats().values() if one.reads for suffix in one.suffixes)
        found, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open"), "", f"{_('Projects and imports')} ({suffixes})"
        )
        return str(found)

    def choose_save(self, title: str, filters: str) -> str:
        """Path that the person wants to write to, or empty."""
        found, _filter = QFileDialog.getSaveFileName(self._window, title, "", filters)
        return str(found)

    def ask_unsaved(self) -> str:
        """save, discard or cancel."""
        button = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window, _("Unsaved changes"), _("Save the changes to this project?"),
            button.Save | button.Discard | button.Cancel,
        )  # fmt: skip
        return {button.Save: "save", button.Discard: "discard"}.get(answer, "cancel")

    def may_leave(self) -> bool:
        """Whether the open project may go: saved, unchanged, or given up by the person."""
        if not self._window.session.history.modified:
            return True
        answer = self.ask_unsaved()
        return self.save() if answer == "save" else answer == "discard"

    def new(self) -> None:
        """An empty project."""
        if self.may_leave():
            self._window.take(Session())

    def open(self) -> None:
        """Ask for a file and open it."""
        if self.may_leave():
            path = self.choose_open()
            if path:
                self.open_path(Path(path))

    def open_path(self, path: Path) -> bool:
        """Open a file; a broken one is said in words and changes nothing."""
        from sdx_studio.exchange import FileError
        from sdx_studio.ui.progress import awaited

        try:
            title = _("Opening {file}", file=path.name)
            session = awaited(lambda: Session.open(path), self._window, title)
        except (FileError, OSError) as reason:
            self.complain(_("Cannot open"), str(reason))
            return False
        if session is None:
            return False
        self._window.take(session)
        self._window.appearance.preferences.remember(path)
        if session.notices:
            self._window.desk.say(" · ".join(session.notices))
        return True

    def open_kept(self, path: Path) -> bool:
        """Open a file after asking about unsaved changes."""
        return self.may_leave() and self.open_path(path)

    def begin(self, sample: Sample) -> None:
        """A new project that begins as a copy of a sample."""
        if self.may_leave():
            self._window.take(begun(sample))

    def list_recent(self, menu: QMenu) -> None:
        """Fill a menu with the files of late; those that have gone say so."""
        menu.clear()
        for path in self._window.appearance.preferences.known:
            there = path.is_file()
            entry = menu.addAction(path.name if there else _("{file} (missing)", file=path.name))
            entry.setEnabled(there)
            entry.setToolTip(str(path))
            entry.triggered.connect(functools.partial(lambda path, _on=False: self.open_kept(path), path))
        if menu.isEmpty():
            menu.addAction(_("No recent files")).setEnabled(False)

    def welcome(self) -> None:
        """Show the welcome page."""
        self._window.reception.welcome()

    def open_sample(self, path: Path) -> None:
        """Open one of the gallery's samples; saving it asks for a place of its own."""
        if self.may_leave():
            session = Session.open(path)
            session.path = None
            self._window.take(session)

    def complain(self, title: str, words: str) -> None:
        """Show what went wrong and wait."""
        QMessageBox.warning(self._window, title, words)

    def save(self) -> bool:
        """Save where it was opened; asks when there is no such place."""
        if self._window.session.path is None:
            return self.save_as()
        return self._write(self._window.session.path)

    def save_as(self) -> bool:
        """Ask where to save."""
        chosen = self.choose_save(_("Save as"), f"{_('Project')} (*.sdx)")
        if not chosen:
            return False
        path = Path(chosen)
        return self._write(path if path.suffix else path.with_suffix(".sdx"))

    def save_copy(self, session: Session) -> bool:
        """Ask where to save another session; the one that is open stays."""
        chosen = self.choose_save(_("Save B as"), f"{_('Project')} (*.sdx)")
        if not chosen:
            return False
        path = Path(chosen)
        return self._keep(session, path if path.suffix else path.with_suffix(".sdx"))

    def _keep(self, session: Session, path: Path) -> bool:
        from sdx_studio.exchange import FileError

        try:
            session.save(path)
        except (OSError, EditError, FileError) as reason:
            self.complain(_("Cannot save"), str(reason))
            return False
        self._window.appearance.preferences.remember(path)
        return True

    def _write(self, path: Path) -> bool:
        if not self._keep(self._window.session, path):
            return False
        self._window.retitle()
        self._window.desk.say(_("saved"))
        return True

    def choose_export(self) -> "Choice | None":
        """What the person wants to have drawn, and how; None for nothing."""
        from sdx_studio.ui.exports import Exports
        from sdx_studio.ui.panels.exporting import ask

        return ask(self._window, Exports(self._window))

    def export(self) -> None:
        """Ask what and where to, then make a picture, a moving one or a replay."""
        from sdx_studio.ui.exports import FORMATS

        choice = self.choose_export()
        if choice is None:
            return
        chosen = self.choose_save(_("Export"), f"{FORMATS[choice.format]} (*{choice.format})")
        if chosen:
            path = Path(chosen)
            self.export_to(choice, path if path.suffix.lower() == choice.format else Path(f"{chosen}{choice.format}"))

    def export_to(self, choice: "Choice", path: Path) -> bool:
        """Make it; what takes long can be cancelled, and then leaves nothing behind."""
        from sdx_studio.exchange import FileError
        from sdx_studio.ui.exports import Exports
        from sdx_studio.ui.progress import carried_out

        exports = Exports(self._window)
        exports.remember(choice)

        def work(progress: Callable[[float], None]) -> bool:
            exports.make(choice, path, progress)
            return True

        try:
            done = carried_out(work, self._window, _("Exporting {file}", file=path.name))
        except (OSError, ValueError, MemoryError, FileError) as reason:
            self.complain(_("Cannot export"), str(reason))
            return False
        if done:
            self._window.desk.say(_("exported to {file}", file=path.name))
        return bool(done)

    def to_paper(self) -> None:
        """Show the page, and print it."""
        from sdx_studio.ui import printing
        from sdx_studio.ui.exports import Exports

        try:
            printing.preview(Exports(self._window).paper(), self._window)
        except OSError as reason:
            self.complain(_("Cannot print"), str(reason))

    def quit(self) -> None:
        """Close the window."""
        self._window.close()
