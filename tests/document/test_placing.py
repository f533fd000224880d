"""Seats: for every pair of kinds there is a seat or a reason in words."""

from collections.abc import Callable

import pytest

from sdx_studio.document import EditError, Element
from sdx_studio.document.placing import Seat, homes, seat
from sdx_studio.kinds import GROUND, catalogue, kind
from sdx_studio.session import Session
from sdx_studio.words import dictionary

Stand = Callable[[Session, str], str]
KEYS = tuple(catalogue())


def new(key: str, **fields: object) -> Element:
    return Element("new", key, "new", fields=fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("below", [None, *KEYS])
@pytest.mark.parametrize("above", KEYS)
def test_every_pair_has_a_seat_or_a_reason(session: Session, stand: Stand, above: str, below: str | None) -> None:
    target = None if below is None else stand(session, below)
    found = seat(session.document, new(above), target)
    if not found.allowed:
        _readable(found)
        with pytest.raises(EditError) as refused:
            session.place(above, on=target)
        assert str(refused.value) == found.reason
        return
    placed = session.document.element(session.place(above, on=target))
    chain = [session.document.element(id).kind for id in session.document.above(placed.id)]
    assert chain[: len(found.insert)] == list(reversed(found.insert))
    assert placed.parent == found.parent or found.insert
    needs = set(kind(above).needs)
    offered = {GROUND} if placed.parent is None else set(session.document.kind_of(placed.parent).offers)
    assert needs & offered


def _readable(found: Seat) -> None:
    assert found.reason
    assert found.reason[0].isupper() or found.reason.partition(" already ")[1]
    assert "{" not in found.reason
    assert "None" not in found.reason


@pytest.mark.parametrize("above", KEYS)
def test_reasons_are_in_the_language_in_use(session: Session, stand: Stand, above: str) -> None:
    target = stand(session, "thin_client")
    dictionary.use("ja")
    assert seat(session.document, new(above), target).reason == f"シンクラに{_label(above)}は置けません"


def _label(key: str) -> str:
    return dictionary.text(kind(key).label)


@pytest.mark.parametrize(
    ("above", "below", "layers"),
    [("vm", "host", ("hypervisor",)), ("vm", "client_pc", ("hypervisor",)), ("app", "host", ("os",)),
     ("app", "vm", ("os",)), ("container", "host", ("os", "container_engine")),
     ("container", "vm", ("os", "container_engine")),
     ("container", "os", ("container_engine",)), ("vm", "hypervisor", ()), ("os", "vm", ())],
)  # fmt: skip
def test_layers_come_by_themselves(
    session: Session, stand: Stand, above: str, below: str, layers: tuple[str, ...]
) -> None:
    target = stand(session, below)
    steps = len(session.history.labels)
    assert seat(session.document, new(above), target).insert == layers
    placed = session.place(above, on=target)
    kinds = [session.document.element(id).kind for id in session.document.above(placed)][: len(layers)]
    assert kinds == list(reversed(layers))
    assert len(session.history.labels) == steps + 1
    session.undo()
    assert session.document.children(target) == ()


def test_what_is_there_already_is_used(session: Session) -> None:
    host = session.place("host")
    first, second = (session.document.element(session.place("vm", on=host)).parent for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [("host", "switch", "A switch cannot hold a host"), ("vm", "storage_array", "An array cannot hold a VM"),
     ("vm", "thin_client", "A thin client cannot hold a VM"), ("site", "rack", "A rack cannot hold a site"),
     ("disk", "host", "A host cannot hold a disk")],
)  # fmt: skip
def test_what_does_not_fit_is_said(session: Session, stand: Stand, above: str, below: str, words: str) -> None:
    target = stand(session, below)
    assert seat(session.document, new(above), target) == Seat(target, reason=words)


@pytest.mark.parametrize(
    ("above", "words"),
    [
        ("vm", "A VM needs a place: Hypervisor"),
        ("disk", "A disk needs a place: Array"),
        ("app", "An app needs a place: OS"),
    ],
)
def test_what_needs_a_place_says_which(session: Session, above: str, words: str) -> None:
    assert seat(session.document, new(above), None).reason == words


def test_a_machine_runs_one_thing(session: Session) -> None:
    host = session.place("host", name="a")
    session.place("vm", on=host)
    refused = seat(session.document, new("app"), host)
    assert refused.reason == "a already runs Hypervisor"
    assert seat(session.document, new("os"), host).reason == "a already holds hypervisor-01"


@pytest.mark.parametrize(("family", "allowed"), [("linux", True), ("windows", False), ("bsd", False)])
def test_containers_need_the_kernel_of_their_family(session: Session, family: str, allowed: bool) -> None:
    os = session.place("os", on=session.place("host"), family="linux")
    engine = session.place("container_engine", on=os)
    found = seat(session.document, new("container", family=family), engine)
    assert found.allowed == allowed
    assert allowed or found.reason == f"Needs a {family} kernel, this one is linux"


def test_a_container_of_another_family_is_refused_through_automatic_layers(session: Session) -> None:
    before = session.history.labels
    os = session.place("os", on=session.place("host"), family="windows")
    with pytest.raises(EditError, match="Needs a linux kernel, this one is windows"):
        session.place("container", on=os)
    assert session.document.children(os) == ()
    assert len(session.history.labels) == len(before) + 2


def test_memory_that_is_not_there_is_refused_with_both_figures(session: Session) -> None:
    host = session.place("host", memory="8 GiB")
    session.place("vm", on=host, memory="4 GiB")
    refused = seat(session.document, new("vm", memory=8 * 2**30), host)
    assert refused.reason == "Needs 8 GiB, 3 GiB free"
    assert seat(session.document, new("vm", memory=3 * 2**30), host).allowed


def test_what_sits_there_already_does_not_count_twice(session: Session) -> None:
    host = session.place("host", memory="8 GiB")
    vm = session.place("vm", on=host, memory="7 GiB")
    assert seat(session.document, session.document.element(vm), host).allowed


def test_a_rack_has_its_units(session: Session) -> None:
    rack = session.place("rack", units=3)
    session.place("host", on=rack, units=2)
    assert seat(session.document, new("host", units=2), rack).reason == "Needs 2 U, 1 U free"
    assert seat(session.document, new("host", units=1), rack).allowed


def test_nothing_goes_into_itself(session: Session) -> None:
    site = session.place("site")
    rack = session.place("rack", on=site)
    document = session.document
    for target in (site, rack):
        assert seat(document, document.element(site), target).reason == "Nothing can be put into itself"
    with pytest.raises(EditError):
        session.move(site, to=rack)


def test_a_guest_moves_to_another_host(session: Session) -> None:
    a, b = session.place("host"), session.place("host")
    vm = session.place("vm", on=a)
    steps = len(session.history.labels)
    session.move(vm, to=b)
    assert session.document.ancestor(vm, "machine") == b
    assert len(session.history.labels) == steps + 1


def test_homes_are_named_in_words() -> None:
    assert homes(kind("host")) == "Site, Rack"
    assert homes(kind("vm")) == "Hypervisor"
