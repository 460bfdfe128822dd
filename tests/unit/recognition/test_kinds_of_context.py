"""Kinds of context in which names are found, or are none, with the shipped weights and the real gazetteer."""

import pytest

from mapgen.model import Document
from mapgen.recognition import GazetteerRecogniser


@pytest.fixture(scope="module")
def recogniser(gazetteer):
    return GazetteerRecogniser(gazetteer)


def names(recogniser, language: str, text: str) -> list[str]:
    return [toponym.text for toponym in recogniser.recognise(Document(text=text, language=language))]


LISTS = [
    ("fr", "Les districts de Karongi, Rutsiro (Est), Kamonyi, Gisagara et Nyaruguru (Sud) sont touchés.",
     ["Karongi", "Rutsiro", "Est", "Kamonyi", "Gisagara", "Nyaruguru", "Sud"]),
    ("fr", "Les villages de Sobane, Tiguila et Dioungani ont été brûlés.", ["Sobane", "Tiguila", "Dioungani"]),
    ("en", "Troops burned Hta Nwe and Ywar Ngan Kone villages on Tuesday.", ["Hta Nwe", "Ywar Ngan Kone"]),
    ("en", "Rain fell on the villages of Upper Harle, Stannock and Wray End.", ["Upper Harle", "Stannock", "Wray End"]),
    ("fr", "Il avait gagné à Kranjska, en Slovénie, puis en Norvège.", ["Kranjska", "Slovénie", "Norvège"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), LISTS)
def test_members_of_a_list_of_places(recogniser, language, text, wanted):
    assert names(recogniser, language, text) == wanted


KNOWN = [
    ("en", "BEMIDJI, Minn. (AP) — The county fair opens on Friday.", ["BEMIDJI", "Minn."]),
    ("en", "TOPEKA, Kan. (AP) – An Ohio man was killed on Sunday.", ["TOPEKA", "Kan.", "Ohio"]),
    ("en", "HARTFORD, CONN.", ["HARTFORD", "CONN."]),
    ("en", "Winnipeg police arrested two men near the Halifax offices of the firm.", ["Winnipeg", "Halifax"]),
    ("en", "The driver, 34-year-old Peter Halvorsen of Topeka, was taken to hospital.", ["Topeka"]),
    ("fr", "LYON, 3 mai (Havas) — Le tribunal a rendu son jugement.", ["LYON"]),
    ("fr", "XNP-Maradi (Niger), 12 mars – Le préfet a reçu les maires.", ["Maradi", "Niger"]),
    ("fr", "Retour en Autriche.", ["Autriche"]),
    ("fr", "Le préfet a parlé dans la région du Centre.", ["Centre"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), KNOWN)
def test_known_names_in_datelines_fragments_and_before_nouns(recogniser, language, text, wanted):
    assert names(recogniser, language, text) == wanted


NONE = [
    ("fr", "Voir www.lyon-infos.example ou https://Paris-match.example/Marseille.", []),
    ("fr", "L'avenue de Nantes, à Angers, est fermée.", ["avenue de Nantes", "Angers"]),
    ("fr", "Étaient présents MM. Delorme, Karekezi et Uwase.", []),
]


@pytest.mark.parametrize(("language", "text", "wanted"), NONE)
def test_names_in_addresses_streets_and_lists_of_persons(recogniser, language, text, wanted):
    assert names(recogniser, language, text) == wanted
