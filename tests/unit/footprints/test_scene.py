"""The scene of made-up documents."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.footprints.crowding import MapSize
from mapgen.footprints.scene import frame_all, scene
from mapgen.geodesy import unwrap, wrap
from mapgen.model import Frame, Kind, Place, Resolution, Sense, Toponym

POINTS = {
    "Bassora": (30.51, 47.78, "IQ", Kind.CITY),
    "Bagdad": (33.34, 44.4, "IQ", Kind.CITY),
    "Kirkouk": (35.47, 44.39, "IQ", Kind.CITY),
    "Mossoul": (36.34, 43.12, "IQ", Kind.CITY),
    "Ninive": (36.0, 42.4, "IQ", Kind.REGION),
    "Irak": (33.0, 44.0, "IQ", Kind.COUNTRY),
    "Niger": (16.0, 8.0, "NE", Kind.COUNTRY),
    "Mali": (17.0, -4.0, "ML", Kind.COUNTRY),
    "Chine": (35.0, 105.0, "CN", Kind.COUNTRY),
    "Afrique": (7.0, 21.0, "", Kind.CONTINENT),
    "Washington": (38.9, -77.04, "US", Kind.CITY),
    "Moscou": (55.75, 37.62, "RU", Kind.CITY),
    "mer Noire": (43.0, 34.0, "", Kind.WATER),
    "Montreuil": (48.86, 2.44, "FR", Kind.CITY),
    "Belleville": (48.87, 2.38, "FR", Kind.QUARTER),
    "Vincennes": (48.85, 2.44, "FR", Kind.CITY),
    "Rouen": (49.44, 1.1, "FR", Kind.CITY),
    "Suva": (-18.14, 178.44, "FJ", Kind.CITY),
    "Apia": (-13.83, -171.77, "WS", Kind.CITY),
    "Nukualofa": (-21.14, -175.2, "TO", Kind.CITY),
    "Tokyo": (35.69, 139.69, "JP", Kind.CITY),
    "Lima": (-12.04, -77.03, "PE", Kind.CITY),
    "Nairobi": (-1.28, 36.82, "KE", Kind.CITY),
    "Sydney": (-33.87, 151.21, "AU", Kind.CITY),
}


def mention(name: str, *, metonymic: bool = False, probability: float = 0.9, radius_km: float | None = None) -> Toponym:
    lat, lon, country, kind = POINTS[name]
    place = Place(id=f"own:{name}", source="test", name=name, kind=kind, country=country, lat=lat, lon=lon)
    resolution = Resolution(place=place, probability=probability, radius_km=radius_km)
    sense = Sense.METONYMIC if metonymic else Sense.LITERAL
    return Toponym(start=0, end=len(name), text=name, sense=sense, resolution=resolution)


def mentions(words: str) -> list[Toponym]:
    """ "Bagdad*3 ~Moscou": Bagdad three times, and Moscow for a government."""
    made = []
    for word in words.replace("_", " ").split(","):
        name, _, count = word.strip().partition("*")
        made += [mention(name.lstrip("~"), metonymic=name.startswith("~")) for _ in range(int(count or 1))]
    return made


def holds(frame: Frame | None, name: str) -> bool:
    assert frame is not None
    south, west, north, east = frame
    lat, lon = POINTS[name][:2]
    return south <= lat <= north and west <= unwrap(lon, (west + east) / 2) <= east


def held(frame: Frame | None, names: Sequence[str]) -> set[str]:
    return {name for name in names if holds(frame, name)}


def test_one_scene_leaves_the_capitals_of_others_out() -> None:
    document = mentions("~Washington*3, Bagdad*2, Mossoul*3, Kirkouk, Ninive, Irak*4, ~Moscou, mer Noire")
    frame = scene(document)
    assert held(frame, list(POINTS)) == {"Bagdad", "Mossoul", "Kirkouk", "Ninive", "Irak"}
    assert held(frame_all(document), ["Washington", "Moscou", "Bagdad", "mer Noire"]) == {
        "Washington",
        "Moscou",
        "Bagdad",
        "mer Noire",
    }


def test_a_literal_far_place_stays_out_too() -> None:
    frame = scene(mentions("Bagdad*3, Mossoul*2, Kirkouk, Washington"))
    assert held(frame, ["Bagdad", "Mossoul", "Kirkouk", "Washington"]) == {"Bagdad", "Mossoul", "Kirkouk"}


def test_of_two_scenes_the_one_spoken_of_more() -> None:
    paris, iraq = ["Montreuil", "Belleville", "Vincennes"], ["Bagdad", "Mossoul", "Kirkouk"]
    assert held(scene(mentions("Montreuil*2, Belleville*2, Vincennes, Bagdad, Mossoul, Kirkouk")), paris + iraq) == set(
        paris
    )
    assert held(scene(mentions("Montreuil, Belleville, Vincennes, Bagdad*2, Mossoul, Kirkouk")), paris + iraq) == set(
        iraq
    )


def test_of_two_equal_scenes_the_first_named() -> None:
    frame = scene(mentions("Belleville, Montreuil, Bagdad, Kirkouk"))
    assert held(frame, ["Montreuil", "Belleville", "Bagdad", "Kirkouk"]) == {"Montreuil", "Belleville"}


def test_a_small_scene_is_not_blown_up_by_a_town_nearby() -> None:
    frame = scene(mentions("Montreuil*4, Belleville*3, Vincennes*2, Rouen"))
    assert held(frame, ["Montreuil", "Belleville", "Vincennes", "Rouen"]) == {"Montreuil", "Belleville", "Vincennes"}


def test_a_wide_country_is_one_scene() -> None:
    names = ["Bassora", "Bagdad", "Kirkouk", "Mossoul"]
    assert held(scene(mentions(",".join(names))), names) == set(names)


def test_the_whole_world_when_nothing_stands_out() -> None:
    names = ["Tokyo", "Lima", "Nairobi", "Sydney", "Moscou"]
    assert held(scene(mentions(",".join(names))), names) == set(names)
    assert held(scene(mentions("Tokyo, Lima")), ["Tokyo", "Lima"]) == {"Tokyo", "Lima"}
    assert held(scene(mentions("Tokyo*5, Lima")), ["Tokyo", "Lima"]) == {"Tokyo"}


def test_only_countries() -> None:
    frame = scene(mentions("Niger*2, Mali, ~Chine"))
    assert held(frame, ["Niger", "Mali", "Chine"]) == {"Niger", "Mali"}
    south, west, north, east = frame or (0, 0, 0, 0)
    assert north - south > 4
    assert east - west > 4


def test_countries_decide_when_smaller_places_are_few() -> None:
    frame = scene(mentions("Irak*6, mer_Noire"))
    assert held(frame, ["Irak", "mer Noire"]) == {"Irak"}


def test_continents_when_nothing_else() -> None:
    frame = scene(mentions("Afrique"))
    assert frame is not None
    assert frame[2] - frame[0] > 30
    assert held(scene(mentions("Afrique, Niger*3")), ["Niger"]) == {"Niger"}


def test_metonymic_places_when_nothing_else() -> None:
    assert held(scene(mentions("~Moscou, ~Moscou")), ["Moscou", "Washington"]) == {"Moscou"}


def test_a_single_point_has_a_frame_around_it() -> None:
    south, west, north, east = scene(mentions("Bagdad")) or (0, 0, 0, 0)
    assert (south + north) / 2 == pytest.approx(33.34, abs=1e-3)
    assert (west + east) / 2 == pytest.approx(44.4, abs=1e-3)
    assert 0.1 < north - south < 1
    doubtful = scene([mention("Bagdad", radius_km=100)]) or (0, 0, 0, 0)
    assert doubtful[2] - doubtful[0] > 1.8


def test_across_the_antimeridian() -> None:
    document = mentions("Suva, Apia, Nukualofa")
    for frame in (scene(document), frame_all(document)):
        assert held(frame, ["Suva", "Apia", "Nukualofa", "Sydney"]) == {"Suva", "Apia", "Nukualofa"}
        assert frame is not None
        _, west, _, east = frame
        assert -180 <= west <= 180 < east
        assert east - west < 20


SHAPE = st.lists(st.tuples(st.floats(-70, 70), st.floats(0, 170)), min_size=1, max_size=8)


@given(SHAPE, st.floats(-180, 180))
def test_a_frame_moves_with_its_places_to_any_longitude(shape: list[tuple[float, float]], turn: float) -> None:
    """The places span less than half the world: there is one smallest arc, wherever it lies."""

    def framed(shift: float) -> Frame:
        document = []
        for number, (lat, lon) in enumerate(shape):
            where = wrap(lon + shift)
            place = Place(id=f"own:{number}", source="t", name="X", kind=Kind.CITY, country="", lat=lat, lon=where)
            document.append(Toponym(start=0, end=1, text="X", resolution=Resolution(place=place, probability=0.9)))
        frame = frame_all(document)
        assert frame is not None
        south, west, north, east = frame
        for lat, lon in shape:
            assert south <= lat <= north
            assert west - 1e-3 <= unwrap(lon + shift, (west + east) / 2) <= east + 1e-3
        assert scene(document) is not None
        return frame

    base, moved = framed(-85.0), framed(turn)
    assert moved[0] == base[0]
    assert moved[2] == base[2]
    assert moved[3] - moved[1] == pytest.approx(base[3] - base[1], abs=1e-3)
    assert wrap(moved[1] - turn - base[1] - 85.0) == pytest.approx(0.0, abs=1e-3)


@pytest.mark.parametrize(
    ("points", "widest"),
    [
        ([(-27.47, 153.02), (-28.0, 153.4)], 2.0),
        ([(64.73, 177.5), (64.5, -165.4), (64.42, -173.23), (61.22, -149.9)], 40.0),
        ([(-41.29, 174.78), (-36.85, 174.76), (-43.53, 172.64)], 8.0),
    ],
)
def test_the_first_view_of_the_far_east_is_no_wider_than_its_places(
    points: list[tuple[float, float]], widest: float
) -> None:
    document = []
    for number, (lat, lon) in enumerate(points):
        place = Place(id=f"own:{number}", source="t", name="X", kind=Kind.CITY, country="XX", lat=lat, lon=lon)
        document.append(Toponym(start=0, end=1, text="X", resolution=Resolution(place=place, probability=0.9)))
    for frame in (scene(document), frame_all(document)):
        assert frame is not None
        assert frame[3] - frame[1] < widest


def test_none() -> None:
    unplaced = Toponym(start=0, end=4, text="Xyzt", resolution=Resolution(place=None, probability=0.0))
    assert scene([]) is None
    assert frame_all([]) is None
    assert scene([unplaced]) is None
    assert frame_all([unplaced, Toponym(start=0, end=4, text="Xyzt")]) is None


@given(
    st.lists(
        st.tuples(
            st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(list(Kind)), st.booleans(), st.floats(0, 1)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_document_has_a_frame_that_holds_a_place(
    points: list[tuple[float, float, Kind, bool, float]],
) -> None:
    document = []
    for number, (lat, lon, kind, metonymic, probability) in enumerate(points):
        place = Place(id=f"own:{number}", source="test", name="X", kind=kind, country="", lat=lat, lon=lon)
        sense = Sense.METONYMIC if metonymic else Sense.LITERAL
        resolution = Resolution(place=place, probability=probability)
        document.append(Toponym(start=number, end=number + 1, text="X", sense=sense, resolution=resolution))
    frames = scene(document), frame_all(document)
    for frame in frames:
        assert frame is not None
        south, west, north, east = frame
        assert -90 <= south < north <= 90
        assert -180 <= west <= 180
        assert west < east <= west + 360
    for frame, least in zip(frames, (1, len(points)), strict=True):
        south, west, north, east = frame or (0, 0, 0, 0)
        inside = [
            south - 1e-4 <= lat <= north + 1e-4 and west - 1e-4 <= unwrap(lon, (west + east) / 2) <= east + 1e-4
            for lat, lon, *_ in points
        ]
        assert sum(inside) >= least


def test_of_many_places_few_frames_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at for each frame grows with the square of the places."""
    module = sys.modules["mapgen.footprints.scene"]
    estimate = module._standing_singly
    sizes: list[int] = []

    def counted(frame: Frame, everything: Sequence[Any], size: MapSize) -> tuple[float, float]:
        sizes.append(len(everything))
        result: tuple[float, float] = estimate(frame, everything, size)
        return result

    monkeypatch.setattr(module, "_standing_singly", counted)
    document = []
    for number in range(3000):
        lat, lon = 43 + number % 60 / 10, number / 600
        place = Place(id=f"own:{number}", source="t", name="X", kind=Kind.CITY, country="FR", lat=lat, lon=lon)
        resolution = Resolution(place=place, probability=0.9)
        document.append(Toponym(start=number, end=number + 1, text="X", resolution=resolution))
    assert scene(document) is not None
    assert 0 < len(sizes) <= 30
    assert set(sizes) == {3000}
