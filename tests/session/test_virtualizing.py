"""Where a drawing partitions, aggregates and emulates."""

from sdx_studio import Session, assets
from sdx_studio.session.stacking import stack
from sdx_studio.session.virtualizing import everything, virtual


def test_the_three_kinds_in_the_sample() -> None:
    s = Session.open(assets.path("samples", "24-three-kinds.sdx"))
    found = {s.document.element(id).name: (one.way, one.words) for id, one in everything(s.document).items()}
    assert found["three-as-one"] == ("aggregate", "3 disks → 1")
    assert found["disk-as-tape"] == ("emulate", "disk → tape")
    assert found["emulated"] == ("emulate", "x86-64 → arm64")
    assert ("partition", "1 → 4") in found.values()
    assert not {"native", "data", "sw-01", "one-as-four", "vm-1"} & found.keys(), "these are what they seem"


def test_the_layers_say_what_is_emulated() -> None:
    s = Session.open(assets.path("samples", "24-three-kinds.sdx"))
    blocks = {one.name: one.detail for one in stack(s.document, s.document.find("x86-as-arm")).all()}
    assert blocks["emulated"].endswith("x86-64 → arm64")
    assert "→" not in blocks["native"]


def test_it_follows_the_drawing() -> None:
    s = Session()
    host = s.place("host")
    s.place("vm", on=host)
    layer = s.document.children(host)[0]
    assert virtual(s.document, layer) is None, "one guest is no partition"
    s.place("vm", on=host)
    made = virtual(s.document, layer)
    assert made is not None
    assert made.words == "1 → 2"
    other = s.place("host")
    cluster = s.place("cluster", members=(host, other))
    made = virtual(s.document, cluster)
    assert made is not None
    assert (made.way, made.words) == ("aggregate", "2 hosts → 1")
