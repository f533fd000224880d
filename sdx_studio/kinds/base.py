"""What a kind declares. One file per kind; palette, inspector, file, canvas, engine and tests derive from it.

Kinds meet each other only through traits. A container offers traits ("guest.slot"), what it may hold needs one of
them; so a new kind fits in without any other file being changed. `GROUND` is the bare canvas.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sdx_studio.engine.parts import Part
from sdx_studio.kinds.fields import Field, Value, Values

GROUND = "ground"


class Placed(Protocol):
    """An element as the kinds see it (a document's Element)."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str | None: ...
    @property
    def fields(self) -> Mapping[str, Value]: ...


class Cabled(Protocol):
    """A link as the kinds see it."""

    @property
    def id(self) -> str: ...
    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def fields(self) -> Mapping[str, Value]: ...


class Plan(Protocol):
    """The drawn project, read only, as far as kinds need it to say what the engine gets."""

    def element(self, id: str, /) -> Placed: ...
    def values(self, id: str, /) -> Values: ...
    def children(self, id: str, /) -> tuple[str, ...]: ...
    def ancestor(self, id: str, trait: str, /) -> str | None:
        """Nearest element above `id` whose kind has `trait`, or None."""

    def traits(self, id: str, /) -> frozenset[str]: ...
    def having(self, trait: str, /) -> tuple[str, ...]:
        """Ids of all elements whose kind has `trait`, sorted."""

    def links_of(self, id: str, /) -> tuple[Cabled, ...]: ...


@dataclass(frozen=True, slots=True)
class Meter:
    """A bar on the card: what is written beside it and the measure behind it (a ratio 0…1)."""

    label: str
    measure: str
    alarming: bool = True
    """False when a full bar is nothing to worry about (a VM's own memory)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which value of the leading measure the state is busy or critical, and below which idle."""

    idle: float = 0.03
    busy: float = 0.8
    critical: float = 0.95


def _no_parts(_element: Placed, _plan: Plan) -> Iterable[Part]:
    return ()


def _no_refusal(_child: Placed, _values: Values, _parent: str, _plan: Plan) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """One element kind."""

    key: str
    label: str
    family: str
    """Tint of its tile: place, layer, compute, guest, client, storage, network, control."""
    group: str
    """Heading in the palette: machines, layers, storage, network, places, control."""
    prefix: str
    """Names of new elements: prefix-01, prefix-02, …"""
    help: str
    """One plain sentence for tooltip and help page."""
    shape: str
    """How it is drawn: ground, cabinet, machine, layer, guest, chip, array, slot, block, leaf."""
    fields: tuple[Field, ...] = ()
    offers: tuple[str, ...] = ()
    """Traits of seats that it gives to what is dropped into it."""
    needs: tuple[str, ...] = (GROUND,)
    """Traits of which its parent must offer one; GROUND allows the bare canvas."""
    traits: tuple[str, ...] = ()
    """What it is in the eyes of others: machine, guest, forwarder, endpoint, store, area, …"""
    carries: tuple[str, ...] = ()
    """Media that may be plugged in: ethernet, storage, control, wireless."""
    capacity: int | None = None
    """How many elements it may hold; None is without limit."""
    subtitle: tuple[str, ...] = ()
    """Fields shown in the second line of the card."""
    meters: tuple[Meter, ...] = ()
    lead: str | None = None
    """Measure that decides the state and the number on the card (a ratio 0…1)."""
    thresholds: Thresholds = Thresholds()
    auto_layer: bool = False
    """True when it is put in by itself between a parent and a child that need it (hypervisor, OS, engine)."""
    stands_for: tuple[str, ...] = ()
    """Names of the same thing in foreign formats, such as "graphml:node" or "libvirt:domain"."""
    parts: Callable[[Placed, Plan], Iterable[Part]] = _no_parts
    """What the engine gets for one element."""
    refuse: Callable[[Placed, Values, str, Plan], str | None] = _no_refusal
    """Why this child may not sit in that parent although the traits agree, in words; None allows it."""
    order: int = 100
    """Place in the palette."""
    by_key: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    template_key: str | None = field(init=False, repr=False, compare=False)
    """Key of the field that leads to the element's template; None when its kind has no templates."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {one.key: one for one in self.fields})
        object.__setattr__(self, "template_key", next((one.key for one in self.fields if one.inherits), None))

    def values(self, given: Mapping[str, Value]) -> Values:
        """`given` over the defaults."""
        return Values(self.by_key, given)
