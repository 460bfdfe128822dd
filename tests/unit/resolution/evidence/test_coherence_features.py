from collections.abc import Sequence

import numpy as np
import pytest
from resolution_samples import candidates, place

from mapgen.model import Kind, MatchType
from mapgen.resolution.candidates import CandidateSet
from mapgen.resolution.evidence.coherence import WINDOW, coherence_features, distinct_names
from mapgen.resolution.features import Group, block

COLUMN = block(Group.COHERENCE)
LIBYA = place("Tripoli", "LY", 32.89, 13.19, population=1_150_000, capital=True)
LEBANON = place("Tripoli", "LB", 34.43, 35.84, population=230_000, admin1="03")
SET = candidates(LIBYA, LEBANON)

BEIRUT = place("Beirut", "LB", 33.89, 35.5, admin1="04")
LEBANON_ITSELF = place("Lebanon", "LB", 33.83, 35.83, kind=Kind.COUNTRY)
TWO_SIDONS = (place("Sidon", "US", 41.5, -90.0, admin1="IL"), place("Sidon", "LB", 33.56, 35.37, admin1="03"))


def feature(name: str, others: Sequence[CandidateSet], weight: Sequence[float], **demonyms: float) -> list[float]:
    found = coherence_features(distinct_names([SET, *others]), np.array([0.5, 0.5, *weight]), demonyms)
    return [float(value) for value in found[:2, COLUMN[name]]]


def test_another_town_supports_its_country_and_its_neighbourhood() -> None:
    assert feature("country_share", [candidates(BEIRUT)], [0.9]) == [0.0, 1.0]
    libya, lebanon = feature("near_150", [candidates(BEIRUT)], [0.9])
    assert lebanon > 0.3 > libya
    assert feature("country_named", [candidates(BEIRUT)], [0.9]) == [0.0, 0.0]


def test_a_named_country_supports_without_its_point() -> None:
    assert feature("country_named", [candidates(LEBANON_ITSELF)], [0.9]) == [0.0, 0.9]
    assert feature("near_600", [candidates(LEBANON_ITSELF)], [0.9]) == [0.0, 0.0]


def test_an_ambiguous_name_supports_each_place_by_its_share() -> None:
    assert feature("country_share", [candidates(*TWO_SIDONS)], [0.75, 0.25]) == [0.0, 0.25]
    assert feature("region_share", [candidates(*TWO_SIDONS)], [0.75, 0.25]) == [0.0, 0.25]
    assert feature("region_lead", [candidates(*TWO_SIDONS)], [0.5, 0.5])[1] == pytest.approx(0.5)


def test_a_name_is_no_evidence_for_itself() -> None:
    for name in COLUMN:
        assert feature(name, [], []) == [0.0, 0.0]


def common(name: str, *others: CandidateSet, kind: str = "region") -> list[float]:
    weight = np.full(sum(map(len, (SET, *others))), 0.01)
    found = coherence_features(distinct_names([SET, *others]), weight, {})
    return [float(value) for value in found[:2, COLUMN[f"{kind}_{name}"]]]


def test_names_with_a_place_in_a_division_support_it_whatever_their_shares() -> None:
    libya, lebanon = common("names", candidates(*TWO_SIDONS))
    assert libya == 0.0
    assert lebanon == pytest.approx(np.log1p(2**-0.5))
    alone = candidates(place("Zgharta", "LB", 34.4, 35.9, admin1="03"))
    assert common("names", alone)[1] == pytest.approx(np.log1p(1.0))
    assert common("names", candidates(BEIRUT)) == [0.0, 0.0]


def test_one_name_in_common_leads_by_little() -> None:
    sidons, zgharta = candidates(*TWO_SIDONS), candidates(place("Zgharta", "LB", 34.4, 35.9, admin1="03"))
    assert common("names_lead", sidons)[1] == pytest.approx(2**-0.5)
    assert common("names_lead", sidons, zgharta) == [0.0, pytest.approx((1 + 2**-0.5) / 2)]


def test_names_spelled_a_little_alike_have_no_division_in_common() -> None:
    alike = candidates(place("Sidun", "LB", 33.5, 35.3, admin1="03"), match=MatchType.NEAR)
    assert common("names", alike) == [0.0, 0.0]


def test_names_far_off_in_a_long_document_do_not_count() -> None:
    others = [candidates(BEIRUT), *[candidates(place(f"x{n}", "XX")) for n in range(4 * WINDOW)]]
    assert feature("country_share", others, [1.0] * len(others))[1] > 0
    assert feature("country_share", others[::-1], [1.0] * len(others)) == [0.0, 0.0]


def test_demonyms_count_without_other_names() -> None:
    assert feature("demonym_share", [], [], LY=1.0) == [1.0, 0.0]
