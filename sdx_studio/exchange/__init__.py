"""Files: the native format and one module for each foreign one, found by walking this package.

A module here that has a `FORMAT` is a format; it turns bytes into a document and back, nothing else. May import the
document and the kinds. May not enter: Qt, the running world, windows, anything that changes a file by opening it.
"""

import functools
import importlib
import pkgutil
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from sdx_studio.document import Document
from sdx_studio.exchange.folders import gathered, is_collection
from sdx_studio.exchange.formats import STEM, FileError, Format, Opened, Option, Options
from sdx_studio.exchange.native import contents, read_project, save, write_project
from sdx_studio.words import _

__all__ = [
    "FileError", "Format", "Opened", "Option", "Options", "formats", "load", "read_project", "store", "write_project",
]  # fmt: skip
_HEAD = 4096


@functools.lru_cache(maxsize=1)
def formats() -> Mapping[str, Format]:
    """All formats by key, sorted."""
    found = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    known: list[Format] = [module.FORMAT for module in found if hasattr(module, "FORMAT")]
    return {one.key: one for one in sorted(known, key=lambda one: one.key)}


def load(path: Path | str, format: str | None = None, options: Options | None = None) -> Opened:
    """Open a file of any known format, by `format`, by name or by content; the file is only read. Raises FileError.

    A folder, or a tar archive of one, is opened by a format that takes many files at once.
    """
    if is_collection(Path(path)):
        return _load_all(Path(path), format, options or {})
    data = contents(Path(path))
    chosen = _named(format, str(path)) if format is not None else _recognised(Path(path), data)
    if chosen.read is None:
        problem = _("{label} needs a folder") if chosen.gather is not None else _("{label} can only be written")
        raise FileError(path, 0, 0, "", problem.format(label=_(chosen.label)) + _readable())
    _known_options(chosen, options or {}, str(path))
    return chosen.read(data, str(path), options or {})


def _load_all(path: Path, format: str | None, options: Options) -> Opened:
    files = gathered(path)
    if format is not None:
        chosen: Format | None = _named(format, str(path))
    else:
        chosen = next((one for one in formats().values() if one.sniff_all is not None and one.sniff_all(files)), None)
    if chosen is None or chosen.gather is None:
        keys = ", ".join(one.key for one in formats().values() if one.gather is not None)
        raise FileError(path, 0, 0, "", _("this is a folder; formats for folders are {all}", all=keys))
    _known_options(chosen, options, str(path))
    return chosen.gather(files, str(path), options)


def store(document: Document, path: Path | str, format: str | None = None, options: Options | None = None) -> None:
    """Write a document in any format that can be written, by `format` or by name. Raises FileError."""
    writable = [one for one in formats().values() if one.writes]
    if format is not None:
        chosen: Format | None = _named(format, str(path))
    else:
        chosen = next((one for one in writable if Path(path).suffix.lower() in one.suffixes), None)
    if chosen is None or chosen.write is None:
        endings = ", ".join(suffix for one in writable for suffix in one.suffixes)
        what = Path(path).suffix or _("a name without ending") if chosen is None else _(chosen.label)
        message = _("{what} cannot be written; possible are {endings}", what=what, endings=endings)
        raise FileError(path, 0, 0, "", message)
    _known_options(chosen, options or {}, str(path))
    try:
        data = chosen.write(document, {**(options or {}), STEM: Path(path).stem})
    except FileError as reason:
        raise FileError(path, reason.line, reason.column, reason.where, reason.message) from None
    save(Path(path), data)


def _named(key: str, path: str) -> Format:
    known = formats()
    if key in known:
        return known[key]
    close = get_close_matches(key, known, 1)
    hint = _("; did you mean “{word}”?", word=close[0]) if close else ""
    message = _("there is no format “{key}”{hint} (known: {all})", key=key, hint=hint, all=", ".join(known))
    raise FileError(path, 0, 0, "", message)


def _recognised(path: Path, data: bytes) -> Format:
    """The format whose content it is, preferring among several (and without any) the one that the name says."""
    suffix, head = path.suffix.lower(), data[:_HEAD]
    by_name = [one for one in formats().values() if suffix in one.suffixes]
    by_content = [one for one in formats().values() if one.sniff(head)]
    for one in (*[one for one in by_name if one in by_content], *by_content, *by_name):
        return one
    raise FileError(path, 0, 0, "", _("of no known format") + _readable())


def _readable() -> str:
    known = [f"{one.key} ({', '.join(one.suffixes)})" for one in formats().values() if one.reads]
    return _("; readable are {all}", all=", ".join(known))


def _known_options(chosen: Format, options: Options, path: str) -> None:
    known = {one.key for one in chosen.options}
    for key in options:
        if key not in known:
            allowed = ", ".join(sorted(known)) or _("none")
            message = _("{label} has no option “{key}”; allowed: {allowed}", label=_(chosen.label), key=key,
                        allowed=allowed)  # fmt: skip
            raise FileError(path, 0, 0, "", message)
