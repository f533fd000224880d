"""Search: by words and by value, in both languages, over everything that is drawn or hidden."""

import math
import operator

import pytest
from drawings import moving
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.session import Session
from sdx_studio.session.conditions import Readings
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.search import search
from sdx_studio.words import dictionary

FITS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne}


def names(session: Session, text: str, readings: Readings | None = None) -> list[str]:
    answer = search(session.document, text, readings)
    assert answer.problem == "", answer.problem
    assert answer.total == len(answer.hits)
    return [hit.name for hit in answer.hits]


@pytest.fixture
def drawn() -> Session:
    s = Session()
    site = s.place("site", name="Tokyo")
    rack = s.place("rack", on=site, name="Rack 1")
    host = s.place("host", on=rack, name="esx-01", cores=16, memory="64 GiB")
    for number, vcpus in ((1, 2), (2, 4), (10, 4)):
        s.place("vm", on=host, name=f"web{number:02d}", vcpus=vcpus, memory="4 GiB")
    switch = s.place("switch", on=site, name="sw")
    s.connect(host, switch, bandwidth="10 Gbit/s", label="uplink east")
    return s


def reading(values: dict[tuple[str, str], float], states: dict[str, str] | None = None) -> Readings:
    return Readings(
        lambda one, measure: values.get((one, measure), math.nan),
        lambda one: (states or {}).get(one, "ok"),
        frozenset(measure for _id, measure in values),
    )


def test_names_come_before_kinds_and_the_nearest_first(drawn: Session) -> None:
    assert names(drawn, "web") == ["web01", "web02", "web10"]
    assert names(drawn, "WEB02") == ["web02"]
    assert names(drawn, "ｗｅｂ０２") == ["web02"]
    assert names(drawn, "vm")[:3] == ["web01", "web02", "web10"]
    assert names(drawn, "sw")[0] == "sw"
    assert names(drawn, "vm:web10") == ["web10"]
    assert names(drawn, "vm 10") == ["web10"]
    assert names(drawn, "nothing like it") == []
    assert search(drawn.document, "  ").total == 0


def test_kinds_in_the_language_in_use(drawn: Session) -> None:
    dictionary.use("ja")
    assert names(drawn, "ラック") == ["Rack 1"]
    assert "Rack 1" in names(drawn, "rack")


def test_places_and_links_and_field_texts(drawn: Session) -> None:
    hit = search(drawn.document, "web02").hits[0]
    assert (hit.kind, hit.place.split(" / ")[:3]) == ("VM", ["Tokyo", "Rack 1", "esx-01"])
    assert names(drawn, "esx-01 sw") == ["esx-01 – sw"]
    found = search(drawn.document, "uplink").hits
    assert [(one.name, one.shown) for one in found] == [("esx-01 – sw", "Label: uplink east")]


def test_closed_groups_hide_nothing(drawn: Session) -> None:
    host = drawn.document.element(drawn.document.find("esx-01"))
    with drawn.history.edit("Close") as edit:
        edit.update(host.but(closed=True))
    assert names(drawn, "web10") == ["web10"]
    assert names(drawn, "vcpus = 4") == ["web02", "web10"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("vcpus = 4", ["web02", "web10"]), ("vCPU != 4", ["web01"]), ("vcpus<3", ["web01"]), ("vcpus ≥ 2 ", 3),
        ("memory >= 64 GiB", ["esx-01"]), ("memory = 4g", 3), ("memory ＞ 4096 MiB", ["esx-01"]),
        ("name = WEB01", ["web01"]), ("kind = rack", ["Rack 1"]), ("bandwidth >= 10 Gbit/s", ["esx-01 – sw"]),
        ("label = uplink east", ["esx-01 – sw"]),
    ],
)  # fmt: skip
def test_by_field(drawn: Session, text: str, wanted: list[str] | int) -> None:
    found = names(drawn, text)
    assert (len(found) if isinstance(wanted, int) else found) == wanted


def test_by_reference() -> None:
    s = Session()
    array = s.place("storage_array")
    s.place("disk", on=array)
    volume = s.place("volume", on=array, name="vol-a")
    host = s.place("host")
    s.place("vm", on=host, name="with", disk=volume)
    s.place("vm", on=host, name="without")
    assert names(s, "disk = VOL-A") == ["with"]
    assert names(s, "disk != vol-a") == ["without"]


def test_by_measure_and_state(drawn: Session) -> None:
    ids = {name: drawn.document.find(name) for name in ("esx-01", "web01", "web02")}
    values = {(ids["esx-01"], "cpu.utilisation"): 0.9, (ids["web01"], "cpu.utilisation"): 0.8,
              (ids["web02"], "cpu.utilisation"): 0.2, (ids["esx-01"], "memory.utilisation"): 0.5}  # fmt: skip
    now = reading(values, {ids["web02"]: "failed"})
    assert names(drawn, "cpu > 80 %", now) == ["esx-01"]
    assert names(drawn, "cpu >= 80", now) == ["esx-01", "web01"]
    assert names(drawn, "cpu > 0", now) == ["esx-01", "web01", "web02"], "the largest first"
    assert names(drawn, "cpu <= 100", now) == ["web02", "web01", "esx-01"], "the smallest first"
    assert names(drawn, "cpu.utilisation < 0.5", now) == ["web02"]
    assert names(drawn, "mem >= 0.5", now) == ["esx-01"]
    assert names(drawn, "state = failed", now) == ["web02"]
    assert "web02" not in names(drawn, "state != failed", now)
    answer = search(drawn.document, "cpu > 80", now)
    assert (answer.meaning, answer.hits[0].shown) == ("CPU > 80\u00a0%", "90\u00a0%")
    dictionary.use("ja")
    assert names(drawn, "メモリ >= 50 %", now) == ["esx-01"]
    assert names(drawn, "メモリ = 64 GiB", now) == ["esx-01"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cpuu > 80 %", "nothing here has “cpuu”; there are state, name, kind, cpu"),
        ("cpuu > 80 %", "did you mean “cpu”?"),
        ("cpu > 80 %", "press play first"),
        ("state = failed", "press play first"),
        ("state = broken", "there are ok, busy, critical"),
        ("vcpus >", "a value is needed after “>”"),
        ("memory > 4 parsec", "allowed are for example 4 GiB"),
        ("name > web", "only be compared by = and !="),
    ],
)
def test_what_makes_no_sense_is_said(drawn: Session, text: str, said: str) -> None:
    answer = search(drawn.document, text)
    assert said in answer.problem
    assert answer.hits == ()


def test_readings_of_a_running_model() -> None:
    session = moving()
    live = Live(session, lambda: InlinePlayer(lambda: 0.0))
    live.step()
    latest = live.latest()
    assert latest is not None
    now = Readings.of(*latest, lambda _id: "ok")
    assert set(names(session, "cpu > 10 %", now)) == {"a", "web01"}
    assert math.isnan(now.value("nobody", "cpu.utilisation"))
    live.close()


@given(st.lists(st.integers(1, 64), min_size=1, max_size=12), st.integers(1, 64), st.sampled_from(sorted(FITS)))
def test_comparing_is_what_it_says(counts: list[int], wanted: int, sign: str) -> None:
    s = Session()
    host = s.place("host", cores=64)
    for number, count in enumerate(counts):
        s.place("vm", on=host, name=f"v{number}", vcpus=count, memory="64 MiB")
    expected = {f"v{number}" for number, count in enumerate(counts) if FITS[sign](count, wanted)}
    assert set(names(s, f"vcpus {sign} {wanted}")) == expected


@given(st.text(max_size=24))
def test_any_text_has_an_answer(text: str) -> None:
    answer = search(moving().document, text)
    assert answer.total >= len(answer.hits)
    assert not (answer.problem and answer.hits)


def test_more_than_can_be_shown_are_counted() -> None:
    s = Session()
    for _ in range(30):
        s.place("switch")
    answer = search(s.document, "sw", most=10)
    assert (len(answer.hits), answer.total) == (10, 30)
    assert answer.hits[0].name == "sw-01"
