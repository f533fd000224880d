"""A configuration as text: what it says, what typing another one changes, what is refused and on which line."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.document import EditError
from sdx_studio.kinds import catalogue
from sdx_studio.session import Session, copying
from sdx_studio.session.configuration import (
    Changes,
    ConfigurationError,
    Mistake,
    changes_of,
    differing,
    portable,
    text_of,
)
from sdx_studio.words import dictionary

GIB = 2.0**30


@pytest.fixture(name="lab")
def _lab() -> Session:
    s = Session()
    host = s.place("host", name="h")
    array = s.place("storage_array", name="san")
    volume = s.place("volume", on=array, name="v, 1")
    s.place("vm", on=host, name="web", vcpus=2, memory="3 GiB", load=0.123456789, mac="52:54:00:00:00:01", disk=volume)
    s.place("vm", on=host, name="other", mac="52:54:00:00:00:09")
    return s


def mistakes(session: Session, text: str) -> tuple[Mistake, ...]:
    before = dict(session.document.elements)
    with pytest.raises(ConfigurationError) as caught:
        session.configure("web", text)
    assert dict(session.document.elements) == before
    return caught.value.mistakes


def test_every_field_has_a_line_in_a_stable_order(lab: Session) -> None:
    text = lab.configuration("web")
    keys = [line.partition(":")[0] for line in text.splitlines() if line and not line.startswith("#")]
    assert keys[:4] == ["name", "id", "vcpus", "vcpu_speed"]
    assert sorted(keys[2:]) == sorted(catalogue()["vm"].by_key)
    assert "memory: 3 GiB  # Memory it sees" in text.splitlines()
    assert "memory: 3 GiB" in text_of(lab.document, lab.document.find("vm:web"), help=False).splitlines()
    assert text == lab.configuration("web")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("key", sorted(catalogue()))
def test_reading_what_was_written_changes_nothing(key: str, language: str) -> None:
    s = Session()
    host = s.place("host")
    try:
        id = s.place(key)
    except EditError:
        try:
            id = s.place(key, on=host)
        except EditError:
            array = s.place("storage_array")
            id = s.place(key, on=s.place("mainframe") if key == "batch_job" else array)
    dictionary.use(language)
    try:
        for help in (True, False):
            assert not changes_of(s.document, id, text_of(s.document, id, help))
    finally:
        dictionary.use("en")


def test_an_edit_is_one_step(lab: Session) -> None:
    text = lab.configuration("web").replace("vcpus: 2", "vcpus: 4").replace("name: web", "name: web # old")
    steps = len(lab.history.labels)
    assert lab.configure("web", text) == ("vcpus",)
    assert lab.document.values(lab.document.find("vm:web"))["vcpus"] == 4
    assert lab.configure("web", 'name: "# new"\nmemory：８ GiB\nload: 20 %\n') == ("name", "memory", "load")
    assert len(lab.history.labels) == steps + 2
    assert lab.history.labels[-1] == "Configure web"
    lab.undo()
    assert lab.document.values(lab.document.find("vm:web"))["memory"] == 3 * GIB
    assert lab.configure("web", lab.configuration("web")) == ()
    assert len(lab.history.labels) == steps + 1


def test_lines_left_out_stay_and_empty_ones_go_back(lab: Session) -> None:
    assert changes_of(lab.document, lab.document.find("vm:web"), "") == Changes()
    assert lab.configure("web", "memory:\ndisk:\nload:   # as usual\nmac:") == ("memory", "load", "disk", "mac")
    values = lab.document.values(lab.document.find("vm:web"))
    assert (values["memory"], values["disk"], values["load"], values["mac"]) == (4 * GIB, None, 0.3, "")


def test_references_are_told_by_name_or_id(lab: Session) -> None:
    web, volume = lab.document.find("vm:web"), lab.document.find("volume:v, 1")
    assert f"disk: {volume}" in text_of(lab.document, web, help=False).splitlines()
    lab.rename(volume, "v1")
    assert "disk: volume:v1" in text_of(lab.document, web, help=False).splitlines()
    lab.configure("other", "disk: volume:v1")
    assert lab.document.values(lab.document.find("vm:other"))["disk"] == volume


def test_every_mistake_is_told_by_its_line(lab: Session) -> None:
    text = (
        "name:\nvcpu: 3\nmemory: 4 giraffes\nvcpus: 600\n\ndisk: h\nmac: 52:54:00:00:00:09\nhello\nid: e9\n"
        'pattern: wav\nload: 0.1\nload: 0.3 # ok\ntrace: "1 2\ntemplate: web\npowered: maybe\nvolume_of_it: 3\n'
    )
    found = {one.line: one.message for one in mistakes(lab, text)}
    assert sorted(found) == [1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16]
    assert found[2] == "there is no “vcpu”; did you mean “vcpus”?"
    assert "4 GiB, 512 MiB" in found[3]
    assert found[4] == "vcpus: 600 is outside 1 … 512"
    assert found[6] == "disk: cannot point to a host"
    assert found[7] == "mac: other has this one"
    assert "“key: value”" in found[8]
    assert "cannot be changed" in found[9]
    assert "did you mean “wave”" in found[10]
    assert found[12] == "“load” has been said on line 11"
    assert "do not close" in found[13]
    assert "from itself" in found[14]


def test_a_copy_differs_in_name_id_and_mac_only(lab: Session) -> None:
    web = lab.document.find("vm:web")
    (copy,) = copying.duplicate(lab, [web])
    lines = lab.difference("web", copy)
    assert differing(lines) == ("name", "id", "mac")
    lab.configure(copy, "vcpus: 4")
    assert differing(lab.difference("web", copy)) == ("name", "id", "vcpus", "mac")
    assert [str(one) for one in lab.difference("web", copy) if one.key == "vcpus"] == ["- vcpus: 2", "+ vcpus: 4"]
    assert lab.difference("web", "web") == tuple(one for one in lab.difference("web", "web") if one.sign == " ")


def test_other_kinds_have_other_lines(lab: Session) -> None:
    lines = lab.difference("web", "h")
    assert {"vcpus", "cores"} <= set(differing(lines))
    assert [one.sign for one in lines if one.key == "cores"] == ["+"]


def test_what_is_a_file_of_its_own(lab: Session) -> None:
    assert portable(lab.document, lab.document.find("vm:web"))
    assert not portable(lab.document, lab.document.find("host:h"))
    assert not portable(lab.document, "nowhere")


@given(st.text(st.characters(codec="utf-8"), max_size=120))
def test_any_name_and_any_text_survive(text: str) -> None:
    s = Session()
    vm = s.place("vm", on=s.place("host"))
    if text.strip():
        s.rename(vm, text)
        assert not changes_of(s.document, vm, s.configuration(vm))
    with suppress(ConfigurationError):
        s.configure(vm, text)


@given(st.floats(0, 1), st.integers(64 * 2**20, 2**44), st.floats(0, 512))
def test_any_figure_survives_exactly(load: float, memory: int, limit: float) -> None:
    s = Session()
    vm = s.place("vm", on=s.place("host", memory="64 TiB"), load=load, memory=float(memory), limit=limit)
    assert not changes_of(s.document, vm, s.configuration(vm))
