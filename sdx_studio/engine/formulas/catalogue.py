"""The catalogue of models, found by walking `models/`, and what each key means in plain words."""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from sdx_studio.engine.formulas import models, words
from sdx_studio.engine.formulas.model import Model


@cache
def catalogue() -> Mapping[str, Model]:
    """All models by key, themes in the order of their names."""
    found: dict[str, Model] = {}
    for module in sorted(module.name for module in pkgutil.iter_modules(models.__path__)):
        for model in import_module(f"{models.__name__}.{module}").MODELS:
            found[model.key] = model
    return found


def meaning(model: str, path: str) -> str:
    """What the value at `path` of a model is, in English (marked): said for this model, this path, or this name."""
    leaf = path.replace("[]", "").rpartition(".")[2]
    known = words.MEANINGS
    return known.get(f"{model}.{path}") or known.get(path) or known.get(leaf, "")
