from collections.abc import Sequence

import pytest

from mapgen import languages
from mapgen.model import Document, Sense, Toponym
from mapgen.recognition import BaseRecogniser, WithDemonyms
from mapgen.recognition.demonyms import demonyms


def names(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in demonyms(text, languages.load(language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Les forces turques et les Syriens combattent.", ["turques", "Syriens"]),
        ("fr", "LES FORCES TURQUES", ["TURQUES"]),
        ("fr", "L'allié russe d'Italiennes, l’Allemand", ["russe", "Italiennes", "Allemand"]),
        ("fr", "le couple franco-allemand, un accord russo-turc", ["allemand", "turc"]),
        ("fr", "Il parle turc. Un livre en français, et en anglais.", []),
        ("fr", "entré en zone turque", ["turque"]),
        ("en", "Turkish soldiers met Syrians.", ["Turkish", "Syrians"]),
        ("en", "South Korean and New\nZealanders, Sri Lankan", ["South Korean", "New\nZealanders", "Sri Lankan"]),
        ("en", "They polish it with a finn and poles.", []),
        ("en", "They speak Turkish, or write in French and in German.", []),
        ("en", "in Turkish waters", ["Turkish"]),
        ("en", "anti-Russian, Italian-American", ["Russian", "Italian", "American"]),
        ("en", "Nothing here, Turkishness aside.", []),
        ("xx", "Turkish soldiers", []),
        ("en", "", []),
        ("en", "Turkish", ["Turkish"]),
    ],
)  # fmt: skip
def test_demonyms_are_found_as_the_language_writes_them(language: str, text: str, expected: list[str]) -> None:
    assert names(text, language) == expected


class Finder(BaseRecogniser):
    """Finds two names; describes all as literal, with a cue."""

    learned_languages = frozenset(["en"])

    def recognise(self, document: Document) -> tuple[Toponym, ...]:
        spans = [(document.text.index(name), name) for name in ("Syrian Desert", "Ankara")]
        return tuple(Toponym(start=start, end=start + len(name), text=name) for start, name in spans)

    def describe(self, _document: Document, toponyms: Sequence[Toponym]) -> tuple[Toponym, ...]:
        return tuple(
            Toponym(start=each.start, end=each.end, text=each.text, cue="city", probability=each.probability)
            for each in toponyms
        )


DOCUMENT = Document(text="Turkish troops in the Syrian Desert, says Ankara: Syrians fled.", language="en")


def test_they_stand_beside_the_names_and_never_across_them() -> None:
    found = WithDemonyms(Finder()).recognise(DOCUMENT)
    assert [(each.text, str(each.sense)) for each in found] == [
        ("Turkish", "metonymic"), ("Syrian Desert", "literal"), ("Ankara", "literal"), ("Syrians", "metonymic"),
    ]  # fmt: skip
    assert all(DOCUMENT.text[each.start : each.end] == each.text for each in found)


def test_they_stay_metonymic_when_they_are_described_anew() -> None:
    recogniser = WithDemonyms(Finder())
    described = recogniser.describe(DOCUMENT, recogniser.recognise(DOCUMENT))
    assert [(str(each.sense), each.cue) for each in described] == [
        (Sense.METONYMIC, ""), (Sense.LITERAL, "city"), (Sense.LITERAL, "city"), (Sense.METONYMIC, ""),
    ]  # fmt: skip


def test_a_recogniser_that_only_recognises_is_enough() -> None:
    class Silent(BaseRecogniser):
        def recognise(self, _document: Document) -> tuple[Toponym, ...]:
            return ()

    (first, second, third) = WithDemonyms(Silent()).recognise(DOCUMENT)
    assert WithDemonyms(Silent()).describe(DOCUMENT, (first, second, third)) == (first, second, third)
