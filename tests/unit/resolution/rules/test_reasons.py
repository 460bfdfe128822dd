from typing import Any

import pytest
from resolution_samples import candidates, place, sheet, toponyms

from mapgen import languages
from mapgen.model import Kind, MatchType, Toponym
from mapgen.resolution.candidates import CandidateSet
from mapgen.resolution.ranking import linear_ranker, rank
from mapgen.resolution.rules.reasons import Reasons, unknown_reason

ENGLISH = languages.load("en")
RANKER = linear_ranker()
LYON = candidates(place("Lyon", "FR", 45.75, 4.85, population=500_000, admin1="84", name_count=60))
GRENOBLE = candidates(place("Grenoble", "FR", 45.19, 5.72, population=160_000, admin1="84", name_count=30))
VILLEURBANNE = candidates(place("Villeurbanne", "FR", 45.77, 4.89, population=150_000, admin1="84", name_count=20))
FRANCE = candidates(place("France", "FR", 46.0, 2.0, kind=Kind.COUNTRY, name_count=200, population=67_000_000))
PARIS = candidates(
    place("Paris", "FR", 48.85, 2.35, population=2_000_000, capital=True, name_count=200, admin1="11"),
    place("Paris", "US", 33.7, -95.5, population=25_000, admin1="TX", name_count=5),
)
TEXAS = candidates(
    place("Texas", "US", 31.0, -99.0, kind=Kind.REGION, admin1="TX", name_count=90, population=30_000_000)
)


def reasons(text: str, table: dict[str, CandidateSet], position: int = 0, **facts: Any) -> tuple[str, ...]:
    names = toponyms(text, *table)
    names[position] = Toponym(start=names[position].start, end=names[position].end, text=names[position].text, **facts)
    made = sheet(text, names, table, language=ENGLISH)
    made.run_in_place(RANKER.scores, RANKER.passes)
    ranked = rank(made, RANKER)
    tops = [order[0] if order else -1 for order in ranked.orders]
    return Reasons(made, tops, ENGLISH, RANKER, lambda code: f"<{code}>")(position)


def test_a_cue_is_quoted() -> None:
    told = reasons("the city of Lyon", {"Lyon": LYON}, cue="city", cue_kind=Kind.CITY)
    assert "the text says “city”" in told


def test_a_container_is_quoted() -> None:
    told = reasons("A fire in Paris, Texas, was out.", {"Paris": PARIS, "Texas": TEXAS})
    assert "followed by “Texas” in the text" in told


def test_other_places_of_the_country_are_counted() -> None:
    table = {"Paris": PARIS, "Lyon": LYON, "Grenoble": GRENOBLE}
    assert "2 other places of the text lie in this country (<FR>)" in reasons("Paris. Lyon. Grenoble.", table)
    assert "another place of the text lies in this country (<FR>)" in reasons(
        "Paris. Lyon.", {"Paris": PARIS, "Lyon": LYON}
    )


def test_a_named_country_is_quoted() -> None:
    assert "“France” is named in the text" in reasons("France. Paris.", {"France": FRANCE, "Paris": PARIS}, 1)


def test_the_only_place_of_a_name_is_called_so() -> None:
    assert "the only place of this name in the gazetteer" in reasons("Lyon", {"Lyon": LYON})


def test_the_most_populous_place_is_called_so() -> None:
    assert reasons("Paris", {"Paris": PARIS}) == ("the most populous of the 2 places of this name",)


def test_places_close_by_are_named() -> None:
    told = reasons("Villeurbanne. Lyon.", {"Villeurbanne": VILLEURBANNE, "Lyon": LYON})
    assert any(sentence.endswith("within 30 km (Lyon)") for sentence in told)


@pytest.mark.parametrize(
    ("match", "sentence"),
    [
        (MatchType.TRANSLITERATED, "written “Lyon” in the gazetteer"),
        (MatchType.NEAR, "looks like “Lyon” in the gazetteer"),
    ],
)
def test_another_spelling_is_quoted(match: MatchType, sentence: str) -> None:
    table = {"Lyonn": candidates(LYON.matches[0].place, match=match)}
    assert reasons("Lyonn", table)[-1] == sentence


def test_a_people_is_the_only_reason() -> None:
    people = candidates(FRANCE.matches[0].place)
    demonym = CandidateSet(**{field: getattr(people, field) for field in people.__slots__} | {"demonyms": (0,)})
    assert reasons("French", {"French": demonym}) == ("adjective or people of this country",)


def test_a_place_of_the_users_own_is_called_so_first() -> None:
    own = candidates(place("Base", id="own:base"), place("Base", "US", population=900))
    assert reasons("Base", {"Base": own})[0] == "one of your own places"


def test_at_most_three_reasons_are_given_and_none_twice() -> None:
    text = "the city of Paris, Texas, and Dallas, and Waco. Austin."
    towns = {name: candidates(place(name, "US", 32.0, -97.0, admin1="TX")) for name in ("Dallas", "Waco", "Austin")}
    told = reasons(text, {"Paris": PARIS, "Texas": TEXAS, **towns}, cue="city", cue_kind=Kind.CITY)
    assert told[0] == "followed by “Texas” in the text"
    assert len(told) == len(set(told)) == 3


def test_unknown_names_quote_their_cue() -> None:
    bare, cued = Toponym(start=0, end=1, text="X"), Toponym(start=0, end=1, text="X", cue="village")
    assert unknown_reason(bare, ENGLISH) == "no place of this name in the gazetteer"
    assert unknown_reason(cued, ENGLISH).endswith("the text says “village”")
