"""Names with a point of the compass on either side."""

from __future__ import annotations

import pytest

from mapgen.gazetteer.compass import other_sides


@pytest.mark.parametrize(
    ("name", "turned"),
    [
        ("West Rukum", "Rukum West"),
        ("Rukum West", "West Rukum"),
        ("Rukum-Ouest", "Rukum West"),
        ("Western Rukum", "Rukum West"),
        ("Nord Kivu", "North Kivu"),
    ],
)
def test_the_point_of_the_compass_goes_to_the_other_side(name: str, turned: str) -> None:
    assert turned in set(other_sides(name))


@pytest.mark.parametrize("name", ["West", "Westhoek Rukum", "Rukum Oriental", ""])
def test_other_names_have_no_point_of_the_compass(name: str) -> None:
    assert list(other_sides(name)) == []
