"""What is saved is what was there, byte for byte, whatever happens in between."""

import json
import math
import random

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sdx_studio.document import Act, Document, Element, Link, Properties
from sdx_studio.exchange.formats import FileError
from sdx_studio.exchange.native import dump, parse
from sdx_studio.kinds import GROUND, Field, catalogue
from sdx_studio.kinds.links import LINK_FIELDS
from sdx_studio.session import Session, moments

LETTERS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
PIXELS = st.floats(-1e6, 1e6)
STRANGE = st.dictionaries(
    st.text("abc", min_size=1, max_size=3).map("x-{}".format),
    st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | LETTERS,
                 lambda inner: st.lists(inner, max_size=3) | st.dictionaries(LETTERS, inner, max_size=3), max_leaves=6),
    max_size=2,
)  # fmt: skip


def values(field: Field) -> st.SearchStrategy[object]:
    low = -1e15 if field.minimum is None else field.minimum
    high = 1e15 if field.maximum is None else field.maximum
    plain: dict[str, st.SearchStrategy[object]] = {
        "number": st.floats(low, high).filter(lambda value: low <= float(f"{value:.12g}") <= high),
        "integer": st.integers(math.ceil(low), math.floor(high)),
        "text": LETTERS,
        "choice": st.sampled_from(field.choices or ("",)),
        "flag": st.booleans(),
        "tags": st.lists(LETTERS, max_size=3).map(tuple),
    }
    return plain.get(field.type, st.nothing())


def some_fields(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, object]]:
    usable = {field.key: values(field) for field in fields if field.type not in ("reference", "references")}
    return st.fixed_dictionaries({}, optional=usable)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    ground = [one for one in catalogue().values() if GROUND in one.needs]
    ids = draw(st.lists(LETTERS.filter(bool), unique=True, max_size=6))
    records: list[object] = [
        Properties(title=draw(LETTERS), seed=draw(st.integers(0, 2**53)), duration=draw(st.floats(0.01, 1e9)),
                   notes=draw(LETTERS), extra=draw(STRANGE))
    ]  # fmt: skip
    for id in ids:
        one = draw(st.sampled_from(ground))
        records.append(
            Element(id, one.key, draw(LETTERS), None, draw(PIXELS), draw(PIXELS), draw(st.integers(0, 99)),
                    draw(st.booleans()), draw(st.booleans()), draw(some_fields(one.fields)), draw(STRANGE))
        )  # fmt: skip
    for number in range(draw(st.integers(0, 3)) if len(ids) > 1 else 0):
        a, b = draw(st.permutations(ids))[:2]
        points = tuple(draw(st.lists(st.tuples(PIXELS, PIXELS), max_size=2)))
        fields = draw(some_fields(LINK_FIELDS))
        records.append(Link(f"l{number}", a, b, points=points, fields=fields, extra=draw(STRANGE)))
    if ids:
        records.append(Act("s1", draw(st.floats(0, 1e9)), "fail", ids[0], {"to": ids[0], "share": 0.5}, draw(STRANGE)))
    return Document(records)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_saving_and_opening_again_gives_the_same_bytes(document: Document) -> None:
    first = dump(document)
    opened = parse(first, "a.sdx").document
    assert dump(opened) == first
    assert opened.elements.keys() == document.elements.keys()
    assert opened.links.keys() == document.links.keys()
    assert opened.properties.extra == document.properties.extra
    for id, one in document.elements.items():
        assert opened.elements[id].name == one.name
        assert opened.elements[id].extra == one.extra


@settings(max_examples=60, deadline=None)
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(document: Document, chance: random.Random) -> None:
    records = [document.properties, *document.elements.values(), *document.links.values(), *document.scenario.values()]
    chance.shuffle(records)
    assert dump(Document(records)) == dump(document)


GOOD = dump(parse(samples.data(elements__0__future={"deep": [1, 2]}), "a").document)


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(0, 4), st.binary(max_size=3))
def test_a_damaged_file_opens_or_is_refused_with_a_place(start: int, cut: int, put: bytes) -> None:
    damaged = GOOD[:start] + put + GOOD[start + cut :]
    refused: FileError | None = None
    try:
        parse(damaged, "a.sdx")
    except FileError as reason:
        refused = reason
    assert refused is None or (refused.line >= 1 and refused.column >= 1 and str(refused).startswith("a.sdx:"))


def test_one_record_a_line_sorted_by_id() -> None:
    lines = GOOD.decode().splitlines()
    rows = [line for line in lines if line.startswith('{"id"')]
    assert len(rows) == 7
    assert lines[1:3] == ['"format": "sdx-project",', '"version": 1,']
    assert GOOD.endswith(b"]\n}\n")
    moved = parse(GOOD, "a").document
    changed = dump(Document([*moved.elements.values(), moved.properties, *moved.links.values(),
                             *moved.scenario.values(), moved.elements["e4"].but(x=77.123456)]))  # fmt: skip
    different = [(a, b) for a, b in zip(lines, changed.decode().splitlines(), strict=True) if a != b]
    assert len(different) == 1
    assert '"x":77.12' in different[0][1]


def test_numbers_are_short_and_whole_where_they_are() -> None:
    host = Element("a", "host", "h", None, 1.004, -0.001, fields={"memory": 2.0**36, "nic_speed": 1e9 / 3})
    text = dump(Document([host])).decode()
    assert '"x":1,' in text
    assert '"y"' not in text
    assert '"memory":68719476736' in text
    assert '"nic_speed":333333333.333' in text


def test_whole_numbers_in_number_fields_are_floats_again() -> None:
    opened = parse(samples.data(), "a").document
    assert type(opened.elements["e1"].fields["memory"]) is float
    assert type(opened.elements["e1"].fields["cores"]) is int


def test_references_to_what_is_gone_are_not_written() -> None:
    opened = parse(samples.data(), "a").document
    left = [one for one in opened.elements.values() if one.id != "e3"]
    again = parse(dump(Document(left)), "a").document
    assert dict(again.elements["e5"].fields) == {"target": "e1"}


def test_unknown_things_are_kept_and_told() -> None:
    strange = samples.data(
        planet="Mars", elements__0__colour="red", links__0__twist=[1], scenario__0__why={"a": None},
        elements__1__kind="hypervisorr", elements__0__fields={"corez": 4, "tree": {"a": 1}},
    )  # fmt: skip
    opened = parse(strange, "a.sdx")
    text = dump(opened.document).decode()
    for part in ('"planet": "Mars"', '"colour":"red"', '"twist":[1]', '"why":{"a":null}', '"corez":4', '"tree":{"a"'):
        assert part in text
    assert parse(text.encode(), "a").notices == opened.notices
    assert any("hypervisorr" in notice and "did you mean “hypervisor”" in notice for notice in opened.notices)
    assert any("host.corez" in notice and "“cores”" in notice for notice in opened.notices)


def test_a_byte_order_mark_is_tolerated() -> None:
    assert parse(b"\xef\xbb\xbf" + samples.data(), "a").document.elements


@pytest.mark.parametrize("key", ["templates", "moments", "plots", "breakpoints", "slow_at", "views", "of_tomorrow"])
@pytest.mark.parametrize("value", [{}, {"a": 1}, [1, 2], [None], [["e1"]], [{"a": 1}], [True, "e1"]], ids=str)
def test_fields_of_the_project_that_nobody_can_read_are_kept(key: str, value: object) -> None:
    opened = parse(samples.data(fields={key: value, "other": "x"}), "a.sdx")
    assert dict(opened.document.properties.fields) == {"other": "x"}
    text = dump(opened.document)
    assert json.loads(text)["fields"] == {key: value, "other": "x"}
    assert dump(parse(text, "a.sdx").document) == text


def test_what_is_set_stands_over_what_nobody_can_read() -> None:
    s = Session(parse(samples.data(fields={"moments": [1]}), "a.sdx").document)
    moments.add(s, 3.0, "here")
    assert json.loads(dump(s.document))["fields"] == {"moments": ["3.0 here"]}
    s.undo()
    assert json.loads(dump(s.document))["fields"] == {"moments": [1]}
