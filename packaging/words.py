"""The catalogues of words in resources/locale: `python packaging/words.py extract|compile|check`.

extract: put new English texts of the source into each .po (without words yet) and take out what nobody uses.
compile: write the .mo files, which are committed. check: say what is missing or stale; exit code 1 then.
"""

import ast
import io
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "sdx_studio"
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "sdx_studio"
FUNCTIONS = ("_", "mark")
HEADER = f"Words of SDx Studio. Message ids are the English texts; made by packaging/{Path(__file__).name}."


class Words(Catalog):
    """A catalogue whose head says nothing that changes by itself: no dates, no version of the tool."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Name and value of each line of the head."""
        return [
            ("Project-Id-Version", "SDx Studio"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit\n"),
        ]

    def put(self, text: str, words: str, files: list[str]) -> None:
        """Add an entry; % is a sign like any other here, only {places} are filled."""
        flags = ["python-brace-format"] if places(text) else []
        entry = self.add(text, words, locations=[(file, 0) for file in files], flags=flags)
        entry.flags.discard("python-format")


def calls(folder: Path = SOURCE) -> Iterator[tuple[str, ast.Call]]:
    """Every call of `_` or `mark` with the file that it stands in."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
                yield path.relative_to(ROOT).as_posix(), node


def texts(folder: Path = SOURCE) -> dict[str, list[str]]:
    """All texts for people, each with the files that say it."""
    found: dict[str, list[str]] = {}
    for file, call in calls(folder):
        given = call.args[0] if call.args else None
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            files = found.setdefault(given.value, [])
            if file not in files:
                files.append(file)
    return found


def languages() -> list[str]:
    """Languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def place(language: str, suffix: str) -> Path:
    """Where a language's .po or .mo lies."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def empty(language: str) -> Words:
    """A catalogue without entries."""
    return Words(locale=language, domain=DOMAIN, header_comment=f"# {HEADER}", fuzzy=False)


def read(language: str) -> Words:
    """The catalogue of a language."""
    made = empty(language)
    with place(language, ".po").open("rb") as file:
        for entry in read_po(file, locale=language, domain=DOMAIN):
            if entry.id:
                made.put(str(entry.id), str(entry.string), [file for file, _line in entry.locations])
                made[entry.id].flags.update(entry.flags & {"fuzzy"})
    return made


def extracted(language: str, known: Catalog, wanted: dict[str, list[str]]) -> Words:
    """A catalogue of all `wanted` texts, with the words that are `known`."""
    made = empty(language)
    for text, files in sorted(wanted.items(), key=lambda item: (item[1][0], item[0])):
        old = known.get(text)
        made.put(text, str(old.string) if old else "", files)
    return made


def places(text: str) -> set[str]:
    """Names of the {places} that are filled when the text is shown."""
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def po_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as the .po file holds it."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """A catalogue as the .mo file holds it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def problems(language: str, wanted: dict[str, list[str]]) -> list[str]:
    """What is wrong with a language's catalogue for the `wanted` texts, in words."""
    catalogue = read(language)
    entries = {str(entry.id): entry for entry in catalogue if entry.id}
    found = [f"not extracted: {text!r}" for text in wanted if text not in entries]
    found += [f"nobody says any more: {text!r}" for text in entries if text not in wanted]
    for text, entry in entries.items():
        if entry.fuzzy:
            found.append(f"fuzzy: {text!r}")
        if not entry.string:
            found.append(f"no words for: {text!r}")
        elif places(text) != places(str(entry.string)):
            found.append(f"other places than in English: {text!r} / {entry.string!r}")
    if not place(language, ".mo").is_file() or place(language, ".mo").read_bytes() != mo_bytes(catalogue):
        found.append("the .mo is not what the .po compiles to")
    return [f"{language}: {one}" for one in found]


def extract() -> int:
    """Bring every .po up to date."""
    wanted = texts()
    for language in languages():
        place(language, ".po").write_bytes(po_bytes(extracted(language, read(language), wanted)))
    return 0


def build() -> int:
    """Write every .mo."""
    for language in languages():
        place(language, ".mo").write_bytes(mo_bytes(read(language)))
    return 0


def check() -> int:
    """Print all problems."""
    wanted = texts()
    found = [one for language in languages() for one in problems(language, wanted)]
    for one in found:
        print(one)
    return 1 if found else 0


COMMANDS = {"extract": extract, "compile": build, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: words.py {'|'.join(COMMANDS)}")
    sys.exit(COMMANDS[sys.argv[1]]())
