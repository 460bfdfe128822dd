from __future__ import annotations

import pytest

from mapgen.model import Division, Document, Kind, ParsedDocument, Place, Resolution, Sense, Toponym
from mapgen.rendering.sentence import sentence

ALEPPO, HAMA = Division(id="d:1", name="Aleppo Governorate"), Division(id="d:2", name="Hama Governorate")


def town(
    name: str, lat: float, lon: float, country: str = "SY", admin: tuple[Division, ...] = (), kind: Kind = Kind.CITY
) -> Place:
    return Place(id=f"t:{name}", source="essai", name=name, kind=kind, country=country, lat=lat, lon=lon, admin=admin)


def parsed(*places: Place, sense: Sense = Sense.LITERAL) -> ParsedDocument:
    text = " ".join(place.name for place in places)
    toponyms = []
    for place in places:
        start = text.index(place.name)
        resolution = Resolution(place=place, probability=0.95, reasons=(), alternatives=())
        toponyms.append(
            Toponym(start=start, end=start + len(place.name), text=place.name, resolution=resolution, sense=sense)
        )
    return ParsedDocument(document=Document(text=text, language="en"), toponyms=tuple(toponyms), language="en")


SYRIA = town("Syria", 35.0, 38.0, kind=Kind.COUNTRY)
NORTH_WEST = (town("Alpha", 36.2, 37.1, admin=(ALEPPO,)), town("Bravo", 35.9, 36.6, admin=(HAMA,)))
SOUTH = (town("Charlie", 32.6, 36.1), town("Delta", 32.7, 41.9))
FAR_AND_WIDE = (town("Echo", 36.9, 36.0), town("Foxtrot", 32.5, 41.9))


@pytest.mark.parametrize(
    "places, begins",
    [
        ((SYRIA, *NORTH_WEST), "North-west Syria: 3 places"),
        (SOUTH, "Southern Syria: 2 places"),
        (FAR_AND_WIDE, "Syria: 2 places"),
        ((town("Alpha", 36.2, 37.1, admin=(ALEPPO,)), town("Golf", 36.3, 37.2, admin=(ALEPPO,))), "Aleppo Governorate"),
        ((town("Hotel", 43.74, 7.42, "MC"),), "Monaco: 1 place"),
        ((*SOUTH, town("India", 33.9, 35.5, "LB"), town("Juliet", 34.4, 35.8, "LB")), "Syria and Lebanon: 4 places"),
    ],
)
def test_the_sentence_says_where_in_the_country(places: tuple[Place, ...], begins: str) -> None:
    assert sentence(parsed(*places), "en").startswith(begins)


def test_other_languages_put_the_direction_behind_the_country() -> None:
    assert sentence(parsed(*NORTH_WEST), "fr").startswith("Syrie (nord-ouest) : 2 lieux")
    assert sentence(parsed(*NORTH_WEST), "es").startswith("Siria (noroeste): 2 lugares")


def test_names_of_governments_are_nowhere() -> None:
    assert sentence(parsed(*SOUTH, sense=Sense.METONYMIC), "en").startswith("2 places")
