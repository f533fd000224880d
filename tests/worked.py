"""The tool that compares answers with expected ones, and its cases, when they lie beside the project."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def tool() -> ModuleType:
    path = SHARED / "tools" / "run_cases.py"
    if not path.exists():
        pytest.skip("no tool that compares cases beside the project")
    spec = importlib.util.spec_from_file_location("run_cases", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def cases() -> list[dict[str, Any]]:
    path = SHARED / "checks.json"
    if not path.exists():
        pytest.skip("no cases beside the project")
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found
