"""Putting bytes into a file so that at every moment either the old or the new contents are there, whole."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from sdx_studio.exchange.formats import FileError
from sdx_studio.words import _


def save(path: Path, data: bytes, keep: bool = True) -> None:
    """Replace the file at `path` by `data`; the previous contents stay as `path` + ".bak" when `keep`.

    A symbolic link stays one: its target is replaced. Raises FileError; the old file is then as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, _("this is a folder"))
        _replace(target, data, keep)
    except OSError as reason:
        message = _("cannot be saved: {reason}", reason=reason.strerror or str(reason))
        raise FileError(path, 0, 0, "", message) from reason


def _replace(target: Path, data: bytes, keep: bool) -> None:
    handle, made = tempfile.mkstemp(prefix=f".{target.name[:64]}.", suffix=".tmp", dir=target.parent)
    beside = Path(made)
    try:
        _fill(handle, data)
        _permissions(target, beside)
        if keep and target.exists():
            _back_up(target)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _fill(handle: int, data: bytes) -> None:
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
        if os.fstat(handle).st_size != len(data):
            raise OSError(errno.EIO, _("the file came out shorter than it was written"))
    finally:
        os.close(handle)


def _permissions(target: Path, beside: Path) -> None:
    if target.exists():
        mode = target.stat().st_mode & 0o7777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    beside.chmod(mode)


def _back_up(target: Path) -> None:
    """Give the old contents a second name; where links are not possible, copy them."""
    backup = target.with_name(target.name + ".bak")
    spare = target.with_name(target.name + ".bak.tmp")
    spare.unlink(missing_ok=True)
    try:
        try:
            os.link(target, spare)
        except OSError:
            spare.write_bytes(target.read_bytes())
        spare.replace(backup)
    finally:
        spare.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name last; file systems that cannot do so have no other way either."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
