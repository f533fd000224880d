"""The native format `.sdx`: one UTF-8 JSON file, one record a line, the same bytes for the same project.

May not enter: anything foreign, anything that is executed or resolved (paths, addresses, code) from a file.
"""

from pathlib import Path

from sdx_studio.document import Document
from sdx_studio.exchange.formats import LARGEST, FileError, Format, Opened, Options
from sdx_studio.exchange.native.reading import looks_native, parse
from sdx_studio.exchange.native.saving import save
from sdx_studio.exchange.native.writing import dump
from sdx_studio.words import _, mark

__all__ = ["FORMAT", "contents", "dump", "parse", "read_project", "save", "write_project"]


def contents(path: Path) -> bytes:
    """The bytes of a file that someone wants to open; raises FileError when it is none or too large."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST:
            raise FileError(path, 0, 0, "", _("larger than {limit} MiB, which no project is", limit=LARGEST // 2**20))
        return path.read_bytes()
    except OSError as reason:
        message = _("cannot be opened: {reason}", reason=reason.strerror or str(reason))
        raise FileError(path, 0, 0, "", message) from reason


def read_project(path: Path | str) -> Opened:
    """Open a project file; it is never changed by that. Raises FileError."""
    return parse(contents(Path(path)), str(path))


def write_project(document: Document, path: Path | str) -> None:
    """Save a project; at every moment the old or the new file is there, and the one before stays as `.bak`."""
    save(Path(path), dump(document))


def _read(data: bytes, name: str, _options: Options) -> Opened:
    return parse(data, name)


def _write(document: Document, _options: Options) -> bytes:
    return dump(document)


FORMAT = Format("sdx", mark("SDx Studio project"), (".sdx",), looks_native, _read, _write)
