"""What stands around a name is read as a sign of its kind."""

import numpy as np
import pytest

from mapgen.gazetteer import Match
from mapgen.languages import Language, load
from mapgen.model import Kind, MatchType, Place, Toponym
from mapgen.resolution.evidence.signs import SIGNS, SORTS, STANDING, WEIGHT, signed_kind, signs, sorts_of, standing


def signs_of(text: str, name: str, language: str = "fr", **said: object) -> set[str]:
    start = text.index(name)
    toponym = Toponym(start=start, end=start + len(name), text=name, **said)  # type: ignore[arg-type]
    return {SIGNS[number] for number in signs(text, toponym, load(language))}


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("La crue à Vienne", "Vienne", {"at"}),
        ("le maire de Vienne", "Vienne", {"of"}),
        ("Tandis qu'en Isère", "Isère", {"within"}),
        ("Pluies dans l’Oise", "Oise", {"within"}),
        ("dans le Rhône", "Rhône", {"within"}),
        ("L'Oudon a inondé le centre", "Oudon", {"the", "flow"}),
        ("la Romanche, en crue, est élevée", "Romanche", {"the", "flow"}),
        ("les berges de la Charente", "Charente", {"of_the", "flow"}),
        ("la Saône est sortie de son lit", "Saône", {"the", "flow"}),
        ("un pont sur la Loire", "Loire", {"on_the", "flow"}),
        ("il se jette dans la Garonne", "Garonne", {"within", "flow"}),
        ("la préfecture de l'Eure", "Eure", {"of_the", "ruled"}),
        ("l'Ain (01), le Rhône (69)", "Ain", {"the", "code"}),
        ("un docker du Havre", "Havre", {"of_the"}),
        ("la gare, au Mans", "Mans", {"at_the"}),
        ("Paris brûle", "Paris", set()),
        ("dans la Marne, où l'Aube déborde", "Marne", {"within"}),
    ],
)
def test_french_signs(text: str, name: str, expected: set[str]) -> None:
    assert signs_of(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Pilgrims waded into the Jordan", "Jordan", {"within"}),
        ("the Mississippi crested on Tuesday", "Mississippi", {"the", "flow"}),
        ("the governor of Mississippi", "Mississippi", set()),
        ("schools in Jordan", "Jordan", set()),
        ("levees along the Missouri", "Missouri", {"on_the", "flow"}),
        ("on the banks of the Niger", "Niger", {"of_the", "flow"}),
    ],
)
def test_english_signs(text: str, name: str, expected: set[str]) -> None:
    assert signs_of(text, name, "en") == expected


def test_a_commune_of_a_department_is_a_part_of_it() -> None:
    assert "member" in signs_of("une commune de l'Oise", "Oise", cue="commune", cue_kind=Kind.CITY)
    assert "member" not in signs_of("la commune de Creil", "Creil", cue="commune", cue_kind=Kind.CITY)


def test_languages_without_such_words_have_no_signs() -> None:
    toponym = Toponym(start=4, end=8, text="Main")
    assert signs("Der Main", toponym, load("de")) == ()


def test_towns_with_an_article_of_their_own_are_told_apart() -> None:
    def match(name: str, kind: Kind) -> Match:
        place = Place(id=name, source="", name=name, kind=kind, country="FR", lat=0.0, lon=0.0)
        return Match(place=place, type=MatchType.EXACT, name=name)

    french = load("fr")
    found = sorts_of((match("Le Havre", Kind.CITY), match("Havre", Kind.CITY), match("La Manche", Kind.WATER)), french)
    assert [SORTS[number] for number in found] == ["articled", "settlement", "water"]
    assert [SORTS[n] for n in sorts_of((match("Le Havre", Kind.CITY),), Language(code="xx", name="xx"))] == [
        "settlement"
    ]


def test_each_sign_is_a_feature_of_each_sort() -> None:
    sorts = sorts_of((), load("fr"))
    assert standing(sorts, [(0,)], np.array([0, 0])).shape == (0, len(STANDING))
    place = Place(id="", source="", name="Oise", kind=Kind.WATER, country="FR", lat=0.0, lon=0.0)
    sorts = sorts_of((Match(place=place, type=MatchType.EXACT, name="Oise"),), load("fr"))
    row = standing(sorts, [(), (SIGNS.index("flow"), SIGNS.index("the"))], np.array([0, 0, 1]))[0]
    assert {STANDING[column]: row[column] for column in row.nonzero()[0]} == {"flow_water": WEIGHT, "the_water": WEIGHT}


def test_some_signs_tell_the_kind_of_a_name_that_nobody_knows() -> None:
    assert signed_kind((SIGNS.index("the"), SIGNS.index("flow"))) is Kind.WATER
    assert signed_kind((SIGNS.index("code"),)) is Kind.DISTRICT
    assert signed_kind((SIGNS.index("the"),)) is None
