"""Every recogniser of the package has the whole protocol; what a user writes gets it from the base class."""

import pytest

from mapgen.errors import OptionError
from mapgen.model import Document, Toponym
from mapgen.pipeline import Geoparser
from mapgen.recognition import BaseRecogniser, GazetteerRecogniser, Recogniser, WithDemonyms, complete
from mapgen.recognition.spacy import SpacyRecogniser

DOCUMENT = Document(text="Rien à Lyon.", language="fr")
LYON = Toponym(start=7, end=11, text="Lyon")


class Written(BaseRecogniser):
    """A user's own: nothing but `recognise`."""

    def recognise(self, _document: Document) -> tuple[Toponym, ...]:
        return (LYON,)


class FakePipeline:
    """What SpacyRecogniser asks of spaCy."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.ents = ()

    def __call__(self, _text: str) -> "FakePipeline":
        return self


@pytest.fixture(scope="module")
def recognisers(gazetteer):
    own = GazetteerRecogniser(gazetteer)
    return [own, SpacyRecogniser(FakePipeline("nl"), own), Written(), *map(WithDemonyms, (own, Written()))]


def test_every_recogniser_has_the_whole_protocol(recognisers):
    for recogniser in recognisers:
        assert complete(recogniser) is recogniser
        assert isinstance(recogniser.learned_languages, frozenset)
        (described,) = recogniser.describe(DOCUMENT, [LYON])
        assert described.span == LYON.span


def test_languages_that_were_learned(recognisers):
    own, pipeline, written, wrapped, wrapped_written = (recogniser.learned_languages for recogniser in recognisers)
    assert own == wrapped == {"en", "es", "fr"}
    assert pipeline == {"nl"}
    assert written == wrapped_written == frozenset()


def test_a_pipeline_of_several_languages_makes_no_difference_between_them(gazetteer):
    assert SpacyRecogniser(FakePipeline("xx"), GazetteerRecogniser(gazetteer)).learned_languages == frozenset()


def test_an_object_that_only_recognises_is_completed():
    class Finding:
        def recognise(self, _document: Document) -> tuple[Toponym, ...]:
            return (LYON,)

    assert not isinstance(Finding(), Recogniser)
    completed = complete(Finding())
    assert isinstance(completed, Recogniser)
    assert completed.recognise(DOCUMENT) == completed.describe(DOCUMENT, [LYON]) == (LYON,)
    assert completed.learned_languages == frozenset()


def test_an_object_that_lacks_parts_is_refused_by_name(gazetteer):
    class Half:
        def recognise(self, _document: Document) -> tuple[Toponym, ...]:
            return ()

        def describe(self, _document: Document, toponyms: tuple[Toponym, ...]) -> tuple[Toponym, ...]:
            return toponyms

    with pytest.raises(OptionError, match=r"Half lacks learned_languages; .*BaseRecogniser"):
        Geoparser(gazetteer=gazetteer, recogniser=Half())
    with pytest.raises(OptionError, match=r"int lacks recognise, describe, learned_languages"):
        Geoparser(gazetteer=gazetteer, recogniser=7)  # type: ignore[arg-type]
    with pytest.raises(OptionError, match=r"unknown recogniser 'spacy'"):
        Geoparser(gazetteer=gazetteer, recogniser="spacy")


@pytest.mark.parametrize("demonyms", [False, True])
def test_an_unknown_language_is_reported_whatever_wraps_the_recogniser(gazetteer, demonyms):
    geoparser = Geoparser(gazetteer=gazetteer, language="pl", demonyms=demonyms)
    (warning,) = geoparser.parse("Deszcz pada w Warszawie.").warnings
    assert "Polish" in warning


def test_a_recogniser_without_languages_reports_none(gazetteer):
    geoparser = Geoparser(gazetteer=gazetteer, language="pl", recogniser=Written())
    assert geoparser.parse("Lyon i Lyon.").warnings == ()
