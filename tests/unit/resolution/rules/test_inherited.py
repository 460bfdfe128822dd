from dataclasses import replace
from typing import Any

import pytest
from rule_samples import known, place, put

from mapgen.corrections import Ruling
from mapgen.geodesy import distance_km
from mapgen.model import Division, Kind, Place, Toponym
from mapgen.resolution.rules.inherited import INHERITED_PROBABILITY

TEXT = "Karsado burned."
REGION = Division(id="region", name="Oromido")
SOMEWHERE = replace(place("Karsado", Kind.DISTRICT, 9.0, 40.0, "ET"), radius_km=180.0, admin=(REGION,))


def placed(found: Place, probability: float = 0.95) -> Toponym:
    (toponym,) = put(TEXT, known(TEXT, found, name="Karsado", probability=probability))
    return toponym


def test_a_division_at_the_point_of_the_one_above_is_an_estimate_with_its_radius() -> None:
    resolution = placed(SOMEWHERE).resolution
    assert resolution is not None
    assert (resolution.place, resolution.radius_km) == (SOMEWHERE, 180.0)
    assert resolution.probability == INHERITED_PROBABILITY
    assert resolution.reasons[-1] == (
        "placed in the middle of Oromido: where in it is not known; radius of doubt: 180 km"
    )


def test_a_low_probability_stays() -> None:
    resolution = placed(SOMEWHERE, 0.4).resolution
    assert resolution is not None
    assert resolution.probability == 0.4


def test_a_place_with_a_point_of_its_own_stays_as_it_is() -> None:
    resolution = placed(replace(SOMEWHERE, radius_km=None)).resolution
    assert resolution is not None
    assert (resolution.radius_km, resolution.probability) == (None, 0.95)


ABOVE = replace(place("Karsado", Kind.DISTRICT, 45.3, 2.0, "FR"), id="gn:1", radius_km=120.0, admin=(REGION,))
"""A division at the point of a region in whose south the towns around it lie."""
AROUND = [place(name, Kind.CITY, 45.0 + step / 10, 2.0, "FR", 3_000) for step, name in enumerate(("Abc", "Bcd", "Cde"))]


def among_towns(district: Place, **more: Any) -> Toponym:
    text = "From Abc to Bcd and Cde, and at Karsado, all is dark."
    toponyms = [*(known(text, town) for town in AROUND), known(text, district, name="Karsado")]
    return put(text, *toponyms, main_country="FR", **more)[3]


def test_the_places_around_tell_in_which_part_it_lies() -> None:
    toponym = among_towns(ABOVE)
    assert toponym.place is not None
    assert toponym.resolution is not None
    assert toponym.place.id == ABOVE.id
    assert distance_km(toponym.place.lat, toponym.place.lon, 45.1, 2.0) < 15
    assert toponym.resolution.radius_km == toponym.place.radius_km
    assert toponym.resolution.probability == INHERITED_PROBABILITY
    assert "which the text names around it" in toponym.resolution.reasons[-1]


@pytest.mark.parametrize(("north", "radius_km"), [(10.0, 120.0), (0.0, 20.0)])
def test_places_outside_the_division_above_or_too_few_for_it_tell_nothing(north: float, radius_km: float) -> None:
    district = replace(ABOVE, lat=ABOVE.lat + north, radius_km=radius_km)
    toponym = among_towns(district)
    assert toponym.place == district
    assert toponym.resolution is not None
    assert "where in it is not known" in toponym.resolution.reasons[-1]


def test_the_place_of_a_ruling_is_not_moved() -> None:
    assert among_towns(ABOVE, rulings={3: Ruling(place=ABOVE, reason="decided")}).place == ABOVE
