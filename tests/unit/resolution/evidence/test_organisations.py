import pytest
from resolution_samples import toponyms

from mapgen import languages
from mapgen.resolution.evidence.organisations import MOST_ORGANISATIONS, towns_of_organisations

ENGLISH = languages.load("en")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He told the Ottumwa News that he was well.", [("Ottumwa",)]),
        ("The Salt Fork Herald reported it.", [("Salt Fork", "Salt")]),
        ("Pupils of Ottumwa High School sang.", [("Ottumwa High", "Ottumwa")]),
        ("The news from Ottumwa is good.", []),
        ("The News and the Herald reported it.", []),
        ("Ottumwa newspapers reported it.", []),
    ],
)
def test_towns_stand_before_the_noun_of_an_organisation(text: str, found: list[tuple[str, ...]]) -> None:
    assert towns_of_organisations(text, (), ENGLISH) == found


def test_an_organisation_with_a_toponym_in_it_has_no_other_town() -> None:
    text = "The Salt Fork Herald reported it."
    assert towns_of_organisations(text, toponyms(text, "Salt Fork"), ENGLISH) == []


def test_each_organisation_counts_once_and_no_more_than_some_are_read() -> None:
    assert towns_of_organisations("Ottumwa News. " * 3, (), ENGLISH) == [("Ottumwa",)]
    names = [f"Town{chr(65 + number // 26)}{chr(97 + number % 26)}".capitalize() for number in range(60)]
    text = " ".join(f"{name} News." for name in names)
    assert len(towns_of_organisations(text, (), ENGLISH)) == MOST_ORGANISATIONS


def test_a_language_without_such_nouns_has_none() -> None:
    assert towns_of_organisations("Ottumwa News", (), languages.load("ar")) == []
