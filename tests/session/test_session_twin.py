"""The door for scripts: what the documentation shows works as it stands there, and what may not be is said."""

from pathlib import Path

import pytest
from drawings import moving

from sdx_studio import Session as FromTop
from sdx_studio.document import EditError, UnknownElementError
from sdx_studio.exchange.native import dump
from sdx_studio.kinds import FieldError, UnknownKindError
from sdx_studio.session import Session


def test_the_example_of_the_documentation(tmp_path: Path) -> None:
    s = FromTop()
    a = s.place("host", name="a", cores=16, memory="64 GiB")
    b = s.place("host", name="b", cores=16, memory="64 GiB")
    v = s.place("vm", on=a, name="web01", vcpus=2, memory="4 GiB")
    sw = s.place("switch", name="sw")
    s.connect(a, sw, bandwidth="10 Gbit/s")
    s.connect(b, sw, bandwidth="10 Gbit/s")
    s.do("migrate", v, to=b)
    s.undo()
    assert dict(s.document.scenario) == {}
    s.redo()
    s.save(tmp_path / "lab.sdx")
    run = s.run(until="60 s")
    assert 0 <= run.value("host:a", "cpu.utilisation") < 0.1
    done = run.events("migration.finished")[0]
    assert done.downtime > 0
    assert (done.vm, getattr(done, "from"), done.to) == ("vm:web01", "host:a", "host:b")
    assert len(run.state_hash) == 64
    assert FromTop.open(tmp_path / "lab.sdx").run(until="60 s").state_hash == run.state_hash


def test_placing_gives_the_id_and_one_step() -> None:
    s = Session()
    host = s.place("host")
    vm = s.place("vm", on="host:host-01", x=3, y=4)
    assert s.document.element(vm).name == "vm-01"
    assert s.document.ancestor(vm, "machine") == host
    assert s.history.labels == ("Place Host", "Place VM")
    s.undo()
    assert list(s.document.elements) == [host]


@pytest.mark.parametrize(
    ("key", "fields", "error", "words"),
    [
        ("vm", {}, EditError, "A VM needs a place: Hypervisor"), ("hots", {}, UnknownKindError, "did you mean 'host'"),
        ("host", {"core": 4}, EditError, "no field “core”; there are cores, memory"),
        ("host", {"cores": "many"}, FieldError, "cores: “many” is no quantity"),
        ("host", {"cores": 0}, FieldError, "cores: 0.cores is outside"),
        ("thin_client", {"desktop": "vm:none"}, UnknownElementError, "no element 'vm:none'"),
        ("cluster", {"members": ["nobody"]}, UnknownElementError, "no element 'nobody'"),
        ("cluster", {"members": "nobody, none"}, UnknownElementError, "no element 'nobody'"),
        ("host", {"on": "rack:none"}, UnknownElementError, "no element 'rack:none'"),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_said_and_changes_nothing(
    key: str, fields: dict[str, object], error: type[Exception], words: str
) -> None:
    s = Session()
    with pytest.raises(error, match=words):
        s.place(key, **fields)  # type: ignore[arg-type]
    assert dict(s.document.elements) == {}
    assert s.history.labels == ()


def test_references_are_addresses_and_come_out_as_ids() -> None:
    s = Session()
    ids = [s.place("host", name=name) for name in "ab"]
    by_list, by_text = s.place("cluster", members=["host:a", "b", "a"]), s.place("cluster", members="a, host:b")
    assert s.document.values(by_list)["members"] == s.document.values(by_text)["members"] == tuple(ids)
    flow = s.place("flow", source="a")
    s.set(flow, target="host:b")
    assert s.document.element(flow).fields == {"source": ids[0], "target": ids[1]}
    s.set(flow, target=None)
    assert s.document.element(flow).fields == {"source": ids[0]}


def test_setting_fields_of_elements_and_links() -> None:
    s = moving()
    s.set("vm:web01", memory="8g", vcpus="4")
    s.set(min(s.document.links), latency="2 ms", label="up")
    assert s.document.values(s.document.find("web01"))["memory"] == 8 * 2**30
    assert s.document.links[min(s.document.links)].fields["latency"] == 0.002
    s.set("vm:web01", memory=None)
    assert "memory" not in s.document.element(s.document.find("web01")).fields
    with pytest.raises(EditError, match="no field “speed”; there are medium, bandwidth"):
        s.set(min(s.document.links), speed=1)


def test_setting_what_is_set_already_is_no_step() -> None:
    s = moving()
    steps = s.history.labels
    s.set("vm:web01", memory="4 GiB")
    assert s.history.labels == steps


def test_connecting() -> None:
    s = Session()
    host, array, flow = s.place("host"), s.place("storage_array"), s.place("flow")
    switch = s.place("switch")
    assert s.document.links[s.connect(host, array)].fields == {"medium": "storage"}
    assert s.document.links[s.connect(array, switch)].fields == {}
    with pytest.raises(EditError, match="a cable needs two different ends"):
        s.connect(host, host)
    with pytest.raises(EditError, match="Flow has no port for a cable"):
        s.connect(flow, host)
    with pytest.raises(FieldError, match="bandwidth"):
        s.connect(host, switch, bandwidth="fast")


def test_storage_is_reached_through_the_network_too() -> None:
    s = Session()
    host, array, switch = s.place("host"), s.place("storage_array"), s.place("switch")
    s.place("disk", on=array, medium="SSD")
    vm = s.place("vm", on=host, disk=s.place("volume", on=array), io_rate=50, load=1)
    s.connect(host, switch)
    s.connect(array, switch)
    assert s.run(until=2).value(vm, "io.rate") == pytest.approx(50, rel=0.05)


def test_moving_renaming_removing() -> None:
    s = moving()
    s.move("host:a", x=1.005, y=2)
    assert (s.document.element(s.document.find("a")).x, s.document.element(s.document.find("a")).y) == (1.0, 2.0)
    s.rename("host:a", "  alpha ")
    assert s.document.find("host:alpha")
    with pytest.raises(EditError, match="a name is needed"):
        s.rename("host:alpha", " ")
    before = dump(s.document)
    s.remove("host:alpha", "vm:web01")
    assert sorted(one.name for one in s.document.elements.values()) == ["b", "sw"]
    assert dict(s.document.scenario) == {}
    s.undo()
    assert dump(s.document) == before


def test_planning_acts() -> None:
    s = moving()
    act = s.document.scenario[s.do("migrate", "vm:web01", to="host:b", at="1.5 min")]
    assert (act.at, act.target, act.fields) == (90.0, s.document.find("web01"), {"to": s.document.find("b")})
    with pytest.raises(EditError, match="no act “explode”; there are migrate, fail"):
        s.do("explode", "host:a")
    with pytest.raises(UnknownElementError):
        s.do("fail", "host:z")


def test_saving_needs_a_path_once(tmp_path: Path) -> None:
    s = moving()
    with pytest.raises(EditError, match="no file yet"):
        s.save()
    assert s.history.modified
    assert s.save(str(tmp_path / "a.sdx")) == tmp_path / "a.sdx"
    assert not s.history.modified
    s.rename("host:a", "z")
    assert s.save() == tmp_path / "a.sdx"
    again = Session.open(tmp_path / "a.sdx")
    assert again.path == tmp_path / "a.sdx"
    assert not again.history.modified
    assert dump(again.document) == dump(s.document)


def test_an_import_has_no_file_of_its_own(tmp_path: Path) -> None:
    from sdx_studio import exchange

    path = tmp_path / "map.graphml"
    exchange.store(moving().document, path)
    opened = Session.open(path)
    assert opened.path is None
    assert opened.document.having("forwarder")


def test_several_edits_as_one_step() -> None:
    s = Session()
    with s.history.edit("A small lab"):
        s.connect(s.place("host"), s.place("switch"))
    assert s.history.labels == ("A small lab",)
    assert s.undo() == "A small lab"
    assert dict(s.document.elements) == {}
    assert s.undo() is None
    assert s.redo() == "A small lab"


def test_a_reference_to_a_cable_is_refused_where_only_elements_can_be_named() -> None:
    s = Session()
    a, b = s.place("host", name="a"), s.place("host", name="b")
    cable = s.connect(a, b)
    cluster = s.place("cluster", name="both", members=(a,))
    for value in ((b, cable), (cable,)):
        with pytest.raises(EditError, match="is a cable"):
            s.set(cluster, members=value)
    assert s.document.values(cluster)["members"] == (a,)
