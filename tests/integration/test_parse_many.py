"""Many texts in several processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import mapgen
from mapgen.errors import DocumentError, InputError, OptionError
from mapgen.gazetteer import Gazetteer

TEXTS = ("Un train a déraillé près de Dijon.", "Des pluies tombent sur Lomé.", "Le port de Gdynia est fermé.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_are_those_of_a_geoparser_in_the_order_of_the_texts(jobs: int, gazetteer: Gazetteer) -> None:
    found = list(mapgen.parse_many(TEXTS, jobs=jobs))
    geoparser = mapgen.Geoparser(gazetteer=gazetteer)
    assert found == [geoparser.parse(text) for text in TEXTS]
    assert [parsed.toponyms[0].text for parsed in found] == ["Dijon", "Lomé", "Gdynia"]


def test_texts_are_taken_as_they_are_needed() -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for number in range(500):
            taken += 1
            yield f"Accident numéro {number} à Dijon."

    results = mapgen.parse_many(texts(), jobs=2)
    assert "numéro 0" in next(results).document.text
    assert taken <= 8
    results.close()  # type: ignore[attr-defined]


def test_a_bad_text_ends_the_run_at_its_place_or_is_told() -> None:
    results = mapgen.parse_many((TEXTS[0], " ", TEXTS[1]), jobs=2)
    assert next(results).toponyms
    with pytest.raises(DocumentError):
        next(results)
    bad: list[tuple[object, InputError]] = []
    good = list(mapgen.parse_many((TEXTS[0], " ", TEXTS[1]), jobs=2, failed=lambda *each: bad.append(each)))
    assert [parsed.toponyms[0].text for parsed in good] == ["Dijon", "Lomé"]
    assert [text for text, _ in bad] == [" "]


def test_options_are_those_of_a_geoparser(tmp_path: Path) -> None:
    places = tmp_path / "places.csv"
    places.write_text("name,lat,lon\nZorgalune,10,20\n", encoding="utf-8")
    (parsed,) = mapgen.parse_many(["Une école brûle à Zorgalune."], jobs=2, places=places, page_language="en")
    assert parsed.toponyms[0].place is not None
    assert parsed.language == "en"


def test_what_makes_no_sense_is_refused_at_once() -> None:
    with pytest.raises(OptionError, match="several texts"):
        mapgen.parse_many("Dijon")
    with pytest.raises(OptionError, match="jobs is -1"):
        mapgen.parse_many([], jobs=-1)
