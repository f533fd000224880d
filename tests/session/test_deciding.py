"""Every decision of a policy says why, with its figures, in the language in use."""

import pytest

from sdx_studio import assets
from sdx_studio.engine.events import Event
from sdx_studio.session import Session, deciding, watching
from sdx_studio.session.live import Live
from sdx_studio.session.players.inline import InlinePlayer
from sdx_studio.session.wording import sentence


def lived(sample: str, until: float, kind: str) -> tuple[Session, list[Event]]:
    session = Session.open(assets.path("samples", f"{sample}.sdx"))
    live = Live(session, lambda: InlinePlayer(lambda: 0.0))
    live.run_until(until, paced=False)
    live.poll()
    return session, [one for one in live.events if one.kind.startswith(kind)]


def test_a_restart_says_how_much_was_free_and_among_how_many() -> None:
    session, placed = lived("03-high-availability", 60, "ha.placed")
    assert placed
    for one in placed:
        reason = deciding.reason_of(one, session.document)
        assert session.document.element(str(one.figures["to"])).name in reason
        assert "cores" in reason or "core" in reason
        assert one.figures["able"] >= 1
        assert deciding.decides(one)
        assert deciding.explained(one, session.document) == f"{sentence(one, session.document)} – {reason}"
    assert placed[0].figures["free"] == max(one.figures["free"] for one in placed), "the first took the emptiest"


def test_short_memory_says_what_is_asked_and_what_there_is() -> None:
    session, found = lived("07-too-much-memory", 120, "memory.")
    told = [one for one in found if one.kind in ("memory.ballooning", "memory.swapping")]
    assert told
    for one in told:
        assert one.figures["asked"] > one.figures["has"]
        assert "GiB" in deciding.reason_of(one, session.document)


def test_levelling_says_how_uneven_the_disks_are() -> None:
    event = Event(5, "storage.rebalancing", "s", "{bytes} move", {"bytes": 1.0, "utilisation": 0.5, "fullest": 0.9,
                                                                 "emptiest": 0.1})  # fmt: skip
    reason = deciding.reason_of(event, Session().document)
    assert "90 %" in reason.replace("\u00a0", " ")
    assert "10 %" in reason.replace("\u00a0", " ")


@pytest.mark.parametrize("kind", watching.EVENTS)
def test_events_without_figures_have_no_reason_and_do_not_fail(kind: str) -> None:
    assert deciding.reason_of(Event(0, kind, "", "x", {"to": "e1", "from": "e2"}), Session().document) == ""


def test_every_kind_of_event_belongs_to_a_group_or_is_plain_news() -> None:
    grouped = tuple(kind for _name, _label, kinds in deciding.GROUPS for kind in kinds)
    plain = {kind for kind in watching.EVENTS if not kind.startswith(grouped)}
    assert plain == {
        "flow.introduced", "replica.current", "replica.done", "replica.mirrored", "replica.synced",
        "storage.rebalanced", "stream.cached", "stream.launched",
        "traffic.finished", "work.finished", "job.started", "job.finished",
    }  # fmt: skip
    for kind in grouped:
        assert any(one.startswith(kind) for one in watching.EVENTS), kind
