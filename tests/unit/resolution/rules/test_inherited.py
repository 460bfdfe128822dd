from dataclasses import replace

from rule_samples import known, place, put

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
