"""What people are told of the moment: states of memory, advice of a cluster, who saw whose files, patched kernels."""

from collections.abc import Iterator

import pytest

from sdx_studio import Session, assets
from sdx_studio.document import EditError
from sdx_studio.document.checks import problems
from sdx_studio.document.drifting import drift, members
from sdx_studio.session import policies, presently, stacking
from sdx_studio.session.actions import commands
from sdx_studio.session.doings import Doings
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer


class Desk:
    """A desk with a running model and a selection."""

    def __init__(self, session: Session) -> None:
        self.session, self.live = session, Live(session, lambda: InlinePlayer(lambda: 0.0))
        self.selection: tuple[str, ...] = ()

    def select(self, ids: tuple[str, ...]) -> None:
        self.selection = ids

    def give(self, id: str, *names: str) -> list[str]:
        """Use a command on elements; the kinds of the events that it brings about."""
        self.selection = tuple(self.session.document.find(name) for name in names)
        before = len(self.live.events)
        assert commands()[id].why_not(self) is None
        commands()[id].run(self)
        self.live.poll()
        return [event.kind for event in self.live.events[before:]]


@pytest.fixture
def shop() -> Iterator[Desk]:
    s = Session()
    plain, virtual = s.place("host", name="plain"), s.place("host", name="virtual")
    for number in range(2):
        s.place("container", on=plain, name=f"box-{number}")
        s.place("vm", on=virtual, name=f"vm-{number}", memory="1 GiB")
    desk = Desk(s)
    desk.live.run_until(1.0, paced=False)
    desk.live.poll()
    yield desk
    desk.live.close()


def values(sample: str, until: float, name: str) -> tuple[Session, str, dict[str, float]]:
    session = Session.open(assets.path("samples", f"{sample}.sdx"))
    run = session.run(until=until)
    id = session.document.find(name)
    return session, id, {key: one.last for key, one in run.world.measures()[id].items()}


@pytest.mark.parametrize(
    ("until", "words", "level"),
    [
        (100, "high – enough is free", "ok"), (132, "clear – less than the minimum is free", "idle"),
        (147, "soft – idle pages are taken back", "busy"), (162, "hard – active pages are swapped", "critical"),
        (177, "low – no further guest is taken", "blocked"), (239, "high – enough is free", "ok"),
    ],
)  # fmt: skip
def test_a_host_says_how_its_memory_is(until: float, words: str, level: str) -> None:
    session, id, found = values("07-too-much-memory", until, "host-03")
    first = presently.lines(session.document, id, lambda measure: found.get(measure, float("nan")))[0]
    assert (first.label, first.words, first.level) == ("Memory state", words, level)


def test_a_state_has_a_word_in_tables_a_mean_of_states_has_none() -> None:
    assert [presently.figure("memory.state", value) for value in (0.0, 4.0, 1.5)] == ["high", "low", "1.5"]
    assert presently.figure("memory.swap", 2.0**30).replace("\u00a0", " ") == "1 GiB"


def test_a_guest_says_what_was_taken_from_it_and_how_slow_it_is() -> None:
    session, id, found = values("07-too-much-memory", 10, "vm-01")
    told = presently.lines(session.document, id, lambda measure: found.get(measure, float("nan")))
    assert [line.label for line in told] == ["Ballooned memory", "Swapped memory", "Slowed by swapping"]
    assert told[2].words.replace("\u00a0", " ") == "94.3 %"
    assert presently.lines(session.document, "gone", lambda _measure: 1.0) == []


def test_a_cluster_says_what_it_recommends_until_that_is_done() -> None:
    s = Session()
    switch = s.place("switch")
    hosts = [s.place("host", name=f"h{n}", cores=8, memory="32 GiB") for n in range(2)]
    for host in hosts:
        s.connect(host, switch)
    for n in range(3):
        s.place("vm", on=hosts[0], name=f"v{n}", memory="1 GiB", load=0.9, dirty_rate=0)
    cluster = s.place("cluster", members=hosts, balancing="manual", every="10 s", threshold=5)
    desk, doings = Desk(s), Doings()
    desk.live.run_until(12, paced=False)
    desk.live.poll()
    doings.note_all(desk.live.events, s.document)
    (advice,) = doings.advised[cluster].values()
    assert advice.words(s.document) == "v0: h0 → h1\nσ 0.34 → 0.12, priority 1"
    layout, snapshot = desk.live.player.latest()
    told = presently.lines(s.document, cluster, lambda name: snapshot.values[layout.index[cluster, name]]
                           if (cluster, name) in layout.index else float("nan"))  # fmt: skip
    assert [(one.label, one.words) for one in told] == [
        ("Imbalance σ", "0.344"), ("Priority of a move", "1 of 5 (1 is most urgent)"),
    ]  # fmt: skip
    kinds = desk.give("simulation.apply_recommendation", "cluster-01")
    assert "balancing.move" in kinds
    doings.note_all(desk.live.events[-len(kinds) :], s.document)
    assert not doings.advised.get(cluster)
    desk.live.close()


def test_who_looks_at_files_is_told_and_kept(shop: Desk) -> None:
    assert commands()["simulation.read_files"].why_not(shop) == "nothing selected to which this could happen"
    shop.selection = (shop.session.document.find("box-0"),)
    assert commands()["simulation.read_files"].why_not(shop) == "select first who is to read, then whose files"
    assert shop.give("simulation.read_files", "box-0", "box-1", "vm-0") == ["files.hidden"] * 2
    assert shop.give("simulation.read_files", "os-01", "box-1") == ["files.read"]
    doings = Doings()
    doings.note_all(shop.live.events, shop.session.document)
    find = shop.session.document.find
    assert [(id, one.of, one.read) for id, one in doings.peeks.items()] == [
        (find("box-0"), find("vm-0"), False), (find("os-01"), find("box-1"), True),
    ]  # fmt: skip
    doings.clear()
    assert not doings.peeks


def test_kernels_are_patched_by_commands(shop: Desk) -> None:
    assert shop.give("simulation.patch", "virtual") == ["command.refused"]
    assert shop.give("simulation.patch_anyway", "virtual")[0] == "kernel.patching"
    assert shop.give("simulation.patch", "os-01")[0] == "kernel.patching"
    doings = Doings()
    doings.note_all(shop.live.events, shop.session.document)
    assert len(doings.patching) == 2
    shop.live.run_until(400, paced=False)
    shop.live.poll()
    doings.note_all(shop.live.events, shop.session.document)
    assert not doings.patching
    kernels = [block.kernel for block in stacking.stack(shop.session.document, shop.session.document.find("virtual"))
               .all() if block.kernel]  # fmt: skip
    assert kernels == [shop.session.document.find(name) for name in ("hypervisor-01", "vm-0", "vm-1")]


def test_what_no_rule_has_deleted_is_not_restored(shop: Desk) -> None:
    assert shop.give("simulation.restore_guest", "vm-0") == ["command.refused"]


# cables under a standard ---------------------------------------------------------------------------------------------


def cabled() -> tuple[Session, list[str]]:
    s = Session()
    hosts = [s.place("host", name=f"h{n}", x=300 * n) for n in range(3)]
    switch = s.place("switch", name="sw")
    return s, [s.connect(host, switch, bandwidth="10 Gbit/s", vlans=("20",)) for host in hosts]


def test_cables_are_members_drift_and_are_mended(tmp_path) -> None:
    s, links = cabled()
    group = policies.group(s, links)
    assert s.document.values(group)["standard"] == ("bandwidth = 10 Gbit/s", "vlans = 20")
    s.set(links[1], bandwidth="1 Gbit/s")
    (found,) = drift(s.document)
    assert found.words(s.document).replace("\u00a0", " ") == "Speed is 1 Gbit/s, policy-01 says 10 Gbit/s"
    assert [one.element for one in problems(s.document) if "drifted" in one.text] == [links[1]]
    assert policies.mend(s) == 1
    s.set(group, standard="bandwidth = 25 Gbit/s, vlans = 20 30")
    assert {s.document.links[id].fields["bandwidth"] for id in links} == {25e9}
    assert {s.document.links[id].fields["vlans"] for id in links} == {("20", "30")}
    s.undo()
    assert {s.document.links[id].fields["bandwidth"] for id in links} == {10e9}
    s.save(tmp_path / "cables.sdx")
    again = Session.open(tmp_path / "cables.sdx")
    assert members(again.document, group) == tuple(links)
    again.remove(links[0])
    assert members(again.document, group) == tuple(links[1:])
    assert not [one for one in problems(again.document) if one.severity == "error"]


def test_a_group_may_hold_elements_and_cables_of_networks() -> None:
    s, links = cabled()
    vlan, switch = s.place("vlan", number=20), s.document.find("sw")
    group = s.place("policy_group", members=("link:h0-sw", vlan, switch), standard=("number = 30", "bandwidth = 1e9"))
    assert members(s.document, group) == (links[0], vlan, switch)
    assert policies.mend(s, (group,)) == 2
    assert s.document.values(vlan)["number"] == 30
    assert s.document.links[links[0]].fields["bandwidth"] == 1e9


def test_what_is_alike_is_grouped_in_one_step() -> None:
    s, links = cabled()
    for number in range(3):
        s.place("vm", on=f"h{number}", name=f"vm-{number}", vcpus=4)
    desk = Desk(s)
    assert commands()["edit.group_alike"].why_not(desk) is None
    commands()["edit.group_alike"].run(desk)
    held = [members(s.document, id) for id in desk.selection]
    assert tuple(sorted(links)) in [tuple(sorted(one)) for one in held]
    assert len(s.document.having("policy")) == len(desk.selection) >= 2
    assert not drift(s.document)
    s.undo()
    assert not s.document.having("policy")
    empty = Desk(Session())
    assert commands()["edit.group_alike"].why_not(empty)
    with pytest.raises(EditError, match="no elements have settings in common"):
        policies.group_alike(empty.session)
