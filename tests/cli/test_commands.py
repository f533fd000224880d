"""Every command through the front door, without a process of its own."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sdx_studio.exchange import formats
from sdx_studio.kinds import catalogue

Say = Callable[..., Any]


def test_without_a_command_the_window_opens(say: Say, lab: Path) -> None:
    assert say().studio.windows == [(None, False)]
    assert say(lab).studio.windows == [(lab, False)]
    assert say(lab, "--play").studio.windows == [(lab, True)]
    assert say("--play").studio.windows == [(None, True)]
    assert say(lab, "--new-window").studio.others == say("--new-window").studio.others == [True]
    assert say(lab).studio.others == [False]
    assert say("--new-window", "--play", lab).studio.windows == [(lab, True)]
    assert say("--new-window", lab).studio.others == [True]


def test_help_and_version(say: Say) -> None:
    for command in ("", "run", "check", "render", "convert", "kinds", "formats"):
        said = say(*[command] if command else [], "--help")
        assert said.code == 0
        assert "Usage: sdx-studio" in said.out
    assert say("--version").out.startswith("sdx-studio, version ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["runn"], "sdx-studio: there is no command and no file “runn”; did you mean “run”?"),
        (["gone.sdx"], "gone.sdx: there is no such file"),
        (["--lang", "de"], "'de' is not one of"),
        (["run"], "Missing argument"),
        (["run", "gone.sdx"], "gone.sdx: cannot be opened: No such file or directory"),
        (["run", "LAB", "--until", "soon"], "“soon” is no quantity here"),
        (["run", "LAB", "--until", "-1"], "outside 0 s … 10 years"),
        (["run", "LAB", "--sed", "1"], "No such option"),
        (["check", "BROKEN"], "elements[0].fields.cores: "),
        (["convert", "LAB", "out.doc"], "“.doc” cannot be written|.doc cannot be written"),
        (["convert", "LAB", "LAB"], "SRC and DST are the same file"),
        (["convert", "LAB", "x.sdx", "--option", "demands"], "is not of the form key=value"),
        (["convert", "LAB", "x.sdx", "--option", "weather=fine"], "no option “weather”; known: compat, demands"),
        (["convert", "LAB", "x.sdx", "--option", "demands=gravity"], "has no option “demands”"),
        (["convert", "LAB", "x.sdx", "--from", "gmll"], "did you mean “gml”"),
        (["render", "LAB"], "Missing option"),
        (["render", "LAB", "-o", "a.pgn"], "allowed: png, svg, pdf, gif, webp, html; did you mean “png”?"),
        (["render", "LAB", "-o", "nowhere/a.png"], "there is no such folder"),
        (["render", "LAB", "-o", "a.png", "--scale", "9"], "9"),
        (["render", "LAB", "-o", "a.png", "--size", "big"], "big is no size; 1280x720 is one"),
        (["render", "LAB", "-o", "a.gif", "--at", "5", "--until", "4"], "--until must be later than --at"),
    ],
)  # fmt: skip
def test_bad_usage_and_bad_files_are_told_in_one_line(
    say: Say, lab: Path, words: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(lab.parent)
    broken = lab.with_name("broken.sdx")
    broken.write_text(lab.read_text().replace('"cores":8', '"cores":0'))
    names = {"LAB": str(lab), "BROKEN": str(broken)}
    said = say(*[names.get(word, word) for word in words])
    assert said.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert any(part in said.err for part in message.split("|"))


def test_errors_name_file_line_and_column(say: Say, lab: Path) -> None:
    lab.write_text(lab.read_text().replace('"cores":8', '"cores":0'))
    assert say("check", lab).err.startswith(f"{lab}:6:")


def test_run_prints_a_summary_or_json(say: Say, lab: Path) -> None:
    said = say("run", lab, "--until", "2 s")
    assert said.code == 0
    assert said.out.strip()
    found = json.loads(say("run", lab, "--until", "2 s", "--json", "--seed", "3").out)
    assert found.keys() == {"time", "measures", "events", "totals", "state_hash"}
    assert found["time"] == 2
    assert found["totals"].keys() == {"energy_kwh", "cost_jpy", "co2_kg", "migrations", "downtime_s", "outage_s"}
    assert found["measures"]["host:esx1"]["cpu.utilisation"].keys() == {"last", "mean", "max"}
    again = json.loads(say("run", lab, "--until", "2 s", "--json", "--seed", "3").out)
    assert again == found


def test_check(say: Say, lab: Path) -> None:
    said = say("check", lab, "--json")
    found = json.loads(said.out)
    assert found["ok"] is True
    assert said.code == 0
    lab.write_text(lab.read_text().replace('"kind":"switch"', '"kind":"swich"'))
    said = say("check", lab, "--json")
    found = json.loads(said.out)
    assert said.code == 1
    assert found["ok"] is False
    assert found["problems"][0].keys() == {"severity", "element", "id", "text"}
    assert "did you mean “switch”" in found["notices"][0]
    assert "swich" in say("check", lab).out


def test_convert_there_and_back(say: Say, lab: Path) -> None:
    target = lab.with_name("out.graphml")
    said = say("convert", lab, target)
    assert said.code == 0
    assert said.out == f"{target}: 2 elements, 1 links\n" or said.out.startswith(f"{target}: ")
    back = lab.with_name("back.sdx")
    assert say("convert", target, back, "--option", "demands=gravity:1").code == 0
    assert '"rate"' in back.read_text()
    assert say("convert", lab, lab.with_name("copy.bin"), "--to", "sdx").code == 0
    assert lab.with_name("copy.bin").read_bytes() == lab.read_bytes()


def test_kinds(say: Say) -> None:
    found = {one["key"]: one for one in json.loads(say("kinds", "--json").out)}
    assert found.keys() == catalogue().keys()
    for key, one in found.items():
        assert {"key", "label", "family", "group", "sits_on", "holds", "fields", "measures"} <= one.keys()
        for field in one["fields"]:
            names = {"key", "label", "type", "unit", "default", "minimum", "maximum", "choices", "help"}
            assert names <= field.keys()
        for under in one["sits_on"]:
            assert under == "canvas" or key in found[under]["holds"]
    text = say("kinds").out
    assert all(f"{key}  " in text for key in found)


def test_formats(say: Say) -> None:
    found = {one["key"]: one for one in json.loads(say("formats", "--json").out)}
    assert found.keys() == formats().keys()
    assert found["sdx"]["reads"]
    assert found["sdx"]["writes"]
    assert "demands" in say("formats").out


def test_render_hands_the_wish_on(say: Say, lab: Path) -> None:
    target = lab.with_name("a.png")
    said = say("render", lab, "-o", target, "--at", "1.5 min", "--scale", "2", "--theme", "dark", "--size", "1280x720")
    picture = said.studio.pictures[0]
    assert (picture.target, picture.at, picture.scale, picture.theme) == (target, 90.0, 2.0, "dark")
    assert picture.size == (1280, 720)
    assert picture.session.document.elements


def test_render_errors_are_told(say: Say, lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from doubles import Drawn

    def no_paper(_self: object, _picture: object) -> None:
        raise ValueError("there is no paper")

    monkeypatch.setattr(Drawn, "render", no_paper)
    said = say("render", lab, "-o", lab.with_name("a.png"))
    assert (said.code, said.err) == (2, "sdx-studio: there is no paper\n")
    said = say("render", lab, "-o", lab.with_name("a.png"), "--view", "galaxy")
    assert said.code == 2
    assert "'topology', 'racks', 'blocks', 'flows', 'cost', 'outline'" in said.err


def test_our_own_errors_are_one_line(say: Say, lab: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from doubles import Drawn

    def broken(_self: object, _picture: object) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr(Drawn, "render", broken)
    said = say("render", lab, "-o", lab.with_name("a.png"))
    assert said.code == 3
    assert "RuntimeError: oops" in said.err
    assert said.err.count("\n") == 1


def test_language(say: Say) -> None:
    from sdx_studio.words import dictionary

    say("--lang", "ja", "formats")
    assert dictionary.language == "ja"
