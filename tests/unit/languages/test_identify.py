"""The language of a text."""

import subprocess
import sys

import pytest

from mapgen.languages import available, identify

SENTENCES = {
    "fr": "Les secours ont évacué les habitants de la vallée avant la tombée de la nuit.",
    "en": "Rescue workers had moved the people of the valley before the night fell.",
    "de": "Die Retter haben die Bewohner des Tals vor dem Einbruch der Nacht in Sicherheit gebracht.",
    "es": "Los equipos de rescate evacuaron a los habitantes del valle antes de que cayera la noche.",
    "it": "I soccorritori hanno evacuato gli abitanti della valle prima che scendesse la notte.",
    "pt": "As equipes de resgate retiraram os moradores do vale antes que a noite caísse.",
    "ar": "قال المتحدث إن فرق الإنقاذ وصلت إلى القرية في الليل وإن السكان غادروا.",
    "nl": "De reddingswerkers hebben de bewoners van het dal voor de nacht in veiligheid gebracht.",
    "ru": "Спасатели вывели жителей из долины до того, как наступила ночь.",
}


@pytest.mark.parametrize(("code", "text"), SENTENCES.items())
def test_a_sentence_is_enough(code, text):
    assert identify(text) == code


def test_capitals_do_not_mislead():
    assert identify(SENTENCES["fr"].upper()) == "fr"


@pytest.mark.parametrize("text", ["", "   ", "12 345 — ???", "\x00"])
def test_without_words_there_is_no_language(text):
    assert identify(text) == ""


def test_a_headline_without_function_words_goes_to_the_model():
    assert identify("Élections législatives françaises : participation record") == "fr"


def test_function_words_spare_the_model():
    text = "Il n'est pas le seul : dans cette ville, elle et lui ont été vus avec leurs enfants par des voisins."
    code = (
        "import sys; from mapgen.languages import identify; "
        f"assert identify({text!r}) == 'fr'; assert 'py3langid' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dijon, Metz et Nancy", "fr"),
        ("Tarbes et Pau", "fr"),
        ("Cork or Galway", "en"),
        ("Pożar w porcie", "pl"),
        ("Пожар в порту", "ru"),
        ("Tåget till Malmö", "sv"),
    ],
)
def test_a_few_words_are_in_a_known_language_unless_another_one_is_sure(text, code):
    assert identify(text) == code


def test_names_alone_are_in_a_known_language():
    for name in ("Lyon", "Gdansk", "Hamburg"):
        assert identify(name) in available(), name
