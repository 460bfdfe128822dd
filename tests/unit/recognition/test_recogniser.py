"""From text to toponyms, with the real gazetteer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapgen.evaluation.corpora.mark_parser import read_marked
from mapgen.gazetteer import Gazetteer
from mapgen.model import Document, Kind, RelationType, Sense, Toponym
from mapgen.recognition import GazetteerRecogniser, Recogniser, Trace

GOLDEN = Path(__file__).parents[2] / "golden" / "languages"


@pytest.fixture(scope="module")
def recogniser(gazetteer):
    return GazetteerRecogniser(gazetteer)


def names(recogniser, text, language="fr"):
    return [toponym.text for toponym in recogniser.recognise(Document(text=text, language=language))]


def test_it_is_a_recogniser(recogniser):
    assert isinstance(recogniser, Recogniser)


def test_names_are_slices_in_order(recogniser):
    text = "À Bogota, le ministre a dit que la Colombie rouvrirait la route Cali/Buenaventura.\n\nÀ Lima, rien."
    toponyms = recogniser.recognise(Document(text=text, language="fr"))
    assert [toponym.text for toponym in toponyms] == ["Bogota", "Colombie", "Cali", "Buenaventura", "Lima"]
    assert all(text[toponym.start : toponym.end] == toponym.text for toponym in toponyms)
    assert all(0 < toponym.probability <= 1 for toponym in toponyms)


def test_names_inside_names_are_no_places(recogniser):
    text = "L'Observatoire tunisien des droits de l'Homme et le Front Al-Karama se taisent, dit Jean-Pierre Nantes."
    assert names(recogniser, text) == []


def test_a_cue_admits_a_name_that_no_list_holds(recogniser):
    text = "Une bombe a touché le village de Zarqanoubié."
    (toponym,) = recogniser.recognise(Document(text=text, language="fr"))
    assert (toponym.text, toponym.cue, toponym.cue_kind) == ("Zarqanoubié", "village", Kind.VILLAGE)


def test_a_cue_spreads_over_a_list(recogniser):
    text = "Les provinces de Homs, d'Idleb et de Deraa sont calmes."
    toponyms = recogniser.recognise(Document(text=text, language="fr"))
    assert [toponym.text for toponym in toponyms] == ["Homs", "Idleb", "Deraa"]
    assert {toponym.cue_kind for toponym in toponyms} == {Kind.REGION}


def test_the_sense(recogniser):
    text = "Ankara accuse Damas. À Ankara, il pleut. L'armée est entrée en Syrie, selon Moscou."
    senses = [toponym.sense for toponym in recogniser.recognise(Document(text=text, language="fr"))]
    assert senses == [Sense.METONYMIC, Sense.METONYMIC, Sense.LITERAL, Sense.LITERAL, Sense.METONYMIC]


def test_a_relation_in_a_text(recogniser):
    text = "A landslide hit a village 12 miles north of Pokhara on Monday."
    (toponym,) = recogniser.recognise(Document(text=text, language="en"))
    assert toponym.relation is not None
    assert toponym.relation.type == RelationType.DISTANCE
    assert text[toponym.relation.start : toponym.relation.end] == "12 miles north of Pokhara"


def test_relations_keep_their_offsets_in_long_texts(recogniser):
    filler = "Rien de neuf ce matin.\n" * 12_000
    text = filler + "Les pompiers sont près de Grenoble."
    (toponym,) = recogniser.recognise(Document(text=text, language="fr"))
    assert text[toponym.start : toponym.end] == "Grenoble"
    assert text[toponym.relation.start : toponym.relation.end] == "près de Grenoble"


def test_given_spans_are_described(recogniser):
    text = "L'attaque a visé la base aérienne de Zarqanoubié."
    start = text.index("Zarq")
    given_span = Toponym(start=start, end=start + 11, text="Zarqanoubié", probability=0.4)
    (toponym,) = recogniser.describe(Document(text=text, language="fr"), [given_span])
    assert (toponym.span, toponym.cue, toponym.cue_kind) == (given_span.span, "base aérienne", Kind.FACILITY)
    assert toponym.probability == 0.4


def test_the_users_own_places_are_taken(home, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("name,lat,lon,kind\nBaliverne,45.1,5.2,village\n", encoding="utf-8")
    with Gazetteer.open(home=home, places=path) as gazetteer:
        assert names(GazetteerRecogniser(gazetteer), "Il parle de Baliverne depuis mardi.") == ["Baliverne"]


def test_the_trace_says_why(gazetteer):
    trace = Trace()
    GazetteerRecogniser(gazetteer, explain=trace).recognise(Document(text="La ville de Lyon dort.", language="fr"))
    (reason,) = [reason for reason in trace.reasons if reason.text == "Lyon"]
    assert reason.verdict == "place"
    assert any(name == "L.cue=+" for name, _ in reason.features)
    assert any("'Lyon': place" in line for line in trace.lines())


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_paragraph_in_another_language(recogniser, path):
    (marked,) = read_marked(path)
    toponyms = recogniser.recognise(Document(text=marked.text, language=path.stem))
    assert [toponym.span for toponym in toponyms] == [(span.start, span.end) for span in marked.spans]


def test_a_language_without_a_file_still_finds_the_known(recogniser):
    found = names(recogniser, "Deszcz pada od rana: Warszawa i Berlin są pod wodą.", "pl")
    assert found == ["Warszawa", "Berlin"]


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\u202eabc", "M.", "A", "’", "ÉÉÉÉ " * 50, "- - -", "(((", "[[Paris"]
)
def test_odd_texts_do_no_harm(recogniser, text):
    recogniser.recognise(Document(text=text, language="fr"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ABab éÉ ,.-/'’\n()0de la Paris", max_size=120), st.sampled_from(["fr", "en", "ar", "xx", ""]))
def test_any_text_gives_sound_toponyms(recogniser, text, language):
    toponyms = recogniser.recognise(Document(text=text, language=language))
    end = 0
    for toponym in toponyms:
        assert end <= toponym.start < toponym.end <= len(text)
        assert text[toponym.start : toponym.end] == toponym.text
        end = toponym.end


@pytest.mark.shared
def test_the_dispatch(recogniser, shared):
    import csv

    text = (shared / "dispatch" / "dispatch.txt").read_text(encoding="utf-8")
    with (shared / "dispatch" / "mentions.csv").open(encoding="utf-8") as stream:
        gold = {(int(row["start"]), int(row["end"])): row for row in csv.DictReader(stream)}
    toponyms = {toponym.span: toponym for toponym in recogniser.recognise(Document(text=text, language="fr"))}
    assert set(toponyms) == set(gold)
    assert sum(toponyms[span].sense == row["sense"] for span, row in gold.items()) >= 34
    with (shared / "dispatch" / "relations.csv").open(encoding="utf-8") as stream:
        relations = {
            (int(row["start"]), int(row["end"]), row["relation"], row["direction"], float(row["distance_km"] or 0))
            for row in csv.DictReader(stream)
        }
    found = {
        (relation.start, relation.end, str(relation.type), relation.direction, relation.distance_km or 0.0)
        for toponym in toponyms.values()
        if (relation := toponym.relation)
    }
    assert found == relations


def test_the_facts_that_features_rest_on(gazetteer):
    """A name that one place alone bears: the main name is told from the other names."""
    facts = gazetteer.facts(["Besançon", "Moissac", "Vesontio"])
    assert facts["Besançon"].main
    assert facts["Moissac"].main
    assert "Vesontio" not in facts or not facts["Vesontio"].main


def test_a_large_place_behind_a_noun_of_persons_is_a_person_in_a_language_not_learned(recogniser):
    text = "O presidente Lula viajou para Braga. O presidente Milan falou em Lisboa."
    assert [toponym.text for toponym in recogniser.recognise(Document(text=text, language="pt"))] == ["Braga", "Lisboa"]
