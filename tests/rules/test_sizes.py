"""No long modules, classes or functions, and no exemptions; ruff counts the paths (McCabe, at most 10)."""

import ast
import tomllib

from premises import ROOT, SOURCE, TESTS, called, modules, trees

MODULE, CLASS, FUNCTION = 300, 200, 30
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_modules() -> None:
    sizes = {called(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(SOURCE, TESTS)}
    assert {path: size for path, size in sizes.items() if size > MODULE} == {}


def test_classes() -> None:
    long = {
        f"{path}: {node.name}": node.end_lineno - node.lineno + 1
        for path, tree in trees(SOURCE)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.end_lineno is not None and node.end_lineno - node.lineno >= CLASS
    }
    assert long == {}


def statements(function: ast.AST) -> int:
    """Statements inside a function, its docstring left out."""
    count = sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1
    return count - (isinstance(function, FUNCTIONS) and ast.get_docstring(function) is not None)


def test_functions() -> None:
    long = {
        f"{path}: {node.name}": statements(node)
        for path, tree in trees(SOURCE)
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS) and statements(node) > FUNCTION
    }
    assert long == {}


def test_the_configured_caps_are_these() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert lint["mccabe"]["max-complexity"] == 10
    assert lint["pylint"]["max-statements"] == FUNCTION
    assert {"C90", "PLR0915"} <= set(lint["select"])


def test_no_exemptions_from_the_caps() -> None:
    exempt = [
        f"{called(path)}:{number}"
        for path in modules(SOURCE)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if "noqa" in line and any(code in line for code in ("C901", "PLR0915"))
    ]
    assert exempt == []
