"""Saving: the old file or the new one, never anything else; and nothing is left behind."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest
import samples

from sdx_studio.exchange import FileError, read_project, write_project
from sdx_studio.exchange.native import dump, parse, saving

OLD = b"the old contents"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "lab.sdx"
    path.write_bytes(OLD)
    return path


def full(*_args: object, **_named: object) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["write", "fsync", "fstat", "replace"])
def test_a_full_disk_leaves_the_old_file(target: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, step, full)
        with pytest.raises(FileError, match="cannot be saved: No space left"):
            saving.save(target, b"new")
    assert target.read_bytes() == OLD
    assert [path.name for path in target.parent.iterdir()] == ["lab.sdx"]


def test_a_write_that_comes_out_short_is_noticed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", lambda _handle, data: len(data))
        with pytest.raises(FileError, match="shorter"):
            saving.save(target, b"new")
    assert target.read_bytes() == OLD
    assert [path.name for path in target.parent.iterdir()] == ["lab.sdx"]


def test_a_system_without_hard_links_still_keeps_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", full)
    saving.save(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.with_name("lab.sdx.bak").read_bytes() == OLD


def test_a_folder_that_cannot_be_synchronised_is_no_failure(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def no_folders(path: object, *more: Any) -> Any:
        return full() if path == target.parent else real(path, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", no_folders)
    saving.save(target, b"new")
    assert target.read_bytes() == b"new"


def test_interruption_leaves_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            saving.save(target, b"new")
    assert target.read_bytes() == OLD
    assert [path.name for path in target.parent.iterdir()] == ["lab.sdx"]


def test_the_one_before_is_kept(target: Path) -> None:
    saving.save(target, b"first")
    saving.save(target, b"second")
    assert target.read_bytes() == b"second"
    assert target.with_name("lab.sdx.bak").read_bytes() == b"first"
    assert sorted(path.name for path in target.parent.iterdir()) == ["lab.sdx", "lab.sdx.bak"]


def test_permissions_stay_and_new_files_follow_the_mask(target: Path) -> None:
    target.chmod(0o640)
    saving.save(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        saving.save(target.with_name("fresh.sdx"), b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.with_name("fresh.sdx").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_one(target: Path) -> None:
    link = target.with_name("link.sdx")
    link.symlink_to(target)
    saving.save(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_folders_and_missing_folders_are_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="folder"):
        saving.save(tmp_path, b"new")
    with pytest.raises(FileError, match="cannot be saved: No such file"):
        saving.save(tmp_path / "nowhere" / "a.sdx", b"new")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_told(target: Path) -> None:
    target.parent.chmod(0o500)
    try:
        with pytest.raises(FileError, match="cannot be saved: Permission denied"):
            saving.save(target, b"new")
        assert target.read_bytes() == OLD
    finally:
        target.parent.chmod(0o700)


def test_a_refused_temporary_file_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_named: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(saving.tempfile, "mkstemp", refused)
    with pytest.raises(FileError, match="cannot be saved: Permission denied"):
        saving.save(target, b"new")
    assert target.read_bytes() == OLD


def test_long_names_and_spaces(tmp_path: Path) -> None:
    path = tmp_path / ("名前 " + "x" * 200 + ".sdx")
    saving.save(path, b"new")
    assert path.read_bytes() == b"new"


def test_opening_never_changes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "lab.sdx"
    write_project(parse(samples.data(), "a").document, path)
    before = path.stat()
    opened = read_project(path)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert dump(opened.document) == path.read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["lab.sdx"]
