"""Everything that can be done to a project, each thing steered by two numbers: for random walks."""

from collections.abc import Callable

from sdx_studio.document import Document, EditError, Element, UnknownElementError
from sdx_studio.document.placing import seat
from sdx_studio.exchange.native import dump
from sdx_studio.kinds import GROUND, FieldError, catalogue
from sdx_studio.session import Session, arranging, copying
from sdx_studio.session.acts import ACTS

KEYS = tuple(catalogue())
FREE = tuple(key for key, one in catalogue().items() if GROUND in one.needs)
ENTRIES = (1, 7, 0.5, "4 GiB", "80 %", "2 min", "bogus", True, None, "linux", "windows", -1)


class DeliberateError(Exception):
    """Raised in the middle of an edit, to see it rolled back."""


def pick(items: object, number: int) -> str | None:
    found = sorted(items)  # type: ignore[call-overload]
    return str(found[number % len(found)]) if found else None


def some(session: Session, number: int) -> str:
    """An element, if there is one."""
    found = pick(session.document.elements, number)
    if found is None:
        raise EditError("there is nothing yet")
    return found


def place_somewhere(session: Session, a: int, b: int) -> None:
    session.place(KEYS[a % len(KEYS)], on=pick(session.document.elements, b), x=b % 500, y=a % 300)


def place_inside(session: Session, a: int, b: int) -> None:
    """Something that may sit there."""
    target = some(session, b)
    for step in range(len(KEYS)):
        child = Element("new", KEYS[(a + step) % len(KEYS)], "new")
        if seat(session.document, child, target).allowed:
            session.place(child.kind, on=target, x=b % 500, y=a % 300)
            return


def place_on_canvas(session: Session, a: int, b: int) -> None:
    session.place(FREE[a % len(FREE)], x=float(a), y=b / 7)


def connect(session: Session, a: int, b: int) -> None:
    session.connect(some(session, a), some(session, b), bandwidth="10 Gbit/s")


def move_into(session: Session, a: int, b: int) -> None:
    session.move(some(session, a), to=some(session, b), x=a / 3)


def move_out(session: Session, a: int, b: int) -> None:
    session.move(some(session, a), x=float(b), y=float(a))


def enter(session: Session, a: int, b: int) -> None:
    id = some(session, a)
    key = pick(session.document.kind_of(id).by_key, b)
    if key is not None:
        session.set(id, **{key: ENTRIES[(a + b) % len(ENTRIES)]})


def point(session: Session, a: int, b: int) -> None:
    """Let a reference field of an element lead to one or several others."""
    for id in sorted(session.document.elements)[a % 5 :]:
        for field in session.document.kind_of(id).fields:
            if field.type == "reference":
                session.set(id, **{field.key: some(session, b)})
                return
            if field.type == "references":
                session.set(id, **{field.key: [some(session, b), some(session, a + b)]})
                return


def rename(session: Session, a: int, b: int) -> None:
    session.rename(some(session, a), ("", "  ", "web", "db", "名前")[b % 5])


def remove(session: Session, a: int, b: int) -> None:
    document = session.document
    bare = [id for id in document.elements if not document.children(id)]
    if a % 7:
        session.remove(pick(bare, b) or "nothing")
    else:
        session.remove(some(session, a), some(session, b))


def unplug(session: Session, a: int, _b: int) -> None:
    id = pick(session.document.links, a)
    if id is not None:
        session.remove(id)


def plan(session: Session, a: int, b: int) -> None:
    verb = sorted(ACTS)[a % len(ACTS)]
    figures = {"to": some(session, b)} if verb == "migrate" else {}
    session.do(verb, some(session, a), at=b % 60, **figures)


def retitle(session: Session, a: int, b: int) -> None:
    with session.history.edit("Change the project") as edit:
        edit.update(session.document.properties.but(title=f"Lab {a % 3}", seed=b))


def nudge(session: Session, a: int, b: int) -> None:
    """Steps that merge while they follow each other."""
    with session.history.edit("Nudge", merge="nudge") as edit:
        one = session.document.element(some(session, a % 2))
        edit.update(one.but(x=one.x + b % 5 - 2))


def lock(session: Session, a: int, b: int) -> None:
    arranging.toggle_lock(session, (some(session, a), some(session, b)))


def arrange(session: Session, a: int, b: int) -> None:
    """Align, distribute, put on the grid or lay out a part of what is there."""
    ids = sorted(session.document.elements)[a % 3 :: b % 3 + 1]
    ways = (
        lambda: arranging.align(session, tuple(arranging.ALIGN)[b % 6], ids),
        lambda: arranging.distribute(session, tuple(arranging.DISTRIBUTE)[b % 4], ids),
        lambda: arranging.to_grid(session, ids),
        lambda: arranging.lay_out(session, ids[: b % 5]),
    )
    ways[a % len(ways)]()


def copy(session: Session, a: int, b: int) -> None:
    """Duplicate, paste into something, cut and put back, link to a template or unlink."""
    if len(session.document.elements) > 60:
        return
    ids = (some(session, a), some(session, a + b))
    ways = (
        lambda: copying.duplicate(session, ids),
        lambda: copying.paste(session, copying.copied(session, ids), parent=some(session, b)),
        lambda: copying.paste(session, copying.cut(session, ids), at=(float(a), float(b))),
        lambda: copying.paste_linked(session, copying.copied(session, ids)),
        lambda: copying.unlink(session, session.document.elements),
    )
    with session.history.edit("Copy"):
        ways[(a + b) % len(ways)]()


def nest(session: Session, a: int, b: int) -> None:
    """Several things as one step; one that fails inside leaves the others."""
    with session.history.edit("Several things"):
        session.place("host")
        try:
            place_somewhere(session, a, b)
            move_into(session, b, a)
        except EditError:
            session.rename(some(session, b), "after an error")


def fail(session: Session, a: int, b: int) -> None:
    with session.history.edit("Fails"):
        session.place("host")
        remove(session, a, b)
        retitle(session, a, b)
        raise DeliberateError


OPERATIONS: tuple[Callable[[Session, int, int], None], ...] = (
    *(place_inside, place_on_canvas) * 4, *(connect, point, enter) * 2, place_somewhere, move_into, move_out,
    rename, remove, unplug, plan, retitle, nudge, nest, fail, lock, arrange, copy,
)  # fmt: skip


def attempt(operation: Callable[[Session, int, int], None], session: Session, a: int, b: int) -> None:
    """Do it; when it is refused, nothing must have changed and nothing may stay open."""
    before, steps = dump(session.document), session.history.labels
    try:
        operation(session, a, b)
    except (EditError, FieldError, UnknownElementError, DeliberateError):
        assert dump(session.document) == before
        assert session.history.labels == steps
    consistent(session.document)


def consistent(document: Document) -> None:
    """Indexes say what the tables say, and nothing leads to something that is not there."""
    fresh = Document([document.properties, *document.elements.values(), *document.links.values(),
                      *document.scenario.values()])  # fmt: skip
    for id in (None, *document.elements):
        assert document.children(id) == fresh.children(id)
    for id, one in document.elements.items():
        assert document.links_of(id) == fresh.links_of(id)
        assert document.address(id) == fresh.address(id)
        assert document.find(document.address(id)) == id
        assert one.parent is None or one.parent in document.elements
        assert id not in document.above(id)
        _pointing(document, id)
    for link in document.links.values():
        assert {link.a, link.b} <= document.elements.keys()
    known = document.elements.keys() | document.links.keys()
    for act in document.scenario.values():
        assert {act.target, *(value for value in act.fields.values() if isinstance(value, str))} <= known


def _pointing(document: Document, id: str) -> None:
    values = document.element(id).fields
    for field in document.kind_of(id).fields:
        named = values.get(field.key) or ()
        if field.type in ("reference", "references"):
            assert set((named,) if isinstance(named, str) else named) <= document.elements.keys()  # type: ignore[arg-type]
