import pytest
from resolution_samples import place

from mapgen import languages
from mapgen.resolution.candidates import is_main_name


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("Teil", "Le Teil", True),
        ("TEIL", "Le Teil", True),
        ("Ulis", "Les Ulis", True),
        ("Ciotat", "La Ciotat", False),  # no preposition contracts with "la": the text writes it
        ("Teil", "Le Teil d'Ardèche", False),
        ("Lyon", "Lyon", True),
    ],
)
def test_a_contracted_article_may_be_missing(name: str, known: str, expected: bool) -> None:
    assert is_main_name(name, place(known), languages.load("fr")) is expected


def test_the_name_for_the_readers_counts() -> None:
    cologne = place("Köln", "DE", labels=(("fr", "Cologne"),))
    assert is_main_name("Cologne", cologne, languages.load("fr"))
    assert not is_main_name("Cologne", cologne, languages.load("en"))
    assert not is_main_name("Teil", place("Le Teil"), languages.load("en"))
