"""Everything that is refused, with the place and the words."""

import json

import pytest
import samples

from sdx_studio.exchange import native
from sdx_studio.exchange.formats import FileError
from sdx_studio.exchange.native import parse, reading

TEXT = samples.data().decode()

BY_CHANGE = [
    ({"version": 2}, "version", "needs format 2; this studio reads up to 1"),
    ({"version": "1"}, "version", "whole number"),
    ({"version": 0}, "version", "whole number"),
    ({"format": "sdx"}, "format", "not a project"),
    ({"title": 5}, "title", "a whole number stands where a text is needed"),
    ({"seed": 1.5}, "seed", "a whole number is needed"),
    ({"duration": 0}, "duration", ""),
    ({"elements": {}}, "elements", "a list is needed"),
    ({"elements__0": 7}, "elements[0]", "an object is needed"),
    ({"elements__1__id": "e1"}, "elements[1].id", "taken twice"),
    ({"links__0__id": ""}, "links[0].id", ""),
    ({"elements__1__parent": "e11"}, "elements[1].parent", "there is no element “e11”; did you mean “e"),
    ({"elements__1__parent": "e4"}, "elements[1].parent", "“hypervisor” cannot stand in “switch”; allowed: "),
    ({"elements__2__parent": None}, "elements[2].kind", "“vm” cannot stand on the bare canvas; allowed: hypervisor"),
    ({"elements__0__x": "left"}, "elements[0].x", "a text stands where a number is needed"),
    ({"elements__0__x": 1e30}, "elements[0].x", ""),
    ({"elements__0__fields__cores": 0}, "elements[0].fields.cores", "outside 1 core … 4,096 core"),
    ({"elements__0__fields__cores": 1.5}, "elements[0].fields.cores", "no whole number"),
    ({"elements__0__fields__cores": True}, "elements[0].fields.cores", "no number"),
    ({"elements__0__fields__memory": "64 GiB"}, "elements[0].fields.memory", "write the bare number 68719476736"),
    ({"elements__0__fields__memory": {"GiB": 64}}, "elements[0].fields.memory", "an object"),
    ({"elements__0__fields__powered": 1}, "elements[0].fields.powered", "neither on nor off"),
    ({"elements__0__fields__power_model": "2013"}, "elements[0].fields.power_model", "did you mean “201"),
    ({"elements__0__fields__cores": None}, "elements[0].fields.cores", "a value is needed"),
    ({"elements__4__fields__source": "e33"}, "elements[4].fields.source", "there is no element “e33”"),
    ({"links__0__a": "nobody"}, "links[0].a", "there is no element “nobody”"),
    ({"links__0__b": "e1"}, "links[0].b", "both ends are “e1”"),
    ({"links__0__fields__medium": "ethernett"}, "links[0].fields.medium", "did you mean “ethernet”"),
    ({"links__0__fields__bandwidth": -1}, "links[0].fields.bandwidth", "outside"),
    ({"links__0__points": [[1]]}, "links[0].points[0]", ""),
    ({"scenario__0__target": "e77"}, "scenario[0].target", "there is no element “e77”"),
    ({"scenario__0__at": -1}, "scenario[0].at", ""),
    ({"elements__0__order": 2**53 + 1}, "elements[0].order", "±9007199254740992"),
    ({"strange": 2**60}, "strange", "±9007199254740992"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "where", "message"), BY_CHANGE, ids=[str(case[0]) for case in BY_CHANGE])
def test_refused_with_place_and_words(changes: dict[str, object], where: str, message: str) -> None:
    data = samples.data(**changes)
    with pytest.raises(FileError) as caught:
        parse(data, "lab.sdx")
    assert caught.value.where == where
    assert message in caught.value.message
    line = data.decode().splitlines()[caught.value.line - 1]
    last = where.rpartition(".")[2].partition("[")[0]
    assert str(caught.value).startswith(f"lab.sdx:{caught.value.line}:{caught.value.column}: {where}: ")
    assert caught.value.line == 1 or f'"{last}"' in line or "[" in where


BY_TEXT = [
    (TEXT.replace('"name": "esx1"', '"name": "esx1", "name": "b"'), "elements[0].name", "stands here twice"),
    (TEXT.replace('"links": [', '"links": [], "links": ['), "links", "stands here twice"),
    (TEXT.replace('"version": 1', '"version" : 1, "v\\u0065rsion": 1'), "version", "stands here twice"),
    (TEXT.replace('"cores": 8', '"cores": NaN'), "", "no well-formed JSON"),
    (TEXT.replace('"cores": 8', '"cores": Infinity'), "", "no well-formed JSON"),
    (TEXT.replace('"cores": 8', '"cores": 1e999'), "", "no well-formed JSON"),
    (TEXT.replace('"cores": 8', '"cores": 8,'), "", "no well-formed JSON"),
    (TEXT.replace('"cores": 8', '"cores": 18446744073709551616'), "elements[0].fields.cores", "±9007199254740992"),
    (TEXT.replace("esx1", "\\ud800"), "", "no well-formed JSON"),
    (TEXT[:-20], "", "truncated"),
    (TEXT + "x", "", "no well-formed JSON"),
    ("", "", "no well-formed JSON"),
    ("[]", "format", "not a project"),
    ("7", "format", "not a project"),
    (TEXT.replace('"title"', '"t": ' + "[" * 70 + "]" * 70 + ', "title"'), "t[0][0]", "nested more than 64 deep"),
    (TEXT.replace('"title"', '"t": ' + "[" * 9000 + "]" * 9000 + ', "title"'), "t[0][0]", "nested more than 64 deep"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "message"), BY_TEXT, ids=range(len(BY_TEXT)))
def test_refused_text(text: str, where: str, message: str) -> None:
    with pytest.raises(FileError) as caught:
        parse(text.encode(), "lab.sdx")
    assert caught.value.where == where
    assert message in caught.value.message
    assert caught.value.line >= 1


def test_circles_are_refused() -> None:
    placeholder = {"kind": "balloon", "name": "b"}
    ring = [{"id": "a", "parent": "b", **placeholder}, {"id": "b", "parent": "a", **placeholder}]
    text = json.dumps({"format": "sdx-project", "version": 1, "elements": ring})
    with pytest.raises(FileError, match="inside itself"):
        parse(text.encode(), "ring.sdx")


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b'{"format":\n"sdx-\0project"}', 2, "NUL"),
        (b'{"format":\n\n"\xff"}', 3, "not UTF-8"),
        (TEXT.encode("utf-16"), 1, "NUL"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, line: int, message: str) -> None:
    with pytest.raises(FileError, match=message) as caught:
        parse(data, "a.sdx")
    assert caught.value.line == line


def test_too_large_and_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 6)
    with pytest.raises(FileError, match="more than 6 elements, links and acts"):
        parse(samples.data(), "a.sdx")
    with pytest.raises(FileError, match="larger than 64 MiB"):
        parse(b" " * (64 * 2**20 + 1), "a.sdx")


def test_a_missing_file_is_told(tmp_path: object) -> None:
    with pytest.raises(FileError, match="cannot be opened: No such file"):
        native.read_project(f"{tmp_path}/nothing.sdx")
    with pytest.raises(FileError, match="cannot be opened"):
        native.read_project(str(tmp_path))


def test_misspelled_members_are_named() -> None:
    with pytest.raises(FileError, match="the member “name” is missing; needed are id, kind, name"):
        parse(TEXT.replace('"name": "esx1"', '"nam": "esx1"').encode(), "a.sdx")
