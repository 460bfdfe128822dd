"""Analysis apart from drawing, options as one object, warnings that belong to one document."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import mapgen
from mapgen.errors import GeocodingError, OptionError
from mapgen.exports import FORMATS, convert
from mapgen.gazetteer import Gazetteer
from mapgen.model import Place

TEXT = "Le train relie Lyon à Genève. Deux routes sont coupées à 3 km de Brive-la-Gaillarde."


@pytest.fixture(scope="module")
def geoparser(gazetteer: Gazetteer) -> mapgen.Geoparser:
    return mapgen.Geoparser(gazetteer=gazetteer)


def test_parsing_is_annotating_and_drawing(geoparser: mapgen.Geoparser) -> None:
    annotated = geoparser.annotate(TEXT)
    assert isinstance(annotated, mapgen.Annotated)
    assert not isinstance(annotated, mapgen.Parsed)
    assert len(annotated.toponyms) == len(annotated.places) == 3
    drawn = geoparser.draw(annotated)
    assert isinstance(drawn, mapgen.Parsed)
    assert drawn == geoparser.parse(TEXT)
    assert drawn.toponyms == annotated.toponyms
    assert drawn.scene is not None
    assert drawn.footprints
    assert drawn.towns
    assert annotated.to_frame().equals(drawn.to_frame())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_only_formats_with_geometry_need_drawing(name: str, geoparser: mapgen.Geoparser) -> None:
    annotated = geoparser.annotate(TEXT)
    drawn = geoparser.draw(annotated)
    if FORMATS[name].geometry:
        with pytest.raises(OptionError, match="draw the document"):
            convert(annotated, name)
        # The mark is right only where the footprints change the file.
        undrawn = mapgen.Parsed(document=drawn.document, toponyms=drawn.toponyms, language=drawn.language)
        assert convert(undrawn, name) != convert(drawn, name)
    else:
        assert convert(annotated, name) == convert(drawn, name)


def test_settings_and_keywords_are_one_thing(home: Path, root: Path) -> None:
    places = root / "data" / "places.csv"
    settings = mapgen.Settings(places=(places,), country="SY", demonyms=True, home=home)
    with (
        mapgen.Geoparser(settings) as one,
        mapgen.Geoparser(places=str(places), country="sy", demonyms=True, home=str(home)) as other,
        mapgen.Geoparser(settings, country="FR") as changed,
    ):
        assert one.settings == other.settings == settings
        assert one.parse(TEXT) == other.parse(TEXT)
        assert changed.settings.country == "FR"
    with pytest.raises(TypeError):
        mapgen.Geoparser(colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "text",
    ["Source: Une agence\n\nIl neige à Lyon et à Genève.", "title: Lyon\ndate: 2021\n\nIl neige à Lyon et à Genève."],
)
def test_a_string_is_a_text_whose_offsets_hold(text: str, geoparser: mapgen.Geoparser) -> None:
    at = text.rindex("Genève")
    for parsed in (geoparser.annotate(text), geoparser.resolve(text, [(at, at + 6)])):
        assert parsed.document.text == text
        last = parsed.toponyms[-1]
        assert (last.start, last.end, last.text) == (at, at + 6, "Genève")
        assert last.place is not None
        assert last.place.country == "CH"


class Failing:
    """A source that fails for every name, and tells which."""

    def places(self, name: str, *, country: str = "", language: str = "") -> tuple[Place, ...]:  # noqa: ARG002
        raise GeocodingError(f"no answer for {name}")


def test_each_document_has_its_own_warnings(gazetteer: Gazetteer) -> None:
    geoparser = mapgen.Geoparser(gazetteer=gazetteer, geocoder=Failing())
    unknown = ("Qrlzbâ", "Vxtroûn", "Wzgnoûf")
    warnings = [
        geoparser.annotate(f"Les habitants du village de {name} ont fui vers Hama, en Syrie.").warnings
        for name in unknown
    ]
    assert warnings == [(f"no answer for {name}",) for name in unknown]
    assert geoparser.annotate("Il neige à Hama, en Syrie.").warnings == ()
    both = geoparser.annotate("Les villages de Qrlzbâ et de Vxtroûn, en Syrie, sont sous la neige.").warnings
    assert both == ("no answer for Vxtroûn (2 failures in this document)",)


def test_what_is_wrong_with_a_file_of_places_is_no_warning_of_a_document(tmp_path: Path, home: Path) -> None:
    places = tmp_path / "places.csv"
    places.write_text(
        "name,kind,country,lat,lon\nQrlzbâ,village,SY,35,36\nWzgnoûf,village,SY,95,36\n", encoding="utf-8"
    )
    with mapgen.Geoparser(places=places, home=home) as geoparser:
        (warning,) = geoparser.warnings
        assert warning.startswith(f"{places}:3: ")
        for _ in range(3):
            assert geoparser.annotate("Il neige à Hama.").warnings == ()


@pytest.fixture(scope="module")
def dispatch(root: Path) -> mapgen.Document:
    return mapgen.read(root / "data" / "dispatch.txt")


def test_features_travel_only_when_asked_for(gazetteer: Gazetteer, dispatch: mapgen.Document) -> None:
    plain = mapgen.Geoparser(gazetteer=gazetteer).annotate(dispatch)
    full = mapgen.Geoparser(gazetteer=gazetteer, features=True).annotate(dispatch)
    assert [toponym.place for toponym in plain.toponyms] == [toponym.place for toponym in full.toponyms]

    def features(annotated: mapgen.Annotated) -> int:
        resolutions = [toponym.resolution for toponym in annotated.toponyms if toponym.resolution]
        return sum(len(each.features) + sum(len(a.features) for a in each.alternatives) for each in resolutions)

    assert features(plain) == 0
    assert features(full) > 1000
    columns = {name: list(each.to_frame(candidates=True).columns) for name, each in (("plain", plain), ("full", full))}
    assert not [column for column in columns["plain"] if column.startswith("feature_")]
    assert len([column for column in columns["full"] if column.startswith("feature_")]) > 20
    assert len(plain.to_frame(candidates=True)) == len(full.to_frame(candidates=True)) > len(plain.toponyms)


def test_a_result_pickles_small_and_comes_back(gazetteer: Gazetteer, dispatch: mapgen.Document) -> None:
    geoparser = mapgen.Geoparser(gazetteer=gazetteer)
    annotated = geoparser.annotate(dispatch)
    assert 550 < len(dispatch.text.split()) < 650
    for result in (annotated, geoparser.draw(annotated)):
        pickled = pickle.dumps(result)
        assert len(pickled) <= 60_000
        again = pickle.loads(pickled)
        assert again == result
        assert type(again) is type(result)
