"""A thousand VMs leave a failing rack in the real window: frames a second while all of it moves."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

from sdx_studio.session import Session
from sdx_studio.ui import app
from sdx_studio.ui.window import Window
from tests.benchmarks.test_canvas import note

HOSTS, GUESTS = 25, 40
SECONDS = 6.0


def failing_rack() -> Session:
    """25 hosts with 40 VMs each in one rack, as many empty hosts in another, and the order to leave the first."""
    session = Session()
    switch, array = session.place("switch", name="sw", x=1000.0), session.place("storage_array", name="array", x=1300.0)
    volume = session.place("volume", on=array, size="100 GiB")
    members: list[str] = []
    for row in range(2):
        rack = session.place("rack", name=f"rack-{row}", x=row * 500.0, units=60)
        for place in range(HOSTS):
            host = session.place("host", on=rack, name=f"h{row}-{place:02}", cores=32, memory="128 GiB", units=2,
                                 nic_speed="10 Gbit/s")  # fmt: skip
            session.connect(host, switch, bandwidth="10 Gbit/s")
            session.connect(host, array, bandwidth="16 Gbit/s")
            members.append(host)
            for _index in range(GUESTS if row == 0 else 0):
                session.place("vm", on=host, vcpus=1, memory="2 GiB", load=0.2, disk=volume)
    session.place("cluster", name="cluster", members=tuple(members), x=1000.0, y=300.0)
    for host in members[:HOSTS]:
        session.do("enter_maintenance", host, at=1.0)
    return session


def test_a_thousand_leave_a_rack(benchmark: object, window: Callable[[Session], Window]) -> None:
    """Frames a second of wall time from the order to leave on, with hundreds of migrations under way."""
    shown = window(failing_rack())
    canvas = shown.canvas
    canvas.fit()
    shown.actions_by_id["simulation.play"].trigger()
    while not (canvas.scene.running and shown.live.time > 2.0):
        app.application().processEvents()
    frames: list[float] = []
    most = 0
    end = canvas.frames.end

    def count(watch: QElapsedTimer) -> None:
        nonlocal most
        frames.append(watch.nsecsElapsed() / 1e6)
        player = shown.live.player
        latest = player.latest() if player is not None else None
        most = max(most, len(latest[1].moves) if latest is not None else 0)
        end(watch)

    canvas.frames.end = count  # type: ignore[method-assign]

    def watch() -> None:
        loop = QEventLoop()
        QTimer.singleShot(round(1000 * SECONDS), loop.quit)
        loop.exec()

    benchmark.pedantic(watch, rounds=1)  # type: ignore[attr-defined]
    assert most > 100, f"at most {most} moved at once"
    note(benchmark, "evacuate_1000_fps", len(frames) / SECONDS, "1/s", 30)
