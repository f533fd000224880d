"""Where everything stands: inside its parent, beside its siblings, with room for what it holds."""

import random

import pytest
from editing import OPERATIONS, attempt

from sdx_studio.document import Document
from sdx_studio.document.layout import Box, array_wells, boxes
from sdx_studio.kinds import catalogue
from sdx_studio.session import Session

PACKING = {one.key for one in catalogue().values() if one.shape not in ("ground", "leaf")}


def inside(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x - 0.01 and inner.y >= outer.y - 0.01
        and inner.right <= outer.right + 0.01 and inner.bottom <= outer.bottom + 0.01
    )  # fmt: skip


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.right - 0.01 and b.x < a.right - 0.01 and a.y < b.bottom - 0.01 and b.y < a.bottom - 0.01


def sound(document: Document, placed: dict[str, Box]) -> None:
    """Children lie inside, siblings that are packed lie apart, outer ones come first, depth counts."""
    order = list(placed)
    for id, box in placed.items():
        parent = document.element(id).parent
        assert box.width > 0
        assert box.height > 0
        if parent is None:
            assert box.depth == 0
            assert (box.x, box.y) == (document.element(id).x, document.element(id).y)
            continue
        assert inside(box, placed[parent]), (id, box, placed[parent])
        assert box.depth == placed[parent].depth + 1
        assert order.index(parent) < order.index(id)
    for id in placed:
        if document.element(id).kind in PACKING:
            children = [placed[one] for one in document.children(id) if one in placed]
            assert not any(overlap(a, b) for index, a in enumerate(children) for b in children[:index]), id


def test_a_room_is_sound(lab: Session) -> None:
    placed = boxes(lab.document)
    assert placed.keys() == lab.document.elements.keys()
    sound(lab.document, placed)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_drawn_is_sound(seed: int) -> None:
    dice, session = random.Random(seed), Session()
    for _ in range(60):
        attempt(dice.choice(OPERATIONS), session, dice.randrange(1000), dice.randrange(1000))
    placed = boxes(session.document)
    assert placed.keys() == session.document.elements.keys()
    sound(session.document, placed)


@pytest.mark.parametrize(
    ("holder", "held", "count"),
    [("host", "vm", 13), ("host", "app", 9), ("host", "container", 7), ("rack", "host", 5), ("site", "host", 3),
     ("storage_array", "disk", 30), ("storage_array", "volume", 7), ("vm", "container", 5)],
)  # fmt: skip
def test_containers_grow_with_what_they_hold(session: Session, holder: str, held: str, count: int) -> None:
    root = session.place("host", memory="1 TiB") if holder == "vm" else None
    target = session.place(holder, on=root)
    empty = boxes(session.document)[target]
    for number in range(count):
        session.place(held, on=target, x=40 + 460 * number, y=40)
    full = boxes(session.document)
    assert full[target].width * full[target].height > empty.width * empty.height
    sound(session.document, full)


def test_machines_of_a_rack_are_equally_wide(session: Session) -> None:
    rack = session.place("rack")
    hosts = [session.place("host", on=rack) for _ in range(2)]
    vm = session.place("vm", on=hosts[0], memory="32 GiB")
    for _ in range(12):
        session.place("container", on=vm)
    placed = boxes(session.document)
    assert placed[hosts[0]].width == placed[hosts[1]].width
    sound(session.document, placed)


def test_a_closed_element_hides_what_it_holds(lab: Session) -> None:
    rack = lab.document.find("rack:r1")
    with lab.history.edit("Close") as edit:
        edit.update(lab.document.element(rack).but(closed=True))
    placed = boxes(lab.document)
    assert (placed[rack].width, placed[rack].height) == (220.0, 48.0)
    assert not set(lab.document.below(rack)) & placed.keys()


def test_moved_shows_a_guest_where_the_run_has_put_it(lab: Session) -> None:
    document = lab.document
    first = next(id for id, one in document.elements.items() if one.kind == "vm")
    target = next(
        id for id, one in document.elements.items() if one.kind == "hypervisor" and first not in document.children(id)
    )
    before, after = boxes(document), boxes(document, {first: target})
    assert before.keys() == after.keys()
    assert inside(after[first], after[target])
    assert not inside(before[first], before[target])
    assert len([id for id in document.children(target) if overlap(after[first], after[id])]) == 0


def test_moved_to_somewhere_unknown_is_left_out(lab: Session) -> None:
    gone = {"nobody": lab.document.find("host:a")}
    assert boxes(lab.document, gone) == boxes(lab.document)


def test_the_wells_of_an_array_hold_its_disks_and_volumes(lab: Session) -> None:
    array = lab.document.find("storage_array:san")
    placed = boxes(lab.document)
    disks, volumes = array_wells(lab.document, array, placed[array])
    for well, key in ((disks, "disk"), (volumes, "volume")):
        x, y, width, height = well
        room = Box(placed[array].x + x, placed[array].y + y, width, height)
        for id in lab.document.children(array):
            if lab.document.element(id).kind == key:
                assert inside(placed[id], room)
