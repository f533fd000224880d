"""Events in words: names instead of ids, figures with units, everything in the language in use."""

from collections.abc import Callable

import pytest
from drawings import moving, room

from sdx_studio import words
from sdx_studio.engine.events import Event, Ref
from sdx_studio.session import Session
from sdx_studio.session.wording import name_of, record, sentence
from sdx_studio.units import NBSP
from sdx_studio.words import dictionary


def spoken(event: Event, session: Session) -> str:
    return sentence(event, session.document).replace(NBSP, " ")


def test_names_instead_of_ids() -> None:
    s = moving()
    vm, host = s.document.find("vm:web01"), s.document.find("host:a")
    event = Event(0, "guest.started", vm, "{vm} runs on {host}.", {"vm": Ref(vm), "host": Ref(host)})
    assert spoken(event, s) == "web01 runs on a."
    assert record(event, s.document) == {
        "time": 0.0, "kind": "guest.started", "element": "vm:web01", "text": "web01 runs on a.", "vm": "vm:web01",
        "host": "host:a",
    }  # fmt: skip
    dictionary.use("ja")
    assert spoken(event, s) == "web01 が a で稼働しました"


def test_what_is_gone_is_called_by_its_id() -> None:
    s = moving()
    link = s.document.links_of(s.document.find("host:a"))[0].id
    assert name_of(link, s.document) == "a-sw"
    assert name_of("e9999", s.document) == "e9999"
    assert record(Event(5, "x", "", "It is cut."), s.document)["element"] is None


@pytest.mark.parametrize(
    ("template", "figures", "english", "japanese"),
    [
        ("Round {round}: {dirty} are dirty again.", {"round": 2, "dirty": 731 * 2.0**20},
         "Round 2: 731 MiB are dirty again.", "2 回目終了：731 MiB が再び変更"),
        ("All {bytes} have arrived.", {"bytes": 2.0**30}, "All 1 GiB have arrived.", "1 GiB がすべて届きました"),
        ("No way through: {reason}.", {"reason": "no path that carries its VLAN"},
         "No way through: no path that carries its VLAN.", "通れません：その VLAN を通す経路がない"),
        ("{verb} was refused: {reason}", {"verb": "power_off", "reason": "It is off already."},
         "Switch off was refused: It is off already.",
         "「電源を切る」は実行されませんでした：すでに電源が切れています"),
    ],
    ids=["bytes", "amount", "reason", "verb"],
)  # fmt: skip
def test_figures_have_units_and_reasons_are_translated(
    template: str, figures: dict[str, float | str], english: str, japanese: str
) -> None:
    event = Event(0, "x", "", template, figures)  # type: ignore[arg-type]
    assert spoken(event, Session()) == english
    dictionary.use("ja")
    assert spoken(event, Session()) == japanese


def test_a_name_that_is_a_word_is_not_translated() -> None:
    s = Session()
    host = s.place("host", name="Host")
    dictionary.use("ja")
    assert spoken(Event(0, "x", host, "{vm} has stopped.", {"vm": Ref(host)}), s) == "Host が停止しました"


def _doomed() -> Session:
    """Whatever can go wrong does."""
    s = moving()
    a, b = s.document.find("host:a"), s.document.find("host:b")
    flow = s.place("flow", source=a, target=b, size="1 GB", rate="900 Mbit/s")
    s.place("flow", source=flow, target="sw")
    s.place("cluster", members=[a, b], detect="1 s")
    link = s.document.links_of(a)[0].id
    for at, (verb, target) in enumerate(
        [("power_off", "vm:web01"), ("power_on", "vm:web01"), ("cut", link), ("cut", link), ("mend", link),
         ("mend", link),
         ("fail", "host:b"), ("fail", "host:b"), ("repair", "host:b"), ("repair", "host:b"), ("fail", "host:a"),
         ("power_on", "vm:web01"), ("fail", "vm:web01"), ("repair", "host:a"), ("cut", "host:a"),
         ("fail", "switch:sw")], 3,
    ):  # fmt: skip
        s.do(verb, target, at=4 * at)
    s.do("migrate", "vm:web01", to="switch:sw", at=1)
    s.do("migrate", "vm:web01", to=a, at=2)
    return s


@pytest.mark.parametrize("draw", [moving, room, _doomed])
def test_every_sentence_of_a_run_is_in_the_catalogue(
    draw: Callable[[], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    dictionary.use("ja")
    run = draw().run(until="2 min")
    said: set[str] = set()
    monkeypatch.setattr(words.dictionary, "text", lambda text: said.add(text) or text)
    assert all(event.text for event in run.events())
    run.summary()
    monkeypatch.undo()
    assert len(said) > 8
    untranslated = {text for text in said if text and dictionary._catalogue.gettext(text) == text}
    assert untranslated <= {"VM", "OS", "PC"}
