"""The page's data: what the scripts read is what Python writes."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from mapgen.certainty import DOUBTFUL
from mapgen.footprints import crowding
from mapgen.model import (
    Candidate,
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
from mapgen.rendering.payload import MENTION_COLUMNS, payload

TEXT = "🗺 À 5 km de Linas, calme. Linas se tait."


def place(number: int, name: str = "Linas", lat: float = 48.63, lon: float = 2.27) -> Place:
    return Place(id=f"own:{number}", source="t", name=name, kind=Kind.VILLAGE, country="FR", lat=lat, lon=lon)


def candidate(number: int, probability: float, match: MatchType = MatchType.EXACT) -> Candidate:
    return Candidate(place=place(number), match=match, name="Linas", probability=probability)


def parsed(probability: float = 0.9, alternatives: tuple[Candidate, ...] = (), **more: Any) -> ParsedDocument:
    first = TEXT.index("Linas")
    relation = Relation(
        type=RelationType.DISTANCE, start=2, end=first + 5, phrase="à 5 km de Linas", anchors=((first, first + 5),)
    )
    resolution = Resolution(place=place(0), probability=probability, alternatives=alternatives, reasons=("parce que",))
    again = TEXT.rindex("Linas")
    toponyms = (
        Toponym(start=first, end=first + 5, text="Linas", relation=relation, resolution=resolution),
        Toponym(start=again, end=again + 5, text="Linas", sense=Sense.METONYMIC, resolution=resolution),
    )
    return ParsedDocument(document=Document(text=TEXT, language="fr"), toponyms=toponyms, language="fr", **more)


def mentions(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(zip(data["columns"], row, strict=True)) for row in data["mentions"]]


def script(name: str) -> str:
    return (files("mapgen.rendering") / "static" / f"{name}.js").read_text(encoding="utf-8")


def test_the_scripts_read_every_column_and_no_other() -> None:
    assert set(re.findall(r"value\(\"(\w+)\"\)", script("mention"))) == set(MENTION_COLUMNS)
    row = re.search(r"mentionRow\(\{(.*?)\}\)", script("apply"), re.DOTALL)
    assert row is not None
    written = re.findall(r"^ +(\w+)[:,]", row[1], re.MULTILINE)
    assert written == [column for column in MENTION_COLUMNS if column in written]


def test_the_scripts_read_every_key_and_no_other() -> None:
    read = set(re.findall(r"raw\.(\w+)", script("data") + script("mention")))
    for destructured in re.findall(r"const \{([^}]*)\} = raw;", script("data")):
        read |= {part.split(":")[0].strip() for part in destructured.split(",")}
    assert read == set(payload(parsed(), "fr"))


def test_offsets_count_utf16_units_and_points_code_points() -> None:
    first, second = mentions(payload(parsed(), "fr"))
    units = TEXT.encode("utf-16-le")
    assert units[2 * first["start"] : 2 * first["end"]].decode("utf-16-le") == "Linas"
    assert first["point"] == first["start"] - 1
    start, end, type_ = first["relation"]
    assert units[2 * start : 2 * end].decode("utf-16-le") == "À 5 km de Linas"
    assert type_ == "distance"
    assert (second["relation"], second["metonymic"], first["metonymic"]) == (0, 1, 0)


def test_thresholds_and_sizes_come_from_python() -> None:
    data = payload(parsed(), "fr")
    assert data["doubt"] == DOUBTFUL
    assert data["gathering"] == {
        "aside": crowding.ASIDE,
        "cell": crowding.CELL,
        "many": crowding.MANY,
        "radii": crowding.RADII,
        "usual": crowding.USUAL,
        "zoom": crowding.UNGATHERED_ZOOM,
    }
    for name in ("markers", "stage", "store"):
        assert not re.search(r"^const [A-Z]+ = (0\.7|12|34|72|300);", script(name), re.MULTILINE), name


@pytest.mark.parametrize(
    ("probability", "alternatives", "shown"),
    [
        (0.9, (candidate(1, 0.05),), [1]),
        (0.9, (candidate(1, 0.001),), [1]),
        (0.9, (candidate(1, 0.001, MatchType.NEAR),), []),
        (0.5, (candidate(1, 0.001, MatchType.NEAR), candidate(2, 0.001, MatchType.NEAR)), [1]),
        (0.9, tuple(candidate(number, 0.02) for number in range(1, 9)), [1, 2, 3, 4]),
    ],
)
def test_runners_up(probability: float, alternatives: tuple[Candidate, ...], shown: list[int]) -> None:
    data = payload(parsed(probability, alternatives), "fr")
    rivals = [[data["rivals"][number]["id"] for number, _ in mention["rivals"]] for mention in mentions(data)]
    assert rivals
    assert all(each == [f"own:{one}" for one in shown] for each in rivals)


def test_a_narrow_window_has_a_first_view_of_its_own_beside_the_scene() -> None:
    assert payload(parsed(), "fr")["narrowScene"] is None
    data = payload(parsed(scene=(48.5, 362.1, 48.8, 362.5)), "fr")
    south, west, north, east = data["narrowScene"]
    assert south < 48.63 < north
    assert west < 362.27 < east, "at the turn of the world that the scene has"


def test_the_circle_of_an_estimate_is_a_doubt() -> None:
    square = [[[37.0, 36.0], [38.0, 36.0], [38.0, 37.0], [37.0, 36.0]]]
    geometry = {"type": "Polygon", "coordinates": square}
    estimate = Footprint(type=FootprintType.AREA, geometry=geometry, spans=((0, 5),), radius_km=5.0)
    region = replace(estimate, radius_km=None)
    types = [shape["type"] for shape in payload(replace(parsed(), footprints=(estimate, region)), "fr")["shapes"]]
    assert types == ["doubt", "area"]
