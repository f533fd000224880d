"""Words: the catalogues are whole and up to date, everything said can be found in them, and nothing else is said."""

import ast
import functools
import gettext
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sdx_studio import assets
from sdx_studio.document.placing import the
from sdx_studio.exchange import formats
from sdx_studio.kinds import catalogue, kind
from sdx_studio.kinds.fields import GROUPS, TYPES, Field
from sdx_studio.kinds.links import LINK_FIELDS
from sdx_studio.session.actions import commands
from sdx_studio.session.acts import ACTS
from sdx_studio.words import LANGUAGES, _, dictionary, mark

ROOT = Path(__file__).resolve().parents[1]


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("words_tool", ROOT / "packaging" / "words.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


TOOL = load_tool()
TEXTS = TOOL.texts()
OTHERS = sorted(set(LANGUAGES) - {"en"})
OTHER_SIGNS = set("…–≤≥₂")


def test_every_language_has_a_catalogue() -> None:
    assert TOOL.languages() == OTHERS


@pytest.mark.parametrize("language", OTHERS)
def test_catalogues_are_whole_and_up_to_date(language: str) -> None:
    """If this fails: `python packaging/words.py extract`, translate, `python packaging/words.py compile`."""
    assert TOOL.problems(language, TEXTS) == []


@pytest.mark.parametrize("language", OTHERS)
def test_extracting_again_changes_nothing(language: str) -> None:
    stands = TOOL.place(language, ".po").read_bytes()
    assert TOOL.po_bytes(TOOL.extracted(language, TOOL.read(language), TEXTS)) == stands


@pytest.mark.parametrize("language", OTHERS)
def test_python_reads_what_was_compiled(language: str) -> None:
    words = gettext.translation("sdx_studio", str(assets.root() / "locale"), languages=[language])
    catalogue = TOOL.read(language)
    assert {text: words.gettext(text) for text in TEXTS} == {text: catalogue[text].string for text in TEXTS}


@pytest.mark.parametrize("language", OTHERS)
def test_blanks_at_the_ends_are_kept(language: str) -> None:
    """Pieces that are put together (" or ") keep the blanks around them."""
    catalogue = TOOL.read(language)
    for text in TEXTS:
        words = str(catalogue[text].string)
        assert (words[:1].isspace(), words[-1:].isspace()) == (text[:1].isspace(), text[-1:].isspace())


def test_japanese_needs_only_signs_of_the_bundled_font() -> None:
    """The font holds rows 1–8 and 16–47 of JIS X 0208; Latin signs come from another one."""
    strange = {sign for entry in TOOL.read("ja") for sign in str(entry.string) if not _bundled(sign)}
    assert strange == set()


def _bundled(sign: str) -> bool:
    if ord(sign) < 0x250 or 0xFF01 <= ord(sign) < 0xFF5F or sign in OTHER_SIGNS:
        return True
    row = sign.encode("euc_jp")[0] - 0xA0
    return row in range(1, 9) or row in range(16, 48)


def test_japanese_is_japanese() -> None:
    """No whole sentence stayed English: what is the same in both languages is a name, a unit or a sign."""
    catalogue = TOOL.read("ja")
    same = {text for text in TEXTS if catalogue[text].string == text}
    assert {text for text in same if len(text.split()) > 3} == set()
    assert len(same) < 30


# what is handed to the two functions -------------------------------------------------------------------------------


@functools.cache
def arguments() -> tuple[tuple[str, ast.Call], ...]:
    return tuple((f"{file}:{call.lineno}", call) for file, call in TOOL.calls())


def test_texts_are_never_put_together_before_they_are_looked_up() -> None:
    """No f-string, no sum, no `%`, no `.format` inside `_()`: nobody could find that in a catalogue."""
    built = [where for where, call in arguments() if call.args and _is_built(call.args[0])]
    assert built == []


def _is_built(given: ast.expr) -> bool:
    if isinstance(given, ast.Call):
        return isinstance(given.func, ast.Attribute) and given.func.attr in ("format", "join", "strip", "lower")
    return isinstance(given, (ast.JoinedStr, ast.BinOp, ast.FormattedValue))


def test_only_written_texts_are_marked() -> None:
    wrong = [
        where
        for where, call in arguments()
        if isinstance(call.func, ast.Name) and call.func.id == "mark" and len(call.args) == 1
        and not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]  # fmt: skip
    assert wrong == []


def test_every_place_is_filled() -> None:
    """`_("… {name} …", name=…)`: the names in the text are the names that are handed in."""
    filled = [
        (where, call.args[0].value, {one.arg for one in call.keywords})
        for where, call in arguments()
        if call.args and isinstance(call.args[0], ast.Constant) and call.keywords
    ]
    assert [(where, text) for where, text, names in filled if None not in names and TOOL.places(text) != names] == []


# what is looked up although it is not written where it is shown ------------------------------------------------------


def fields() -> list[Field]:
    return [*LINK_FIELDS, *(field for one in catalogue().values() for field in one.fields)]


def stored() -> Iterator[str]:
    """Every text that is kept somewhere and looked up later."""
    for one in catalogue().values():
        yield from (one.label, one.help, *(meter.label for meter in one.meters))
    for field in fields():
        yield from (field.label, field.help, field.group)
    for command in commands().values():
        yield from (command.label, command.menu)
    for act in ACTS.values():
        yield act.label
    for form in formats().values():
        yield from (form.label, *(option.help for option in form.options))
    yield from (*GROUPS, *TYPES)


def test_everything_stored_is_in_the_catalogue() -> None:
    assert {text for text in stored() if text and text not in TEXTS} == set()


def test_fields_use_the_groups_and_types_there_are() -> None:
    assert {field.group for field in fields()} <= set(GROUPS)
    assert {field.type for field in fields()} <= set(TYPES)


def test_what_the_engine_tells_is_marked() -> None:
    """Templates of events and reasons are literal arguments of `mark`, so they are extracted."""
    wrong = []
    for path in sorted((ROOT / "sdx_studio" / "engine").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            told = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tell"
            if told and len(node.args) > 2 and not _is_marked(node.args[2]):  # type: ignore[attr-defined]
                wrong.append(f"{path.name}:{node.lineno}")  # type: ignore[attr-defined]
    assert wrong == []


def _is_marked(given: ast.expr) -> bool:
    return isinstance(given, ast.Call) and isinstance(given.func, ast.Name) and given.func.id == "mark"


# switching ---------------------------------------------------------------------------------------------------------


def test_languages_are_switched_while_running() -> None:
    heard: list[str] = []
    dictionary.on_change(lambda: heard.append(dictionary.language))
    assert _("Host") == "Host"
    dictionary.use("ja")
    assert _("Host") == "ホスト"
    assert _("at least {low}", low=3) == "3 以上"
    dictionary.use("en")
    assert _("Host") == "Host"
    assert heard[:2] == ["ja", "en"]


def test_an_unknown_language_is_refused_and_nothing_changes() -> None:
    with pytest.raises(ValueError, match="no words for language 'xx'; there are en, ja"):
        dictionary.use("xx")
    assert dictionary.language == "en"


def test_marking_does_not_translate() -> None:
    dictionary.use("ja")
    assert mark("Host") == "Host"
    assert _("") == ""
    assert _("never seen before") == "never seen before"


def test_braces_stay_when_there_is_nothing_to_fill() -> None:
    assert _("{name}") == "{name}"


@pytest.mark.parametrize(
    ("key", "english", "japanese"),
    [
        ("vm", "a VM", "VM"),
        ("os", "an OS", "OS"),
        ("storage_array", "an array", "アレイ"),
        ("host", "a host", "ホスト"),
    ],
)
def test_kinds_in_a_sentence(key: str, english: str, japanese: str) -> None:
    assert the(kind(key)) == english
    dictionary.use("ja")
    assert the(kind(key)) == japanese
