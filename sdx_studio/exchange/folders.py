"""Many files at once: a folder, or a tar archive of one, as names and bytes; nothing is unpacked onto the disk."""

import tarfile
from pathlib import Path

from sdx_studio.exchange.formats import LARGEST, FileError
from sdx_studio.words import _

MOST = 16 * LARGEST
"""Bytes of all files together."""
MANY = 50_000
_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")


def is_collection(path: Path) -> bool:
    """Whether `path` is a folder or an archive of files."""
    return path.is_dir() or (path.name.lower().endswith(_ARCHIVES) and path.is_file())


def gathered(path: Path) -> dict[str, bytes]:
    """Contents of all plain files in it by name, sorted; hidden ones are left out. Raises FileError."""
    try:
        found = _in_folder(path) if path.is_dir() else _in_archive(path)
    except (OSError, tarfile.TarError, EOFError) as reason:
        raise FileError(path, 0, 0, "", _("cannot be read: {reason}", reason=str(reason))) from reason
    if not found:
        raise FileError(path, 0, 0, "", _("there are no files in it"))
    return dict(sorted(found.items()))


def _in_folder(path: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    held = 0
    for one in sorted(path.rglob("*")):
        name = one.relative_to(path).as_posix()
        if one.is_file() and not _hidden(name):
            held = _counted(path, name, len(found), held, one.stat().st_size)
            found[name] = one.read_bytes()
    return found


def _in_archive(path: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    held = 0
    with tarfile.open(path) as archive:
        for member in archive:
            opened = archive.extractfile(member) if member.isfile() and not _hidden(member.name) else None
            if opened is not None:
                held = _counted(path, member.name, len(found), held, member.size)
                found[member.name] = opened.read(LARGEST)
    return found


def _hidden(name: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in name.split("/"))


def _counted(path: Path, name: str, count: int, held: int, size: int) -> int:
    """Bytes with one more file; refuses what is too much."""
    if size > LARGEST or held + size > MOST or count >= MANY:
        raise FileError(path, 0, 0, name, _("this is more than can be opened at once"))
    return held + size
