"""Resources lie where the rest of the studio looks for them."""

import pytest

from sdx_studio import assets


def test_folders_are_there() -> None:
    assert {"icons", "fonts", "themes", "locale", "samples"} <= {one.name for one in assets.root().iterdir()}


def test_a_path_leads_to_a_file() -> None:
    assert assets.path("themes", "light.json").is_file()


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"themes/pink\.json is missing"):
        assets.path("themes", "pink.json")


def test_listings_are_sorted_and_of_one_sort() -> None:
    found = assets.listing("samples", ".sdx")
    assert found
    assert found == sorted(found)
    assert {one.suffix for one in found} == {".sdx"}


def test_in_a_wheel_resources_lie_inside(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    inside = Path(str(tmp_path)) / "resources"
    inside.mkdir()
    monkeypatch.setattr(assets, "_HERE", Path(str(tmp_path)))
    assert assets.root() == inside
