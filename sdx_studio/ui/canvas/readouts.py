"""What a card says in words beside its mark: what a flow gets of what it wants, how long people wait, what queues."""

import math
from collections import Counter
from dataclasses import dataclass

from sdx_studio import units
from sdx_studio.session import presently
from sdx_studio.session.wording import name_of
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

ENOUGH = 0.995
"""Share of what it wants from which on a flow is content."""


def words(scene: Scene, row: int) -> tuple[str, ...]:
    """What stands where other cards have their number, the longest first; nothing when the number says it best."""
    traits, state = scene.columns.kind[row].traits, scene.columns.state[row]
    if state in (State.OFF, State.FAILED, State.NONE):
        return ()
    if "crowd" in traits or "screen" in traits:
        said = _screen(scene, row)
        return (said,) if said else ()
    if "replication" in traits:
        return copying(scene, scene.columns.ids[row])
    return _flow(scene, row) if "traffic" in traits else ()


def copying(scene: Scene, id: str) -> tuple[str, ...]:
    """How old a copy is, and how much of it is still to be sent."""
    lag, queued = scene.value(id, "replica.lag"), scene.value(id, "replica.queued")
    if lag != lag or queued != queued:
        return ()
    short = _("lag {time}", time=units.show(_two(math.floor(lag)), "s"))
    if lag == 0 and queued == 0:
        return _("each write at both"), short
    return _("{lag} · {bytes} to go", lag=short, bytes=units.show(queued, "B")), short


Head = tuple[State | None, int]
"""The mark of a state (None: gone for good), and how many VMs are in it."""


def heads(scene: Scene, id: str) -> tuple[Head, ...]:
    """How many VMs came of requests, are idle and are gone; of a rule: are warned of, stopped and gone."""
    if scene.value(id, "sprawl.population") >= 0:
        names = (("sprawl.population", State.OK), ("sprawl.idle", State.IDLE), ("sprawl.deleted", None))
    elif scene.value(id, "lease.watched") >= 0:
        names = (("lease.warned", State.BUSY), ("lease.stopped", State.OFF), ("lease.deleted", None))
    else:
        return ()
    return tuple((state, int(scene.value(id, measure))) for measure, state in names)


def strangers(scene: Scene, id: str) -> int:
    """VMs on a machine that nobody drew: they came while the model ran."""
    layout = scene.layout
    if layout is None or not scene.document.having("requests"):
        return 0
    known: dict[str, int] | None = scene.columns.memo.get("strangers")
    if known is None or scene.columns.memo.get("strangers of") is not scene.places:
        fresh = [row for row, one in enumerate(layout.elements) if one not in scene.document.elements]
        known = Counter(layout.elements[place] for place in scene.places[fresh].tolist() if place >= 0)
        scene.columns.memo["strangers"], scene.columns.memo["strangers of"] = known, scene.places
    return known.get(id, 0)


def _screen(scene: Scene, row: int) -> str:
    since = frozen(scene, row)
    if since is not None:
        return _("frozen {time}", time=units.show(float(math.floor(since)), "s"))
    echoes = [scene.value(id, "users.echo") for id in crowds(scene, scene.columns.ids[row])]
    known = [echo for echo in echoes if echo == echo]
    return _("echo {time}", time=units.show(_two(max(known)), "s")) if known else ""


def frozen(scene: Scene, row: int) -> float | None:
    """Seconds for which the screens of a card have stood still; None while they move."""
    id = scene.columns.ids[row]
    watched = crowds(scene, id)
    still = [one for one in watched if scene.value(one, "users.frozen") > 0]
    if scene.columns.state[row] == State.CRITICAL:
        still.append(id)
    elif not still or len(still) < len(watched):
        return None
    since = [scene.doings.held[one].at for one in still if one in scene.doings.held]
    return max(0.0, scene.time - max(since)) if since else 0.0


def crowds(scene: Scene, id: str) -> list[str]:
    """Users whose screens a card shows: itself, when it is a group of them, and those who look at it."""
    known: dict[str, list[str]] | None = scene.columns.memo.get("crowds")
    if known is None:
        known = {}
        for one in scene.document.having("crowd"):
            for shows in (one, scene.document.values(one).get("client")):
                if shows:
                    known.setdefault(shows, []).append(one)
        scene.columns.memo["crowds"] = known
    return known.get(id, [])


def _flow(scene: Scene, row: int) -> tuple[str, ...]:
    id, share = scene.columns.ids[row], float(scene.columns.lead[row])
    if scene.columns.state[row] == State.CRITICAL and id in scene.doings.held:
        return (_("blocked"),)
    rate = scene.value(id, "net.rate")
    if not 0 < share < ENOUGH or not rate > 0:
        return ()
    step, unit = scaled(rate / share)
    got, wanted = _short(rate / step), f"{_short(rate / share / step)}\u00a0{unit}"
    return _("{rate} of {wanted}", rate=got, wanted=wanted), f"{got}/{wanted}"


def scaled(rate: float) -> tuple[float, str]:
    """The unit in which a rate is short: how many bit/s it is, and its name."""
    for step, unit in ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s")):
        if rate >= step * (1 - 1e-9):
            return step, unit
    return 1.0, "bit/s"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.2g}"


def _two(value: float) -> float:
    """Two digits: more would flicker."""
    return float(f"{value:.2g}")


def cause(scene: Scene, row: int) -> str:
    """Why something gets nothing at all, in words; empty while it gets something, or when nobody knows."""
    if scene.columns.state[row] != State.CRITICAL:
        return ""
    held = scene.doings.held.get(scene.columns.ids[row])
    if held is None or held.cable is None:
        return "" if held is None else _(held.reason)
    return _("cut: {cable}", cable=name_of(held.cable, scene.document))


# what waits ------------------------------------------------------------------------------------------------------


def waiting(scene: Scene, row: int) -> int:
    """Flows that wait at a full link (`row` of the routes): what it has left is less than they ask for."""
    count = scene.value(scene.routes.ids[row], "net.waiting")
    return int(count) if count == count else 0


def queue(scene: Scene, id: str) -> str:
    """How many requests are in a store, by Little's law: requests a second times seconds of a response."""
    rate, wait = scene.value(id, "storage.iops"), scene.value(id, "storage.response")
    if rate > 0 and wait != wait:
        return _("queue without end")
    count = rate * wait
    return _("queue {count}", count=_short(count)) if count > 1 else ""


# memory ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pressure:
    """How short of memory a machine is: shares of its memory (0…1), and what is said of it, the longest first."""

    balloon: float
    swap: float
    words: tuple[str, ...]
    state: State = State.BUSY


LEVELS = {"ok": State.OK, "idle": State.IDLE, "busy": State.BUSY, "critical": State.CRITICAL, "blocked": State.FAILED}
"""The mark of how bad something is."""


def pressure(scene: Scene, id: str) -> Pressure | None:
    """What a machine has taken back from its guests and shares among them; None when nothing."""
    shared, balloon, swap = (scene.value(id, f"memory.{name}") for name in ("shared", "balloon", "swap"))
    state = presently.memory_state(lambda measure: scene.value(id, measure))
    if state is None or not (shared > 0 or balloon > 0 or swap > 0):
        return None
    whole = float(scene.document.values(id).get("memory") or 0.0)
    if whole <= 0:
        return None
    said = [_("swap {bytes}", bytes=units.show(swap, "B"))] if swap > 0 else []
    said += [_("balloon {bytes}", bytes=units.show(balloon, "B"))] if balloon > 0 else []
    said += [_("shared {bytes}", bytes=units.show(shared, "B"))] if shared > 0 else []
    word, _meaning, level = presently.MEMORY[state]
    lines = " · ".join([_(word), *said]), f"{_(word)} · {said[0]}"
    about = [_("memory {words}", words=one) for one in lines]
    words = tuple(dict.fromkeys((about[0], lines[0], about[1], lines[1], said[0])))
    return Pressure(min(1.0, balloon / whole), min(1.0, swap / whole), words, LEVELS[level])


def swapped(scene: Scene, id: str) -> bool:
    """Whether some of a guest's memory is swapped: it waits for it."""
    return scene.value(id, "memory.swap") > 0
