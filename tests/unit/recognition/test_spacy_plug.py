"""Another recogniser in mapgen's place: a spaCy pipeline that the test trains itself."""

import warnings

import pytest

from mapgen.errors import OptionError
from mapgen.model import Document, RelationType
from mapgen.recognition import GazetteerRecogniser, Recogniser
from mapgen.recognition.spacy import SpacyRecogniser


@pytest.fixture(scope="module")
def pipeline():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own dependencies warn at import
        spacy = pytest.importorskip("spacy", reason="spaCy is not installed; it is an optional extra")
        from spacy.training import Example

        nlp = spacy.blank("fr")
        nlp.add_pipe("ner").add_label("LOC")
        examples = []
        for name in ("Lyon", "Damas", "Hama", "Rome"):
            for sentence in (f"Il vit à {name} depuis mai.", f"Elle habite près de {name} aussi."):
                start = sentence.index(name)
                marks = {"entities": [(start, start + len(name), "LOC")]}
                examples.append(Example.from_dict(nlp.make_doc(sentence), marks))
        optimiser = nlp.initialize(lambda: examples)
        for _ in range(25):
            nlp.update(examples, sgd=optimiser)
        yield nlp


def test_a_pipeline_finds_and_mapgen_describes(pipeline, gazetteer):
    recogniser = SpacyRecogniser(pipeline, GazetteerRecogniser(gazetteer))
    assert isinstance(recogniser, Recogniser)
    (toponym,) = recogniser.recognise(Document(text="Elle habite près de Damas aussi.", language="fr"))
    assert toponym.text == "Damas"
    assert toponym.relation is not None
    assert toponym.relation.type == RelationType.NEAR


def test_a_pipeline_that_is_not_there(gazetteer):
    with pytest.raises(OptionError, match="xx_no_such_pipeline"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        SpacyRecogniser("xx_no_such_pipeline", GazetteerRecogniser(gazetteer))
