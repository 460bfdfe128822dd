from resolution_samples import place

from mapgen.model import Candidate, Decision, Kind, MatchType, Resolution, Toponym
from mapgen.resolution.explain import explain
from mapgen.resolution.ranking import linear_ranker


def test_each_place_has_the_contributions_of_its_features_the_largest_first() -> None:
    other = Candidate(place=place("Hama", "JP"), match=MatchType.EXACT, name="Hama", features={"exact": 1.0})
    resolution = Resolution(
        place=place("Hama", "SY"),
        probability=0.9,
        features={"main_name": 1.0, "cue_match": 1.0, "capital": 0.001},
        alternatives=(other,) * 5,
    )
    toponym = Toponym(
        start=0, end=4, text="Hama", cue="city", cue_kind=Kind.CITY, decision=Decision.MISSING, resolution=resolution
    )
    head, decision, top, *others = explain([toponym])
    assert head == "0-4 'Hama' literal, cue 'city' (city)"
    assert decision == "  a person decided: missing"
    weights = linear_ranker().contributions
    assert weights is not None
    assert top.startswith("  => 0.90 Hama (city SY")
    assert "main_name+" in top
    assert "capital" not in top
    assert len(others) == 3
    assert all("exact" in line for line in others)


def test_a_name_without_a_place_has_its_reasons() -> None:
    unknown = Resolution(place=None, probability=0.0, reasons=("no such place", "none"))
    assert (
        list(explain([Toponym(start=0, end=1, text="X", resolution=unknown)]))[1]
        == "  => no place: no such place; none"
    )
    assert len(list(explain([Toponym(start=0, end=1, text="X")]))) == 1
