"""The reading of a document depends on that document alone: not on the order, not on what was read before."""

import random

import pytest

from mapgen.model import Document, Toponym
from mapgen.recognition import GazetteerRecogniser
from mapgen.training.recognition_corpora import LabelledText, read_dispatches

PASSAGES = 70


def _with_capitals(text: LabelledText) -> list[Document]:
    """Return a passage with its first sentence in capitals above it, and one with nothing but its names in capitals."""
    loud = text.text
    for entity in text.entities:
        if len(name := loud[entity.start : entity.end].upper()) == entity.end - entity.start:
            loud = loud[: entity.start] + name + loud[entity.end :]
    headline = text.text.split(". ")[0].upper()
    return [Document(text=each, language=text.language) for each in (f"{headline}\n\n{text.text}", loud, text.text)]


@pytest.fixture(scope="module")
def documents(root):
    passages = [
        text
        for language in ("fr", "en")
        for path in sorted((root / "data" / "dispatches").glob(f"{language}*.txt"))
        for text in read_dispatches(path)
    ]
    return [document for text in passages[:: len(passages) // PASSAGES] for document in _with_capitals(text)]


def test_documents_in_any_order_read_the_same(documents, gazetteer):
    alone = [GazetteerRecogniser(gazetteer).recognise(document) for document in documents[::9]]
    first = GazetteerRecogniser(gazetteer)
    readings = [first.recognise(document) for document in documents]
    assert readings[::9] == alone
    order = list(range(len(documents)))
    for seed in range(3):
        random.Random(seed).shuffle(order)
        recogniser = GazetteerRecogniser(gazetteer)
        assert {at: recogniser.recognise(documents[at]) for at in order} == dict(enumerate(readings))


def test_what_was_found_is_described_as_it_was_found(documents, gazetteer):
    """Marking a name by hand describes it with the tokens of recognition: a headline or a compound changes nothing."""
    recogniser = GazetteerRecogniser(gazetteer)
    compounds = Document(text="Le vol Damas-Lyon, dit-il, a du retard ; la liaison Berlin-Rome aussi.", language="fr")
    prefixed = Document(text="وصل الوفد إلى دمشق وبغداد أمس.", language="ar")
    for document in (*documents, compounds, prefixed):
        found = recogniser.recognise(document)
        bare = [Toponym(start=it.start, end=it.end, text=it.text, probability=it.probability) for it in found]
        assert recogniser.describe(document, bare) == found
