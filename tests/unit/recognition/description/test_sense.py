"""What decides between a place and the government that goes by its name."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from mapgen.languages import load
from mapgen.model import Kind
from mapgen.recognition.description import SensePicture, list_bounds, sense_names, sense_picture
from mapgen.recognition.description.sense import power_class
from mapgen.recognition.tokens import Lexicon, Tokens

NO_CUE = ("", None)


def facts(kind: Kind = Kind.CITY, population: int = 0, name_count: int = 1) -> SimpleNamespace:
    return SimpleNamespace(kinds=frozenset([kind]), population=population, name_count=name_count)


def read(text: str, *names: str, code: str = "fr") -> tuple[Tokens, list[tuple[int, int]]]:
    lexicon = Lexicon(load(code))
    starts, position = [], 0
    for name in names:
        starts.append(text.index(name, position))
        position = starts[-1] + len(name)
    spans = [(start, start + len(name)) for start, name in zip(starts, names, strict=True)]
    tokens = lexicon.cut(lexicon.tokens(text), spans)
    return tokens, [(tokens.starts.index(start), tokens.ends.index(end)) for start, end in spans]


def picture(text: str, name: str = "Vermolles", code: str = "fr", **known: object) -> SensePicture:
    tokens, [bounds] = read(text, name, code=code)
    return sense_picture(tokens, *bounds, known.get("facts"), known.get("cue", NO_CUE), load(code))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind", "before"),
    [
        ("Vermolles accuse le maire.", "subject", "|"),
        ("La Vermolles accuse le maire.", "subject", "|"),
        ("Il pleut à Vermolles.", "place", "à"),
        ("Un accord avec Vermolles.", "partner", "avec"),
        ("Il pleut, selon Vermolles.", "saying", "selon"),
        ("Le maire de Vermolles dort.", "of", None),
        ("Hier, Vermolles dort.", "sign", ","),
    ],
)
def test_what_governs_a_name(text: str, kind: str, before: str | None) -> None:
    seen = picture(text)
    assert seen.kind == kind
    assert before is None or seen.before == before
    assert f"s.class={kind}" in sense_names(seen)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Vermolles accuse le maire.", "1"),
        ("Vermolles, hier, accuse le maire.", "far"),
        ("Vermolles hier soir accuse.", "2"),
        ("Vermolles dort. Le maire accuse.", ""),
        ("Vermolles dort.", ""),
    ],
)
def test_how_near_a_verb_of_saying_follows(text: str, verb: str) -> None:
    seen = picture(text)
    assert seen.verb == verb
    assert (f"s.verb={verb}" if verb else "s.no-verb") in sense_names(seen)


def test_the_article_and_the_start_of_a_sentence() -> None:
    opening = picture("Il dort. La Vermolles accuse.")
    assert (opening.article, opening.opening) == ("la", True)
    within = picture("Hier la Vermolles accuse.")
    assert (within.article, within.opening) == ("la", False)
    assert picture("Vermolles (AFP) - Il pleut.").opening
    assert "s.dateline" in sense_names(picture("Vermolles (AFP) - Il pleut."))


def test_a_noun_of_power_near_by() -> None:
    seen = picture("Il parle du gouvernement de Vermolles.")
    assert seen.governing == "power"
    assert "s.near=power" in " ".join(sense_names(picture("Il parle du gouvernement très discret de Vermolles.")))


def test_a_seat_of_power() -> None:
    assert picture("Le Kremlin dort.", "Kremlin").size == "seat"
    assert picture("Le Vermolles dort.").size == "0"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (None, "0"),
        (facts(Kind.COUNTRY), "country"),
        (facts(Kind.FACILITY), "facility"),
        (facts(population=200_000, name_count=50), "known"),
        (facts(population=200_000), "city"),
        (facts(population=99_999), "small"),
        (facts(Kind.REGION, population=5_000_000), "region"),
        (facts(Kind.CONTINENT), "region"),
        (facts(Kind.WATER), "small"),
    ],
)
def test_names_by_which_governments_go(known: SimpleNamespace | None, expected: str) -> None:
    assert power_class(known) == expected  # type: ignore[arg-type]
    assert f"s.size={expected}" in sense_names(picture("Il pleut à Vermolles.", facts=known))


def test_a_cue_is_a_feature() -> None:
    assert {"s.cue", "s.cue=city"} <= set(sense_names(picture("la ville de Vermolles", cue=("ville", Kind.CITY))))
    assert "s.cue" not in sense_names(picture("Il pleut à Vermolles."))


@pytest.mark.parametrize(
    ("text", "names", "lists"),
    [
        ("Saulx, Vermolles et Dormeux accusent.", ("Saulx", "Vermolles", "Dormeux"), [(0, 2)] * 3),
        ("À Saulx, Vermolles accuse.", ("Saulx", "Vermolles"), [(0, 0), (1, 1)]),
        ("Saulx accuse ; Vermolles et Dormeux non.", ("Saulx", "Vermolles", "Dormeux"), [(0, 0), (1, 2), (1, 2)]),
        ("Saulx dort.", ("Saulx",), [(0, 0)]),
    ],
)
def test_the_names_of_a_list_share_their_bounds(
    text: str, names: tuple[str, ...], lists: list[tuple[int, int]]
) -> None:
    tokens, bounds = read(text, *names)
    expected = [(bounds[first][0], bounds[last][1]) for first, last in lists]
    assert list_bounds(tokens, bounds, load("fr")) == expected
