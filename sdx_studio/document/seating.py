"""Taking a seat: an element goes where it was dropped, after the layers that are missing there were put in."""

from sdx_studio.document.document import Document
from sdx_studio.document.history import Edit, EditError, History
from sdx_studio.document.placing import Seat, seat
from sdx_studio.document.records import Element
from sdx_studio.kinds import kind


def take_seat(edit: Edit, child: Element, target: str | None) -> str | None:
    """Parent for `child` in `target`, after putting in the layers that are missing; raises EditError why not."""
    document = edit.document
    found = seat(document, child, target)
    if found.reason is not None:
        raise EditError(found.reason)
    parent = found.parent
    for key in found.insert:
        layer = Element(edit.new_id("e"), key, document.new_name(kind(key).prefix), parent=parent)
        edit.add(layer)
        parent = layer.id
    if found.insert:
        again = seat(document, child, parent)
        if again.reason is not None:
            raise EditError(again.reason)
        parent = again.parent
    return parent


def tried(history: History, child: Element, target: str | None) -> Seat:
    """What `seat` says, after a try whether the layers that would be put in take it as well; nothing is changed."""
    answer = seat(history.document, child, target)
    if not answer.insert:
        return answer
    try:
        with history.edit("") as edit:
            before = len(edit.changes)
            take_seat(edit, child, target)
            edit.roll_back(before)
    except EditError as refusal:
        return Seat(target, reason=str(refusal))
    return answer


def last_order(document: Document, parent: str | None) -> int:
    """Drawing order of the last element in `parent`; 0 when there is none."""
    inside = document.children(parent)
    return document.elements[inside[-1]].order if inside else 0
