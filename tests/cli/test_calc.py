"""`calc`: formulas from the command line, and files of cases."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from worked import cases, tool

Say = Callable[..., Any]

OWN = [
    # id, model, inputs, what must be in the outputs
    ("full at exactly 1", "storage.mm1", {"service": "100 ms", "arrival": "10 1/s"},
     {"saturated": True, "utilisation": 1.0, "queue_growth": 0.0}),
    ("one of each", "net.ecmp", {"flows": 1, "paths": 1}, {"p_no_collision": 1.0, "expected_paths_used": 1.0}),
    ("empty in, empty out", "cpu.weighted_maxmin", {"host_capacity": "4 core", "vms": []}, {"granted": []}),
    ("more paths asked than there are", "net.k_shortest",
     {"links": [{"a": "s", "b": "t"}], "source": "s", "target": "t", "k": 9}, {"paths": [["s", "t"]], "hops": [1]}),
    ("no way", "net.k_shortest", {"links": [], "source": "s", "target": "t", "k": 2}, {"paths": [], "hops": []}),
    ("no growth, never full", "storage.thin",
     {"pool": "1 GiB", "provisioned": ["2 GiB"], "written": ["0.5 GiB"], "growth": "0 B/s"}, {"overcommit": 2.0}),
    ("does not fit", "maintenance.n_plus_1", {"hosts": 2, "capacity": "1 GiB", "used": "2 GiB"},
     {"fits_total": False, "left": 1.0}),
    ("exactly fits", "consolidate.ffd", {"vm_cpu": ["10 %"] * 10, "host_limit": "100 %"},
     {"ffd": 1, "bfd": 1, "l1": 1, "optimal": 1, "hosts_saved": 9}),
    ("nothing helps", "drs.best_move", {"hosts": [{"vms": [0.5]}, {"vms": [0.5]}]}, {"sigma_before": 0.0}),
    ("nobody dirties", "mig.precopy_linear",
     {"ram": "0 B", "rate": "1 B/s", "dirty_rate": "0 B/s", "wws": "0 B", "downtime_target": None, "max_rounds": 3,
      "max_factor": None, "min_remaining": "0 B"},
     {"rounds": 1, "total": 0.0, "stop": "min_remaining", "converged": True}),
    ("joined before the preempted", "timeshare.round_robin",
     {"quantum": "1 s", "swap": "0 s",
      "jobs": [{"arrival": "0 s", "service": "2 s"}, {"arrival": "1 s", "service": "1 s"}]},
     {"turnaround": [3.0, 1.0], "mean": 2.0}),
    ("up", "thin.network_loss", {"link_up": True}, {"vdi": "works", "sbc": "works"}),
    ("poor beyond 150 ms", "thin.keystroke",
     {"rtt": "150 ms", "server": "0 s", "render": "0 s", "loss": 0, "rto": "0 s"}, {"band": "usable"}),
]  # fmt: skip
LEFT_OUT = {"full at exactly 1": "response", "no growth, never full": "time_to_full", "does not fit": "headroom",
            "nothing helps": "from_host"}  # fmt: skip


def quantities(given: Any) -> Any:
    if isinstance(given, dict):
        return {key: quantities(one) for key, one in given.items()}
    if isinstance(given, list):
        return [quantities(one) for one in given]
    value, _, unit = given.partition(" ") if isinstance(given, str) else ("", "", "")
    return {"value": float(value), "unit": unit} if unit else given


def plain(given: Any) -> Any:
    if isinstance(given, dict):
        return given["value"] if set(given) == {"value", "unit"} else {key: plain(one) for key, one in given.items()}
    return [plain(one) for one in given] if isinstance(given, list) else given


def test_own_cases(say: Say, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    asked = [{"id": id, "model": key, "inputs": quantities(inputs)} for id, key, inputs, _ in OWN]
    path.write_text(json.dumps(asked), encoding="utf-8")
    said = say("calc", "--cases", path)
    assert said.code == 0
    told = {one["id"]: one for one in json.loads(said.out)}
    assert list(told) == [id for id, *_ in OWN]
    for id, _key, _inputs, expected in OWN:
        outputs = plain(told[id].get("outputs", told[id]))
        assert {key: outputs.get(key) for key in expected} == expected, id
        assert LEFT_OUT.get(id) not in outputs


def test_all_cases_beside_the_project() -> None:
    compare, known = tool(), cases()
    command = [sys.executable, "-m", "sdx_studio", "calc", "--cases", "FILE"]
    got, problems = compare.ask(command, known, 120)
    assert problems == []
    judged = {one["id"]: compare.judge(one, got.get(one["id"])) for one in known}
    assert {id: wrong for id, wrong in judged.items() if wrong} == {}
    assert len(known) == 170


def test_one_model(say: Say) -> None:
    said = say("calc", "mig.precopy_linear", "ram=4 GiB", "rate=112 MiB/s", "dirty_rate=20 MiB/s", "wws=4 GiB",
               "downtime_target=300 ms", "max_rounds=29", "max_factor=3")  # fmt: skip
    assert said.code == 0
    for line in ("Live migration by pre-copy (mig.precopy_linear)", "  ram              4 GiB      Memory of the VM",
                 "  total            44.4765 s        Time in all", "  converged        yes"):  # fmt: skip
        assert line in said.out
    told = say("calc", "net.ospf_cost", "reference=100 Gbit/s", "links=10 Mbit/s, 40 Gbit/s", "--json")
    assert json.loads(told.out) == {"costs": [10000, 2]}


def test_japanese(say: Say) -> None:
    said = say("--lang", "ja", "calc", "timeshare.efficiency", "quantum=200 ms", "swap=50 ms")
    assert "タイムスライス" in said.out
    assert "0.8" in said.out


def test_lists_and_explanations(say: Say) -> None:
    said = say("calc")
    assert len(said.out.splitlines()) == 111
    assert "net.maxmin " in said.out
    rows = json.loads(say("calc", "--json").out)
    assert len(rows) == 111
    assert {"key", "title", "formula", "inputs", "outputs"} <= rows[0].keys()
    told = say("calc", "net.ospf_cost")
    assert told.code == 0
    assert "reference  bit/s      Rate that costs 1" in told.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["net.maxmim"], "there is no model “net.maxmim”; did you mean “net.maxmin”?"),
        (["timeshare.cycle", "users=3"], "quantum is missing"),
        (["timeshare.cycle", "users"], "users is not of the form key=value"),
        (["timeshare.cycle", "--cases", "x"], "either a model or --cases"),
        (["--cases", "gone.json"], "gone.json: cannot be opened"),
        (["--cases", "BAD"], "line 2, column 1: this is no JSON"),
        (["--cases", "OBJECT"], "a list of cases must stand there"),
        (["--cases", "BYTES"], "byte 1: this is no UTF-8 text"),
    ],
)
def test_refusals(say: Say, tmp_path: Path, words: list[str], message: str) -> None:
    files = {"BAD": b"[\n}", "OBJECT": b"{}", "BYTES": b"[\xff]"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    said = say("calc", *[tmp_path / word if word in files else word for word in words])
    assert said.code == 2
    assert said.out == ""
    assert message in said.err
    assert len(said.err.splitlines()) == 1


def test_half_a_character_is_given_back_as_it_came(say: Say, tmp_path: Path) -> None:
    (tmp_path / "half.json").write_text(r'[{"id": "日本\ud800", "model": ["x"]}]', encoding="utf-8")
    said = say("calc", "--cases", tmp_path / "half.json")
    assert said.code == 0
    said.out.encode("utf-8")
    assert json.loads(said.out)[0]["id"] == "日本\ud800"


def test_neither_qt_nor_the_document_is_needed() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; from sdx_studio.__main__ import main;"
        "main(['calc', 'timeshare.cycle', 'users=3', 'quantum=1 s', 'swap=0 s'])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "worst_wait" in done.stdout
