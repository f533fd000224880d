"""Nothing but the catalogue names a kind, and every kind has what it needs elsewhere."""

import ast
from collections.abc import Iterator

import pytest
from premises import ROOT, SOURCE, trees

from sdx_studio.kinds import catalogue
from sdx_studio.kinds.fields import Field

KEYS = frozenset(catalogue())
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def strings(tree: ast.Module) -> Iterator[ast.Constant]:
    """String constants that are no docstrings (nor texts that stand alone under an attribute)."""
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node


def _called(node: ast.expr) -> str:
    return str(getattr(node, "attr", getattr(node, "id", "")))


def other_words() -> frozenset[str]:
    """Shapes, traits and fields that the catalogue itself calls by a word that is a kind's key as well."""
    kinds = catalogue().values()
    return frozenset(word for one in kinds for word in (one.shape, *one.traits, *one.by_key))


def test_kinds_are_named_in_the_catalogue_only() -> None:
    other = other_words()
    named = [
        f"{path}:{node.lineno}: {node.value!r}"
        for path, tree in trees(SOURCE)
        if not path.startswith("sdx_studio/kinds/")
        for node in strings(tree)
        if str(node.value).partition(":")[0] in KEYS and node.value not in other
    ]
    assert named == []


def test_no_kind_is_compared_with_a_key() -> None:
    """Not even with a key that is a word for something else too."""
    compared = [
        f"{path}:{node.lineno}"
        for path, tree in trees(SOURCE)
        if not path.startswith("sdx_studio/kinds/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(_called(side) in ("kind", "key") for side in (node.left, *node.comparators))
        and any(isinstance(one, ast.Constant) and one.value in KEYS for one in ast.walk(node))
    ]
    assert compared == []


@pytest.mark.parametrize("size", [16, 24, 48])
@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_kind_has_its_icons(key: str, size: int) -> None:
    icon = ROOT / "resources" / "icons" / f"{key}-{size}.svg"
    assert icon.is_file()
    assert icon.read_text(encoding="utf-8").lstrip().startswith(("<svg", "<?xml"))


@pytest.mark.parametrize("key", sorted(KEYS))
def test_every_kind_is_whole(key: str) -> None:
    one = catalogue()[key]
    assert one.key == key
    assert one.label
    assert one.help
    assert one.needs
    assert len(one.by_key) == len(one.fields)
    offered = {trait for other in catalogue().values() for trait in other.offers} | {"ground"}
    assert set(one.needs) <= offered
    for field in one.fields:
        assert field.type in {
            "number", "integer", "text", "choice", "flag", "reference", "references", "tags", "series",
        }  # fmt: skip
        _default_fits(field)
    assert set(one.subtitle) <= one.by_key.keys()


def _default_fits(field: Field) -> None:
    if field.default is not None or not (field.optional or field.type == "reference"):
        assert field.read(field.default) == field.default


@pytest.mark.parametrize(
    "name",
    ["graphml:node", "demand", "libvirt:connection", "libvirt:hypervisor", "libvirt:domain", "libvirt:network",
     "libvirt:vlan", "libvirt:pool", "libvirt:pool-device", "libvirt:volume", "plain:place"],
)  # fmt: skip
def test_foreign_things_have_exactly_one_kind(name: str) -> None:
    assert sum(name in one.stands_for for one in catalogue().values()) == 1
