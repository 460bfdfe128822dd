import numpy as np
import pytest
from resolution_samples import FixedCandidates, by_population, candidates, place, sheet, toponyms

from mapgen import languages
from mapgen.corrections import Ruling
from mapgen.model import Document, Kind, Toponym
from mapgen.resolution.evidence import lay_out
from mapgen.resolution.features import COLUMN, NAMES, SCHEMA

ENGLISH, FRENCH = languages.load("en"), languages.load("fr")
ALEPPO = candidates(
    place("Alep", "SY", 36.2, 37.2, population=2_000_000), place("Alep", "SY", 36.2, 37.3, kind=Kind.REGION)
)
HAMA = candidates(place("Hama", "SY", 35.1, 36.75, population=900_000))
TEXT = "La province d'Alep, puis Alep et Hama. Alep encore."


def mentions() -> list[Toponym]:
    first, *others = toponyms(TEXT, "Alep", "Alep", "Hama", "Alep")
    cued = Toponym(start=first.start, end=first.end, text="Alep", cue="province", cue_kind=Kind.REGION)
    return [cued, *others]


def ready(passes: int):  # type: ignore[no-untyped-def]
    made = sheet(TEXT, mentions(), {"Alep": ALEPPO, "Hama": HAMA}, language=FRENCH)
    made.run_in_place(by_population, passes)
    return made


def value(mention, name: str) -> list[float]:  # type: ignore[no-untyped-def]
    return [float(each) for each in mention.features[:, COLUMN[name]]]


def test_shares_are_the_softmax_of_scores_within_each_mention() -> None:
    for mention in ready(1).mentions:
        powers = np.exp(mention.scores)
        assert mention.shares == pytest.approx(powers / powers.sum())


def test_mentions_are_views_of_the_sheet() -> None:
    made = ready(1)
    made.scores[:] = 7.0
    assert [score for mention in made.mentions for score in mention.scores] == [7.0] * 7


def test_a_mention_gets_the_mean_of_the_other_mentions_of_its_name() -> None:
    cued, second, _, third = ready(1).mentions
    assert value(second, "elsewhere_cue_match") == value(third, "elsewhere_cue_match") == [0.0, 0.5]
    assert value(second, "elsewhere_cue_conflict") == [0.5, 0.0]
    # A mention with a cue of its own is not changed by those of others.
    assert value(cued, "elsewhere_cue_match") == [0.0, 0.0]


def test_a_single_mention_has_no_means() -> None:
    hama = ready(2).mentions[2]
    assert not any(value(hama, each.name)[0] for each in SCHEMA if each.name.startswith("elsewhere_"))


def test_a_second_run_starts_again() -> None:
    made, once = ready(3), ready(1)
    made.run_in_place(by_population, 1)
    assert (made.features == once.features).all()
    assert made.shares.tolist() == once.shares.tolist()


def test_later_passes_use_the_shares_of_the_pass_before() -> None:
    numbers: list[int] = []

    def score(features: np.ndarray, number: int) -> np.ndarray:
        numbers.append(number)
        assert bool(features[:, COLUMN["country_share"]].any()) is (number > 0)
        return by_population(features, number)

    made = sheet(TEXT, mentions(), {"Alep": ALEPPO, "Hama": HAMA}, language=FRENCH)
    made.run_in_place(score, 3)
    assert numbers == [0, 1, 2]


def test_the_prior_is_added_to_every_score() -> None:
    made = sheet(TEXT, mentions(), {"Alep": ALEPPO, "Hama": HAMA}, language=FRENCH)
    made.add_prior_in_place(np.arange(7.0))
    made.run_in_place(lambda features, _: np.zeros(len(features)), 2)
    assert made.scores.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_the_town_of_a_paper_supports_its_division_and_is_no_mention() -> None:
    text = "Tripoli burned, the Zgharta News said."
    libya = place("Tripoli", "LY", 32.89, 13.19, admin1="77")
    lebanon = place("Tripoli", "LB", 34.43, 35.84, admin1="03")
    table = {
        "Tripoli": candidates(libya, lebanon),
        "Zgharta": candidates(place("Zgharta", "LB", 34.4, 35.9, admin1="03")),
    }
    made = sheet(text, toponyms(text, "Tripoli"), table, language=ENGLISH)
    made.run_in_place(by_population, 2)
    assert len(made.mentions) == 1
    assert len(made.scores) == 2
    assert made.features[:, COLUMN["region_names"]].tolist() == pytest.approx([0.0, np.log(2.0)])
    assert made.features[:, COLUMN["region_share"]].tolist() == [0.0, 0.0]


def test_no_toponyms_are_an_empty_sheet() -> None:
    made = sheet("Nothing.", [], {})
    made.run_in_place(by_population, 3)
    assert made.features.shape == (0, len(NAMES))
    assert list(made.mentions) == []


def test_a_ruling_makes_a_name_of_its_own_and_puts_its_place_first() -> None:
    names = mentions()
    region = ALEPPO.matches[1].place
    made = sheet(
        TEXT, names, {"Alep": ALEPPO, "Hama": HAMA}, rulings={names[1].span: Ruling(place=region, reason="decided")}
    )
    made.run_in_place(by_population, 1)
    assert [mention.name for mention in made.mentions] == [0, 1, 2, 0]
    assert made.mentions[1].candidates.matches[0].place.id == region.id
    assert made.mentions[1].scores.argmax() == 0
    assert made.mentions[0].scores.argmax() == 0
    assert made.mentions[0].candidates.matches[0].place.id != region.id


@pytest.mark.parametrize(
    ("text", "names", "asked"),
    [
        ("PARIS - A Paris", ("PARIS", "Paris"), [("Paris", None, "")]),
        ("Barrow and two other counties", ("Barrow",), [("Barrow", Kind.DISTRICT, "")]),
        ("the Niger river overflowed; the Niger crested", ("Niger",), [("Niger", Kind.WATER, "")]),
    ],
)
def test_the_text_says_what_is_looked_up(text: str, names: tuple[str, ...], asked: list[object]) -> None:
    looked_up = FixedCandidates({})
    lay_out(Document(text=text), toponyms(text, *names), ENGLISH, looked_up)  # type: ignore[arg-type]
    assert looked_up.asked == asked


def test_an_article_in_the_preposition_is_looked_up_with_the_name() -> None:
    text = "La gare du Havre"
    looked_up = FixedCandidates({})
    lay_out(Document(text=text), toponyms(text, "Havre"), FRENCH, looked_up)  # type: ignore[arg-type]
    assert looked_up.asked == [("Havre", None, "le Havre")]
