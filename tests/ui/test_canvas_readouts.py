"""What a run shows besides marks and bars: queues, what flows get, short memory, blocks on disks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from running_scene import Running, sample

from sdx_studio import Session
from sdx_studio.session import blocking
from sdx_studio.ui.canvas import cables, extras, labels, readouts, stacks

# queues --------------------------------------------------------------------------------------------------------------


def test_a_full_link_tells_how_many_wait_at_its_sender() -> None:
    run = sample("04")
    scene = run.at(20.0)

    def link(one: str, other: str) -> int:
        ends = {run.row(one), run.row(other)}
        return next(row for row, pair in enumerate(scene.routes.ends.tolist()) if set(pair) == ends)

    crowded, alone = link("s1", "t1"), link("s2", "t2")
    assert [readouts.waiting(scene, row) for row in (crowded, alone)] == [3, 0]
    assert labels.said(scene, crowded) == "100\u00a0% · queue 3"
    assert labels.said(scene, alone) == "100\u00a0%"
    drawn, sender = cables.ticks(scene, crowded), scene.columns.box(run.row("s1"))
    assert len(drawn) == 3
    assert (np.abs(drawn[:, 0] - sender.right()) < 30).all(), "at the sender"
    assert len(cables.ticks(scene, alone)) == 0


def test_an_array_has_a_queue_by_littles_law() -> None:
    run = sample("12")
    scene, id = run.at(5.02), run.ids["array-01"]
    assert readouts.queue(scene, id) == "queue without end", "many start at once"
    scene = run.at(28.0)
    rate, wait = scene.value(id, "storage.iops"), scene.value(id, "storage.response")
    assert readouts.queue(scene, id) == f"queue {rate * wait:.0f}"


def test_a_flow_says_what_it_gets_of_what_it_wants_or_why_nothing() -> None:
    s = Session()
    a, b, lonely = s.place("client_pc", x=0, y=0), s.place("client_pc", x=900, y=0), s.place("client_pc", x=0, y=400)
    s.connect(a, b, bandwidth="10 Mbit/s")
    one = s.place("flow", x=0, y=300, source=a, target=b, rate="8 Mbit/s")
    content = s.place("flow", x=0, y=600, source=b, target=a, rate="8 Mbit/s")
    s.place("flow", x=300, y=300, source=a, target=b, rate="9 Mbit/s")
    blocked = s.place("flow", x=600, y=300, source=a, target=lonely, rate="1 Mbit/s")
    run = Running(s)
    scene = run.at(2.0)
    row = scene.columns.row
    assert readouts.words(scene, row[one]) == ("5 of 8\u00a0Mbit/s", "5/8\u00a0Mbit/s")
    assert readouts.words(scene, row[content]) == ()
    assert readouts.words(scene, row[blocked]) == ("blocked",)
    assert readouts.cause(scene, row[blocked]) == scene.doings.held[blocked].reason != ""


def test_a_replication_says_how_old_its_copy_is_and_what_is_still_to_go() -> None:
    run = sample("19")
    scene, every, write = run.at(50_000.0), run.ids["every 15 min"], run.ids["every write"]
    row = scene.columns.row
    whole, short = readouts.words(scene, row[every])
    assert short == "lag 50,000\u00a0s"
    left = 1e12 - 50_000 * (100e6 / 8 * 0.74 - 50e9 / 86_400)
    assert whole == f"{short} · {left / 2**30:.0f}\u00a0GiB to go"
    assert scene.columns.lead[row[every]] == pytest.approx(1 - 0.5664, abs=0.03)
    assert readouts.words(scene, row[write])[0] == "each write at both"
    assert extras.line(scene, row[every]) == short


# memory --------------------------------------------------------------------------------------------------------------


def test_memory_pressure_is_told_on_host_and_guests_and_goes_away() -> None:
    run = sample("07")
    scene, host = run.at(5.0), run.ids["host-01"]
    pressed = readouts.pressure(scene, host)
    assert pressed is not None
    assert pressed.swap * 32 * 2**30 == pytest.approx(scene.value(host, "memory.swap"))
    assert "swap 8.49\u00a0GiB" in pressed.words[0]
    assert "balloon 9\u00a0GiB" in pressed.words[0]
    assert readouts.swapped(scene, run.ids["vm-01"])
    later = readouts.pressure(run.at(28.0), host)
    assert later is not None
    assert later.swap < pressed.swap
    assert readouts.pressure(scene, run.ids["host-02"]) is None
    assert not readouts.swapped(scene, run.ids["vm-05"])


@given(st.floats(0, 1.5), st.floats(0, 1), st.floats(0, 1))
def test_parts_of_a_memory_bar_stay_in_it_in_order(value: float, balloon: float, swap: float) -> None:
    track = QRectF(10, 0, 90, 6)
    held, back, gone = extras.memory_parts(track, value, readouts.Pressure(balloon, swap, ("",)))
    for part in (held, back, gone):
        assert track.left() - 1e-9 <= part.left()
        assert part.width() >= 0
        assert part.right() <= track.right() + extras.GAP + 1e-9
    assert held.left() <= back.left() + 1e-9
    assert back.left() <= gone.left() + 1e-9
    assert gone.width() <= swap * track.width() + 1e-9


# blocks --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), max_size=80), st.integers(0, 80), st.integers(1, 20))
def test_blocks_stand_for_all_squares_in_their_order(taken: list[int], free: int, count: int) -> None:
    owners = taken + [blocking.FREE] * (free + (not taken))
    shown = stacks.sampled(owners, count)
    assert len(shown) == min(count, math.ceil(len(taken) / len(owners) * count - 1e-9))
    assert set(shown) <= set(taken)
    if taken == sorted(taken):
        assert shown == sorted(shown)


def test_disks_fill_and_an_array_that_levels_moves_blocks() -> None:
    s = Session()
    array, host = s.place("storage_array", x=0, y=0, balance="2 GB/s"), s.place("host", x=900, y=0)
    for used in ("1.7 TB", "1.9 TB", "0.3 TB", "0.2 TB"):
        s.place("disk", on=array, used=used)
    for size in ("1.2 TiB", "800 GiB"):
        s.place("volume", on=array, size=size)
    s.connect(array, host, medium="storage")
    run = Running(s)
    scene = run.at(1.0)
    pool = stacks.pools(scene)[array]
    now = stacks.filling(scene, pool)
    counts = [len(stacks.sampled(mine.tolist(), 16)) for mine in stacks.grid(scene, pool, now).owners]
    assert counts[1] >= counts[0] > counts[2] >= counts[3] > 0
    start = blocking.at_rest(pool)
    assert stacks.moving(pool, start, now) == []
    scene = run.at(340.0)
    assert array in scene.doings.levelling
    pairs = stacks.moving(pool, start, stacks.filling(scene, pool))
    first, second, third, fourth = (one.id for one in pool.devices)
    assert pairs
    assert {one for one, _other in pairs} <= {first, second}
    assert {other for _one, other in pairs} <= {third, fourth}


def test_short_links_say_what_happens_and_leave_their_label_out() -> None:
    run = sample("05")
    scene = run.at(12.0)
    row = next(row for row, link in enumerate(scene.routes.links) if link.fields.get("label"))
    assert labels.said(scene, row) == labels.fitting(scene, row, 0.5) == "20 Mbit/s · 100\u00a0% · queue 2"
    assert labels.fitting(scene, row, 2.0) == "queue 2"


def test_cards_from_the_middle_say_one_thing() -> None:
    run = sample("07")
    scene = run.at(5.0)
    assert extras.line(scene, run.row("host-01")) == "hard · swap 8.49\u00a0GiB"
    assert extras.line(scene, run.row("host-02")) == ""
    assert not extras.talkers(scene)[run.row("vm-01")]
    run = sample("12")
    assert extras.line(run.at(5.02), run.row("array-01")) == "queue without end"
