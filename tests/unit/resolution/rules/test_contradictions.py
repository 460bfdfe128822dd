import pytest
from rule_samples import FRENCH, GOMA, HAMA, known, place, put, related, setting, unknown

from mapgen.model import Kind, MatchType, RelationType, Toponym
from mapgen.resolution.rules.contradictions import DOUBTFUL, find_contradictions
from mapgen.resolution.rules.draft import Contradiction, Draft


def test_a_name_spelled_like_a_far_town_is_not_that_town() -> None:
    text = "In Hama province the village of Hotan was hit."
    hotan = place("Hotan", Kind.CITY, 37.1, 79.9, "CN")
    _, placed = put(
        text, known(text, HAMA), known(text, hotan, match=MatchType.NEAR, cue="village", cue_kind=Kind.VILLAGE)
    )
    assert placed.place is not None
    assert placed.resolution is not None
    assert (placed.place.source, placed.place.country) == ("text", "SY")
    assert placed.resolution.alternatives[0].place == hotan
    assert placed.resolution.probability + sum(each.probability for each in placed.resolution.alternatives) <= 1.0


def test_a_village_is_no_far_capital() -> None:
    text = "In Hama the villages of Xyz and Islamabad were hit."
    capital = place("Islamabad", Kind.CITY, 33.7, 73.0, "PK", population=1_000_000)
    cued = {"cue": "villages", "cue_kind": Kind.VILLAGE}
    placed = put(text, known(text, HAMA), unknown(text, **cued), known(text, capital, **cued))
    assert [toponym.place.country for toponym in placed if toponym.place] == ["SY", "SY", "SY"]


def test_a_village_is_no_country_that_only_sounds_like_it() -> None:
    text = "In Hama the village of Groza was hit."
    georgia = place("Groza", Kind.COUNTRY, 42.0, 43.5, "GE")
    cued = {"cue": "village", "cue_kind": Kind.VILLAGE}
    for match, country in ((MatchType.TRANSLITERATED, "SY"), (MatchType.EXACT, "GE")):
        _, placed = put(text, known(text, HAMA), known(text, georgia, match=match, **cued))
        assert placed.place is not None
        assert placed.place.country == country


def test_a_town_of_a_people_says_nothing_against_its_country() -> None:
    text = "In Hama a Georgian town was named."
    georgia = place("Georgian", Kind.COUNTRY, 42.0, 43.5, "GE")
    said = known(text, georgia, match=MatchType.TRANSLITERATED, cue="town", cue_kind=Kind.CITY)
    assert put(text, known(text, HAMA), said)[1].place == georgia


def test_a_river_is_no_town_even_where_no_list_has_the_river() -> None:
    text = "À Hama, l'Oudon a inondé le centre, et le maire d'Oudon s'inquiète."
    town = place("Oudon", Kind.CITY, 47.3, -1.3, "FR")
    river = known(text, town)
    at = text.rindex("Oudon")
    _, wet, dry = put(
        text, known(text, HAMA), river, Toponym(start=at, end=at + 5, text="Oudon", resolution=river.resolution),
        language=FRENCH,
    )  # fmt: skip
    assert wet.place is not None
    assert (wet.place.kind, wet.place.source) == (Kind.WATER, "text")
    assert dry.place == town


def test_a_town_far_from_where_the_text_puts_it_is_another() -> None:
    text = "Paris, 12 km from Goma, was spared."
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    relation = related(text, "12 km from Goma", "Goma", RelationType.DISTANCE, distance_km=12.0)
    placed, _ = put(text, known(text, paris), known(text, GOMA, relation=relation))
    assert placed.place is not None
    assert placed.place.country == "CD"
    assert placed.resolution is not None
    assert placed.resolution.alternatives[0].place == paris


@pytest.mark.parametrize("words", ["in", "in northern", "in the northern province of"])
def test_a_town_outside_of_the_region_behind_it_is_contradicted(words: str) -> None:
    text = f"The town of Xyz {words} Hama was hit."
    abroad = place("Xyz", Kind.CITY, 10.0, 10.0, "NG")
    toponyms = [known(text, abroad, cue="town", cue_kind=Kind.CITY), known(text, HAMA)]
    draft = Draft(setting(text, toponyms), toponyms)
    find_contradictions(draft)
    assert draft.contradicted == {0: Contradiction.CONTAINER}


def test_a_contradicted_place_without_a_better_one_is_doubtful() -> None:
    text = "In Georgian villages of Xyz nothing moved."
    country = place("Xyz", Kind.COUNTRY, 42.0, 43.5, "GE")
    cued = {"cue": "villages", "cue_kind": Kind.VILLAGE}
    (doubted,) = put(text, known(text, country, match=MatchType.TRANSLITERATED, **cued))
    assert doubted.place == country
    assert doubted.resolution is not None
    assert doubted.resolution.probability == DOUBTFUL


def test_a_contradicted_place_that_is_only_spelled_like_the_name_goes() -> None:
    text = "Xyz, 12 km from Goma; the hills of Abc."
    wrong = place("Xyz", Kind.COUNTRY, 42.0, 43.5, "GE")
    (rejected,) = put(text, known(text, wrong, match=MatchType.NEAR, cue="village", cue_kind=Kind.VILLAGE))
    assert rejected.place is None
    assert rejected.resolution is not None
    assert [each.place.id for each in rejected.resolution.alternatives] == ["Xyz"]
    assert rejected.resolution.reasons[-1] == "looks like “Xyz” in the gazetteer"


@pytest.mark.parametrize("mentions", [1, 2])
def test_other_mentions_of_a_contradicted_place_are_contradicted(mentions: int) -> None:
    text = "Paris, 12 km from Goma, was spared." + " Paris again." * (mentions - 1)
    paris = place("Paris", Kind.CITY, 48.85, 2.35, "FR")
    relation = related(text, "12 km from Goma", "Goma", RelationType.DISTANCE, distance_km=12.0)
    first = known(text, paris)
    at = text.rindex("Paris")
    again = [Toponym(start=at, end=at + 5, text="Paris", resolution=first.resolution)] * (mentions - 1)
    toponyms = [first, known(text, GOMA, relation=relation), *again]
    draft = Draft(setting(text, toponyms), toponyms)
    find_contradictions(draft)
    assert draft.contradicted == dict.fromkeys([0, 2][:mentions], Contradiction.DISTANCE)


def test_a_city_is_no_part_of_a_smaller_town_of_its_country() -> None:
    text = "À Odessa, le port d'Izmaïl, deux hangars ont brûlé."
    city = place("Odessa", Kind.CITY, 46.5, 30.7, "UA", population=1_000_000)
    for people, contradicted in ((80_000, False), (0, True), (2_000_000, True)):
        town = place("Izmaïl", Kind.CITY, 45.35, 28.84, "UA", population=people)
        named = [known(text, city, match=MatchType.EXACT), known(text, town, match=MatchType.EXACT)]
        draft = Draft(setting(text, named, FRENCH), named)
        find_contradictions(draft)
        assert (0 in draft.contradicted) is contradicted
