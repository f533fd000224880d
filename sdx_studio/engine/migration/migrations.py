"""All migrations under way: their phases, the flows they need, what ends them."""

from collections.abc import Callable
from dataclasses import replace

from sdx_studio.engine.clock import NETWORK, SECOND, micros
from sdx_studio.engine.migration.admission import Admission
from sdx_studio.engine.migration.courier import Courier
from sdx_studio.engine.migration.record import Migration, Phase, who
from sdx_studio.engine.network.fabric import Fabric
from sdx_studio.engine.network.flow import PAYLOAD, Flow
from sdx_studio.engine.parts import MigrationStyle
from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


class Migrations:
    """All migrations under way, by guest."""

    def __init__(self, plant: Plant, fabric: Fabric, amount: Callable[[str], float]) -> None:
        self._plant = plant
        self._fabric = fabric
        self._courier = Courier(plant, fabric, amount, self._let_go)
        self.active: dict[str, Migration] = {}
        self.admission = Admission(plant, fabric.topology, self.active)
        self.count = 0
        self.downtime = 0.0
        """Seconds that guests stood still, in all finished migrations."""
        self.ended: list[tuple[str, str, bool]] = []
        """Guests whose migration has just ended, the machine they left or were to leave, and whether they arrived."""
        self.lost: list[str] = []
        """Guests whose memory is lost because their post-copy broke off; the world stops them."""

    def style_of(self, id: str, method: str = "") -> MigrationStyle:
        """How guest `id` would move: as the layer on its machine says, by another `method` if one is given."""
        layers = self._plant.parts.layers_on.get(self._plant.machine_of(id) or "", ())
        style = next((layer.migration for layer in layers if layer.migration is not None), MigrationStyle())
        if method == "postcopy":
            return replace(style, method="postcopy")
        return replace(style, method="precopy") if method == "precopy" else style

    def refusal(self, id: str, target: str, store: str = "", method: str = "") -> str | None:
        """Why guest `id` cannot move to machine `target` now, in words; None when it can."""
        return self.admission.refusal(id, target, store, self.style_of(id, method))

    def start(self, id: str, target: str, store: str = "", method: str = "") -> None:
        """Begin to move guest `id`; what would refuse it has been asked before."""
        plant = self._plant
        source, style = str(plant.guests[id].place), self.style_of(id, method)
        memory = plant.footprint(plant.parts.guests[id])
        disk = store if plant.parts.guests[id].disk in plant.parts.volumes else ""
        move = Migration(id, source, target, plant.now, style, disk, since=plant.now, held=memory)
        route = self.admission.route(source, target)
        move.way = () if route is None else route.cables
        full = self._full(move)
        self.active[id] = move
        plant.incoming[target] = plant.incoming.get(target, 0.0) + memory
        plant.refresh(target)
        plant.tell("migration.started", id, mark("{vm} begins to move from {from} to {to}."),
                   way=" ".join(move.way), **who(move))  # fmt: skip
        if full:
            move.phase = Phase.QUEUED
            plant.refresh(id)
        else:
            self._set_out(move)

    def _full(self, move: Migration) -> bool:
        """Whether as many as allowed are on their way from or to the same machines."""
        limit = move.style.limit
        others = [one for one in self.active.values() if one.under_way]
        return limit is not None and any(
            sum(machine in (one.source, one.target) for one in others) >= limit
            for machine in (move.source, move.target)
        )

    def _set_out(self, move: Migration) -> None:
        move.phase = Phase.SETUP
        move.since = self._plant.now
        self._plant.slow(move.guest, move.style.cpu_left)
        self._plant.agenda.put(self._plant.now + micros(move.style.setup), NETWORK, "move", move.guest)

    def proceed(self, id: str, _payload: object) -> None:
        """A phase or round of guest `id` is over."""
        move = self.active.get(id)
        if move is None:
            return
        if move.phase is Phase.SETUP:
            self._courier.depart(move)
        elif move.phase is Phase.DISK:
            self._courier.land_disk(move)
        elif move.phase is Phase.COPY:
            self._courier.next_round(move)
        elif move.phase is Phase.PULL:
            move.account(self._plant.now)
            self._finish(move)
        elif move.left > 0 and not self.admission.serves(id, move.target):
            self.abort(id, mark("the target cannot reach its volume"))
        elif move.left > 0:
            self._courier.switch(move)
        elif move.style.method == "postcopy":
            self._courier.pull(move)
        else:
            self._finish(move)

    def follow(self, flow: Flow) -> None:
        """Take over the rate that the fabric has given, or give up when there is no way any more."""
        move = self.active[flow.key[1]]
        now = self._plant.now
        if flow.blocked:
            self.abort(move.guest, mark("the network path is lost"))
            return
        if flow.cables != move.way:
            move.way = flow.cables
            self._plant.tell("migration.rerouted", move.guest, mark("The pages of {vm} take another way now."),
                             way=" ".join(move.way), **who(move))  # fmt: skip
        move.left, move.since = move.left_at(now), now
        move.rate = flow.rate / 8 * PAYLOAD
        if move.phase is Phase.PULL:
            self._plant.slow(move.guest, self._courier.pulled_speed(move, flow))
        self._courier.plan(move)

    def abort(self, id: str, reason: str, *, its_own: bool = False) -> None:
        """Give a migration up; the guest stays where it is, unless its memory was on two machines.

        `its_own`: the guest itself has stopped, so that nobody misses the pages that were still to come.
        """
        plant = self._plant
        move = self.active.pop(id, None)
        if move is None:
            return
        self._release(move)
        self.ended.append((id, move.source, move.phase is Phase.PULL))
        plant.agenda.cancel("move", id)
        if move.phase is Phase.PULL and its_own:
            plant.tell("migration.failed", id, mark("{vm} is on {to} and needs no more of its pages: {reason}."),
                       reason=reason, **who(move))  # fmt: skip
            return
        if move.phase is Phase.PULL:
            self.lost.append(id)
            plant.tell("migration.lost", id, mark("{vm} is lost: its memory was on two machines, and {reason}."),
                       reason=reason, **who(move))  # fmt: skip
            return
        plant.tell("migration.failed", id, mark("Moving {vm} to {to} failed: {reason}."), reason=reason, **who(move))

    def hit(self, element: str) -> None:
        """A machine, a store or a guest went down: end what it takes part in.

        A source is not needed any more once all pages have arrived: the guest goes on at the target.
        """
        for id in sorted(self.active):
            move = self.active.get(id)
            if move is None:
                continue
            if element == move.target:
                self.abort(id, mark("the target went down"))
            elif element == move.source and move.arrived:
                self._let_go(move)
                self._plant.seat_guest(id, move.target)
            elif element == move.source:
                self.abort(id, mark("the source went down"))
            elif move.phase is Phase.DISK and element in (move.store, self.admission.store_of(id)):
                self.abort(id, mark("the storage of its volume went down"))
            elif element == id:
                self.abort(id, mark("it was switched off"), its_own=True)

    def _finish(self, move: Migration) -> None:
        plant = self._plant
        del self.active[move.guest]
        self._release(move)
        plant.seat_guest(move.guest, move.target)
        self.ended.append((move.guest, move.source, True))
        downtime = ((move.resumed or plant.now) - move.paused) / SECOND
        self.count += 1
        self.downtime += downtime
        plant.tell(
            "migration.finished", move.guest,
            mark("{vm} has moved from {from} to {to} in {total} with {downtime} of pause."),
            rounds=move.round, total=(plant.now - move.started) / SECOND, downtime=downtime, sent=move.sent,
            converged=move.converged, throttle=move.throttle, **who(move),
        )  # fmt: skip

    def _release(self, move: Migration) -> None:
        self._fabric.close(("move", move.guest))
        self._let_go(move)
        self._plant.slow(move.guest, 1.0)
        for id in sorted(one.guest for one in self.active.values() if not one.under_way):
            if not self._full(self.active[id]):
                self._set_out(self.active[id])

    def _let_go(self, move: Migration) -> None:
        """The memory held on the target is free, or the guest's own from now on."""
        plant = self._plant
        held = plant.incoming.get(move.target, 0.0) - move.held
        move.held = 0.0
        others = any(one.target == move.target and one.held > 0 for one in self.active.values())
        plant.incoming[move.target] = max(0.0, held) if others or plant.parts.steerings else 0.0
        plant.refresh(move.target)
