import pytest
from rule_samples import known, place, put

from mapgen.model import Kind, MatchType, Place, Toponym
from mapgen.resolution.candidates import NEAR_NAMES
from mapgen.resolution.rules.draft import Spelling
from mapgen.resolution.rules.spellings import NEAR_PROBABILITY, REMOTE_PROBABILITY

TEXT = "Lyom burned."


def famous(names: int = NEAR_NAMES, kind: Kind = Kind.CITY) -> Place:
    return Place(
        id="lyon", source="test", name="Lyon", kind=kind, country="FR", lat=45.0, lon=5.0, population=500_000,
        name_count=names,
    )  # fmt: skip


def after(match: MatchType, lyon: Place, *, supported: bool = True, probability: float = 0.9) -> Toponym:
    other = place("Lyo", Kind.CITY, 1.0, 1.0)
    toponym = known(TEXT, lyon, match=match, name="Lyom", probability=probability, alternatives=[other])
    (placed,) = put(TEXT, toponym, spellings={0: Spelling("Lyon", supported)})
    return placed


def test_a_place_one_edit_away_is_never_sure() -> None:
    placed = after(MatchType.NEAR, famous())
    assert placed.place == famous()
    assert placed.resolution is not None
    assert placed.resolution.probability == NEAR_PROBABILITY
    rest = sum(each.probability for each in placed.resolution.alternatives)
    assert rest == pytest.approx(1.0 - NEAR_PROBABILITY)


@pytest.mark.parametrize(
    ("kind", "population", "is_sure"),
    [(Kind.VILLAGE, 0, False), (Kind.VILLAGE, 700, True), (Kind.DISTRICT, 0, True)],
)
def test_a_hamlet_that_only_sounds_like_the_name_is_never_sure(kind: Kind, population: int, is_sure: bool) -> None:
    hamlet = Place(
        id="hamlet", source="test", name="Lyon", kind=kind, country="FR", lat=45.0, lon=5.0, population=population
    )
    placed = after(MatchType.TRANSLITERATED, hamlet)
    assert placed.resolution is not None
    assert (placed.resolution.probability > NEAR_PROBABILITY) is is_sure


def test_a_lower_probability_stays() -> None:
    placed = after(MatchType.NEAR, famous(), probability=0.3)
    assert placed.resolution is not None
    assert placed.resolution.probability == 0.3


@pytest.mark.parametrize(
    ("match", "names", "supported", "probability", "kept"),
    [
        (MatchType.NEAR, NEAR_NAMES, True, 0.9, True),
        (MatchType.NEAR, NEAR_NAMES, False, 0.9, False),
        (MatchType.TRANSLITERATED, 0, False, REMOTE_PROBABILITY, True),
        (MatchType.TRANSLITERATED, 0, False, REMOTE_PROBABILITY - 0.1, False),
        (MatchType.TRANSLITERATED, 0, True, REMOTE_PROBABILITY - 0.1, True),
    ],
)
def test_a_remote_place_only_spelled_like_the_name_is_rejected(
    match: MatchType, names: int, supported: bool, probability: float, kept: bool
) -> None:
    placed = after(match, famous(names), supported=supported, probability=probability)
    assert (placed.place is not None) is kept
    if not kept:
        assert placed.resolution is not None
        assert [each.place.id for each in placed.resolution.alternatives] == ["lyon", "Lyo"]
        assert {each.probability for each in placed.resolution.alternatives} == {0.0}
        assert placed.resolution.alternatives[0].name == "Lyon"
        assert placed.resolution.reasons[-1] == "looks like “Lyon” in the gazetteer"


def test_an_obscure_place_one_edit_away_is_rejected_even_with_support() -> None:
    toponym = known(TEXT, famous(NEAR_NAMES - 1), match=MatchType.NEAR, name="Lyom")
    (placed,) = put(TEXT, toponym, spellings={0: Spelling("Lyon", True)})
    assert placed.place is None


def test_a_country_spelled_otherwise_is_not_remote() -> None:
    assert (
        after(MatchType.TRANSLITERATED, famous(kind=Kind.COUNTRY), supported=False, probability=0.3).place is not None
    )
