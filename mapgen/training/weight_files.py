"""Writes learned weights as JSON beside the code that reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from mapgen.files import write_aside
from mapgen.resolution.arrays import Array

__all__ = ["named_weights", "write_weights"]


def named_weights(names: Sequence[str], values: Array) -> dict[str, float]:
    """Return the weights that are not zero by the names of their features, in the order of `names`."""
    return {name: float(value) for name, value in zip(names, values, strict=True) if value}


def write_weights(package: str, name: str, weights: Mapping[str, Any]) -> None:
    """Write the file `name` of a package of mapgen.

    Raises:
        OutputError: it cannot be written.
    """
    target = Path(str(resources.files(package).joinpath(name)))
    write_aside(target, json.dumps(weights, indent=1) + "\n")
