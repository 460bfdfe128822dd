import numpy as np
import pytest

from mapgen.gazetteer import Match
from mapgen.languages import Language
from mapgen.model import Kind, MatchType, Place, Relation, RelationType, Sense, Toponym
from mapgen.resolution.candidates.lookup import CandidateSet, candidate_set
from mapgen.resolution.evidence.own_words import (
    LOCAL,
    containers,
    containment,
    is_called_state,
    is_dateline,
    members,
    neighbours,
    own_words,
)

NEUTRAL = Language(code="xx", name="xx", known=False)


def toponyms(text: str, *names: str) -> list[Toponym]:
    found, position = [], 0
    for name in names:
        start = text.index(name, position)
        position = start + len(name)
        found.append(Toponym(start=start, end=position, text=name))
    return found


def candidates(*places: Place) -> CandidateSet:
    return candidate_set(tuple(Match(place=p, type=MatchType.EXACT, name=p.name) for p in places), NEUTRAL)


def place(name: str, kind: Kind, country: str, lat: float = 0.0, lon: float = 0.0, admin1: str = "") -> Place:
    return Place(
        id=f"{name}-{kind}-{country}-{admin1}", source="test", name=name, kind=kind, country=country,
        lat=lat, lon=lon, admin1=admin1,
    )  # fmt: skip


def said(found: CandidateSet, toponym: Toponym, *, text: str = "....") -> np.ndarray:
    capital = np.array([match.place.capital for match in found.matches])
    return own_words(found.codes[2], capital, np.array([len(found)]), [toponym], text)


def value(features: np.ndarray, row: int, name: str) -> float:
    return float(features[row, LOCAL.index(name)])


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("A fire in Paris, Texas, was out.", ("Paris", "Texas"), {0: 1}),
        ("Al-Qaïm, dans l'ouest de l'Irak", ("Al-Qaïm", "Irak"), {0: 1}),
        ("Khan Cheikhoun (Idleb) a été prise", ("Khan Cheikhoun", "Idleb"), {0: 1}),
        ("Paris et Londres", ("Paris", "Londres"), {}),
        ("Paris. Londres", ("Paris", "Londres"), {}),
        ("Paris, où le ministre Untel a reçu hier soir les siens à Lyon", ("Paris", "Lyon"), {}),
    ],
)
def test_containment_is_read_from_the_words_between(
    text: str, names: tuple[str, ...], expected: dict[int, int]
) -> None:
    assert containers(text, toponyms(text, *names)) == expected


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("d'Alep, de Hama et d'Idleb", ("Alep", "Hama", "Idleb"), [(1, 2), (0, 2), (0, 1)]),
        ("la route Damas/Alep", ("Damas", "Alep"), [(1,), (0,)]),
        ("from Leeds to York and Hull", ("Leeds", "York", "Hull"), [(1, 2), (0, 2), (0, 1)]),
        ("Alep. Hama", ("Alep", "Hama"), [(), ()]),
    ],
)
def test_lists_are_read_from_the_words_between(
    text: str, names: tuple[str, ...], expected: list[tuple[int, ...]]
) -> None:
    assert members(text, toponyms(text, *names)) == expected


def test_a_cue_speaks_for_its_kind_and_against_others() -> None:
    found = candidates(place("Alep", Kind.REGION, "SY"), place("Alep", Kind.CITY, "SY"), place("Alep", Kind.AREA, "SY"))
    cued = Toponym(start=9, end=13, text="Alep", cue="province", cue_kind=Kind.REGION)
    features = said(found, cued, text="la province d'Alep")
    assert [value(features, row, "cue_match") for row in range(3)] == [1, 0, 0]
    assert [value(features, row, "cue_conflict") for row in range(3)] == [0, 1, 0]
    assert [value(features, row, "cue_alike") for row in range(3)] == [0, 0, 1]
    assert not features[:, [LOCAL.index("no_cue_region"), LOCAL.index("no_cue_settlement")]].any()


def test_part_sense_and_dateline() -> None:
    found = candidates(place("X", Kind.REGION, "SY"), place("X", Kind.CITY, "SY"))
    part = Relation(type=RelationType.PART, start=0, end=9, phrase="le nord de X", direction="N")
    features = said(found, Toponym(start=0, end=1, text="X", relation=part, sense=Sense.METONYMIC))
    assert [value(features, row, "part_region") for row in (0, 1)] == [1, 0]
    assert [value(features, row, "metonymic_other") for row in (0, 1)] == [1, 1]
    assert [value(features, row, "dateline_settlement") for row in (0, 1)] == [0, 1]


def test_a_container_speaks_for_what_lies_in_it() -> None:
    inner = candidates(place("Paris", Kind.CITY, "FR", admin1="11"), place("Paris", Kind.CITY, "US", admin1="TX"))
    outer = candidates(place("Texas", Kind.REGION, "US", admin1="TX"), place("Texas", Kind.VILLAGE, "MX"))
    assert containment(inner, outer).tolist() == [[False, False], [True, False]]


def test_nearness_falls_with_distance() -> None:
    lat, lon = np.radians([48.0, 40.0]), np.radians([2.0, 2.0])
    near = neighbours(lat, lon, lat[:1], lon[:1])
    assert near[0] == pytest.approx(1.0)
    assert near[1] < 0.01


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DAMAS (AFP) - Rien", True),
        ("Un titre\nDAMAS (AFP) - Rien", True),
        ("Titre\nDAMAS, 3 oct (Reuters) - Rien", True),
        ("Titre\nDAMAS — Rien", True),
        ("Titre\nA DAMAS, rien", False),
        ("Titre\nDAMAS est calme (selon l'armée) ce soir", False),
    ],
)
def test_datelines(text: str, expected: bool) -> None:
    (toponym,) = toponyms(text, "DAMAS")
    assert is_dateline(text, toponym) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("L'État de New York", "New York", True),
        ("the state of Georgia", "Georgia", True),
        ("Washington state growers", "Washington", True),
        ("upstate New York", "New York", True),
        ("Ohio State University", "Ohio", False),
        ("en état de marche à Paris", "Paris", False),
        ("New York", "New York", False),
    ],
)
def test_a_state_is_called_one(text: str, name: str, expected: bool) -> None:
    (toponym,) = toponyms(text, name)
    assert is_called_state(text, toponym) is expected
