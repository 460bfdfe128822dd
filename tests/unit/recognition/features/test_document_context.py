"""What the rest of a document says of a candidate span."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from mapgen.languages import load
from mapgen.model import Kind, MatchType
from mapgen.recognition.features.document_context import DocumentContext
from mapgen.recognition.features.neighbours import Neighbours
from mapgen.recognition.features.profiles import UNKNOWN, gazetteer_class, name_profile
from mapgen.recognition.spans import CandidateSpan, candidate_spans
from mapgen.recognition.tokens import Lexicon

FRENCH = load("fr")


@dataclass(frozen=True)
class Known:
    """What a gazetteer says of a name."""

    match: MatchType = MatchType.EXACT
    places: int = 1
    population: int = 0
    name_count: int = 1
    kinds: frozenset[Kind] = frozenset([Kind.CITY])
    countries: frozenset[str] = frozenset(["FR"])
    main: bool = True
    own: bool = False


class Names:
    """A gazetteer of a few names."""

    def __init__(self, **facts: Known) -> None:
        self._facts = {name.replace("_", " "): known for name, known in facts.items()}

    def facts(self, names):
        return {name: self._facts[name] for name in names if name in self._facts}


def context(text: str, **facts: Known) -> tuple[DocumentContext, dict[str, CandidateSpan], dict[str, int]]:
    tokens = Lexicon(FRENCH).tokens(text)
    spans = candidate_spans(tokens, FRENCH, Names(**facts))
    profiles = [name_profile(span.facts, FRENCH) for span in spans]
    made = DocumentContext(tokens, FRENCH, spans, profiles, Neighbours(tokens, FRENCH))
    by_name: dict[str, CandidateSpan] = {}
    for span in spans:
        by_name.setdefault(span.surface, span)
    return made, by_name, {word.text: at for at, word in reversed(list(enumerate(tokens.words)))}


def apart(text: str, name: str, **facts: Known):
    made, spans, _ = context(text, **facts)
    return made.apart(spans[name], name_profile(spans[name].facts, FRENCH))


def test_a_longer_name_around_a_span() -> None:
    text = "Une halte à Val Dormeux hier."
    assert apart(text, "Dormeux", Val_Dormeux=Known()).inside == "longer"
    assert apart(text, "Dormeux", Dormeux=Known()).inside == ""
    assert apart(text, "Val Dormeux", Val_Dormeux=Known()).inside == ""


def test_a_sure_occurrence_says_that_the_others_are_places() -> None:
    assert apart("Vermolles dort. Il vit à Vermolles depuis mai.", "Vermolles").document == "placed"
    assert apart("Vermolles dort. Il parle de Vermolles.", "Vermolles").document == ""
    assert apart("Il vit à Vermolles.", "Vermolles").document == "", "an occurrence says nothing of itself"


def test_a_surname_elsewhere_is_a_persons() -> None:
    assert "person" in apart("Vermolles dort. M. Vermolles est venu.", "Vermolles").document


def test_the_parts_of_a_longer_span() -> None:
    text = "Une halte à Val Dormeux hier."
    assert apart(text, "Val Dormeux", Dormeux=Known()).parts == "0P"
    assert apart(text, "Val Dormeux", Dormeux=Known(), Val_Dormeux=Known()).parts == "0P!"
    assert apart(text, "Dormeux", Dormeux=Known()).parts == ""


@pytest.mark.parametrize(
    ("country", "population", "company"),
    [("IT", 500_000, "shared-away"), ("IT", 900, "alone-away"), ("ES", 500_000, "alone-away")],
)
def test_a_large_place_of_the_same_country(country: str, population: int, company: str) -> None:
    other = Known(countries=frozenset([country]), population=population)
    facts = {"Dormeux": Known(countries=frozenset(["IT"])), "Grandville": other}
    assert apart("De Dormeux à Grandville.", "Dormeux", **facts).company == company


def test_the_members_of_a_list() -> None:
    made, _, at = context("Il a vu Grandville, Dormeux et Vermolles.", Grandville=Known(population=500_000))
    assert made.member_before(at["Dormeux"]) == "P5"
    assert made.member_after(at["Dormeux"]) == "0"
    assert made.member_before(at["Grandville"]) == ""


def test_a_plural_cue_spreads_over_its_list_alone() -> None:
    made, _, at = context("Les provinces de Vermolles, de Dormeux et de Grandville. Puis Saulx.")
    assert [made.spread(at[name]) for name in ("Vermolles", "Dormeux", "Grandville", "Saulx")] == [
        "", "region", "region", "",
    ]  # fmt: skip


def test_a_noun_governs_from_afar() -> None:
    made, _, at = context("La fédération de pétanque de Vermolles a perdu.")
    assert made.head(at["Vermolles"]) != ""
    made, _, at = context("Il dort à Vermolles.")
    assert made.head(at["Vermolles"]) == ""


def test_topics_are_those_of_the_words_around() -> None:
    made, _, at = context("Le match, le stade, le but : Vermolles a gagné 3-1.")
    assert any(topic.startswith("sport") for topic in made.topics(at["Vermolles"]))
    made, _, at = context("Le match, le stade. " + "Rien ici ne dit mot. " * 20 + "Vermolles.")
    assert made.topics(at["Vermolles"]) == ("none",)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (None, "0"),
        (Known(own=True), "P5"),
        (Known(kinds=frozenset([Kind.COUNTRY])), "C"),
        (Known(kinds=frozenset([Kind.WATER])), "F"),
        (Known(kinds=frozenset([Kind.REGION])), "R"),
        (Known(kinds=frozenset([Kind.REGION]), main=False), "r"),
        (Known(population=400_000), "P5"),
        (Known(population=40_000), "P4"),
        (Known(population=5_000), "P3"),
        (Known(population=5), "P1"),
        (Known(population=5, main=False), "p1"),
        (Known(population=5, match=MatchType.TRANSLITERATED), "P1~"),
    ],
)
def test_the_gazetteer_class_of_a_name(facts: Known | None, expected: str) -> None:
    assert gazetteer_class(facts) == expected
    assert name_profile(facts, FRENCH).gaz == expected


def test_a_profile_says_what_a_name_makes_likelier() -> None:
    assert name_profile(None, FRENCH) == UNKNOWN
    large = name_profile(Known(population=900_000), FRENCH)
    assert large.supports == large.kin == {"FR"}
    assert large.home == "home"
    small = name_profile(Known(population=900, countries=frozenset(["IT"])), FRENCH)
    assert (small.supports, small.kin, small.home) == (frozenset(), {"IT"}, "away")
    country = name_profile(Known(kinds=frozenset([Kind.COUNTRY])), FRENCH)
    assert (country.supports, country.kin, country.home) == ({"FR"}, frozenset(), "")
    everywhere = name_profile(Known(countries=frozenset("ABCDEFG")), FRENCH)
    assert (everywhere.kin, everywhere.home) == (frozenset(), "")
