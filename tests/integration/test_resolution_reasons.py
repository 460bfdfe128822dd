"""Why a place was chosen, in words: right, short, in both languages."""

import pytest

import mapgen
from mapgen.gazetteer import Gazetteer

TEXAS = "Fires in [Denton], [Plano] and [Waco]; the road from [Paris] to [Bonham] is shut, [Texas] police said."


def reasons(gazetteer: Gazetteer, text: str, name: str, language: str) -> tuple[str, ...]:
    plain = text.replace("[", "").replace("]", "")
    spans = []
    position = shift = 0
    while (start := text.find("[", position)) >= 0:
        end = text.index("]", start)
        spans.append((start - shift, end - shift - 1))
        shift += 2
        position = end
    document = mapgen.Document(text=plain, language=language)
    parsed = mapgen.Geoparser(gazetteer=gazetteer, page_language=language).resolve(document, spans)
    (resolution,) = [each.resolution for each in parsed.toponyms if each.text == name]
    assert resolution is not None
    return resolution.reasons


@pytest.mark.parametrize(
    ("text", "name", "language", "reason"),
    [
        (TEXAS, "Paris", "en", "its region (Texas) is named in the text"),
        (TEXAS.replace("Texas", "local"), "Waco", "en", "other places of the text lie in this region (Texas)"),
        ("A fire in [Paris], [Texas].", "Paris", "en", "followed by “Texas” in the text"),
        ("Growers of [Washington] state meet.", "Washington", "en", "the text says “state”"),
        ("The state of [Bahia] votes.", "Bahia", "en", "the text calls it a state"),
        ("L'État de [New York] légifère.", "New York", "fr", "le texte parle d'un État"),
        ("La province d'[Alep] et la ville de [Hama].", "Alep", "fr", "le texte dit « province »"),
        ("[Lens], [Béthune] et [Arras] votent.", "Lens", "fr", "autres lieux du texte"),
    ],
)
def test_the_reasons_say_what_decided(gazetteer: Gazetteer, text: str, name: str, language: str, reason: str) -> None:
    told = reasons(gazetteer, text, name, language)
    assert any(reason in each for each in told), told
    assert all(len(each) <= 90 for each in told)
    assert len(told) <= 4
