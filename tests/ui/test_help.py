"""Help pages are there in both languages, have the same parts, and can be read in the window."""

import pytest

from sdx_studio import assets
from sdx_studio.ui.panels.help import HelpWindow, pages, title
from sdx_studio.words import LANGUAGES, dictionary


def headings(language: str) -> dict[str, list[int]]:
    texts = {page.name: page.read_text(encoding="utf-8") for page in assets.listing(f"help/{language}", ".md")}
    return {
        name: [line.count("#", 0, 4) for line in text.splitlines() if line.startswith("#")]
        for name, text in texts.items()
    }


def test_every_page_is_there_in_every_language_with_the_same_parts() -> None:
    assert headings("en")
    assert all(headings(language) == headings("en") for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_read_in_the_window(bench, language: str) -> None:
    dictionary.use(language)
    bench.window.retell()
    bench.trigger("help.pages")
    shown = bench.window.findChild(HelpWindow)
    assert shown.isVisible()
    assert [shown.list.item(row).text() for row in range(shown.list.count())] == [title(page) for page in pages()]
    for row, page in enumerate(pages()):
        shown.list.setCurrentRow(row)
        assert title(page) in shown.page.toPlainText()
        assert shown.page.document().pageCount() >= 1
    shown.close()
