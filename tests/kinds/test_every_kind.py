"""What holds for every kind of the catalogue, present and future."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sdx_studio import assets
from sdx_studio.cli.kinds import described
from sdx_studio.document import Document, Element
from sdx_studio.exchange.native import dump, parse
from sdx_studio.kinds import GROUND, Field, Kind, UnknownKindError, catalogue, having, kind, standing_for
from sdx_studio.kinds.placeholder import placeholder
from sdx_studio.session import Session
from sdx_studio.session.build import parts_of

Stand = Callable[[Session, str], str]
KINDS = tuple(catalogue().values())
IDS = [one.key for one in KINDS]
SHAPES = {"ground", "cabinet", "machine", "layer", "guest", "chip", "array", "slot", "leaf", "block"}
FAMILIES = {"place", "layer", "compute", "guest", "client", "storage", "network", "control"}
PALETTE = {"machines", "layers", "storage", "network", "places", "control"}

every_kind = pytest.mark.parametrize("what", KINDS, ids=IDS)


@every_kind
def test_it_says_what_it_is(what: Kind) -> None:
    assert what.label
    assert what.help
    assert not what.help.endswith(".")
    assert what.prefix
    assert what.shape in SHAPES
    assert what.family in FAMILIES
    assert what.group in PALETTE
    assert set(what.subtitle) <= what.by_key.keys()


@every_kind
@pytest.mark.parametrize("size", [16, 24, 48])
def test_it_has_its_icons(what: Kind, size: int) -> None:
    assert "<svg" in assets.path("icons", f"{what.key}-{size}.svg").read_text(encoding="utf-8")


@every_kind
def test_it_has_a_seat(what: Kind) -> None:
    assert GROUND in what.needs or any(set(what.needs) & set(other.offers) for other in KINDS)


def fields() -> Iterator[object]:
    for one in KINDS:
        for field in one.fields:
            yield pytest.param(one, field, id=f"{one.key}.{field.key}")


@pytest.mark.parametrize(("what", "field"), list(fields()))
def test_defaults_pass_their_own_reading(what: Kind, field: Field) -> None:
    assert field.label
    assert field.help
    assert field.optional or field.default is not None
    assert field.default is None or field.read(field.default) == field.default
    assert (field.type == "choice") == bool(field.choices)
    assert field.to == () or field.type in ("reference", "references")
    for trait in field.to:
        assert having(trait), f"nothing is a {trait}"
    if field.type in ("number", "integer") and field.default is not None:
        assert field.read(field.show(field.default)) == pytest.approx(field.default, rel=0.005)
    assert what.by_key[field.key] is field


@every_kind
def test_a_default_one_is_built_and_runs(what: Kind, session: Session, stand: Stand) -> None:
    id = stand(session, what.key)
    built = [part for part in parts_of(session.document) if part.id == id]
    assert built or not what.traits or {"traffic", "policy"} & set(what.traits)
    run = session.run(until="5 s")
    shown = {meter.measure for meter in what.meters} | {what.lead} - {None}
    if "traffic" not in what.traits:
        assert shown <= run.world.measures().get(id, {}).keys()


@every_kind
def test_measures_of_a_working_one_are_there(what: Kind, session: Session, stand: Stand) -> None:
    """Also for what shows nothing before it leads from somewhere to somewhere."""
    id = stand(session, what.key)
    ends = [session.place(having("forwarder")[0].key) for _ in range(2)]
    session.connect(*ends)
    for field in what.fields:
        if field.type == "reference" and "forwarder" in field.to:
            session.set(id, **{field.key: ends.pop()})
    measures = session.run(until="5 s").world.measures().get(id, {})
    assert {meter.measure for meter in what.meters} <= measures.keys()
    assert what.lead is None or what.lead in measures


@every_kind
def test_it_survives_its_file(what: Kind, session: Session, stand: Stand) -> None:
    id = stand(session, what.key)
    data = dump(session.document)
    again = parse(data, "lab.sdx")
    assert again.notices == ()
    assert dump(again.document) == data
    assert again.document.element(id) == session.document.element(id)
    session.set(id, **{key: field.default for key, field in what.by_key.items() if field.default is not None})
    assert parse(dump(session.document), "lab.sdx").document.element(id) == session.document.element(id)


@every_kind
def test_the_command_line_tells_all_about_it(what: Kind) -> None:
    told = json.loads(json.dumps(described(what)))
    assert told["key"] == what.key
    assert [one["key"] for one in told["fields"]] == [field.key for field in what.fields]
    assert told["sits_on"]
    assert what.lead is None or what.lead in told["measures"]


@every_kind
def test_it_is_one_file(what: Kind) -> None:
    folder = Path(assets.__file__).parent / "kinds"
    assert (folder / f"{what.key}.py").is_file()


def test_palette_order_is_the_kinds_own() -> None:
    assert [one.order for one in KINDS] == sorted(one.order for one in KINDS)
    assert len({one.order for one in KINDS}) == len(KINDS)


def test_an_unknown_kind_gets_a_suggestion() -> None:
    with pytest.raises(UnknownKindError, match="unknown kind 'hosst'; did you mean 'host'"):
        kind("hosst")
    with pytest.raises(UnknownKindError, match=r"unknown kind 'zzz' \(known: app, "):
        kind("zzz")
    with pytest.raises(UnknownKindError, match="no kind stands for 'dia:box'"):
        standing_for("dia:box")


def test_a_placeholder_stands_anywhere_and_does_nothing() -> None:
    assert placeholder("warp") is placeholder("warp")
    document = Document([Element("e1", "warp", "w")])
    assert parts_of(document) == []
    assert Session(document).run(until=1).world.measures() == {}
