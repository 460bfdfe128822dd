import subprocess
import sys

import mapgen


def test_the_promise_is_sorted_short_and_kept() -> None:
    assert list(mapgen.__all__) == sorted(mapgen.__all__)
    assert 8 <= len(mapgen.__all__) <= 18
    for name in mapgen.__all__:
        assert getattr(mapgen, name).__name__ == name


def test_importing_loads_nothing_heavy() -> None:
    heavy = ("pandas", "folium", "numpy", "shapely", "sqlite3")
    code = f"import mapgen, sys; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    try:
        mapgen.nothing  # noqa: B018
    except AttributeError as error:
        assert "nothing" in str(error)
    else:
        raise AssertionError("no AttributeError")
