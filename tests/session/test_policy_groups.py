"""Policy groups: two hundred settings become five groups, what has drifted is found and mended in one step."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio import Session
from sdx_studio.cli import main
from sdx_studio.document import EditError
from sdx_studio.document.checks import problems
from sdx_studio.document.drifting import drift, read, same, settings, spelled
from sdx_studio.kinds import catalogue
from sdx_studio.session import policies
from sdx_studio.session.gallery import SAMPLES


@pytest.fixture
def farm() -> Session:
    return Session.open(next(one for one in SAMPLES if one.stem == "18-policy").path)


def small() -> tuple[Session, list[str], str]:
    s = Session()
    host = s.place("host")
    vms = [s.place("vm", on=host, name=f"vm-{n}", vcpus=2, memory="4 GiB") for n in range(3)]
    return s, vms, s.place("policy_group", members=vms, standard=("vcpus = 2", "memory = 4 GiB"))


def test_two_hundred_settings_are_five_edits(farm: Session) -> None:
    assert policies.edits(farm.document) == policies.Edits(200, 5)
    assert policies.edits(farm.document, "memory") == policies.Edits(40, 5)
    assert policies.edits(farm.document, "nic_speed") == policies.Edits(0, 0)


def test_seven_drifted_are_found_named_and_mended_in_one_step(farm: Session) -> None:
    names = {farm.document.element(one.element).name for one in drift(farm.document)}
    assert names == {"web-03", "web-07", "app-02", "app-09", "db-04", "mail-05", "lab-01"}
    told = [one for one in problems(farm.document) if "drifted" in one.text]
    assert [one.severity for one in told] == ["warning"] * 7
    assert "has drifted: Memory is 8 GiB, web says 4 GiB" in {one.text.replace("\u00a0", " ") for one in told}
    before = save_text(farm)
    assert policies.mend(farm) == 7
    assert drift(farm.document) == ()
    farm.undo()
    assert save_text(farm) == before
    with pytest.raises(EditError, match="nothing has drifted"):
        policies.mend(farm, ())


def save_text(s: Session) -> list[str]:
    return [repr(one) for _id, one in sorted(s.document.elements.items())]


def test_only_what_is_chosen_is_mended(farm: Session) -> None:
    web = farm.document.find("policy_group:web")
    assert policies.mend(farm, (web,)) == 2
    assert policies.mend(farm, (farm.document.find("vm:db-04"),)) == 1
    assert len(drift(farm.document)) == 4


def test_like_elements_suggest_themselves_drifted_ones_too(farm: Session) -> None:
    farm.remove(*farm.document.having("policy"))
    found = [one for one in policies.groups_alike(farm.document) if one.kind == "vm"]
    assert [len(one.members) for one in found] == [10, 10, 8, 6, 6]
    assert sum(len(one.members) * 5 for one in found) == 200
    ids = [policies.group(farm, one.members) for one in found]
    assert len(set(ids)) == 5
    assert policies.groups_alike(farm.document)[:1] == tuple(
        one for one in policies.groups_alike(farm.document)[:1] if one.kind != "vm"
    )


def test_a_new_standard_changes_all_members_in_one_step() -> None:
    s, vms, group = small()
    s.set(vms[0], vcpus=8)
    s.set(group, standard="vcpus = 2, memory = 16 GiB")
    assert [s.document.values(id)["memory"] for id in vms] == [2.0**34] * 3
    assert s.document.values(vms[0])["vcpus"] == 8, "what was not changed in the standard stays drifted"
    assert [one.element for one in drift(s.document)] == [vms[0]]
    s.undo()
    assert [s.document.values(id)["memory"] for id in vms] == [2.0**32] * 3
    assert s.document.values(group)["standard"] == ("vcpus = 2", "memory = 4 GiB")


@pytest.mark.parametrize("standard", ["vcpus = many", "wheels = 4", "vcpus = 0"])
def test_a_standard_that_cannot_be_is_refused_and_leaves_no_trace(standard: str) -> None:
    s, vms, group = small()
    with pytest.raises(EditError):
        s.set(group, standard=standard)
    assert s.document.values(group)["standard"] == ("vcpus = 2", "memory = 4 GiB")
    assert s.document.values(vms[0])["vcpus"] == 2


def test_members_without_such_a_setting_are_left_alone_and_members_that_went_too() -> None:
    s, vms, group = small()
    switch = s.place("switch")
    s.set(group, members=(*vms, switch))
    assert drift(s.document) == ()
    s.remove(vms[0])
    s.set(vms[1], memory="8 GiB")
    assert [one.element for one in drift(s.document)] == [vms[1]]


def test_switches_and_vlans_can_have_a_standard_as_well() -> None:
    s = Session()
    switches = [s.place("switch", nic_speed="10 Gbit/s") for _ in range(3)]
    group = policies.group(s, switches)
    assert s.document.values(group)["standard"] == ("nic_speed = 10 Gbit/s",)
    s.set(switches[1], nic_speed="1 Gbit/s")
    assert [one.element for one in drift(s.document)] == [switches[1]]


def test_what_has_nothing_in_common_makes_no_group() -> None:
    s = Session()
    host, disk = s.place("host"), s.place("flow")
    with pytest.raises(EditError):
        policies.group(s, (host, disk))
    with pytest.raises(EditError):
        policies.group(s, ())


@given(st.data())
def test_every_setting_reads_back_from_how_a_standard_spells_it(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([one for one in catalogue().values() if settings(one)]))
    field = data.draw(st.sampled_from(settings(kind)))
    value = field.default
    if field.type in ("number", "integer") and value is not None:
        low, high = field.minimum or 0.0, field.maximum if field.maximum is not None else 1e9
        number = data.draw(st.floats(low, high, allow_nan=False))
        value = max(int(low) + (low != int(low)), int(number)) if field.type == "integer" else number
    if value is None:
        return
    key, _sign, text = spelled(field, value).partition(" = ")
    assert key == field.key
    assert "," not in text
    assert same(read(field, text), value)


def test_the_command_line_names_drift(farm: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drift.sdx"
    farm.save(path)
    assert main(["check", str(path)], lambda *_words: 0) == 1
    assert capsys.readouterr().out.count("has drifted") == 7
