"""Traffic that was drawn: starts, follows its load, ends when its bytes are sent, says when it has no way."""

from math import inf

from sdx_studio.engine.clock import NETWORK, SECOND, micros
from sdx_studio.engine.events import Ref
from sdx_studio.engine.loads import interval, level
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import Flow
from sdx_studio.engine.parts import Traffic
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


class Streams:
    """The flows of all Traffic parts."""

    def __init__(self, plant: Plant, fabric: Fabric) -> None:
        self._plant = plant
        self._fabric = fabric
        self.sent: dict[str, tuple[float, float, int]] = {}
        """Traffic that has started → bytes delivered, bytes/s, since when (µs)."""
        self.lost: dict[str, tuple[float, float, int]] = {}
        """Traffic with a rate → bytes that were sent and reached nobody, bytes/s, since when (µs)."""
        self.done: set[str] = set()
        self.factors: dict[str, float] = {}
        """How many times its rate a traffic sends because somebody said so while it runs."""
        self.blocked: set[str] = set()
        self.refused: set[str] = set()
        """Traffic whose guarantee does not fit."""

    def arrange(self) -> None:
        """Take over the Traffic parts as they now are."""
        plant, parts = self._plant, self._plant.parts
        for id in [id for id in self.sent if id not in parts.traffics]:
            self._fabric.close(("traffic", id))
            del self.sent[id]
            self.lost.pop(id, None)
        self.factors = {id: factor for id, factor in self.factors.items() if id in parts.traffics}
        self.done &= parts.traffics.keys()
        self.blocked &= parts.traffics.keys()
        self.refused &= parts.traffics.keys()
        for id, part in parts.traffics.items():
            if id in self.sent and id not in self.done:
                self._open(part)
            elif id not in self.sent:
                plant.agenda.put(max(plant.now, micros(part.start)), NETWORK, "start", id)

    def start(self, id: str, introduced: object) -> None:
        """Let traffic `id` begin, if it is still there; a controller is asked first where there is one."""
        part = self._plant.parts.traffics.get(id)
        if part is not None and id not in self.sent:
            wait = 0.0 if introduced else self._fabric.introduce(part.source, part.target, part.vlan)
            if wait > 0:
                self._plant.gauges.put(id, "net.first_packet", wait)
                self._plant.agenda.put(self._plant.now + micros(wait), NETWORK, "start", id, True)
                self._plant.tell("flow.introduced", id, mark("Its first packet asks the controller and takes {wait}."),
                                 wait=wait)  # fmt: skip
                return
            self.sent[id] = (0.0, 0.0, self._plant.now)
            self._plant.touched.add(id)
            self._open(part)

    def scale(self, id: str, factor: float) -> None:
        """Let traffic `id`, which has a rate, send so many times what it sends just now."""
        self.factors[id] = self.factors.get(id, 1.0) * factor
        if ("traffic", id) in self._fabric.flows:
            self._fabric.retune(("traffic", id), self._cap(self._plant.parts.traffics[id]))
            self._lose(self._fabric.flows["traffic", id])

    def sample(self, id: str, _payload: object) -> None:
        """Follow the load of traffic `id`."""
        part = self._plant.parts.traffics.get(id)
        if part is not None and ("traffic", id) in self._fabric.flows:
            self._fabric.retune(("traffic", id), self._cap(part))
            self._lose(self._fabric.flows["traffic", id])
            self._plan_sample(part)

    def finish(self, id: str, _payload: object) -> None:
        """All bytes of traffic `id` have been delivered."""
        part = self._plant.parts.traffics.get(id)
        if part is None or part.size is None or id not in self.sent:
            return
        self._fabric.close(("traffic", id))
        self._plant.touched.add(id)
        self.done.add(id)
        self.sent[id] = (part.size, 0.0, self._plant.now)
        self._count_lost(id, 0.0)
        self._measure(part, 0.0, inf, 0)
        self._plant.tell("traffic.finished", id, mark("All {bytes} have arrived."), bytes=part.size)

    def follow(self, flow: Flow) -> None:
        """Take over the rate that the fabric has given to a flow."""
        id, plant = flow.key[1], self._plant
        part = plant.parts.traffics[id]
        sent, rate, since = self.sent[id]
        sent += rate * (plant.now - since) / SECOND
        self.sent[id] = (sent, flow.rate / 8, plant.now)
        plant.agenda.cancel("finish", id)
        if part.size is not None and (flow.rate > 0 or sent >= part.size):
            left = max(0.0, part.size - sent)
            wait = micros(left * 8 / flow.rate) if left > 0 else 0
            plant.agenda.put(plant.now + wait, NETWORK, "finish", id)
        narrowest = min((plant.parts.cables[one].bandwidth for one in flow.cables), default=inf)
        self._measure(part, flow.rate, min(flow.cap, narrowest), len(flow.cables))
        plant.gauges.put(id, "net.latency", flow.latency)
        self._lose(flow)
        self._tell_choice(flow)
        self._announce(flow)

    def _lose(self, flow: Flow) -> None:
        """Count what a sender with a rate goes on to send while there is no way or nobody to take it.

        In the pause of a live migration nothing is lost: the connection stands, and what was sent is sent again.
        """
        speaking = flow.blocked and flow.cap < inf and self._plant.alive(flow.source)
        self._count_lost(flow.key[1], flow.cap / 8 if speaking else 0.0)

    def _count_lost(self, id: str, rate: float) -> None:
        lost, before, since = self.lost.get(id, (0.0, 0.0, self._plant.now))
        lost += before * (self._plant.now - since) / SECOND
        self.lost[id] = (lost, rate, self._plant.now)
        self._plant.gauges.put(id, "net.lost", lost, rate)

    def _tell_choice(self, flow: Flow) -> None:
        """Say which way a controller has chosen and why: a new flow gets most there."""
        choice = self._fabric.central.news("/".join(flow.key))
        if choice is None or flow.blocked:
            return
        figures: dict[str, float | int | str | bool] = {
            "by": Ref(choice.controller),
            "hops": len(choice.way),
            "gets": choice.gets,
            "otherwise": choice.otherwise,
            "way": " ".join(choice.way),
            "plain": " ".join(choice.plain),
        }
        plant, id = self._plant, flow.key[1]
        if choice.way == choice.plain:
            plant.tell("flow.chosen", id, mark("{by} takes the shortest way: there is room for {gets}."), **figures)
            return
        plant.tell("flow.chosen", id, mark(
            "{by} chooses a way of {hops} cables with room for {gets}; the shortest one has {otherwise}."
        ), **figures)  # fmt: skip

    def _announce(self, flow: Flow) -> None:
        id, plant = flow.key[1], self._plant
        if flow.blocked and id not in self.blocked:
            self.blocked.add(id)
            plant.touched.add(id)
            plant.tell("traffic.blocked", id, mark("No way through: {reason}."), reason=flow.reason)
        elif not flow.blocked and id in self.blocked:
            self.blocked.discard(id)
            plant.touched.add(id)
            plant.tell("traffic.restored", id, mark("There is a way again."))
        if flow.floor > 0 and not flow.blocked and (flow.promised == 0) != (id in self.refused):
            if flow.promised == 0:
                self.refused.add(id)
                plant.tell("traffic.refused", id, mark("Its guarantee does not fit on its way; it gets what is left."),
                           wanted=flow.floor, given=flow.rate)  # fmt: skip
            else:
                self.refused.discard(id)
                plant.tell("traffic.admitted", id, mark("Its guarantee is admitted."), wanted=flow.floor,
                           given=flow.rate)  # fmt: skip

    def _measure(self, part: Traffic, rate: float, asked: float, hops: int) -> None:
        put = self._plant.gauges.put
        put(part.id, "net.rate", rate)
        put(part.id, "net.utilisation", rate / asked if 0 < asked < inf else 0.0)
        put(part.id, "net.delivered", self.sent[part.id][0], rate / 8)
        put(part.id, "net.hops", hops)

    def _open(self, part: Traffic) -> None:
        self._fabric.open(
            Flow(
                ("traffic", part.id), part.source, part.target, cap=self._cap(part), weight=part.weight,
                floor=part.guarantee, rank=part.priority, vlan=part.vlan,
            )
        )  # fmt: skip
        self._plan_sample(part)

    def _plan_sample(self, part: Traffic) -> None:
        every = interval(part.load) if part.load is not None else None
        if every is not None:
            now = self._plant.now
            self._plant.agenda.put((now // every + 1) * every, NETWORK, "pace", part.id)

    def _cap(self, part: Traffic) -> float:
        most = inf if part.rate is None else part.rate * self.factors.get(part.id, 1.0)
        if part.load is None:
            return most
        share = level(part.load, self._plant.now, self._plant.seed, part.id)
        return most * share if share > 0 else 0.0
