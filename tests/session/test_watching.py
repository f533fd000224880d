"""Breakpoints in people's words, kept in the project."""

import ast
from pathlib import Path

import pytest
from drawings import moving

import sdx_studio.engine
from sdx_studio.session import Session, watching
from sdx_studio.session.players.messages import Watch
from sdx_studio.session.watching import EVENTS, Breakpoint, WatchError, read, read_until, told
from sdx_studio.words import dictionary

CPU = ("cpu.utilisation",)


@pytest.fixture
def lab() -> Session:
    return moving()


@pytest.mark.parametrize(
    ("text", "measures", "sign", "limit"),
    [
        ("cpu > 90 %", CPU, ">", 0.9), ("CPU>=90", CPU, ">=", 0.9), ("cpu ≤ 0.5", CPU, "<=", 0.5),
        ("mem == 50%", ("memory.utilisation",), "=", 0.5), ("cpu.ready > 5 %", ("cpu.ready",), ">", 0.05),
        ("net.rate > 100 Mbit/s", ("net.rate",), ">", 1e8), ("ｃｐｕ ＞ ９０ ％", CPU, ">", 0.9),
    ],
)  # fmt: skip
def test_measures_are_read(lab: Session, text: str, measures: tuple[str, ...], sign: str, limit: float) -> None:
    watch = read(lab.document, text)
    assert (watch.element, watch.measures, watch.sign) == (None, measures, sign)
    assert watch.limit == pytest.approx(limit)


def test_an_element_may_be_named(lab: Session) -> None:
    vm = lab.document.find("web01")
    assert read(lab.document, "web01 cpu > 90 %") == Watch(vm, CPU, ">", 0.9)
    assert read(lab.document, "vm:web01 cpu > 90 %").element == vm
    assert read(lab.document, "web01 migration.finished") == Watch(vm, event="migration.finished")


def test_events_are_read_by_kind_or_beginning(lab: Session) -> None:
    assert read(lab.document, "migration.finished") == Watch(event="migration.finished")
    for text in ("migration", "migration.", "Migration.*"):
        assert read(lab.document, text) == Watch(event="migration.")


def test_japanese_words_are_read(lab: Session) -> None:
    dictionary.use("ja")
    assert read(lab.document, "メモリ > 90 %").measures == ("memory.utilisation",) or read(
        lab.document, "MEM > 90 %"
    ).measures == ("memory.utilisation",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "write what to wait for"), ("cpu >", "a value is needed after"), ("cpu > much", "is no quantity here"),
        ("cpo > 90 %", "did you mean “cpu”?"), ("migrashun", "did you mean “migration"),
        ("nobody cpu > 90 %", "there is no “nobody”"), ("nobody migration", "there is no “nobody”"),
        ("cpu > 3 GiB", "is no quantity here"),
    ],
)  # fmt: skip
def test_wrong_words_are_answered_with_what_is_allowed(lab: Session, text: str, reason: str) -> None:
    with pytest.raises(WatchError) as refused:
        read(lab.document, text)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("2 min", 120), ("00:02:00", 120), ("01:30", 90), ("1:00:00.5", 3600.5), ("250 ms", 0.25)],
)
def test_moments_are_read(lab: Session, text: str, seconds: float) -> None:
    assert read_until(lab.document, text) == pytest.approx(seconds)


def test_until_may_be_a_condition_and_nonsense_is_refused(lab: Session) -> None:
    assert read_until(lab.document, "cpu > 90 %") == Watch(None, CPU, ">", 0.9)
    for text in ("12 bananas", "-5", "99999999 h", ""):
        with pytest.raises(WatchError):
            read_until(lab.document, text)


def test_they_are_told_in_words_that_are_read_again(lab: Session) -> None:
    for text in ("cpu > 90 %", "web01 cpu >= 5 %", "migration.finished", "web01 migration", "net.rate < 1 Gbit/s"):
        watch = read(lab.document, text)
        assert read(lab.document, told(watch, lab.document)) == watch


def test_they_are_kept_and_taken_back(lab: Session) -> None:
    some = (Breakpoint(read(lab.document, "web01 cpu > 90 %")), Breakpoint(read(lab.document, "migration"), on=False))
    watching.keep(lab, some, "Add breakpoint")
    assert watching.breakpoints(lab.document) == some
    assert watching.watches(lab.document) == (some[0].watch,)
    lab.undo()
    assert watching.breakpoints(lab.document) == ()
    lab.redo()
    assert watching.breakpoints(lab.document) == some


def test_they_come_back_from_a_file(lab: Session, tmp_path: Path) -> None:
    some = (Breakpoint(read(lab.document, "web01 cpu > 90 %")), Breakpoint(read(lab.document, "ha"), on=False))
    watching.keep(lab, some, "Add")
    watching.keep_slow(lab, ("migration.", "ha."))
    lab.do("load", "vm:web01", at=3, by="25 %")
    lab.save(tmp_path / "lab.sdx")
    again = Session.open(tmp_path / "lab.sdx")
    assert watching.breakpoints(again.document) == some
    assert watching.slow_kinds(again.document) == ("migration.", "ha.")
    assert [(act.verb, act.fields.get("by")) for act in again.document.scenario.values()][-1] == ("load", 0.25)


@pytest.mark.parametrize("text", ["", "on", "on * cpu > x", "maybe * cpu > 1", "on * cpu ~ 1", "on a b c d e f"])
def test_what_is_not_written_as_one_is_passed_over(lab: Session, text: str) -> None:
    with lab.history.edit("x") as edit:
        edit.update(lab.document.properties.setting(breakpoints=(text, "on * ! ha.")))
    assert watching.watches(lab.document) == (Watch(event="ha."),)


def test_every_kind_of_event_is_known() -> None:
    told_somewhere = set()
    for path in Path(sdx_studio.engine.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "tell" and node.args:
                told_somewhere |= {
                    one.value for one in ast.walk(node.args[0])
                    if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value
                }  # fmt: skip
    assert told_somewhere <= set(EVENTS)
