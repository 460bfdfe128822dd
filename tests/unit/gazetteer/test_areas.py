"""What country packs are asked for by."""

import pytest

from mapgen.errors import PackError
from mapgen.gazetteer.areas import completions, country_groups, packs_named
from mapgen.gazetteer.sources.countries import load_countries


def named(*words: str) -> tuple[str, ...]:
    return packs_named(words, lambda name: {"mali": "ML", "rdc": "CD"}.get(name.casefold(), ""))


@pytest.mark.parametrize(
    ("word", "packs"),
    [
        ("sy", ("SY",)),
        ("Mali", ("ML",)),
        ("RDC", ("CD",)),
        ("world", ("world",)),
        ("benelux", ("BE", "LU", "NL")),
        ("UN M49 Central Asia", ("KG", "KZ", "TJ", "TM", "UZ")),
        ("Asie centrale", ("KG", "KZ", "TJ", "TM", "UZ")),
    ],
)
def test_a_word_stands_for_packs(word: str, packs: tuple[str, ...]) -> None:
    assert named(word) == packs


def test_a_country_named_twice_comes_once() -> None:
    assert named("ne", "Central Sahel") == ("NE", "BF", "ML")


def test_west_africa_has_the_same_countries_in_every_spelling() -> None:
    assert named("UN M49 West Africa") == named("Western Africa") == named("afrique de l’ouest") == named("Westafrika")
    assert len(named("West Africa")) == 17


def test_what_is_none_is_refused_with_what_is_alike() -> None:
    with pytest.raises(PackError, match="is it 'maghreb'"):
        named("Magreb")


def test_the_groups_hold_countries_that_exist_and_those_of_m49_do_not_overlap() -> None:
    known = set(load_countries())
    seen: dict[str, str] = {}
    for group in country_groups():
        assert group.source
        assert set(group.countries) <= known, group
        assert len(set(group.countries)) == len(group.countries)
        if group.source.startswith("UN M49"):
            for country in group.countries:
                assert country not in seen, (country, group, seen[country])
                seen[country] = group.source
    # Taiwan and Kosovo are not in M49, Antarctica is in no region of it.
    assert known - set(seen) <= {"TW", "XK", "AQ", "AN", "CS"}


def test_a_shell_completes_codes_names_and_groups() -> None:
    assert ("SN", "Senegal") in completions("sene")
    assert ("SN", "Senegal") in completions("S")
    assert [word for word, _ in completions("mag")] == ["Maghreb"]
    assert "world" in [word for word, _ in completions("wor")]
