"""Every act of the engine can be given from a menu, the palette, a script and a scenario."""

import pytest

from sdx_studio import Session
from sdx_studio.engine.verbs import verbs
from sdx_studio.session.actions import commands
from sdx_studio.session.acts import ACTS
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.players.messages import Refused


def test_the_engine_and_the_people_know_the_same_acts() -> None:
    assert set(verbs()) == set(ACTS)


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_it_is_a_command(verb: str) -> None:
    command = commands()[f"simulation.{verb}"]
    assert command.menu == "Simulation", "in the menu, and so in the palette"


def room() -> Session:
    s = Session()
    hosts = [s.place("host", name=name) for name in "ab"]
    switch = s.place("switch", name="sw")
    for host in hosts:
        s.connect(host, switch)
    s.place("vm", on=hosts[0], name="web", memory="2 GiB")
    s.place("cluster", name="both", members=tuple(hosts))
    s.place("replication", name="copy")
    s.place("lease_rule", name="rule")
    return s


WRONG = {
    "migrate": "web", "mend": "", "repair": "a", "power_on": "web", "exit_maintenance": "a", "fail_back": "copy",
    "fail_over": "copy", "restore_guest": "rule", "apply_recommendation": "both",
}  # fmt: skip
"""Acts, and something of the room to which each could be done but not now; no name is the first cable."""


def wrong(verb: str, s: Session) -> str:
    return s.document.find(WRONG[verb]) if WRONG[verb] else next(iter(s.document.links))


@pytest.mark.parametrize("verb", sorted(WRONG))
def test_script_scenario_and_running_model_refuse_in_the_same_words(verb: str, tmp_path) -> None:
    s = room()
    target = wrong(verb, s)
    figures = {"to": s.document.find("a")} if verb == "migrate" else {}
    live = Live(room(), lambda: InlinePlayer(lambda: 0.0))
    try:
        live.play()
        live.act(verb, wrong(verb, live.session), **figures)
        said = [one.reason for one in live.poll() if isinstance(one, Refused)]
    finally:
        live.close()
    s.do(verb, target, at="1 s", **figures)
    s.save(tmp_path / "lab.sdx")
    read = Session.open(tmp_path / "lab.sdx")
    for one in (s, read):
        (event,) = one.run(until="2 s").events("command.refused")
        assert event.reason == said[0]
