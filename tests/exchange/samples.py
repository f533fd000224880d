"""Documents and texts that several tests of the files share."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


def tree(**changes: Any) -> dict[str, Any]:
    """A small valid project as a plain dict, some members exchanged (`elements.0.fields.cores=3`)."""
    made: dict[str, Any] = {
        "format": "sdx-project",
        "version": 1,
        "title": "Lab",
        "elements": [
            {"id": "e1", "kind": "host", "name": "esx1", "x": 10, "fields": {"cores": 8, "memory": 68719476736}},
            {"id": "e2", "kind": "hypervisor", "name": "hv", "parent": "e1"},
            {"id": "e3", "kind": "vm", "name": "web", "parent": "e2", "fields": {"vcpus": 2}},
            {"id": "e4", "kind": "switch", "name": "sw"},
            {"id": "e5", "kind": "flow", "name": "f", "fields": {"source": "e3", "target": "e1"}},
        ],
        "links": [{"id": "l1", "a": "e1", "b": "e4", "fields": {"bandwidth": 1000000000}}],
        "scenario": [{"id": "s1", "at": 5, "verb": "fail", "target": "e1"}],
    }
    for path, value in changes.items():
        _put(made, [int(part) if part.isdigit() else part for part in path.split("__")], value)
    return made


def _put(made: Any, steps: list[Any], value: Any) -> None:
    for step in steps[:-1]:
        made = made[step]
    made[steps[-1]] = value


def data(**changes: Any) -> bytes:
    """The same as the bytes of a file, one member a line."""
    return json.dumps(tree(**changes), indent=1).encode()
