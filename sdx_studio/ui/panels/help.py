"""Help pages: a list at the left, the page at the right, in the language of the window."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from sdx_studio import assets
from sdx_studio.ui.theme import Theme, px, ui_font
from sdx_studio.words import _, dictionary

STYLE = """
h1 {{ font-size: 22px; font-weight: 600; margin-bottom: 10px; }}
h2 {{ font-size: 16px; font-weight: 600; margin-top: 18px; margin-bottom: 4px; }}
p, li {{ font-size: 14px; line-height: 150%; }}
td, th {{ font-size: 13px; padding: 4px 8px; border-bottom: 1px solid {rule}; }}
code {{ color: {accent}; }}
"""


def pages() -> list[Path]:
    """Help pages in the language of the window, by name; in English where there are no others."""
    folder = f"help/{dictionary.language}"
    return assets.listing(folder if (assets.root() / folder).is_dir() else "help/en", ".md")


def title(page: Path) -> str:
    """First heading of a page."""
    with page.open(encoding="utf-8") as lines:
        return next((line.lstrip("# ").strip() for line in lines if line.startswith("# ")), page.stem)


class HelpWindow(QDialog):
    """Stays open beside the studio; nothing in it leads outside."""

    def __init__(self, parent: QWidget | None, look: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle(_("Help pages"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(980), px(720))
        self._look = look
        self.list = QListWidget()
        self.list.setFixedWidth(px(230))
        self.list.setAccessibleName(_("Help pages"))
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setFont(ui_font("body"))
        self.page.document().setDocumentMargin(24)
        row = QHBoxLayout(self)
        row.addWidget(self.list)
        row.addWidget(self.page, 1)
        self.list.currentItemChanged.connect(self._show)
        for one in pages():
            entry = QListWidgetItem(title(one), self.list)
            entry.setData(Qt.ItemDataRole.UserRole, str(one))
        self.list.setCurrentRow(0)

    def _show(self, item: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        if item is None:
            return
        source = QTextDocument()
        source.setDefaultFont(ui_font("body"))
        source.setMarkdown(Path(item.data(Qt.ItemDataRole.UserRole)).read_text(encoding="utf-8"))
        colours = {"rule": self._look.colour("line.1").name(), "accent": self._look.colour("accent").name()}
        sheet = re.sub(r"size: (\d+)px", lambda found: f"size: {px(int(found[1]))}px", STYLE.format(**colours))
        self.page.document().setDefaultStyleSheet(sheet)
        self.page.setHtml(source.toHtml())
        self._breathe()
        self.page.setAccessibleName(item.text())

    def _breathe(self) -> None:
        """Room above headings and below paragraphs, which Markdown leaves out; none in tables."""
        cursor = QTextCursor(self.page.document())
        block = self.page.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            layout = block.blockFormat()
            if cursor.currentTable() is None:
                heading = layout.headingLevel() > 0
                layout.setTopMargin(16.0 if heading and block.blockNumber() else 0.0)
                layout.setBottomMargin(8.0)
                cursor.setBlockFormat(layout)
            block = block.next()
        cursor.setPosition(0)
        self.page.setTextCursor(cursor)
