"""Files: who sees whose. A disk image or a mount namespace around somebody is a wall; a kernel sees what runs on it."""

from dataclasses import dataclass

from sdx_studio.engine.plant import Plant
from sdx_studio.words import mark


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the files can be read, and why, in words."""

    read: bool
    reason: str


SAME = mark("they share one OS and its file system")
ROOT = mark("the OS under a container sees the files of all of them")
IMAGE = mark("a VM's files lie in its disk image: from outside it is one file")
OTHER_DISK = mark("each VM has a disk image of its own and sees no other")
INSIDE_VM = mark("a VM sees only its own disk, nothing of what is around it")
NAMESPACE = mark("each container has a mount namespace of its own and sees only what is in it")
ORDINARY = mark("only the OS itself may enter the folders in which containers' files lie")
MACHINES = mark("they are on different machines")
Walls = tuple[tuple[str, str], ...]
"""What is around somebody's files, from the outermost on: ids, each with "machine", "disk" or "namespace"."""


def look(plant: Plant, reader: str, other: str) -> Answer | str:
    """Whether `reader` sees the files of `other`, or why neither can be said; each is a guest, a layer or a machine."""
    mine, theirs = walls(plant, reader), walls(plant, other)
    if mine is None or theirs is None:
        return mark("Only machines, layers and what runs on them have files.")
    if not plant.running(reader if reader in plant.guests else mine[-1][0]):
        return mark("It is not running.")
    same = 0
    while same < min(len(mine), len(theirs)) and mine[same] == theirs[same]:
        same += 1
    outside, inside = mine[same:], theirs[same:]
    if not inside and not outside:
        return Answer(True, SAME)
    if (outside or inside)[0][1] == "machine":
        return Answer(False, MACHINES)
    if outside and inside:
        return Answer(False, OTHER_DISK if inside[0][1] == "disk" else NAMESPACE)
    if outside:
        return Answer(False, INSIDE_VM if outside[0][1] == "disk" else NAMESPACE)
    if inside[0][1] == "disk":
        return Answer(False, IMAGE)
    ordinary = reader in plant.guests and plant.parts.guests[reader].files == "open"
    return Answer(False, ORDINARY) if ordinary else Answer(True, ROOT)


def walls(plant: Plant, id: str) -> Walls | None:
    """The walls around the files of a guest, a layer or a machine; None for anything else."""
    found: list[tuple[str, str]] = []
    at: str | None = id if id in plant.guests else plant.parts.seat(id)
    for _ in range(64):
        if at is None or at not in plant.guests:
            break
        if plant.parts.guests[at].files != "open":
            found.insert(0, (at, plant.parts.guests[at].files))
        at = plant.guests[at].place
    if at is None or at not in plant.parts.machines:
        return None
    return ((at, "machine"), *found)
