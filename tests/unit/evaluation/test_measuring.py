import math
from dataclasses import replace

import pytest
from fake_subject import FakeSubject, place

from mapgen.errors import OptionError
from mapgen.evaluation.gold import GoldDocument, GoldName, OtherName, located
from mapgen.evaluation.metrics import FARTHEST_KM, GoldPlace
from mapgen.evaluation.run import Run
from mapgen.evaluation.tasks import measure
from mapgen.model import Document, Kind, Place, Sense

TEXT = "Moscou bombarde Alep et Khan Cheikhoun, dit Jean Hama. Lyon."
ALEPPO = place("Alep", 36.2, 37.16, geonameid=170063)
ALEPPO_US = place("Aleppo", 40.5, -80.3, country="US")


def name(word: str, *, at: GoldPlace | None = None, **facts: object) -> GoldName:
    start = TEXT.index(word)
    return GoldName(start=start, end=start + len(word), place=at, **facts)  # type: ignore[arg-type]


def document(
    *names: GoldName, id_: str = "d", others: tuple[OtherName, ...] = (), language: str = "fr"
) -> GoldDocument:
    return GoldDocument(id=id_, document=Document(text=TEXT, language=language), names=names, others=others)


def run(task: str, subject: FakeSubject, *documents: GoldDocument) -> Run:
    return measure(documents, subject, Run(task=task, corpus="c", sha256="", version="1"))


def values(measured: Run) -> dict[str, float]:
    return {key: round(figure.value, 4) for key, figure in measured.figures.items()}


class TestRecognition:
    GOLD = document(
        name("Moscou", kind=Kind.CITY, sense=Sense.METONYMIC),
        name("Alep", kind=Kind.CITY, sense=Sense.LITERAL),
        name("Khan Cheikhoun", kind=Kind.VILLAGE),
        name("Lyon", kind=Kind.CITY, nested=True),
        others=(OtherName(44, 53, "PER"),),
    )

    def test_exact_spans_count(self) -> None:
        measured = run("recognition", FakeSubject(dict.fromkeys(("Moscou", "Alep", "Cheikhoun", "Hama"))), self.GOLD)
        found = values(measured)
        assert (found["precision"], found["recall"]) == (0.5, pytest.approx(2 / 3, abs=1e-4))
        assert found["f1"] == pytest.approx(2 * 0.5 * (2 / 3) / (0.5 + 2 / 3), abs=1e-4)
        assert found["overlap_f1"] == pytest.approx(2 * 0.75 * 1 / 1.75, abs=1e-4)
        assert measured.names == 3

    def test_senses(self) -> None:
        found = values(run("recognition", FakeSubject({"Moscou": None, "Alep": None}, metonymic=["Alep"]), self.GOLD))
        assert (found["sense_accuracy"], found["metonymic_recall"], found["metonymic_precision"]) == (0, 0, 0)
        found = values(run("recognition", FakeSubject({"Moscou": None, "Alep": None}, metonymic=["Moscou"]), self.GOLD))
        assert (found["sense_accuracy"], found["metonymic_recall"], found["metonymic_precision"]) == (1, 1, 1)
        found = values(run("recognition", FakeSubject({"Alep": None}), self.GOLD))
        assert (found["sense_accuracy"], found["metonymic_recall"]) == (1, 0)  # over all gold metonymic names

    def test_no_sense_figures_without_senses(self) -> None:
        assert "sense_accuracy" not in values(run("recognition", FakeSubject({"Alep": None}), document(name("Alep"))))

    def test_errors_by_sort(self) -> None:
        subject = FakeSubject(dict.fromkeys(("Moscou", "Cheikhoun", "Hama", "Lyon")))
        errors = run("recognition", subject, self.GOLD).errors
        assert {sort: [(each.name, each.detail) for each in members] for sort, members in errors.items()} == {
            "missed": [("Alep", "")],
            "invented": [("Hama", "PER"), ("Lyon", "")],
            "boundary": [("Khan Cheikhoun", "Cheikhoun")],
            "sense": [("Moscou", "literal")],
        }
        example = errors["missed"][0].example
        assert (example.before, example.after) == ("Moscou bombarde ", " et Khan Cheikhoun, dit Jean Hama. Lyon.")

    def test_by_kind(self) -> None:
        kinds = run("recognition", FakeSubject({"Alep": None}), self.GOLD).kinds
        assert [(group.name, group.names, group.right.value) for group in kinds] == [
            ("city", 2, 0.5),
            ("village", 1, 0),
        ]

    def test_nothing_found_is_no_failure(self) -> None:
        assert values(run("recognition", FakeSubject({"Nowhere": None}), self.GOLD))["f1"] == 0


class TestResolution:
    GOLD = document(
        name("Alep", at=GoldPlace(lat=36.2, lon=37.1, geonameid=170063), kind=Kind.CITY, country="SY"),
        name("Khan Cheikhoun", at=GoldPlace(lat=35.4, lon=36.6), country="SY"),
        name("Moscou", at=GoldPlace(lat=55.7, lon=37.6), country="RU", nested=True),
        name("Lyon"),
    )

    def test_over_all_gold_names(self) -> None:
        subject = FakeSubject({"Alep": ALEPPO_US, "Moscou": place("Moscou", 55.7, 37.6)}, others={"Alep": [ALEPPO]})
        measured = run("resolution", subject, self.GOLD)
        found = values(measured)
        assert measured.names == 3
        assert found["accuracy"] == pytest.approx(1 / 3, abs=1e-4)
        assert found["coverage"] == pytest.approx(2 / 3, abs=1e-4)
        assert (found["reached"], found["answered"]) == (0.5, pytest.approx(2 / 3, abs=1e-4))
        assert found["accuracy_of_answered"] == 0.5
        assert found["mean_km"] == pytest.approx((9340 + FARTHEST_KM) / 3, rel=0.01)

    def test_calibration_is_that_of_answers_given(self) -> None:
        subject = FakeSubject({"Alep": ALEPPO, "Moscou": place("Moscou", 55.7, 37.6)}, probability=0.8)
        measured = run("resolution", subject, self.GOLD)
        assert values(measured)["calibration_error"] == pytest.approx(0.2)
        assert [(row.answers, row.right) for row in measured.reliability if row.answers] == [(2, 1.0)]
        assert len(measured.reliability) == 10

    def test_errors_and_groups(self) -> None:
        measured = run("resolution", FakeSubject({"Alep": ALEPPO_US}), self.GOLD)
        assert [(each.name, each.detail) for each in measured.errors["wrong"]] == [
            ("Alep", "city SY → Aleppo, city US")
        ]
        assert [each.name for each in measured.errors["unanswered"]] == ["Khan Cheikhoun", "Moscou"]
        assert [(group.name, group.names, group.covered) for group in measured.countries] == [
            ("SY", 2, 0),
            ("RU", 1, 0),
        ]
        assert measured.countries[0].median_km == pytest.approx((9340 + FARTHEST_KM) / 2, rel=0.01)

    def test_a_corpus_without_coordinates(self) -> None:
        with pytest.raises(OptionError, match="no coordinates"):
            run("resolution", FakeSubject({}), document(name("Alep")))


class TestEndToEnd:
    def test_found_and_right(self) -> None:
        gold = document(
            name("Alep", at=GoldPlace(lat=36.2, lon=37.1)),
            name("Khan Cheikhoun", at=GoldPlace(lat=35.4, lon=36.6)),
            name("Lyon"),
        )
        subject = FakeSubject({"Alep": ALEPPO, "Cheikhoun": ALEPPO, "Hama": None, "Lyon": ALEPPO})
        measured = run("end-to-end", subject, gold)
        found = values(measured)
        # Lyon has no coordinates in the corpus: neither right nor wrong
        assert (found["precision"], found["recall"]) == (pytest.approx(1 / 3, abs=1e-4), 0.5)
        assert found["f1"] == pytest.approx(0.4)
        assert found["accuracy_of_answered"] == 1
        assert {case.name: case.outcome.value for case in measured.cases} == {
            "Alep": "right",
            "Khan Cheikhoun": "missed",
            "Cheikhoun": "invented",
            "Hama": "invented",
        }


def test_progress_language_and_speed() -> None:
    told: list[tuple[str, float]] = []
    subject = FakeSubject({"Alep": None})
    documents = [document(name("Alep"), language=""), document(name("Alep"), id_="e")]
    measured = measure(
        documents,
        subject,
        Run(task="recognition", corpus="c", sha256="", version="1"),
        progress=lambda what, share: told.append((what, share)),
    )
    assert told == [("recognition", 0.5), ("recognition", 1.0)]
    assert subject.languages == ["fr"] * 3  # identified where the corpus does not say; the first is read to warm up
    assert measured.tokens == 2 * 13
    assert replace(measured, seconds=0.5).tokens_per_second == 52
    assert replace(measured, seconds=0.0).tokens_per_second == 0


def test_an_unknown_task() -> None:
    with pytest.raises(OptionError, match="unknown task 'guessing'; known: recognition, resolution, end-to-end"):
        run("guessing", FakeSubject({}), document())


def test_intervals_are_drawn_by_document_and_hold_the_figure() -> None:
    subject = FakeSubject({"Alep": ALEPPO})
    good = [document(name("Alep", at=GoldPlace(lat=36.2, lon=37.1)), id_=f"g{n}") for n in range(30)]
    bad = [document(name("Lyon", at=GoldPlace(lat=45.8, lon=4.8)), id_=f"b{n}") for n in range(10)]
    measured = run("resolution", subject, *good, *bad)
    figure = measured.figures["accuracy"]
    assert measured.unit == "documents"
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < figure.value == 0.75 < figure.high
    assert figure.high - figure.low == pytest.approx(4 * math.sqrt(0.75 * 0.25 / 40), rel=0.25)
    assert run("resolution", subject, *good, *bad).figures == measured.figures


class FakeAtlas:
    def __init__(self, *places: Place) -> None:
        self.places = places

    def get(self, id_: str) -> Place | None:
        return next((each for each in self.places if each.id == id_), None)

    def countries(self) -> tuple[Place, ...]:
        return tuple(each for each in self.places if each.kind is Kind.COUNTRY)

    def nearest(self, lat: float, lon: float, *, radius_km: float, limit: int) -> tuple[tuple[Place, float], ...]:
        from mapgen.evaluation.metrics import distance_km

        found = [(each, distance_km(lat, lon, each.lat, each.lon)) for each in self.places if each.kind is Kind.CITY]
        return tuple(sorted((pair for pair in found if pair[1] <= radius_km), key=lambda pair: pair[1])[:limit])


class TestLocated:
    ATLAS = FakeAtlas(ALEPPO, place("Syrie", 35, 38, kind=Kind.COUNTRY, geonameid=163843))

    def one(self, gold: GoldName) -> GoldName:
        (found,) = located(document(gold), self.ATLAS).names
        return found

    def test_by_id(self) -> None:
        found = self.one(name("Alep", at=GoldPlace(lat=0, lon=0, geonameid=170063), kind=Kind.VILLAGE))
        assert (found.kind, found.country) == (Kind.CITY, "SY")
        assert found.place == GoldPlace(lat=0, lon=0, geonameid=170063)

    def test_a_country_by_id_is_right_by_its_code(self) -> None:
        found = self.one(name("Alep", at=GoldPlace(lat=30, lon=40, geonameid=163843)))
        assert (found.kind, found.place and found.place.country) == (Kind.COUNTRY, "SY")

    def test_by_the_nearest_town(self) -> None:
        assert self.one(name("Alep", at=GoldPlace(lat=36.3, lon=37.2))).country == "SY"
        assert self.one(name("Alep", at=GoldPlace(lat=34, lon=38))).country == ""
        whole = self.one(name("Alep", at=GoldPlace(lat=34, lon=38), kind=Kind.COUNTRY))
        assert (whole.country, whole.place and whole.place.country) == ("SY", "SY")

    def test_names_without_coordinates_stay(self) -> None:
        assert self.one(name("Alep")) == name("Alep")
