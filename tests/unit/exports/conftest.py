"""A parsed document as the exports meet it: placed and unplaced names, a relation, a footprint, decisions."""

import pytest

from mapgen.model import (
    Division,
    Document,
    Footprint,
    FootprintType,
    Kind,
    MatchType,
    ParsedDocument,
    Place,
    Relation,
    RelationType,
    Resolution,
    Sense,
    Toponym,
)

TEXT = "Moscou accuse. On se bat près d'Alep. Le hameau de Xyz brûle."

MOSCOW = Place(
    id="gn:524901", source="GeoNames", name="Moscow", kind=Kind.CITY, country="RU", lat=55.75222, lon=37.61556,
    geonameid=524901,
)  # fmt: skip


@pytest.fixture
def parsed() -> ParsedDocument:
    alep = Place(
        id="gn:170063", source="GeoNames", name="Aleppo", kind=Kind.CITY, country="SY", lat=36.20124, lon=37.16117,
        geonameid=170063, labels=(("fr", "Alep"),),
        admin=(Division(id="iso:SY-HL", name="Halab", labels=(("fr", "Alep"),)),),
    )  # fmt: skip
    near = Relation(type=RelationType.NEAR, start=25, end=36, phrase="près d'Alep", anchors=((32, 36),))
    toponyms = (
        Toponym(
            start=0, end=6, text="Moscou", sense=Sense.METONYMIC,
            resolution=Resolution(
                place=MOSCOW,
                probability=0.98765, match=MatchType.EXACT, reasons=("capitale",),
            ),
        ),
        Toponym(
            start=32, end=36, text="Alep", relation=near,
            resolution=Resolution(place=alep, probability=0.9, match=MatchType.EXACT, reasons=("un", "deux")),
        ),
        Toponym(
            start=51, end=54, text="Xyz", cue="hameau", cue_kind=Kind.VILLAGE,
            resolution=Resolution(place=None, probability=0.0, reasons=("inconnu",)),
        ),
    )  # fmt: skip
    ring = Footprint(
        type=FootprintType.RING, geometry={"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        spans=((32, 36),), place_id="gn:170063", label="près d'Alep",
    )  # fmt: skip
    document = Document(text=TEXT, title="Essai", language="fr", source="a.txt", source_offset=7)
    return ParsedDocument(document=document, toponyms=toponyms, footprints=(ring,), language="fr")
