"""The same text with other line ends, spaces, hyphens and invisible signs has the same places at the same letters."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mapgen
from mapgen.corrections import Correction, Scope
from mapgen.evaluation.corpora.placed import read_placed
from mapgen.exports import convert
from mapgen.gazetteer import Gazetteer
from mapgen.model import Decision

GOLDEN = Path(__file__).parent.parent / "golden"
SEPARATORS = ("\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028")
SIGNS = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u2066"
Found = list[tuple[int, int, str | None]]


@pytest.fixture(scope="module")
def geoparser(gazetteer: Gazetteer) -> Iterator[mapgen.Geoparser]:
    with mapgen.Geoparser(gazetteer=gazetteer) as opened:
        yield opened


def letters(text: str) -> int:
    """How many letters a passage has that every form of it has."""
    composed = unicodedata.normalize("NFC", text)
    return sum(not character.isspace() and character not in SIGNS for character in composed)


def found(geoparser: mapgen.Geoparser, text: str, language: str) -> Found:
    """The names of a text: first and last letter, and the place."""
    annotated = geoparser.annotate(mapgen.Document(text=text, language=language))
    for toponym in annotated.toponyms:
        assert toponym.text == text[toponym.start : toponym.end]
        assert toponym.name == " ".join(toponym.name.split())
    return [
        (letters(text[: each.start]), letters(text[: each.end]), each.place.id if each.place else None)
        for each in annotated.toponyms
    ]


def golden_texts() -> Iterator[tuple[str, str]]:
    """The golden paragraphs with their languages, each on one line."""
    for path in sorted(GOLDEN.glob("resolution-??.txt")):
        passages = [passage.gold.document for passage in read_placed(path)]
        for number in range(0, len(passages), 6):  # short texts: six are a paragraph
            yield " ".join(" ".join(each.text.split()) for each in passages[number : number + 6]), path.stem[-2:]
    for path in sorted((GOLDEN / "languages").glob("*.txt")):
        marked = re.sub(r"^#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield " ".join(re.sub(r"\[\[([^|\]]*)[^\]]*\]\]", r"\1", marked).split()), path.stem


def wrapped(text: str, width: int, end: str) -> str:
    return end.join(textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False))


def test_golden_texts_wrapped_at_any_width_are_the_same(geoparser: mapgen.Geoparser) -> None:
    chance = random.Random(11)
    names = 0
    for text, language in golden_texts():
        want = found(geoparser, text, language)
        names += len(want)
        for width in chance.sample(range(20, 101), 4):
            end = chance.choice(SEPARATORS)
            assert found(geoparser, wrapped(text, width, end), language) == want, (width, end, text)
    assert names > 300


@pytest.mark.parametrize(("width", "end"), [(20, "\n"), (33, "\u2028"), (47, "\r\n"), (72, "\x85"), (100, "\f")])
def test_the_dispatch_wrapped_is_the_same(geoparser: mapgen.Geoparser, root: Path, width: int, end: str) -> None:
    text = (root / "data" / "dispatch.txt").read_text(encoding="utf-8").strip()
    assert found(geoparser, wrapped(text, width, end), "fr") == found(geoparser, text, "fr")


PROSE = (
    "Le préfet de l'Hérault s'est rendu à Villeneuve-lès-Maguelone, puis à Frontignan, près de la mer Méditerranée. "
    "Une équipe est partie de Clermont-Ferrand pour L'Alpe-d'Huez et Puy-en-Velay, dans le nord-est de la région."
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(PROSE)), st.text(SIGNS, min_size=1, max_size=3)), max_size=12))
def test_invisible_signs_change_nothing(geoparser: mapgen.Geoparser, added: list[tuple[int, str]]) -> None:
    text = PROSE
    for at, signs in sorted(added, reverse=True):
        text = text[:at] + signs + text[at:]
    assert found(geoparser, text, "fr") == found(geoparser, PROSE, "fr")


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("'", "\u2019"),
        lambda text: text.replace("-", "\u2010"),
        lambda text: text.replace("-", "\u2011"),
        lambda text: text.replace("e-lès-M", "e\u2013lès\u2013M").replace("t-F", "t\u2013F"),
        lambda text: text.replace("fi", "\ufb01").replace("fl", "\ufb02"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "\u2009\u202f"),
        lambda text: text.replace(" ", "\t"),
        lambda text: "\ufeff" + text + "\r\n",
    ],
)
def test_other_forms_of_letters_change_nothing(
    geoparser: mapgen.Geoparser, change: Callable[[str], str]
) -> None:  # fmt: skip
    assert [place for *_, place in found(geoparser, change(PROSE), "fr")] == [
        place for *_, place in found(geoparser, PROSE, "fr")
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("He came from Cape\nTown to Kuala\nLumpur.", ["Cape Town", "Kuala Lumpur"]),
        ("Ils ont franchi la mer\nBaltique hier.", ["mer Baltique"]),
        ("Le maire de Bourg-\nen-Bresse a reçu celui de Gre-\nnoble.", ["Bourg-en-Bresse", "Grenoble"]),
        ("The train to Stratford-\nupon-Avon left Birming-\nham late.", ["Stratford-upon-Avon", "Birmingham"]),
        ("Il va à Neufchâtel-\nen-\nBray demain.", ["Neufchâtel-en-Bray"]),
        ("La route de Per\u00ad\npignan est coupée.", ["Perpignan"]),
        ("Un train a quitté Ker\u2010\u200bman pour Chi\u00adraz.", ["Chiraz"]),
    ],
)
def test_names_over_line_ends(geoparser: mapgen.Geoparser, text: str, names: list[str]) -> None:
    annotated = geoparser.annotate(text)
    by_name = {toponym.name: toponym for toponym in annotated.toponyms}
    for name in names:
        assert name in by_name
        assert by_name[name].place is not None


@pytest.mark.parametrize(
    "text",
    [
        "Toulouse\nNantes\nRennes\nPerpignan\n",
        "Cities:\n- Leeds\n- Hull\n- Cardiff\n",
        "Ville\tPays\nTurin\tItalie\nAnvers\tBelgique\nPorto\tPortugal\n",
        "La commune : Draguignan\nDate : 3 mai\nIl y a quatre blessés à Nice.\n",
        "Un séisme a frappé la région de Bordeaux\nBulletin\n",
    ],
)
def test_no_name_crosses_the_end_of_an_item(geoparser: mapgen.Geoparser, text: str) -> None:
    annotated = geoparser.annotate(text)
    assert annotated.toponyms
    assert not any(re.search(r"[\n\t]", toponym.text) for toponym in annotated.toponyms)


MIXED = (
    "Le feu a gagné Saint-\nNazaire et Mont\u00adluçon, puis la mer\r\nTyrrhénienne.\r\nUne ferme de New\nYork brûle."
)


def test_no_file_holds_a_line_end_in_a_cell(geoparser: mapgen.Geoparser) -> None:
    parsed = geoparser.parse(MIXED)
    rows = list(csv.DictReader(io.StringIO(str(convert(parsed, "csv")))))
    assert {row["text"] for row in rows} >= {"Saint-Nazaire", "Montluçon", "mer Tyrrhénienne", "New York"}
    cells = [cell for row in rows for cell in row.values()]
    cells += [str(value) for line in str(convert(parsed, "jsonl")).splitlines() for value in json.loads(line).values()]
    features = json.loads(str(convert(parsed, "geojson")))["features"]
    cells += [str(value) for feature in features for value in feature["properties"].values()]
    assert not any(re.search(r"[\n\r\t\u00ad]", cell) for cell in cells)


def test_given_spans_keep_their_offsets(geoparser: mapgen.Geoparser) -> None:
    spans = [match.span() for match in re.finditer(r"Saint-\nNazaire|Mont\u00adluçon|New\nYork", MIXED)]
    parsed = geoparser.resolve(MIXED, spans)
    assert [toponym.span for toponym in parsed.toponyms] == spans
    assert [toponym.name for toponym in parsed.toponyms] == ["Saint-Nazaire", "Montluçon", "New York"]
    assert all(toponym.place is not None for toponym in parsed.toponyms)
    with pytest.raises(mapgen.errors.OptionError, match="holds no letter"):
        geoparser.resolve(MIXED, [(MIXED.index("\u00ad"), MIXED.index("\u00ad") + 1)])


def test_corrections_match_names_in_any_form(gazetteer: Gazetteer) -> None:
    rows = tuple(
        Correction(
            name=name, decision=Decision.PLACE, scope=scope, document="-", point=(45.0, 3.0),
            span=span if scope is Scope.HERE else None,
        )
        for name, scope, span in (
            ("Mont\u200bluçon", Scope.DOCUMENT, None),
            ("Saint\u2010Nazaire", Scope.EVERYWHERE, None),
            ("New\r\nYork", Scope.HERE, (MIXED.index("New"), MIXED.index(" brûle"))),
        )
    )  # fmt: skip
    with mapgen.Geoparser(gazetteer=gazetteer, corrections=mapgen.Corrections(rows)) as corrected:
        parsed = corrected.annotate(MIXED)
    decided = {toponym.name for toponym in parsed.toponyms if toponym.decision is Decision.PLACE}
    assert decided == {"Montluçon", "Saint-Nazaire", "New York"}
    assert not parsed.warnings


def test_own_places_match_names_in_any_form(home: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(
        "name,lat,lon\nCros\u2010de\u2010l\u2019Ébé\u00adniste,44.1,3.1\nVal E\u0301troit,44.2,3.2\n", encoding="utf-8"
    )
    with mapgen.Geoparser(places=tmp_path / "own.csv", home=home) as own:
        parsed = own.annotate("Un feu a pris à Cros-de-\nl'Ébéniste, puis à Val\nÉtroit, dans la nuit.")
    assert [toponym.place.lat for toponym in parsed.toponyms if toponym.place] == [44.1, 44.2]
