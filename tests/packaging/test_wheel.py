"""The wheel works away from the checkout and holds what it must, nothing else."""

import json
import os
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path, PurePosixPath

import pytest
from environments import ROOT, Installed, build, unpack

import sdx_studio

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the environment's folders are named as on Linux")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    return unpack(folder / "env", build(folder))


@pytest.fixture(scope="module")
def names(installed: Installed) -> list[str]:
    with zipfile.ZipFile(installed.wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def metadata(installed: Installed) -> Message:
    with zipfile.ZipFile(installed.wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(archive.read(name))


def test_resources_come_from_the_wheel(installed: Installed) -> None:
    code = "import sdx_studio, sdx_studio.assets as a; print(sdx_studio.__file__); print(a.root())"
    done = installed.run("-c", code)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        assert Path(line).is_relative_to(installed.packages.resolve())


def test_it_runs_a_sample(installed: Installed) -> None:
    sample = installed.packages / "sdx_studio" / "resources" / "samples" / "01-live-migration.sdx"
    done = installed.run("-m", "sdx_studio", "run", sample, "--until", "30 s", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["time"] == 30


@pytest.mark.parametrize("ending", ["png", "html"])
def test_it_draws_a_sample(installed: Installed, ending: str) -> None:
    sample = installed.packages / "sdx_studio" / "resources" / "samples" / "02-two-hosts.sdx"
    target = installed.folder / f"drawn.{ending}"
    done = installed.run("-m", "sdx_studio", "render", sample, "-o", target)
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 10_000


def test_the_command_is_declared(installed: Installed) -> None:
    entry = next(installed.packages.glob("sdx_studio-*.dist-info/entry_points.txt")).read_text(encoding="utf-8")
    assert "sdx-studio = sdx_studio.__main__:main" in entry


def test_every_resource_is_inside(names: list[str]) -> None:
    wanted = {f"sdx_studio/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "resources").rglob("*.*")}
    assert wanted - set(names) == set()


def test_nothing_superfluous_is_inside(names: list[str]) -> None:
    folders = {PurePosixPath(name).parts[0] for name in names}
    assert folders == {"sdx_studio", f"sdx_studio-{sdx_studio.__version__}.dist-info"}
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", ".rej", "~"))] == []
    assert len(names) == len(set(names))


def test_the_metadata_are_complete(metadata: Message) -> None:
    for key in ("Name", "Version", "Summary", "License-Expression", "Requires-Python", "Keywords", "Classifier"):
        assert metadata[key], key
    assert metadata["Version"] == sdx_studio.__version__
    assert metadata["License-Expression"] == "Apache-2.0 AND OFL-1.1"
    assert len(metadata.get_all("License-File", [])) == 3
    assert metadata.get_payload(decode=True).startswith(b"# SDx Studio")


def test_the_licences_are_inside(names: list[str]) -> None:
    licences = [name for name in names if ".dist-info/licenses/" in name]
    assert {PurePosixPath(name).name for name in licences} == {"LICENSE", "OFL-Inter.txt", "OFL-NotoSansJP.txt"}
