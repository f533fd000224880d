"""What a card says in words beside its mark: what a flow gets of what it wants, how long people wait, what queues."""

import math
from dataclasses import dataclass

from sdx_studio import units
from sdx_studio.ui.canvas.columns import State
from sdx_studio.ui.canvas.scene import Scene
from sdx_studio.words import _

ENOUGH = 0.995
"""Share of what it wants from which on a flow is content."""


def words(scene: Scene, row: int) -> str:
    """What stands where other cards have their number; empty when the number says it best."""
    traits, state = scene.columns.kind[row].traits, scene.columns.state[row]
    if state in (State.OFF, State.FAILED, State.NONE):
        return ""
    if "crowd" in traits or "screen" in traits:
        return _screen(scene, row)
    return _flow(scene, row) if "traffic" in traits else ""


def _screen(scene: Scene, row: int) -> str:
    id = scene.columns.ids[row]
    since = frozen(scene, row)
    if since is not None:
        return _("frozen {time}", time=units.show(float(math.floor(since)), "s"))
    echo = scene.value(id, "users.echo")
    return _("echo {time}", time=units.show(_two(echo), "s")) if echo == echo else ""


def frozen(scene: Scene, row: int) -> float | None:
    """Seconds for which the screens of a card have stood still; None while they move."""
    id = scene.columns.ids[row]
    stopped = scene.value(id, "users.frozen") > 0 or scene.columns.state[row] == State.CRITICAL
    held = scene.doings.held.get(id)
    if not stopped:
        return None
    return max(0.0, scene.time - held.at) if held is not None else 0.0


def _flow(scene: Scene, row: int) -> str:
    id, share = scene.columns.ids[row], float(scene.columns.lead[row])
    if id in scene.doings.held:
        return _("blocked")
    rate = scene.value(id, "net.rate")
    if not 0 < share < ENOUGH or not rate > 0:
        return ""
    step, unit = scaled(rate / share)
    return _("{rate} of {wanted}", rate=_short(rate / step), wanted=f"{_short(rate / share / step)}\u00a0{unit}")


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
    return _(held.reason) if held is not None else ""


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
    """How short of memory a machine is: shares of its memory (0…1), and what is said about it."""

    balloon: float
    swap: float
    words: str


def pressure(scene: Scene, id: str) -> Pressure | None:
    """What a machine has taken back from its guests; None when nothing."""
    balloon, swap = scene.value(id, "memory.balloon"), scene.value(id, "memory.swap")
    whole = float(scene.document.values(id).get("memory") or 0.0)
    if whole <= 0 or not (balloon > 0 or swap > 0):
        return None
    said = [_("swap {bytes}", bytes=units.show(swap, "B"))] if swap > 0 else []
    said += [_("balloon {bytes}", bytes=units.show(balloon, "B"))] if balloon > 0 else []
    return Pressure(min(1.0, balloon / whole), min(1.0, swap / whole), " · ".join(said))


def swapped(scene: Scene, id: str) -> bool:
    """Whether some of a guest's memory is swapped: it waits for it."""
    return scene.value(id, "memory.swap") > 0
