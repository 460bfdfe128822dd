"""The Python interface that the design promises, line by line, on the real dispatch."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import folium
import pandas as pd
import pytest
from commands import environment, furnished, run
from geopy.location import Location

import mapgen
from mapgen.corrections import Correction, Scope
from mapgen.errors import OptionError, OutputError, PlacesError
from mapgen.exports.rows import CANDIDATE_COLUMNS, COLUMNS
from mapgen.gazetteer import Gazetteer
from mapgen.gazetteer.build import embedded_path
from mapgen.model import Decision

# What makes a browser load something from elsewhere.
LOADING = re.compile(r"""<(?:script|link|img|iframe|object|embed)\b[^>]*\b(?:src|href)=["'](?!#|data:)""")
TEXT = "Le train relie Lyon à Genève. Moscou accuse Paris, selon Washington."


@pytest.fixture(scope="module")
def geoparser(root: Path, home: Path) -> Iterator[mapgen.Geoparser]:
    with mapgen.Geoparser(places=root / "data" / "places.csv", home=home) as opened:
        yield opened


@pytest.fixture(scope="module")
def dispatch(geoparser: mapgen.Geoparser, root: Path) -> mapgen.Parsed:
    return geoparser.parse(mapgen.read(root / "data" / "dispatch.txt"))


def test_a_toponym_has_what_is_promised(dispatch: mapgen.Parsed) -> None:
    assert isinstance(dispatch.toponyms, tuple)
    assert len(dispatch.toponyms) > 30
    starts = [toponym.start for toponym in dispatch.toponyms]
    assert starts == sorted(set(starts))
    for toponym in dispatch.toponyms:
        assert isinstance(toponym, mapgen.Toponym)
        assert dispatch.document.text[toponym.start : toponym.end] == toponym.text
        assert isinstance(toponym.cue, str)
        assert toponym.sense in ("literal", "metonymic")
        assert toponym.sense == mapgen.Sense(toponym.sense)
        resolution = toponym.resolution
        assert isinstance(resolution, mapgen.Resolution)
        assert 0 <= resolution.probability <= 1
        assert resolution.reasons
        assert all(isinstance(reason, str) and reason for reason in resolution.reasons)
        assert all(0 <= other.probability <= 1 for other in resolution.alternatives)
        assert sum(other.probability for other in resolution.alternatives) + resolution.probability <= 1 + 1e-6
    hama = dispatch.toponyms[0]
    assert (hama.text, hama.cue, hama.sense, hama.kind) == ("Hama", "provinces", "literal", "region")
    assert any(toponym.sense == "metonymic" for toponym in dispatch.toponyms)
    assert any(toponym.resolution and toponym.resolution.alternatives for toponym in dispatch.toponyms)


def test_a_relation_has_its_phrase(dispatch: mapgen.Parsed) -> None:
    text = dispatch.document.text
    relations = [toponym.relation for toponym in dispatch.toponyms if toponym.relation is not None]
    assert relations
    for relation in relations:
        assert text[relation.start : relation.end] == relation.phrase
        assert relation.anchors
    assert {"part", "between"} <= {str(relation.type) for relation in relations}


def test_a_place_has_what_is_promised(dispatch: mapgen.Parsed) -> None:
    places = {toponym.text: toponym.place for toponym in dispatch.toponyms}
    aleppo, own, sea = places["Khan Cheikhoun"], places["Sukayk"], places["mer Caspienne"]
    assert aleppo is not None
    assert (aleppo.id, aleppo.geonameid, aleppo.source, aleppo.country) == ("gn:168325", 168325, "GeoNames", "SY")
    assert aleppo.kind == "city"
    assert aleppo.kind == mapgen.Kind.CITY
    assert aleppo.population > 10_000
    assert (aleppo.lat, aleppo.lon) == (pytest.approx(35.44, abs=0.05), pytest.approx(36.65, abs=0.05))
    assert own is not None
    assert own.geonameid is None
    assert own.id.startswith("own:")
    assert sea is not None
    assert (sea.kind, sea.country) == ("water", "")


def test_a_text_is_parsed_like_a_document(geoparser: mapgen.Geoparser, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    document = mapgen.read(file)
    assert isinstance(document, mapgen.Document)
    assert document.text == TEXT
    assert mapgen.read(str(file)) == document
    of_text, of_document = geoparser.parse(TEXT), geoparser.parse(document)
    assert [toponym.text for toponym in of_text.toponyms] == ["Lyon", "Genève", "Moscou", "Paris", "Washington"]
    assert of_text.toponyms == of_document.toponyms
    assert (of_text.toponyms[0].sense, of_text.toponyms[2].sense) == ("literal", "metonymic")


def test_one_geoparser_parses_many_texts(geoparser: mapgen.Geoparser) -> None:
    first = geoparser.parse(TEXT)
    geoparser.parse("Il neige à Alep.")
    assert geoparser.parse(TEXT) == first


@pytest.mark.parametrize("text", ["Il pleut et rien ne se passe.", "x"])
def test_a_text_without_places(text: str, geoparser: mapgen.Geoparser, tmp_path: Path) -> None:
    parsed = geoparser.parse(text)
    assert parsed.toponyms == ()
    assert list(parsed.to_frame().columns) == list(COLUMNS)
    assert len(parsed.to_frame()) == 0
    assert set(CANDIDATE_COLUMNS) <= set(parsed.to_frame(candidates=True).columns)
    assert parsed.save(tmp_path / "none.html").stat().st_size > 1000


def test_options_change_what_they_say(gazetteer: Gazetteer) -> None:
    english = mapgen.Geoparser(gazetteer=gazetteer, page_language="en").parse(TEXT)
    assert english.document.language == "fr"
    assert english.language == "en"
    assert mapgen.Geoparser(gazetteer=gazetteer).parse(TEXT).language == "fr"
    assert mapgen.Geoparser(gazetteer=gazetteer, language="en").parse(TEXT).document.language == "en"
    text = "A fire broke out in Springfield."
    homes = {"IL": (39.8, -89.64), "MA": (42.1, -72.59)}
    found = {
        state: mapgen.Geoparser(gazetteer=gazetteer, near=home).parse(text).toponyms[0].place
        for state, home in homes.items()
    }
    assert {state: place and place.admin1 for state, place in found.items()} == {"IL": "IL", "MA": "MA"}
    text = "A fire broke out in Cordoba."
    for country in ("AR", "es"):
        (toponym,) = mapgen.Geoparser(gazetteer=gazetteer, country=country).parse(text).toponyms
        assert toponym.place is not None
        assert toponym.place.country == country.upper()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les forces turques ont bombardé Alep, disent les Russes.", {"turques": "TR", "Alep": "SY", "Russes": "RU"}),
        ("Turkish soldiers shelled Aleppo, Russians say.", {"Turkish": "TR", "Aleppo": "SY", "Russians": "RU"}),
    ],
)
def test_demonyms_are_their_countries_when_asked_for(text: str, expected: dict[str, str], gazetteer: Gazetteer) -> None:
    parsed = mapgen.Geoparser(gazetteer=gazetteer, demonyms=True).parse(text)
    assert {toponym.text: toponym.place and toponym.place.country for toponym in parsed.toponyms} == expected
    for toponym in parsed.toponyms:
        if toponym.text[:3] != "Ale":
            assert (toponym.sense, toponym.kind) == ("metonymic", "country")
    plain = mapgen.Geoparser(gazetteer=gazetteer).parse(text)
    assert [toponym.text[:3] for toponym in plain.toponyms] == ["Ale"]


def test_a_demonym_can_be_corrected(gazetteer: Gazetteer) -> None:
    row = Correction(name="russe", decision=Decision.NO_PLACE, scope=Scope.EVERYWHERE)
    missed = Correction(
        name="Zouk", decision=Decision.MISSING, scope=Scope.HERE, span=(0, 4), document="-", point=(1.0, 2.0)
    )
    corrections = mapgen.Corrections((row, missed))
    geoparser = mapgen.Geoparser(gazetteer=gazetteer, demonyms=True, corrections=corrections)
    zouk, turkish, russian = geoparser.parse("Zouk : un soldat turc et un allié russe y sont.").toponyms
    assert (zouk.decision, turkish.sense, turkish.decision) == ("missing", "metonymic", None)
    assert turkish.place is not None
    assert (russian.sense, russian.place, russian.decision) == ("metonymic", None, "no-place")


def test_a_recogniser_of_ones_own(gazetteer: Gazetteer) -> None:
    class Capitals:
        def recognise(self, document: mapgen.Document) -> tuple[mapgen.Toponym, ...]:
            start = document.text.index("Genève")
            return (mapgen.Toponym(start=start, end=start + 6, text="Genève"),)

    parsed = mapgen.Geoparser(gazetteer=gazetteer, recogniser=Capitals()).parse(TEXT)
    assert [(toponym.text, toponym.place and toponym.place.country) for toponym in parsed.toponyms] == [
        ("Genève", "CH")
    ]


@pytest.mark.parametrize(
    "options",
    [{"page_language": "de"}, {"near": (91.0, 0.0)}, {"country": "Frankreich"}, {"home": Path("elsewhere")}],
    ids=str,
)
def test_options_that_make_no_sense(options: dict[str, object], gazetteer: Gazetteer) -> None:
    with pytest.raises(OptionError):
        mapgen.Geoparser(gazetteer=gazetteer, **options)  # type: ignore[arg-type]


def test_errors_are_mapgens(tmp_path: Path, home: Path, geoparser: mapgen.Geoparser) -> None:
    with pytest.raises(mapgen.MapgenError, match=r"nowhere\.txt"):
        mapgen.read(tmp_path / "nowhere.txt")
    with pytest.raises(PlacesError, match=r"nowhere\.csv"):
        mapgen.Geoparser(places=tmp_path / "nowhere.csv", home=home)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError):
        geoparser.parse(TEXT).save(tmp_path / "file" / "a.html")


def test_to_frame_has_a_row_a_toponym(dispatch: mapgen.Parsed) -> None:
    frame = dispatch.to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["text"]) == [toponym.text for toponym in dispatch.toponyms]
    assert list(frame["start"]) == [toponym.start for toponym in dispatch.toponyms]
    assert str(frame["geonameid"].dtype) == "Int64"
    assert frame["lat"].dropna().between(-90, 90).all()
    # The whole of it is a table that other tools read.
    assert len(frame.to_csv(index=False).splitlines()) >= len(frame)
    syria = frame[(frame["kind"] == "country") & (frame["text"] == "Syrie")]
    assert set(syria["country"]) == {"SY"}


def test_to_frame_with_candidates_has_a_row_a_candidate(dispatch: mapgen.Parsed) -> None:
    frame = dispatch.to_frame(candidates=True)
    assert list(frame.columns[: len(CANDIDATE_COLUMNS)]) == list(CANDIDATE_COLUMNS)
    assert set(frame.columns) == set(CANDIDATE_COLUMNS)
    chosen = frame[frame["chosen"]]
    placed = [toponym for toponym in dispatch.toponyms if toponym.place is not None]
    assert list(chosen["start"]) == [toponym.start for toponym in placed]
    assert list(chosen["place_id"]) == [toponym.place.id for toponym in placed if toponym.place]
    alternatives = sum(len(toponym.resolution.alternatives) for toponym in dispatch.toponyms if toponym.resolution)
    assert len(frame) == len(chosen) + alternatives
    assert set(frame.loc[frame["text"] == "Alep", "kind"]) >= {"city", "region"}


def test_candidates_have_their_features_where_these_are_asked_for(home: Path) -> None:
    with mapgen.Geoparser(home=home, features=True) as geoparser:
        frame = geoparser.annotate("Une attaque à Alep, en Syrie.").to_frame(candidates=True)
    features = [column for column in frame.columns if column.startswith("feature_")]
    assert len(features) >= 5
    assert set(frame.columns) == {*CANDIDATE_COLUMNS, *features}
    assert frame.loc[frame["chosen"], "feature_exact"].eq(1.0).all()


def test_to_map_is_a_folium_map_that_shows_itself(dispatch: mapgen.Parsed, tmp_path: Path) -> None:
    drawn = dispatch.to_map()
    assert isinstance(drawn, folium.Map)
    shown = drawn._repr_html_()
    assert "<iframe" in shown
    # What the notebook shows is the page itself, and the page asks nobody for anything.
    page = dispatch.save(tmp_path / "page.html").read_text(encoding="utf-8")
    assert drawn.get_root().render() == page
    assert "srcdoc=" in shown
    for source in (page, html.unescape(shown)):
        assert not re.findall(
            r"""<(?:script|link|img|iframe|object|embed)\b[^>]*\b(?:src|href)=["'](?!#|data:)""", source
        )
    assert "default-src 'none'" in html.unescape(page)


def test_save_writes_the_page_where_it_is_told(dispatch: mapgen.Parsed, tmp_path: Path) -> None:
    for target in (tmp_path / "deep" / "er" / "page.html", str(tmp_path / "page.html")):
        assert dispatch.save(target) == Path(target)
        assert Path(target).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.rglob("*.html")) == ["page.html", "page.html"]
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


def test_resolve_takes_spans_as_they_are(geoparser: mapgen.Geoparser, dispatch: mapgen.Parsed) -> None:
    resolved = geoparser.resolve(dispatch.document, [toponym.span for toponym in dispatch.toponyms])
    assert isinstance(resolved, mapgen.Parsed)
    assert [toponym.span for toponym in resolved.toponyms] == [toponym.span for toponym in dispatch.toponyms]
    same = sum(ours.place == theirs.place for ours, theirs in zip(resolved.toponyms, dispatch.toponyms, strict=True))
    assert same == len(dispatch.toponyms)


def test_resolve_sorts_its_spans_and_takes_a_text(geoparser: mapgen.Geoparser) -> None:
    parsed = geoparser.resolve("Alep et Damas", [(8, 13), (0, 4)])
    assert [(toponym.text, toponym.place and toponym.place.geonameid) for toponym in parsed.toponyms] == [
        ("Alep", 170063),
        ("Damas", 170654),
    ]
    assert geoparser.resolve("Alep et Damas", []).toponyms == ()
    # Words that no recogniser would take are resolved as far as they can be, and kept.
    (kept,) = geoparser.resolve("Alep et Damas", [(5, 7)]).toponyms
    assert kept.text == "et"


@pytest.mark.parametrize(
    "spans",
    [[(0, 0)], [(4, 0)], [(-4, 4)], [(8, 14)], [(0, 6), (5, 13)], [(0, 4), (0, 4)]],
    ids=["empty", "backwards", "negative", "beyond", "across", "twice"],
)
def test_spans_that_make_no_sense(spans: list[tuple[int, int]], geoparser: mapgen.Geoparser) -> None:
    with pytest.raises(OptionError, match="span"):
        geoparser.resolve("Alep et Damas", spans)


def test_the_gazetteer_is_a_geopy_geocoder(home: Path) -> None:
    with mapgen.GazetteerGeocoder() as geocoder:
        location = geocoder.geocode("Alep")
        assert isinstance(location, Location)
        assert (location.latitude, location.longitude) == (
            pytest.approx(36.2, abs=0.05),
            pytest.approx(37.16, abs=0.05),
        )
        assert location.raw["geonameid"] == 170063
        assert geocoder.geocode("Xqzwvk") is None
        near = geocoder.reverse((36.2, 37.16))
        assert isinstance(near, Location)
        assert near.raw["country_code"] == "SY"


def test_the_home_is_where_mapgen_home_says(home: Path, gazetteer: Gazetteer) -> None:
    assert gazetteer.path == embedded_path(home)
    with mapgen.Gazetteer.open() as opened:
        assert opened.path == embedded_path(home)


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_CACHE_HOME counts on Linux")
def test_without_mapgen_home_the_users_cache_counts(tmp_path: Path, home: Path, gazetteer: Gazetteer) -> None:
    cache, user = tmp_path / "cache", tmp_path / "user"
    user.mkdir()
    kept = furnished(cache / "mapgen", home)
    done = run(
        "map", "-", "-o", tmp_path / "a.html", home=None, stdin=TEXT,
        env={"XDG_CACHE_HOME": str(cache), "HOME": str(user)}, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*") if path.is_file()} <= {
        "a.html",
        "cache",
    }
    assert kept == cache / "mapgen"
    assert list(user.iterdir()) == []
    code = "from mapgen.files import home_directory; print(home_directory())"
    for names, where in (
        ({"XDG_CACHE_HOME": str(cache)}, cache / "mapgen"),
        ({"HOME": str(user)}, user / ".cache" / "mapgen"),
        ({"XDG_CACHE_HOME": str(cache), "MAPGEN_HOME": str(tmp_path / "mine")}, tmp_path / "mine"),
    ):
        told = subprocess.run(
            [sys.executable, "-c", code], env=environment(None, **names), capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == str(where)
