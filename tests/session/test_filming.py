"""A film of a run shows what the run showed: whatever was done in it, and however it was wound back and forth."""

import random

import pytest
from drawings import room

from sdx_studio.engine.parts import Command
from sdx_studio.session.build import parts_of, scenario_of
from sdx_studio.session.filming import Film
from sdx_studio.session.players.inline import InlinePlayer

SECOND = 1_000_000


def started(document) -> InlinePlayer:
    player = InlinePlayer(lambda: 0.0)
    player.load(parts_of(document), scenario_of(document), document.properties.seed)
    return player


def same(film: Film, player: InlinePlayer, time: int) -> None:
    layout, snapshot = film.at(time)
    known, shown = player.latest()
    assert (layout.elements, layout.slots, layout.cables) == (known.elements, known.slots, known.cables)
    assert snapshot.time == shown.time == time
    assert snapshot.values.tobytes() == shown.values.tobytes()
    assert snapshot.condition.tobytes() == shown.condition.tobytes()
    assert snapshot.cable_rates.tobytes() == shown.cable_rates.tobytes()


@pytest.mark.parametrize("seed", range(5))
def test_what_was_done_in_the_run_is_in_the_film(seed: int) -> None:
    chance = random.Random(seed)
    session = room()
    document = session.document
    player = started(document)
    hosts = [id for id in document.elements if document.elements[id].kind == "host"]
    for _step in range(4):
        player.run_until(player.latest()[1].time + chance.randrange(SECOND, 5 * SECOND))
        verb = chance.choice(("fail", "repair"))
        player.do(Command(player.latest()[1].time, verb, chance.choice(hosts)))
    player.run_until(player.latest()[1].time + 3 * SECOND)
    end = player.latest()[1].time
    film = Film(document, player.journal())
    for share in (0.1, 0.35, 0.5, 0.8, 1.0):
        time = round(end * share)
        player.seek(time)
        same(film, player, time)
    assert len(film.world.events) >= 4


def test_a_film_keeps_what_the_run_was_when_it_began() -> None:
    document = room().document
    player = started(document)
    host = next(id for id in document.elements if document.elements[id].kind == "host")
    player.run_until(2 * SECOND)
    film = Film(document, player.journal())
    before = film.at(3 * SECOND)[1].values.tobytes()
    player.do(Command(2 * SECOND, "fail", host))
    player.run_until(3 * SECOND)
    assert player.latest()[1].values.tobytes() != before
    assert Film(document, player.journal()).at(3 * SECOND)[1].values.tobytes() == player.latest()[1].values.tobytes()


def test_a_long_way_can_be_stopped_and_comes_to_the_same() -> None:
    document = room().document
    told = []
    one, other = Film(document), Film(document)
    there = one.at(9 * SECOND, lambda: told.append(one.world.now))
    assert len(told) > 10
    assert told == sorted(told)
    assert there[1].values.tobytes() == other.at(9 * SECOND)[1].values.tobytes()
    assert one.world.state_hash() == other.world.state_hash()

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Film(document).at(9 * SECOND, stop)


def test_without_a_journal_it_is_the_documents_own_run() -> None:
    document = room().document
    player = started(document)
    player.run_until(4 * SECOND)
    same(Film(document), player, 4 * SECOND)
