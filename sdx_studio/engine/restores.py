"""Restores: guests that a rule has deleted come back from their configuration, which was kept."""

from dataclasses import dataclass, replace

from sdx_studio.engine.availability import Availability
from sdx_studio.engine.availability.admission import refusal
from sdx_studio.engine.events import Ref
from sdx_studio.engine.formulas.bounds import at_most
from sdx_studio.engine.parts import Guest
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.sprawls import Sprawls
from sdx_studio.words import mark


@dataclass(frozen=True, slots=True)
class Kept:
    """The configuration of a deleted guest, the machine on which it was, the rule, and the sprawl it came from."""

    guest: Guest
    place: str | None
    rule: str
    sprawl: str | None


class Restores:
    """Configurations of deleted guests, in the order in which they were deleted."""

    def __init__(self, plant: Plant, sprawls: Sprawls, availability: Availability) -> None:
        self._plant, self._sprawls, self._availability = plant, sprawls, availability
        self.kept: dict[str, Kept] = {}
        self._news: dict[str, Kept] = {}
        """Guests that come back in this instant."""

    def keep(self, id: str, rule: str) -> None:
        """Guest `id` is about to be deleted by `rule`."""
        plant = self._plant
        self.kept[id] = Kept(plant.parts.guests[id], plant.machine_of(id), rule, self._sprawls.home.get(id))

    def restore(self, target: str) -> str | None:
        """Bring back guest `target`, or the last one that rule `target` deleted or sprawl `target` had; or why not."""
        known = [id for id, one in self.kept.items() if target in (id, one.rule, one.sprawl) and self._whole(one)]
        if not known:
            return mark("There is no configuration of it: no rule has deleted anything here.")
        id = known[-1]
        one = self.kept[id]
        machine = self._room(one)
        if machine is None:
            return mark("Where it was there is no room for it now, or nothing runs there.")
        del self.kept[id]
        self._news[id] = replace(one, place=machine)
        if one.sprawl is not None:
            estate = self._sprawls.estates[one.sprawl]
            estate.buried = [other for other in estate.buried if other != id]
        self._plant.tell(
            "guest.restored", target,
            mark("{vm} is restored from its configuration on {host}: {vcpus} vCPU, {memory}."),
            vm=Ref(id), host=Ref(machine), vcpus=round(one.guest.vcpus), memory=float(one.guest.memory),
        )  # fmt: skip
        return None

    def _whole(self, one: Kept) -> bool:
        """Whether it could still be one of those it came from."""
        return one.sprawl is None or one.sprawl in self._sprawls.estates

    def _room(self, one: Kept) -> str | None:
        """The machine that takes it: its own, or for one that nobody drew any of its sprawl's."""
        plant, parts = self._plant, self._plant.parts
        others = parts.sprawls[one.sprawl].hosts if one.sprawl in parts.sprawls else ()
        shut = plant.clusters.closed | plant.clusters.leaving
        able = [id for id in (one.place, *others) if id in parts.machines and plant.up(id) and id not in shut]
        size = one.guest.memory + one.guest.memory_overhead
        return next((id for id in able if at_most(size, plant.memory_free(id))), None)

    def revision(self) -> list[Guest]:
        """Guests to add to the parts now."""
        return [replace(one.guest, powered=False) for _, one in sorted(self._news.items())]

    def arrange(self) -> None:
        """Those that came back start; a configuration is forgotten when its guest is there by other means."""
        plant, parts = self._plant, self._plant.parts
        for id, one in sorted(self._news.items()):
            if id in plant.guests and one.place is not None:
                plant.seat_guest(id, one.place)
                if one.sprawl is not None:
                    self._sprawls.home[id] = one.sprawl
                    self._sprawls.fresh.append(id)
                    self._sprawls.resume(id)
                if refusal(plant, id, one.place) is None:
                    self._availability.start(id)
        self._news = {}
        for id in [id for id, one in self.kept.items() if one.sprawl is None and id in parts.guests]:
            del self.kept[id]

    def state(self) -> tuple[object, ...]:
        """Everything that later results depend on."""
        return (self.kept,)
