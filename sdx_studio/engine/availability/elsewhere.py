"""Elsewhere: the machine on which a guest of a lost one will start."""

from sdx_studio.engine.events import Ref
from sdx_studio.engine.plant import Plant
from sdx_studio.engine.rooms import Rooms, tell_broken
from sdx_studio.words import mark


def settle_elsewhere(plant: Plant, id: str, rooms: Rooms, able: list[str]) -> None:
    """Seat lost guest `id` where, of the `able` machines, there is most room; what was in its memory is gone.

    Its rules are kept where that is possible; one that is broken is told.
    """
    target = rooms.roomiest(rooms.allowed(id, able) or able)
    broken, spare = rooms.broken(id, target), rooms.spare[target]
    rooms.put(id, target)
    plant.seat_guest(id, target)
    plant.tell("ha.placed", id, mark("{vm} will start on {to}."), to=Ref(target), vm=Ref(id), free=spare,
               able=len(able), lost=float(plant.parts.guests[id].memory))  # fmt: skip
    if broken is not None:
        tell_broken(plant, id, target, broken)
