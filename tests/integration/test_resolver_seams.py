"""The resolver with another ranker, and the weight of what it returns."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution import Resolver
from mapgen.resolution.arrays import Array
from mapgen.resolution.features import COLUMN
from mapgen.resolution.ranking.ranker import TopCandidates

LARGEST_KB = 60
"""For the toponyms of a text of 600 words, alternatives included."""


class LeastPopulous:
    """Ranks by small population: the opposite of fame, in one pass."""

    passes = 1

    def scores(self, features: Array, number: int) -> Array:
        assert number == 0
        return self.contributions(features).sum(axis=1)

    def contributions(self, features: Array) -> Array:
        parts = np.zeros_like(features)
        parts[:, COLUMN["population"]] = -features[:, COLUMN["population"]]
        return parts

    def probabilities(self, tops: TopCandidates) -> Array:
        return np.full(len(tops.shares), 0.375)


@pytest.fixture(scope="module")
def recogniser(gazetteer: Gazetteer) -> GazetteerRecogniser:
    return GazetteerRecogniser(gazetteer)


def test_another_ranker_decides_on_places_probabilities_and_reasons(gazetteer: Gazetteer) -> None:
    document = Document(text="Springfield", language="en")
    name = [Toponym(start=0, end=11, text="Springfield")]
    (usual,) = Resolver(gazetteer).resolve(document, name)
    (unusual,) = Resolver(gazetteer, ranker=LeastPopulous()).resolve(document, name)
    assert usual.resolution is not None
    assert unusual.resolution is not None
    assert usual.place is not None
    assert unusual.place is not None
    assert unusual.place.population < usual.place.population
    assert unusual.resolution.probability == 0.375
    populations = [each.place.population for each in unusual.resolution.alternatives]
    assert populations == sorted(populations)


def test_a_text_of_600_words_is_light(gazetteer: Gazetteer, recogniser: GazetteerRecogniser, root: Path) -> None:
    text = (root / "data" / "dispatch.txt").read_text(encoding="utf-8")
    assert 550 < len(text.split()) < 700
    document = Document(text=text, language="fr")
    resolver, toponyms = Resolver(gazetteer), recogniser.recognise(document)
    light = resolver.resolve(document, toponyms)
    assert len(pickle.dumps(light)) <= LARGEST_KB * 1000
    resolutions = [each.resolution for each in light if each.resolution is not None]
    assert sum(len(each.alternatives) for each in resolutions) > 100
    assert not any(each.features for each in resolutions)
    assert any(each.place and each.place.names for each in resolutions)
    assert not any(other.place.names for each in resolutions for other in each.alternatives)


def test_features_change_nothing_else(gazetteer: Gazetteer, recogniser: GazetteerRecogniser, root: Path) -> None:
    document = Document(text=(root / "data" / "dispatch.txt").read_text(encoding="utf-8"), language="fr")
    resolver, toponyms = Resolver(gazetteer), recogniser.recognise(document)
    for light, full in zip(
        resolver.resolve(document, toponyms), resolver.resolve(document, toponyms, features=True), strict=True
    ):
        assert light.resolution is not None
        assert full.resolution is not None
        assert (light.place, light.resolution.probability) == (full.place, full.resolution.probability)
        assert light.resolution.reasons == full.resolution.reasons
        assert bool(full.resolution.features) is (full.resolution.match is not None)


def test_one_resolver_gives_all_threads_and_all_orders_the_same(
    gazetteer: Gazetteer, recogniser: GazetteerRecogniser, root: Path
) -> None:
    paragraphs = (root / "tests" / "golden" / "resolution-en.txt").read_text(encoding="utf-8")
    texts = [line for line in paragraphs.replace("[[", "").replace("]]", "").split("\n") if len(line) > 30][:60]
    work = [(document, recogniser.recognise(document)) for document in (Document(text=t, language="en") for t in texts)]
    alone = [Resolver(gazetteer).resolve(*each) for each in work]
    gazetteer.caches.clear()
    shared = Resolver(gazetteer)
    with ThreadPoolExecutor(4) as pool:
        backwards = list(pool.map(lambda each: shared.resolve(*each), work[::-1]))
    assert backwards[::-1] == alone
