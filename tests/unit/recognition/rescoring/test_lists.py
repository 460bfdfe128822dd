"""How the names of a text are joined to lists."""

from mapgen.languages import load
from mapgen.recognition.rescoring.lists import NONE, Slot, find_slots
from mapgen.recognition.spans import candidate_spans
from mapgen.recognition.tokens import Lexicon


class NoNames:
    """A gazetteer without names."""

    def facts(self, names):
        return dict.fromkeys(names - names)


def slots(text: str, code: str = "fr") -> dict[str, Slot]:
    language = load(code)
    tokens = Lexicon(language).tokens(text)
    found = find_slots(tokens, language, candidate_spans(tokens, language, NoNames()))
    return {tokens.surface(slot.first, slot.last): slot for slot in found}


def members(text: str, name: str, code: str = "fr") -> list[str]:
    found = slots(text, code)
    names = list(found)
    return [names[at] for at in found[name].members]


def test_signs_and_words_join_a_list():
    text = "On a vu Aravel, Borgane ; Cormin/Dolva et le bourg d'Eslac."
    assert members(text, "Cormin") == ["Aravel", "Borgane", "Cormin", "Dolva", "Eslac"]
    assert members("In Aravel & Borgane or Cormin.", "Aravel", "en") == ["Aravel", "Borgane", "Cormin"]


def test_a_remark_in_brackets_does_not_end_a_list():
    text = "À Aravel, Borgane (au sud de Pont), Cormin et Dolva (Nord)."
    assert members(text, "Aravel") == ["Aravel", "Borgane", "Cormin", "Dolva"]
    found = slots(text)
    names = list(found)
    assert names[found["Dolva"].inner] == "Nord"
    assert names[found["Nord"].outer] == "Dolva"
    assert found["Borgane"].inner == NONE


def test_a_verb_ends_a_list():
    assert members("Aravel, Borgane accusent Cormin.", "Cormin") == ["Cormin"]


def test_a_container_is_no_member():
    found = slots("Elle courait à Aravel, en Borgane.")
    assert found["Aravel"].after.type == "at"
    assert len(found["Aravel"].members) == 1


def test_items_on_lines_join():
    assert members("Fermés :\n– Aravel\n– Borgane\n– Cormin\n", "Borgane") == ["Aravel", "Borgane", "Cormin"]


def test_the_cue_of_a_list():
    assert slots("Les villages d'Aravel et de Borgane.")["Borgane"].head == "plural"
    assert slots("Le village d'Aravel brûle.")["Aravel"].head == "single"
    assert slots("Troops burned Aravel and Borgane villages.", "en")["Aravel"].head == "plural-behind"
    assert slots("Il a vu Aravel et Borgane.")["Aravel"].head == ""


def test_an_open_bracket_joins_nothing():
    assert members("Aravel (un bourg sans fin, Borgane", "Aravel") == ["Aravel"]
