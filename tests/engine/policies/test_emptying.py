"""Emptying machines: what is proposed can be done, never overfills, and stays above the lower bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdx_studio.engine.policies.emptying import House, Tenant, fewest, propose
from sdx_studio.engine.policies.fillings import RULES

WATTS = (58.4, 98, 109, 118, 128, 140, 153, 170, 189, 205, 222)


def alike(count: int) -> list[House]:
    return [House(f"h{index:03}", (10.0, 64.0, 1e9), WATTS) for index in range(count)]


@pytest.mark.parametrize("rule", RULES)
def test_a_hundred_servers_at_a_tenth_become_twenty_at_a_half(rule: str) -> None:
    houses = alike(100)
    tenants = [Tenant(f"v{index:03}", f"h{index:03}", (1.0, 4.0, 0.0)) for index in range(100)]
    found = propose(tenants, houses, rule, 0.5)
    assert len(found.steps) == 80
    assert found.least == 20
    assert set(found.stays.values()) == {"the processors of the others have no room for all its guests below the limit"}


def test_first_fit_takes_the_fullest_machine_and_best_fit_the_one_with_least_room() -> None:
    houses = [House(name, (10.0, 10.0)) for name in "abc"]
    tenants = [Tenant("x", "a", (6.0, 1.0)), Tenant("y", "b", (5.0, 5.0)), Tenant("z", "c", (1.0, 1.0))]
    assert propose(tenants, houses, "first fit", 0.8).steps[0].moves == (("z", "a"),)
    assert propose(tenants, houses, "best fit", 0.8).steps[0].moves == (("z", "b"),)


def test_power_aware_takes_the_machine_whose_watts_rise_least() -> None:
    steep, flat = tuple(50.0 + 30 * step for step in range(11)), tuple(100.0 + step for step in range(11))
    houses = [House("a", (10.0,), steep), House("b", (10.0,), flat), House("c", (10.0,), steep)]
    tenants = [Tenant("x", "a", (6.0,)), Tenant("y", "b", (5.0,)), Tenant("z", "c", (1.0,))]
    assert propose(tenants, houses, "power-aware", 0.8).steps[0].moves == (("z", "b"),)


def test_what_cannot_move_and_what_was_asked_to_stay_stays() -> None:
    tenants = [Tenant("x", "h000", (1.0, 1.0, 0.0), fixed=True), Tenant("y", "h001", (1.0, 1.0, 0.0))]
    found = propose(tenants, alike(3), kept=frozenset({"h002"}))
    assert [step.machine for step in found.steps] == ["h001"]
    assert found.stays == {
        "h000": "something on it cannot be moved while it runs", "h002": "it was asked to stay",
    }  # fmt: skip


def test_what_belongs_apart_stays_apart_and_what_belongs_together_goes_together() -> None:
    houses = [House(name, (10.0,)) for name in "abcd"]
    twins = [Tenant("x", "a", (1.0,), apart=("db",)), Tenant("y", "b", (1.0,), apart=("db",))]
    found = propose(twins, houses)
    assert {step.machine for step in found.steps if step.moves} == set(), "each needs a machine of its own"
    assert set(found.stays.values()) <= {"a rule about VMs that belong together or apart leaves them no machine"}
    pair = [Tenant("p", "a", (1.0,), together=("t",)), Tenant("q", "a", (5.0,), together=("t",)),
            Tenant("r", "b", (3.0,)), Tenant("s", "c", (2.5,))]  # fmt: skip
    moves = dict(move for step in propose(pair, houses).steps for move in step.moves)
    assert moves.get("p", "a") == moves.get("q", "a")


TAGS = st.frozensets(st.sampled_from(["t", "u"]), max_size=2).map(tuple)


@given(st.lists(st.tuples(st.floats(0.1, 4), TAGS, TAGS), max_size=16), st.sampled_from(RULES))
def test_rules_that_were_kept_are_kept(sizes: list[tuple[float, tuple[str, ...], tuple[str, ...]]], rule: str) -> None:
    houses = [House(f"h{index:02}", (10.0,)) for index in range(len(sizes) + 1)]
    tenants: list[Tenant] = []
    for number, (size, together, apart) in enumerate(sizes):
        one = Tenant(f"v{number:02}", f"h{number:02}", (size,), together=together, apart=apart)
        if all(set(other.together).isdisjoint(together) for other in tenants):
            tenants.append(one)
        elif all(set(other.apart).isdisjoint(apart) for other in tenants):
            friend = next(other for other in tenants if not set(other.together).isdisjoint(together))
            tenants.append(Tenant(one.id, friend.machine, (0.1,), together=friend.together, apart=()))
    seats = {one.id: one.machine for one in tenants}

    def broken() -> set[tuple[str, str]]:
        return {
            (a.id, b.id)
            for a in tenants
            for b in tenants
            if a.id < b.id
            and (
                (set(a.apart) & set(b.apart) and seats[a.id] == seats[b.id])
                or (set(a.together) & set(b.together) and seats[a.id] != seats[b.id])
            )
        }

    before = broken()
    for step in propose(tenants, houses, rule).steps:
        seats |= dict(step.moves)
    assert broken() <= before


def test_without_machines_there_is_nothing_to_do() -> None:
    assert propose([], []).steps == ()


def test_another_family_of_processors_is_no_target() -> None:
    houses = [House("a", (10.0,), family="x86-64"), House("b", (10.0,), family="arm64")]
    found = propose([Tenant("x", "a", (1.0,)), Tenant("y", "b", (2.0,))], houses)
    assert found.steps == ()


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="no rule 'worst fit'"):
        propose([], [], "worst fit")


def test_large_guests_stand_alone() -> None:
    tenants = [Tenant(f"v{index}", f"h{index:03}", (6.0, 1.0, 0.0)) for index in range(4)]
    assert fewest([*tenants, Tenant("w", "h004", (1.0, 1.0, 0.0))], alike(5), 1.0) == 4, "60, 60, 60, 60, 10 %"
    assert fewest([], alike(3), 0.8) == 0


@st.composite
def floors(draw: st.DrawFn) -> tuple[list[Tenant], list[House]]:
    houses = [
        House(f"h{index}", (draw(st.floats(2, 32)), draw(st.floats(8, 256))), WATTS)
        for index in range(draw(st.integers(1, 8)))
    ]
    tenants = []
    for index in range(draw(st.integers(0, 20))):
        house = draw(st.sampled_from(houses))
        need = tuple(draw(st.floats(0, 0.4)) * size for size in house.size)
        tenants.append(Tenant(f"v{index}", house.id, need, draw(st.booleans()) and draw(st.booleans())))
    return tenants, houses


@given(floors(), st.sampled_from(RULES), st.floats(0.3, 1.0))
def test_what_is_proposed_can_be_done(floor: tuple[list[Tenant], list[House]], rule: str, limit: float) -> None:
    tenants, houses = floor
    found = propose(tenants, houses, rule, limit)
    size = {house.id: house.size for house in houses}
    seat = {tenant.id: tenant.machine for tenant in tenants}
    emptied = {step.machine for step in found.steps}
    before = {house.id: [sum(one.need[side] for one in tenants if one.machine == house.id) for side in (0, 1)]
              for house in houses}  # fmt: skip
    for step in found.steps:
        for guest, machine in step.moves:
            assert seat[guest] == step.machine, "everything moves once"
            assert machine not in emptied, "nothing moves onto what is emptied"
            seat[guest] = machine
    assert not emptied & set(seat.values())
    assert emptied | found.stays.keys() == set(size)
    for house in houses:
        after = [sum(one.need[side] for one in tenants if seat[one.id] == house.id) for side in (0, 1)]
        for side in (0, 1):
            allowed = max(before[house.id][side], limit * size[house.id][side])
            assert after[side] <= allowed * (1 + 1e-6)
    assert all(not one.fixed or seat[one.id] == one.machine for one in tenants)
    fits = all(before[id][side] <= limit * size[id][side] for id in size for side in (0, 1))
    if fits and tenants:
        assert len(size) - len(emptied) >= found.least
