"""What names mean in short texts of every continent: `tests/golden/resolution-*.txt`. A case added there is a test."""

from pathlib import Path

import pytest

from mapgen.evaluation.corpora.placed import PlacedText, read_placed
from mapgen.evaluation.gold import GoldName
from mapgen.evaluation.metrics import is_right
from mapgen.gazetteer import Gazetteer
from mapgen.model import Kind, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Prior, Resolver

FLOOR = {"en": 0.97, "fr": 0.97, "es": 0.97}
"""The least share of names that must be right, over a file."""

ALIKE = {Kind.VILLAGE: Kind.CITY, Kind.QUARTER: Kind.CITY, Kind.DISTRICT: Kind.REGION}
FILES = sorted((Path(__file__).parent.parent / "golden").glob("resolution-??.txt"))
PASSAGES = {path.stem[-2:]: list(read_placed(path)) for path in FILES}


@pytest.fixture(scope="module")
def recogniser(gazetteer: Gazetteer) -> GazetteerRecogniser:
    return GazetteerRecogniser(gazetteer)


def right(toponym: Toponym, name: GoldName) -> bool:
    place = toponym.place
    if place is None or name.place is None or not is_right(place, name.place):
        return False
    return name.kind is None or ALIKE.get(place.kind, place.kind) is ALIKE.get(name.kind, name.kind)


def resolved(passage: PlacedText, gazetteer: Gazetteer, recogniser: GazetteerRecogniser) -> tuple[Toponym, ...]:
    document = passage.gold.document
    bare = [Toponym(start=start, end=end, text=document.text[start:end]) for start, end in passage.gold.spans]
    prior = Prior(near=passage.near, country=passage.country)
    return Resolver(gazetteer, prior=prior).resolve(document, recogniser.describe(document, bare))


def test_there_are_enough_cases_of_every_language() -> None:
    assert {language: len(passages) >= 60 for language, passages in PASSAGES.items()} == {
        "en": True, "es": True, "fr": True,
    }  # fmt: skip


@pytest.mark.parametrize("language", sorted(PASSAGES))
def test_names_mean_what_the_cases_say(language: str, gazetteer: Gazetteer, recogniser: GazetteerRecogniser) -> None:
    wrong, names = [], 0
    for passage in PASSAGES[language]:
        toponyms = resolved(passage, gazetteer, recogniser)
        for toponym, name in zip(toponyms, passage.gold.names, strict=True):
            names += 1
            if not right(toponym, name):
                place = toponym.place
                answer = (
                    f"{place.name} ({place.kind}, {place.country}, {place.lat:.1f}, {place.lon:.1f})" if place else "–"
                )
                wrong.append(f"{passage.gold.id}: {toponym.text} -> {answer}, not {name.place}")
    share = 1 - len(wrong) / names
    told = "\n".join(wrong)
    print(f"{language}: {share:.3f} of {names} right\n{told}")  # noqa: T201
    assert share >= FLOOR[language], f"{share:.3f} of {names} names right:\n{told}"


@pytest.mark.parametrize("language", sorted(PASSAGES))
def test_probabilities_of_all_candidates_sum_to_at_most_one(
    language: str, gazetteer: Gazetteer, recogniser: GazetteerRecogniser
) -> None:
    for passage in PASSAGES[language]:
        for toponym in resolved(passage, gazetteer, recogniser):
            assert toponym.resolution is not None
            total = toponym.resolution.probability + sum(each.probability for each in toponym.resolution.alternatives)
            assert 0 <= total <= 1 + 1e-9, toponym
