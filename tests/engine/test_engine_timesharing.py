"""Batch, time sharing and virtual machines on one processor: the running engine against the formulas and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import Session
from sdx_studio.engine.formulas.timesharing import Job as Plain
from sdx_studio.engine.formulas.timesharing import fcfs, round_robin
from sdx_studio.engine.parts import Job, Processor
from sdx_studio.engine.world import World
from sdx_studio.session.build import parts_of, revision
from sdx_studio.session.run import Run

FOUR = ((0.0, 30.0), (1.0, 2.0), (2.0, 2.0), (3.0, 0.5))


def turnarounds(processor: Processor, jobs: list[Job], until: float = 1e4) -> list[float]:
    world = World([processor, *jobs])
    world.advance(round(until * 1e6))
    ends = {event.element: event.figures["turnaround"] for event in world.plant.events if event.kind == "job.finished"}
    return [ends[job.id] for job in jobs]


def jobs_of(pairs: tuple[tuple[float, float], ...]) -> list[Job]:
    return [Job(f"j{place:02}", "p", arrival, service) for place, (arrival, service) in enumerate(pairs)]


def test_first_come_first_served_makes_short_jobs_wait() -> None:
    assert turnarounds(Processor("p", "batch"), jobs_of(FOUR)) == pytest.approx([30, 31, 32, 31.5])


def test_in_turns_the_long_job_loses_little_and_the_short_ones_win_much() -> None:
    assert turnarounds(Processor("p", "turns", 0.2), jobs_of(FOUR)) == pytest.approx([34.5, 5.7, 5.9, 2.1])


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(1, 300)), min_size=1, max_size=6, unique_by=lambda one: one[0]),
    st.integers(5, 60), st.integers(0, 20),
)  # fmt: skip
def test_it_agrees_with_the_formulas(pairs: list[tuple[int, int]], quantum: int, swap: int) -> None:
    """Whole hundredths of a second, arrivals apart, so that both round alike."""
    pairs = sorted(pairs)
    jobs = jobs_of(tuple((arrival / 100, service / 100) for arrival, service in pairs))
    plain = [Plain(arrival / 100, service / 100) for arrival, service in pairs]
    assert turnarounds(Processor("p", "batch"), jobs) == pytest.approx(fcfs(plain).turnaround, abs=1e-5)
    turns = turnarounds(Processor("p", "turns", quantum / 100, swap / 100), jobs)
    assert turns == pytest.approx(round_robin(quantum / 100, swap / 100, plain).turnaround, abs=1e-4)


def mean(run: Run, processor: str) -> float:
    """Its use over the whole run."""
    return float(run.as_json()["measures"][processor]["cpu.utilisation"]["mean"])


def lesson(policy: str, count: int, **more: float) -> Session:
    """`count` jobs of 60 times a second of work and three of waiting."""
    session = Session()
    mainframe = session.place("mainframe", name="7090", policy=policy, quantum=1, **more)
    for index in range(count):
        session.place("batch_job", on=mainframe, name=f"job-{index}", service=1, pause=3, repeat=60)
    return session


@pytest.mark.parametrize(
    ("policy", "count", "end", "use"),
    [("batch", 4, 960, 0.25), ("time sharing", 4, 243, 240 / 243), ("time sharing", 6, 363, 360 / 363)],
)
def test_the_pauses_of_one_are_the_work_of_another(policy: str, count: int, end: float, use: float) -> None:
    session = lesson(policy, count)
    run = session.run(until=end)
    assert max(event.time for event in run.events("job.finished")) == pytest.approx(end)
    assert len(run.events("job.finished")) == count
    assert mean(run, "mainframe:7090") == pytest.approx(use, abs=1e-6)
    assert run.value("mainframe:7090", "jobs.done") == count
    assert run.value("batch_job:job-0", "job.progress") == pytest.approx(1.0)


def test_a_monitor_costs_time_and_gives_everybody_a_machine() -> None:
    run = lesson("virtual machines", 4, overhead=0.1).run(until="400 s")
    ends = [event.time for event in run.events("job.finished")]
    assert max(ends) == pytest.approx(240 * 1.1 + 3, abs=0.5)


def test_thirty_users_wait_at_most_a_round() -> None:
    session = Session()
    mainframe = session.place("mainframe", name="cp", quantum=0.2, swap=0.05)
    for index in range(30):
        session.place("terminal", name=f"t{index}", mainframe=mainframe, service=1000, think=1)
    run = session.run(until="100 s")
    assert mean(run, "mainframe:cp") == pytest.approx(1.0, abs=0.01), "swaps count as work"
    assert run.value("mainframe:cp", "jobs.ready") == 29


def test_a_job_that_goes_makes_room_and_one_that_comes_is_taken() -> None:
    session = lesson("batch", 2)
    world_parts = session.run(until="10 s")
    assert world_parts.value("batch_job:job-1", "job.progress") == 0
    before = parts_of(session.document)
    world = World(before)
    world.advance(10_000_000)
    session.remove("job-0")
    session.place("batch_job", on="7090", name="late", arrival=0, repeat=1)
    world.revise(*revision(before, parts_of(session.document)))
    world.advance(300_000_000)
    done = [event.element for event in world.plant.events if event.kind == "job.finished"]
    assert done == [session.document.find("job-1"), session.document.find("late")]


def test_a_checkpoint_goes_on_the_same() -> None:
    world = World([Processor("p", "turns", 0.2, 0.05), *jobs_of(FOUR)])
    world.advance(5_100_000)
    again = World.restore(world.checkpoint())
    for one in (world, again):
        one.advance(40_000_000)
    assert world.state_hash() == again.state_hash()
