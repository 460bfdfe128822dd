"""What the first scores accept around a candidate span and elsewhere."""

import numpy as np

from mapgen.languages import load
from mapgen.recognition.rescoring.evidence import Accepted, Evidence, evidence_names
from mapgen.recognition.rescoring.lists import find_slots
from mapgen.recognition.spans import candidate_spans
from mapgen.recognition.tokens import Lexicon


class NoNames:
    """A gazetteer without names."""

    def facts(self, names):
        return dict.fromkeys(names - names)


def evidence(text: str, name: str, **scores: tuple[float, float, float]) -> Evidence:
    """Return the evidence of the first span with the name; spans without given scores are nothing."""
    language = load("fr")
    tokens = Lexicon(language).tokens(text)
    spans = candidate_spans(tokens, language, NoNames())
    table = np.array([scores.get(span.surface, (-3.5, -9.0, -9.0)) for span in spans])
    at = next(at for at, span in enumerate(spans) if span.surface == name)
    return Accepted(tokens, spans, table, find_slots(tokens, language, spans)).around(at)


def test_accepted_neighbours_of_a_list():
    it = evidence("On a vu Aravel, Borgane et Cormin.", "Borgane", Aravel=(3, -9, -9), Cormin=(-9, 2, -9))
    assert (it.left, it.right) == (",:place", "and:person")
    assert (it.members, it.places, it.persons) == (2, 1, 1)
    assert (it.score, it.own, it.cover) == (-4, "nothing", "whole")


def test_other_occurrences_also_in_capitals():
    scores = {"ARAVEL": (2.0, -9.0, -9.0)}
    assert evidence("Vers ARAVEL ce soir. On quitte Aravel.", "Aravel", **scores).same == "place"
    assert evidence("Vers ARAVEL ce soir. On quitte Borgane.", "Borgane", **scores).same == ""
    assert evidence("Vers ARAVEL ce soir.", "ARAVEL", **scores).same == ""


def test_brackets_on_either_side():
    text = "À Aravel (Borgane), il pleut."
    assert evidence(text, "Aravel", Borgane=(1, -9, -9)).inner == "place"
    assert evidence(text, "Borgane", Aravel=(1, -9, -9)).outer == "place"


def test_a_part_of_a_longer_accepted_name():
    it = evidence("On a vu Aravel Borgane hier.", "Aravel", **{"Aravel Borgane": (2, -9, -9)})
    assert (it.own, it.cover) == ("place-part", "start")


def test_equal_evidence_has_equal_features():
    one = evidence("On a vu Aravel, Borgane.", "Borgane", Aravel=(3, -9, -9))
    two = evidence("On a vu Dolva, Eslac.", "Eslac", Dolva=(3, -9, -9))
    assert one == two
    assert evidence_names(one) == evidence_names(two)
    assert all(name.startswith("A.") for name in evidence_names(one))
