"""What README and CONTRIBUTING promise is there: files, targets, commands, and the example works."""

import re

import pytest
from environments import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TEXTS = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\]\(([^)#]+)\)", TEXTS))))
def test_links_lead_somewhere(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`([a-z_]+/(?:[a-z_]+/)*(?:[a-z_]+\.py)?)`", TEXTS))))
def test_folders_and_files_exist(name: str) -> None:
    made_by_use = ("build/", "name.py", "tape.py", "group_name.py")
    if not any(word in name for word in made_by_use):
        assert any((folder / name).exists() for folder in (ROOT, ROOT / "sdx_studio", ROOT / "tests")), name


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)", TEXTS))))
def test_targets_exist(target: str) -> None:
    assert re.search(rf"^\.PHONY:.* {target}\b", MAKEFILE, re.MULTILINE)


def test_commands_exist() -> None:
    rows = re.findall(r"^\| (`[a-z]+[^|]*) \|", README[README.index("## Command line") :], re.MULTILINE)
    told = {word for row in rows for word in re.findall(r"`([a-z]+)[ `]", row)}
    assert {"run", "formats"} <= told
    assert [name for name in sorted(told) if not (ROOT / "sdx_studio" / "cli" / f"{name}.py").is_file()] == []


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    found = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert found is not None
    exec(compile(found[1], "README.md", "exec"), {})  # noqa: S102 - our own README
    downtime, utilisation = map(float, capsys.readouterr().out.split())
    assert 0 < downtime < 1
    assert 0 < utilisation < 1
