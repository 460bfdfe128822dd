"""What the calibration of the ranker is fitted on, and what is measured of the gazetteer beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from mapgen.evaluation.gold import GoldDocument, GoldName
from mapgen.evaluation.metrics import GoldPlace
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document
from mapgen.recognition import GazetteerRecogniser
from mapgen.resolution.ranking import linear_ranker
from mapgen.resolution.rules.anchors import region_radii
from mapgen.training.documents import described
from mapgen.training.region_radii import measured

TEXT = "Les écoles de Limoges, de Tulle et de Brive ferment lundi ; le hameau de Skaneateles garde la sienne."
PLACES = {"Limoges": (45.83, 1.26), "Tulle": (45.27, 1.77), "Brive": (45.16, 1.53), "Skaneateles": (45.6, 1.5)}


def gold_document() -> GoldDocument:
    names = tuple(
        GoldName(start=TEXT.index(name), end=TEXT.index(name) + len(name), place=GoldPlace(lat=point[0], lon=point[1]))
        for name, point in PLACES.items()
    )
    return GoldDocument(id="schools", document=Document(text=TEXT, language="fr"), names=names)


def test_the_calibration_is_fitted_on_the_names_that_the_rules_leave(gazetteer: Gazetteer) -> None:
    training = pytest.importorskip("mapgen.training.resolution", reason="training needs scipy")
    document = described(gold_document(), GazetteerRecogniser(gazetteer))
    ranker = linear_ranker()
    all_names = training._answers(document, ranker, gazetteer, ruled=False)
    left = training._answers(document, ranker, gazetteer, ruled=True)
    assert [right for _, right in all_names] == [True, True, True, False]
    assert [right for _, right in left] == [True, True, True]
    assert all(np.array_equal(one[0], other[0]) for one, other in zip(left, all_names, strict=False))


def test_the_radii_of_countries_and_regions_are_those_of_their_towns(gazetteer: Gazetteer) -> None:
    assert region_radii() == measured(gazetteer)
