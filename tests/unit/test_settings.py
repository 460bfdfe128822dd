"""Settings: one frozen, picklable object; wrong values are refused; every entry maps onto it."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from mapgen.errors import OptionError
from mapgen.options import Options, point
from mapgen.settings import Settings, SettingsFields

FULL = Settings(
    places=(Path("a.csv"), Path("b.geojson")),
    corrections=(Path("c.csv"),),
    language="fr",
    page_language="en",
    country="SY",
    near=(33.5, 36.3),
    recogniser="spacy:fr_core_news_sm",
    demonyms=True,
    geocoder="nominatim",
    geocoder_url="http://localhost:8080",
    geocoder_settings=Path("d.toml"),
    features=True,
    home=Path("e"),
    cache_bytes=1 << 24,
    packs="auto",
    packs_from="http://localhost:8081/dump/",
)


def test_settings_are_a_value() -> None:
    again = pickle.loads(pickle.dumps(FULL))
    assert again == FULL
    assert hash(again) == hash(FULL)
    with pytest.raises(dataclasses.FrozenInstanceError):
        FULL.language = "en"  # type: ignore[misc]
    assert all(getattr(FULL, field.name) != getattr(Settings(), field.name) for field in dataclasses.fields(Settings))


def test_loose_forms_become_strict_ones() -> None:
    loose = Settings(
        places="a.csv", corrections=["b.csv", Path("c.csv")], language="fr-CA", country="fr", near=[1, 2], home="d",
        geocoder=" Nominatim",
    )  # type: ignore[arg-type] # fmt: skip
    assert loose.places == (Path("a.csv"),)
    assert loose.corrections == (Path("b.csv"), Path("c.csv"))
    assert (loose.language, loose.country, loose.near, loose.home) == ("fr", "FR", (1.0, 2.0), Path("d"))
    assert loose.geocoder == "nominatim"


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "Frensh"},
        {"page_language": "de"},
        {"page_language": "xx"},
        {"country": "France"},
        {"country": "F"},
        {"near": (91.0, 0.0)},
        {"near": (0.0, 181.0)},
        {"near": (float("nan"), 0.0)},
        {"near": (1.0,)},
        {"near": "ab"},
        {"recogniser": "spacy"},
        {"recogniser": "spacy:"},
        {"geocoder_url": "http://localhost"},
        {"cache_bytes": 0},
    ],
    ids=str,
)
def test_a_value_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        Settings(**wrong)


def test_absolute_paths_mean_the_same_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    absolute = FULL.absolute()
    assert absolute.places == (tmp_path / "a.csv", tmp_path / "b.geojson")
    assert absolute.corrections == (tmp_path / "c.csv",)
    assert (absolute.geocoder_settings, absolute.home) == (tmp_path / "d.toml", tmp_path / "e")
    assert Settings().absolute() == Settings()


def test_every_field_is_a_keyword_of_the_geoparser() -> None:
    given_otherwise = {"recogniser", "corrections", "geocoder"}
    fields = {field.name for field in dataclasses.fields(Settings)}
    assert set(get_type_hints(SettingsFields)) == fields - given_otherwise


def test_every_field_is_documented() -> None:
    documented = inspect.getdoc(Settings) or ""  # Python 3.13 leaves the indentation out by itself
    assert all(f"\n    {field.name}: " in documented for field in dataclasses.fields(Settings))


def test_the_command_line_maps_onto_settings() -> None:
    options = Options(
        places=[Path("a.csv"), Path("b.geojson")],
        corrections=[Path("c.csv")],
        language="fr",
        page_language="en",
        country="sy",
        near="33.5,36.3",
        recogniser="spacy:fr_core_news_sm",
        demonyms=True,
        geocoder="nominatim",
        geocoder_url="http://localhost:8080",
        geocoder_settings=Path("d.toml"),
        packs="auto",
        packs_from="http://localhost:8081/dump/",
        explain=True,
        explain_features=True,
    )
    # MAPGEN_HOME moves the home; nothing on the command line sizes the caches.
    assert options.settings() == dataclasses.replace(FULL, home=None, cache_bytes=None)
    assert Options().settings() == Settings()


@pytest.mark.parametrize("wrong", ["here", "1", "1,2,3", "91,0", "0,181", "nan,nan"])
def test_a_home_is_a_point_on_earth(wrong: str) -> None:
    with pytest.raises(OptionError):
        Options(near=wrong).settings()


def test_a_home_is_read_in_degrees() -> None:
    assert point("33.5,-36.3") == (33.5, -36.3)
    assert point("") is None


@pytest.mark.parametrize(
    "name", ["fr", "FR", "fr-CA", "fr_FR", "fra", "fre", "French", "français", "Francais", " french "]
)
def test_languages_are_named_by_code_or_by_name(name: str) -> None:
    assert Settings(language=name).language == "fr"


@pytest.mark.parametrize("name", ["Frensh", "xx", "qqq", "f", "12"])
def test_unknown_languages_are_refused(name: str) -> None:
    with pytest.raises(OptionError, match="is no language"):
        Settings(language=name)


def test_a_pipeline_may_be_named_as_its_package() -> None:
    assert Settings(recogniser="spacy:fr-core-news-sm").recogniser == "spacy:fr_core_news_sm"
