"""Parsed documents for the page's tests: the dispatch from its gold, hostile, empty, right-to-left, large."""

from __future__ import annotations

import csv
import os
import random
from pathlib import Path

from mapgen.geodesy import arc
from mapgen.model import (
    Candidate,
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

HEADER = " date 2021-10 "

TOWNS = (
    ("Homs", 34.727, 36.723), ("Gaziantep", 37.059, 37.383), ("Antakya", 36.207, 36.157), ("Adana", 36.986, 35.325),
    ("Beyrouth", 33.893, 35.502), ("Tripoli", 34.437, 35.85), ("Deir ez-Zor", 35.336, 40.141), ("Urfa", 37.167, 38.794),
    ("Tartous", 34.889, 35.887), ("Kilis", 36.718, 37.121), ("Manbij", 36.528, 37.955), ("Palmyre", 34.56, 38.267),
)  # fmt: skip

NAMES = {"Kweires": "Kuwayris Sharqī", "Sukayk": "Sukayk", "Raqa": "Ar-Raqqah", "Khan Cheikhoun": "Khān Shaykhūn"}


def place(name: str, kind: str, country: str, lat: float, lon: float, **more: object) -> Place:
    """A place as a gazetteer would have it."""
    regional = kind in ("city", "facility", "terrain") and country == "SY"
    admin = (
        Division(id="iso:SY-HL", name="Ḩalab", labels=(("fr", "gouvernorat d’Alep"), ("en", "Aleppo Governorate"))),
    )
    return Place(
        id=f"test:{name}:{kind}:{country}",
        source="GeoNames",
        name=NAMES.get(name, name),
        kind=Kind(kind),
        country=country,
        lat=lat,
        lon=lon,
        geonameid=170000 + len(name),
        admin=admin if regional else (),
        labels=(("fr", name),),
        **more,  # type: ignore[arg-type]
    )


def _probability(row: dict[str, str]) -> float:
    return {"Sukayk": 0.52, "Kweires": 0.71, "Idleb": 0.93}.get(row["name"], 0.97)


def dispatch(folder: Path | None = None) -> ParsedDocument:
    """The dispatch with its gold places."""
    folder = folder or Path(os.environ["MAPGEN_SHARED"]) / "dispatch"
    text = (folder / "dispatch.txt").read_text(encoding="utf-8")[len(HEADER) :]
    relations = {(row["anchor"], row["anchor_occurrence"]): row for row in _rows(folder / "relations.csv")}
    toponyms = []
    for row in _rows(folder / "mentions.csv"):
        start, end = int(row["start"]) - len(HEADER), int(row["end"]) - len(HEADER)
        meant = place(row["name"], row["kind"], row["country"], float(row["lat"]), float(row["lon"]))
        rivals = (
            (
                Candidate(
                    place=place(row["name"], "city", "US", 40.6, -79.9),
                    match=MatchType.EXACT,
                    name=row["name"],
                    probability=0.02,
                ),
            )
            if row["kind"] == "city"
            else ()
        )
        toponyms.append(
            Toponym(
                start=start,
                end=end,
                text=row["name"],
                sense=Sense(row["sense"]),
                relation=_relation(relations.get((row["name"], row["occurrence"])), start, end),
                resolution=Resolution(
                    place=meant,
                    probability=_probability(row),
                    alternatives=rivals,
                    reasons=("Le texte le dit « " + row["kind"] + " ».", "14 autres lieux de Syrie dans le texte."),
                    radius_km=12.0 if row["name"] == "Sukayk" else None,
                    match=MatchType.EXACT,
                ),
            )
        )
    return ParsedDocument(
        document=Document(text=text, date="2021-10", language="fr", source="dispatch.txt", source_offset=len(HEADER)),
        toponyms=tuple(toponyms),
        footprints=_footprints(tuple(toponyms)),
        language="fr",
        scene=(32.9, 35.4, 37.0, 40.1),
        towns=tuple(place(name, "city", "SY", lat, lon) for name, lat, lon in TOWNS),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _relation(row: dict[str, str] | None, start: int, end: int) -> Relation | None:
    if row is None:
        return None
    return Relation(
        type=RelationType(row["relation"]),
        start=int(row["start"]) - len(HEADER),
        end=int(row["end"]) - len(HEADER),
        phrase=row["phrase"],
        direction=row["direction"],
        distance_km=float(row["distance_km"]) if row["distance_km"] else None,
        anchors=((start, end),),
    )


def _circle(lat: float, lon: float, km: float) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[(x, y) for y, x in arc(lat, lon, km)]]}


def _footprints(toponyms: tuple[Toponym, ...]) -> tuple[Footprint, ...]:
    found = []
    for toponym in toponyms:
        where = toponym.place
        assert where is not None
        if where.kind is Kind.REGION and not any(one.place_id == where.id for one in found):
            found.append(
                Footprint(
                    type=FootprintType.AREA,
                    geometry=_circle(where.lat, where.lon, 45.0),
                    spans=(toponym.span,),
                    place_id=where.id,
                    label=where.name,
                )
            )
        if toponym.relation and toponym.relation.type is RelationType.DISTANCE:
            km = toponym.relation.distance_km or 1.0
            found.append(
                Footprint(
                    type=FootprintType.RING,
                    geometry=_circle(where.lat, where.lon, km),
                    spans=(toponym.span,),
                    place_id=where.id,
                    label=toponym.relation.phrase,
                    radius_km=km,
                )
            )
    damas, alep = (
        next(one for one in toponyms if one.text == name and one.kind is Kind.CITY) for name in ("Damas", "Alep")
    )
    assert damas.place and alep.place
    road = [
        (p.lon + side, p.lat)
        for p, side in ((damas.place, -0.06), (alep.place, -0.06), (alep.place, 0.06), (damas.place, 0.06))
    ]
    found.append(
        Footprint(
            type=FootprintType.CORRIDOR,
            geometry={"type": "Polygon", "coordinates": [[*road, road[0]]]},
            spans=(damas.span, alep.span),
            label="la route internationale Damas/Alep",
        )
    )
    return tuple(found)


def empty() -> ParsedDocument:
    """A text without any place."""
    return ParsedDocument(
        document=Document(text="Rien ici ne nomme un lieu.", language="fr", source="rien.txt"), language="fr"
    )


def hostile() -> ParsedDocument:
    """Markup, line separators, bidi controls, NUL and CR in text, names, reasons and titles."""
    name = "</script><img src=x onerror=alert(1)>"
    turned = "\u202eyrtnuoC\u202c"
    text = (
        f"Vers {name} et \u2028 puis {turned}\r\nl'\u0000 « <!-- <b>Alep</b> » 😀 & Homs. "
        "]]>{{ 7*7 }}\r\n\u2067fin\u2069 Nulle-Part."
    )
    found = []
    for written, lat in ((name, 35.0), (turned, 36.0), ("Alep", 36.2), ("Homs", 34.7)):
        start = text.index(written)
        found.append(
            Toponym(
                start=start,
                end=start + len(written),
                text=written,
                resolution=Resolution(
                    place=place(written + "\"'><i>", "city", "SY", lat, 37.0),
                    probability=0.9,
                    reasons=("<script>alert(2)</script> \u2029 \"' javascript:alert(3)",),
                ),
            )
        )
    start = text.index("Nulle-Part")
    found.append(
        Toponym(
            start=start,
            end=start + 10,
            text="Nulle-Part",
            resolution=Resolution(place=None, probability=0.0, reasons=("<svg onload=alert(4)>",)),
        )
    )
    return ParsedDocument(
        document=Document(
            text=text, title="<b>Titre</b> </title><script>alert(5)</script>\u202e", language="fr", source='"><x>.txt'
        ),
        toponyms=tuple(found),
        language="fr",
        scene=(34.0, 36.0, 37.0, 38.0),
    )


def right_to_left() -> ParsedDocument:
    """An Arabic text."""
    text = "وصلت القوات إلى مدينة حلب يوم السبت، ثم إلى حماة. وقالت موسكو إنها تدعم العملية."
    spots = (
        ("حلب", 36.201, 37.161, Sense.LITERAL),
        ("حماة", 35.13, 36.75, Sense.LITERAL),
        ("موسكو", 55.75, 37.62, Sense.METONYMIC),
    )
    toponyms = tuple(
        Toponym(
            start=text.index(name),
            end=text.index(name) + len(name),
            text=name,
            sense=sense,
            resolution=Resolution(place=place(name, "city", "SY", lat, lon), probability=0.9),
        )
        for name, lat, lon, sense in spots
    )
    return ParsedDocument(
        document=Document(text=text, language="ar", source="خبر.txt"),
        toponyms=toponyms,
        language="en",
        scene=(34.8, 36.2, 36.6, 37.8),
    )


def many() -> ParsedDocument:
    """Places enough to be clustered."""
    return large(places=320, mentions=400)


def large(*, places: int = 2000, mentions: int = 20_000) -> ParsedDocument:
    """A document with very many places, scattered over the world, the same in every run."""
    dice = random.Random(7)
    kinds = [str(kind) for kind in Kind]
    known = [
        place(
            f"Lieu {number}",
            kinds[number % len(kinds)],
            "FR",
            round(dice.uniform(-50, 65), 4),
            round(dice.uniform(-120, 150), 4),
        )
        for number in range(places)
    ]
    parts: list[str] = []
    toponyms = []
    length = 0
    for number in range(mentions):
        where = known[number if number < places else dice.randrange(places)]
        before = (
            "On a vu ce jour-là les gens partir vers "
            if number % 3
            else "Puis, après une longue attente, ils sont revenus de "
        )
        parts += [before, where.name, ". " if number % 9 else ".\n"]
        start = length + len(before)
        toponyms.append(
            Toponym(
                start=start,
                end=start + len(where.name),
                text=where.name,
                resolution=Resolution(
                    place=where, probability=round(dice.uniform(0.4, 1.0), 3), reasons=("Le seul lieu de ce nom.",)
                ),
            )
        )
        length = start + len(where.name) + 2
    return ParsedDocument(
        document=Document(text="".join(parts), language="fr", source="grand.txt"),
        toponyms=tuple(toponyms),
        language="fr",
        scene=(-50.0, -120.0, 65.0, 150.0),
    )
