"""The blackboard: any unit in, the same answer out; what does not fit is refused with its place."""

import copy
import json
import math
import random
from typing import Any

import pytest
from worked import cases, tool

from sdx_studio import units
from sdx_studio.engine.formulas.catalogue import catalogue, meaning
from sdx_studio.engine.formulas.model import items, shape
from sdx_studio.session.blackboard import BlackboardError, in_unit, model, read, solve, solve_cases
from sdx_studio.session.entered import entered
from sdx_studio.words import dictionary


def core(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "core"}


def vm(**changed: Any) -> dict[str, Any]:
    return {"weight": 1, "cap": core(4), "reservation": core(0), **changed}


def shares(**changed: Any) -> dict[str, Any]:
    return {"host_capacity": core(4), "vms": [vm(), vm()], **changed}


# units --------------------------------------------------------------------------------------------------------------


def spelled_otherwise(given: Any, units: dict[str, tuple[str, float]], chance: random.Random) -> Any:
    if isinstance(given, dict) and set(given) == {"value", "unit"}:
        kind, factor = units[given["unit"]]
        others = [name for name, (other, _factor) in units.items() if other == kind and name]
        if kind == "ratio" and chance.random() < 0.3:
            return given["value"] * factor
        unit = chance.choice(others)
        return {"value": given["value"] * factor / units[unit][1], "unit": unit}
    if isinstance(given, dict):
        return {key: spelled_otherwise(one, units, chance) for key, one in given.items()}
    if isinstance(given, list):
        return [spelled_otherwise(one, units, chance) for one in given]
    return given


@pytest.mark.parametrize("seed", range(5))
def test_every_input_in_other_units_gives_the_same_answer(seed: int) -> None:
    compare, chance = tool(), random.Random(seed)
    wrong = []
    for case in cases():
        inputs = spelled_otherwise(case["inputs"], compare.UNITS, chance)
        answer = solve_cases([{"id": case["id"], "model": case["model"], "inputs": inputs}])[0]
        tolerance = case.get("tolerance") or compare.TOL
        wrong += [
            (case["id"], inputs, text)
            for text in compare.compare(case["expected"], answer.get("outputs", answer), tolerance)
        ]
    assert wrong == []


@pytest.mark.parametrize(
    ("key", "inputs", "output", "value"),
    [
        ("mig.admission", {"link": (1, "GiB/s"), "reserved_per_migration": (31.25, "MB/s")}, "max_concurrent", 34),
        ("storage.mm1", {"service": (5000, "us"), "arrival": (6000, "1/min")}, "response", 0.01),
        ("storage.mm1", {"service": (5e6, "ns"), "arrival": (0.1, "kIOPS")}, "response", 0.01),
        ("sprawl.growth", {"create": (2, "VM/day"), "duration": (1, "week"), "idle_share": (50, "%")}, "vms", 14),
        ("power.co2", {"energy": (3600, "MJ"), "co2_factors": []}, "co2", []),
        ("power.linear", {"idle": (0.1, "kW"), "full": (200_000, "mW"), "utilisation": 0.5}, "power", 150),
        ("cost.racks", {"servers": 21, "per_rack": 20, "consolidation": 1, "rack_cost": (12, "JPY/year")},
         "racks_before", 2),
        ("cpu.placement_limit", {"pcpus": 3, "cpu_allocation_ratio": 0.1, "vcpus_per_vm": 0.1, "ram": (1, "TiB"),
                                 "ram_allocation_ratio": 1, "reserved_ram": (0, "bit"), "vm_ram": (8, "Gibit")},
         "max_vms_ram", 1024),
        ("cpu.placement_limit", {"pcpus": 0.3, "cpu_allocation_ratio": 1, "vcpus_per_vm": 0.1, "ram": (1, "TiB"),
                                 "ram_allocation_ratio": 1, "reserved_ram": (0, "bit"), "vm_ram": (8, "Gibit")},
         "max_vms_cpu", 3),
        ("vdi.blade_vs_vdi", {"users": (7, "VM"), "host_cores": (1, "cores"), "vdi_per_core": (5, "1/core")},
         "vdi_hosts", 2),
    ],
)  # fmt: skip
def test_spellings(key: str, inputs: dict[str, Any], output: str, value: Any) -> None:
    given = {name: {"value": one[0], "unit": one[1]} if isinstance(one, tuple) else one for name, one in inputs.items()}
    found = solve(key, given)[output]
    assert (found["value"] if isinstance(found, dict) else found) == pytest.approx(value)


def test_every_declared_unit_has_a_base_unit_and_comes_back() -> None:
    for key, one in catalogue().items():
        for item in (*items(one.inputs), *items(one.outputs)):
            if item.is_quantity:
                base = units.base_of(item.unit)
                assert in_unit(3.0 * units.exact(item.unit, base), item.unit) == pytest.approx(3.0), (key, item.path)


@pytest.mark.parametrize(
    ("unit", "base"),
    [("m", "B"), ("GHz", "1/s"), ("B", "core"), ("%", "count"), ("page", "s"), ("MB", "bit/s"), ("", "s"), ("s²", "s")],
)
def test_other_kinds_of_units_are_refused(unit: str, base: str) -> None:
    with pytest.raises(units.UnitError):
        units.exact(unit, base)


# refusals -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (shares(vms=[vm(), vm(), vm(weight=-1)]), "vms[2].weight: -1 is negative"),
        (shares(vms=[vm(weight=math.nan)]), "vms[0].weight: nan stands there; allowed: a number"),
        (shares(vms=[vm(cap={"value": 4, "unit": "GiB"})]),
         "vms[0].cap: 4 GiB stands there; allowed: a quantity in core"),
        (shares(vms=[vm(cap=4)]), "vms[0].cap: 4 stands there; allowed: a quantity in core"),
        (shares(vms=[vm(cap=core(True))]), "vms[0].cap: True core stands there"),
        (shares(vms=[vm(cap={"value": "4", "unit": "core"})]), "vms[0].cap: 4 core stands there"),
        (shares(vms=[vm(weight=True)]), "vms[0].weight: true stands there; allowed: a number"),
        (shares(vms=vm()), "vms: "), (shares(vms=None), "vms: null stands there; allowed: a list"),
        (shares(vms=[{"weight": 1}]), "vms[0].cap is missing; allowed: a quantity in core"),
        (shares(vms=[vm(wieght=1)]), "vms[0].wieght: there is no such key; did you mean “weight”?"),
        (shares(host_capacity=core(10**400)), "host_capacity: "), ([], "inputs: [] stands there"),
        (shares(host_capacity=core(math.inf)), "host_capacity: inf core stands there"),
        (shares(vms=[vm(reservation=core(3)), vm(reservation=core(2))]),
         "the reservations (5) exceed the capacity (4)"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_with_its_place(inputs: Any, message: str) -> None:
    with pytest.raises(BlackboardError) as refused:
        solve("cpu.weighted_maxmin", inputs)
    assert str(refused.value).startswith(message)


def test_a_share_is_no_count_and_a_text_is_one_of_its_codes() -> None:
    with pytest.raises(BlackboardError, match=r"users: 5 % stands there; allowed: a quantity in count"):
        solve("timeshare.cycle", {"users": {"value": 5, "unit": "%"}, "quantum": 1, "swap": 0})
    disk = {"size": {"value": 1, "unit": "GB"}, "rate": {"value": 1, "unit": "MB/s"}, "mode": "sideways",
            "write_rate": {"value": 0, "unit": "B/s"}}  # fmt: skip
    with pytest.raises(BlackboardError, match="mode: 'sideways' stands there; allowed: mirror, iterative"):
        solve("storage.online_migration", disk)
    assert solve("storage.online_migration", disk | {"mode": "mirror"})["rounds"]["value"] == 1


def test_unknown_models_are_told_with_the_closest_one() -> None:
    with pytest.raises(BlackboardError, match=r"no model “net\.maxmim”; did you mean “net\.maxmin”\?"):
        model("net.maxmim")


def test_messages_follow_the_language() -> None:
    dictionary.use("ja")
    with pytest.raises(BlackboardError, match="は 0 より大きくしてください"):
        solve("drs.priority", {"sigma": 0.1, "hosts": 0})


def test_one_bad_case_spoils_no_other() -> None:
    inputs = {"users": 3, "quantum": {"value": 1, "unit": "s"}, "swap": {"value": 0, "unit": "s"}}
    good = {"id": "good", "model": "timeshare.cycle", "inputs": inputs}
    told = solve_cases([good, {"id": "bad", "model": "timeshare.cycle"}, 7, {"id": 5}, good | {"model": []}, good])
    assert [one["id"] for one in told] == ["good", "bad", "2", 5, "good", "good"]
    assert [told[at]["error"] for at in (3, 4)] == ["there is no model “”", "there is no model “[]”"]
    assert [("outputs" in one, "error" in one) for one in told] == [
        (True, False), (False, True), (False, True), (False, True), (False, True), (True, False),
    ]  # fmt: skip
    assert told[0] == told[-1]
    assert told[0]["outputs"]["worst_wait"] == {"value": 2.0, "unit": "s"}


def test_nothing_has_no_sign() -> None:
    inputs = {"ram": {"value": 8, "unit": "page"}, "rate": {"value": 4, "unit": "page/s"},
              "write_rate": {"value": 0, "unit": "1/s"}, "wws": {"value": 4, "unit": "page"},
              "downtime_target": {"value": 0.3, "unit": "s"}, "max_rounds": 9}  # fmt: skip
    assert str(solve("mig.precopy_random_writes", inputs)["downtime"]["value"]) == "0.0"
    assert str(in_unit(-0.0, "ms")) == "0.0"


# every model --------------------------------------------------------------------------------------------------------


def places(given: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(given, dict) and set(given) != {"value", "unit"}:
        return [place for key, one in given.items() for place in places(one, (*path, key))]
    if isinstance(given, list):
        return [path, *(place for number, one in enumerate(given) for place in places(one, (*path, number)))]
    return [path]


def replaced(given: Any, path: tuple[Any, ...], new: Any) -> Any:
    made = copy.deepcopy(given)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = {"value": new, "unit": at[path[-1]]["unit"]} if isinstance(at[path[-1]], dict) else new
    return made


def numbers(given: Any) -> list[float]:
    if isinstance(given, dict):
        return [number for one in given.values() for number in numbers(one)]
    if isinstance(given, list):
        return [number for one in given for number in numbers(one)]
    return [given] if isinstance(given, (int, float)) else []


@pytest.mark.parametrize("new", [0, 1e-9, 1, 0.5, 1e12, -1, None, "x", True, []])
def test_whatever_stands_there_there_is_an_answer_or_a_reason(new: Any) -> None:
    """One value after another is replaced; negative results are only differences."""
    differences = ("saving", "power_saved", "energy_saved", "cost_saved", "co2_saved", "saved_share", "error")
    seen: set[str] = set()
    for case in cases():
        if case["model"] in seen:
            continue
        seen.add(case["model"])
        for path in places(case["inputs"]):
            inputs = replaced(case["inputs"], path, new)
            (answer,) = solve_cases([{"id": "x", "model": case["model"], "inputs": inputs}])
            if "error" in answer:
                assert answer["error"]
                assert "program itself" not in answer["error"], (case["model"], path)
                continue
            for key, value in answer["outputs"].items():
                for number in numbers(value):
                    assert math.isfinite(number)
                    assert number >= 0 or key.startswith(differences), (case["model"], path, key)
            json.dumps(answer, allow_nan=False)


def test_there_are_all_models_and_every_key_has_a_meaning() -> None:
    known = catalogue()
    assert len(known) == 111
    silent = [
        (key, item.path)
        for key, one in known.items()
        for item in (*items(one.inputs), *items(one.outputs))
        if not meaning(key, item.path)
    ]
    assert silent == []
    assert all(one.title and one.formula and one.key == key for key, one in known.items())
    assert all(shape(one.outputs).parts for one in known.values())


# what people type ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "pairs", "inputs"),
    [
        ("net.ospf_cost", {"reference": "100 Gbps", "links": "10 Mbit/s, 1,000 Mbit/s"},
         {"reference": 1e11, "links": [1e7, 1e9]}),
        ("net.ospf_cost", {"reference": "1G", "links": ""}, {"reference": 1e9, "links": []}),
        ("power.co2", {"energy": "2 MWh", "co2_factors": "423 g/kWh,0.5 kg/kWh"},
         {"energy": 2000, "co2_factors": [0.423, 0.5]}),
        ("consolidate.two_resources", {"host.cpu": "16 cores", "host.mem": "64g",
                                       "vms": '[{"cpu": "2 core", "mem": {"value": 4, "unit": "B"}}]'},
         {"host": {"cpu": 16, "mem": 64 * 2**30}, "vms": [{"cpu": 2, "mem": 4}]}),
        ("net.maxmin", {"links": '{"a": "1 Gbit/s"}', "flows": '[{"path": ["a"], "weight": 2, "cap": null}]'},
         {"links": {"a": 1e9}, "flows": [{"path": ["a"], "weight": 2}]}),
        ("net.maxmin", {"links.a": "1 Gbit/s", "links.b": "2g", "flows": "[]"},
         {"links": {"a": 1e9, "b": 2e9}, "flows": []}),
        ("net.stp", {"bridge_ids.sw1": "7", "links": "[]"}, {"bridge_ids": {"sw1": 7}, "links": []}),
        ("thin.network_loss", {"link_up": "no"}, {"link_up": False}),
        ("mig.random_fixed_point", {"rate": "28672 page/s", "write_rate": "40000/s", "wws": "256 MiB"},
         {"rate": 28672, "write_rate": 40000, "wws": 65536}),
    ],
)  # fmt: skip
def test_typed_inputs(key: str, pairs: dict[str, str], inputs: dict[str, Any]) -> None:
    asked = model(key)
    assert read(asked, entered(asked, pairs.items())) == inputs


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        ([("users", "many")], "users: 'many' stands there; allowed: a quantity in count"),
        ([("users", "4 s")], "users: '4 s' stands there"),
        ([("users", "4"), ("users", "5")], "users is given twice"),
        ([("users", "4"), ("users.all", "5")], "users is given twice"),
        ([("user", "4")], "user: there is no such key; did you mean “users”?"),
        ([("users", "4"), ("quantum", "3")], "quantum: 3"),
    ],
)
def test_typed_inputs_that_do_not_fit(pairs: list[tuple[str, str]], message: str) -> None:
    asked = model("timeshare.cycle")
    with pytest.raises(BlackboardError) as refused:
        read(asked, entered(asked, pairs))
    assert str(refused.value).startswith(message)
