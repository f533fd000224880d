"""Where a resource lies: in the checkout beside the package, in the wheel inside it."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def root() -> Path:
    """Folder that holds icons/, fonts/, themes/, locale/, samples/, lessons/ and help/."""
    inside = _HERE / "resources"
    return inside if inside.is_dir() else _HERE.parent / "resources"


def path(*parts: str) -> Path:
    """Path of one resource; raises FileNotFoundError when it is not there."""
    found = root().joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"resource {'/'.join(parts)} is missing from {root()}")
    return found


def listing(folder: str, suffix: str) -> list[Path]:
    """Resources of one folder that end in `suffix`, sorted by name."""
    return sorted(item for item in (root() / folder).iterdir() if item.name.endswith(suffix))
