"""What is plotted: kept in the project, undoable, sound whatever a file says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.document import EditError
from sdx_studio.session import Session, plotting, watching
from sdx_studio.session.plotting import Plot, Series


@pytest.fixture
def lab() -> Session:
    session = Session()
    for at in range(7):
        session.place("host", x=400.0 * at)
    return session


def ids(session: Session) -> list[str]:
    return list(session.document.having("machine"))


def test_adding_is_one_step_that_can_be_undone(lab: Session) -> None:
    first, second, *_rest = ids(lab)
    assert plotting.add(lab, [Series(first, "cpu.utilisation")]) == 0
    assert plotting.add(lab, [Series(second, "power")]) == 1
    assert [one.unit for one in plotting.plots(lab.document)] == ["1", "W"]
    assert plotting.add(lab, [Series(second, "power")]) == 1, "the same again is the same plot"
    plotting.add(lab, [Series(second, "cpu.utilisation")], 0)
    assert plotting.plots(lab.document)[0].series == (
        Series(first, "cpu.utilisation"),
        Series(second, "cpu.utilisation"),
    )
    for count in (2, 1, 0):
        lab.undo()
        assert len(plotting.plots(lab.document)) == count
    while lab.redo():
        pass
    assert len(plotting.plots(lab.document)) == 2
    plotting.remove_curve(lab, 1, Series(second, "power"))
    assert len(plotting.plots(lab.document)) == 1


def test_what_does_not_fit_is_refused_in_words(lab: Session) -> None:
    machines = ids(lab)
    plotting.add(lab, [Series(machines[0], "cpu.utilisation")])
    with pytest.raises(EditError, match="one unit"):
        plotting.add(lab, [Series(machines[0], "power")], 0)
    with pytest.raises(EditError, match="6 curves"):
        plotting.add(lab, [Series(one, "cpu.utilisation") for one in machines], 0)
    with pytest.raises(EditError, match="no number"):
        plotting.add(lab, [])
    for one in machines[1:5]:
        plotting.add(lab, [Series(one, "cpu.utilisation")])
    with pytest.raises(EditError, match="room for 5"):
        plotting.add(lab, [Series(machines[6], "cpu.utilisation")])
    assert len(plotting.plots(lab.document)) == 5


def test_plots_go_with_what_they_are_about_and_come_back(lab: Session) -> None:
    first, second, *_rest = ids(lab)
    plotting.add(lab, [Series(first, "cpu.utilisation"), Series(second, "cpu.utilisation")])
    lab.remove(first)
    assert plotting.plots(lab.document)[0].series == (Series(second, "cpu.utilisation"),)
    lab.remove(second)
    assert plotting.plots(lab.document) == ()
    lab.undo()
    lab.undo()
    assert len(plotting.plots(lab.document)[0].series) == 2


def test_plots_are_saved_and_opened(lab: Session, tmp_path) -> None:
    first = ids(lab)[0]
    plotting.add(lab, [Series(first, "cpu.utilisation"), Series(first, "memory.utilisation")])
    plotting.read_limit(lab, 0, "80 %")
    plotting.begin_at_zero(lab, 0, False)
    lab.save(tmp_path / "kept.sdx")
    again = Session.open(tmp_path / "kept.sdx")
    assert plotting.plots(again.document) == plotting.plots(lab.document)
    assert plotting.plots(again.document)[0].limit == 0.8
    assert not plotting.plots(again.document)[0].from_zero


@pytest.mark.parametrize(
    ("text", "limit"), [("80 %", 0.8), ("80", 0.8), ("0.5", 0.5), ("", None)]
)  # fmt: skip
def test_limits_in_words(lab: Session, text: str, limit: float | None) -> None:
    plotting.add(lab, [Series(ids(lab)[0], "cpu.utilisation")])
    plotting.set_limit(lab, 0, 0.1)
    plotting.read_limit(lab, 0, text)
    assert plotting.plots(lab.document)[0].limit == limit


def test_a_limit_that_is_none_is_refused(lab: Session) -> None:
    plotting.add(lab, [Series(ids(lab)[0], "power")])
    with pytest.raises(EditError, match="no quantity"):
        plotting.read_limit(lab, 0, "much")
    plotting.read_limit(lab, 0, "1.2 kW")
    assert plotting.plots(lab.document)[0].limit == 1200


def test_a_limit_becomes_breakpoints(lab: Session) -> None:
    first, second, *_rest = ids(lab)
    plotting.add(lab, [Series(first, "cpu.utilisation"), Series(second, "cpu.utilisation")])
    plot = plotting.plots(lab.document)[0]
    assert plotting.thresholds(plot, lab.document) == (0.8, 0.95)
    plotting.pause_above(lab, plot, 0.9)
    kept = watching.watches(lab.document)
    assert [(one.element, one.measures, one.sign, one.limit) for one in kept] == [
        (first, ("cpu.utilisation",), ">", 0.9), (second, ("cpu.utilisation",), ">", 0.9),
    ]  # fmt: skip
    assert plotting.pauses(plot, lab.document, 0.9) == ()
    lab.undo()
    assert watching.watches(lab.document) == ()


@given(st.lists(st.text(max_size=40), max_size=8))
def test_whatever_a_file_says_is_read(texts: list[str]) -> None:
    session = Session()
    host = session.place("host")
    texts += [f"zero - {host}/cpu.utilisation", f"fitted nan {host}/power", f"zero inf {host}/power"]
    with session.history.edit("x") as edit:
        edit.update(session.document.properties.setting(plots=tuple(texts)))
    found = plotting.plots(session.document)
    assert Plot((Series(host, "cpu.utilisation"),)) in found or len(found) == plotting.MOST_PLOTS
    assert all(one.limit is None or abs(one.limit) < 1e30 for one in found)


def test_words_tell_what_curves_are(lab: Session) -> None:
    first, second, *_rest = ids(lab)
    names = [lab.document.element(one).name for one in (first, second)]
    one = Plot((Series(first, "power"),))
    assert plotting.title(one, lab.document) == f"{names[0]} · Power"
    both = Plot((Series(first, "power"), Series(second, "power")))
    assert plotting.title(both, lab.document) == "Power"
    assert [plotting.label(series, both, lab.document) for series in both.series] == names
    mixed = plotting.following(lab.document, (first,))
    assert mixed is not None
    assert [plotting.label(series, mixed, lab.document) for series in mixed.series] == ["CPU", "MEM", "NET", "READY"]
    assert plotting.title(mixed, lab.document) == names[0]
