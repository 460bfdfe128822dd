from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.model import Span
from mapgen.reading import paragraphs, sentences
from mapgen.reading.segments import MAX_SENTENCE


def told(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


# One case a line: the language, then the sentences, divided by "|".
CASES = """
fr: M. Dupont est à Paris.| Le Dr. Martin l'a dit à M. Le Pen.| Il a fait 3.5 km, voir p. 12.| Fin.
fr: J.-C. Martin et J. K. Rowling sont à St. Louis.| Ils y restent.
fr: Le convoi est parti de Raqa, Alep, Hama, etc.| Il est arrivé.
fr: Ils étaient à 300 m.| Le reste suit.| C'était en 1990.| Dix ans après, rien.
fr: L'armée a parlé de "progrès".| "Nous avançons", dit-elle.
fr: Il a répondu : « Non. »| Puis il est parti.
fr: « Qui est là ? » demanda-t-il.| Personne.
fr: Une phrase...| Une autre… et sa suite.| Enfin !| Quoi ?!| Rien.
fr: Le site www.exemple.fr est tombé.| Voir example.org/a.html pour la suite.
fr: La base est prise.| - Combats entre EI et rebelles -| Sur un autre front, rien.
fr: La base est prise.| – Bilan de 12 morts –| Sur un autre front, rien.
fr: Il marche. puis il court.
fr: Paris est grand (voir le plan no. 5).| Lyon aussi.
fr: Une affirmation.[12]| Une autre.
en: Mr. Smith went to Washington.| He met Gen. Lee at 5 p.m. near Mt. Hood.
en: The U.S. Army left Mosul.| He said no.| Damascus denied it.
en: "Stop!" he cried.| "Why?" asked Anna.| Nobody answered.
en: It cost 3.5 million, or 1,200.50 each.| See fig. 3 for more.
en: LONDON, Ky. (AP) - A bridge fell.| CHARLESTON, W.Va. -- Nobody was hurt, said Const. Sandra Bough.
en: Sens. Kerry and Lugar met Jonathan J. Smith on Sept. 11.
en: Version 2.0 came out. see below.
de: Am 3. Oktober 1990 war es so weit.| Danach kam Berlin.
es: ¿Dónde está?| ¡Aquí!| El Sr. García lo sabe.
ar: هل هذا صحيح؟| نعم.| هذا كل شيء.
zh: 北京在中国。|上海也是！|真的吗？
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_sentences(case: str) -> None:
    language, _, marked = case.partition(": ")
    text = marked.replace("|", "")
    assert told(text, sentences(text, language)) == [part.strip() for part in marked.split("|")]


def test_headings_and_lists_on_lines_of_their_own() -> None:
    text = "Combats à Alep\n\nLe texte commence ici. Il continue.\n- Hama\n- Idleb\nAutre titre\nLa fin"
    assert told(text, sentences(text)) == [
        "Combats à Alep",
        "Le texte commence ici.",
        "Il continue.",
        "- Hama",
        "- Idleb",
        "Autre titre",
        "La fin",
    ]


WRAPPED = """Le chat de la voisine est parti hier soir dans la grande forêt voisine et
personne ne sait où il se trouve. On le cherche depuis ce matin autour de
Lyon, où il a été vu pour la dernière fois par le facteur de la rue haute.
Un titre
Le reste du texte suit sur une ligne aussi pleine que celles qui précèdent,
et il finit ici."""


def test_a_wrapped_line_goes_on_and_a_short_one_ends() -> None:
    assert told(WRAPPED, sentences(WRAPPED, "fr")) == [
        "Le chat de la voisine est parti hier soir dans la grande forêt voisine et\npersonne ne sait où il se trouve.",
        "On le cherche depuis ce matin autour de\n"
        "Lyon, où il a été vu pour la dernière fois par le facteur de la rue haute.",
        "Un titre",
        "Le reste du texte suit sur une ligne aussi pleine que celles qui précèdent,\net il finit ici.",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_paragraphs(end: str) -> None:
    text = f"Titre{end}{end}Un paragraphe. Deux phrases.{end} {end}{end}Un autre"
    assert told(text, paragraphs(text)) == ["Titre", "Un paragraphe. Deux phrases.", "Un autre"]
    long_lines = end.join(["Mot " * 50 + "fin"] * 3)
    assert len(paragraphs(long_lines)) == 3


def test_a_wrapped_paragraph_is_one() -> None:
    text = "\n".join(WRAPPED.splitlines()[:3])
    assert len(paragraphs(text)) == 1


def test_too_long_a_sentence_is_cut_at_a_pause() -> None:
    text = "des mots ; " * 400
    parts = told(text, sentences(text))
    assert len(parts) > 3
    assert all(len(part) <= MAX_SENTENCE for part in parts)
    assert all(part.endswith(";") for part in parts)


def test_a_cut_never_parts_a_letter_from_its_accent() -> None:
    text = "e\u0301" * 3000
    assert all(text[start] == "e" for start, _ in sentences(text))


@pytest.mark.parametrize("nothing", ["", " ", "\n\t \u00a0\r\n"])
def test_no_sentence_in_nothing(nothing: str) -> None:
    assert sentences(nothing) == ()
    assert paragraphs(nothing) == ()


PIECES = """. ! ? … ... - – « » " ' ( ) [1] M. J. U.S. 3. * # \u202e \ud7ff e\u0301 。 mot Mot etc."""
TROUBLE = st.lists(
    st.one_of(
        st.sampled_from([*PIECES.split(" "), " ", "\n", "\r\n", "\n\n", "\u2028", "x" * 700, " - Un titre - "]),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)


@given(TROUBLE, st.sampled_from(["", "fr", "en", "de", "zz"]))
def test_sentences_cover_the_text_and_never_overlap(text: str, language: str) -> None:
    for spans in (sentences(text, language), paragraphs(text)):
        position = 0
        for start, end in spans:
            assert position <= start < end
            assert not text[position:start].strip()
            assert text[start:end] == text[start:end].strip()
            position = end
        assert not text[position:].strip()
    assert all(end - start <= MAX_SENTENCE for start, end in sentences(text, language))


HOSTILE = [
    "a",
    ".",
    "..a",
    ". ",
    " ",
    "\n \n",
    ".'",
    "([{",
    " - A",
    "« ",
    "M. ",
    "1. ",
    "\r",
    ".[1]",
    "é",
    ". - ",
    "ab\n",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_is_linear(unit: str) -> None:
    """Four times the text takes at most some eight times the time; a quadratic scan would take sixteen."""

    def seconds(size: int) -> float:
        text = "a " + unit * (size // len(unit)) + "b"
        best = float("inf")
        # A collection takes time that grows with the objects of all earlier tests.
        gc.disable()
        try:
            for _ in range(2):
                begin = time.process_time()
                sentences(text)
                paragraphs(text)
                best = min(best, time.process_time() - begin)
        finally:
            gc.enable()
        return best

    assert seconds(240_000) < 9 * seconds(60_000) + 0.05


def test_a_line_of_ten_megabytes() -> None:
    text = "La ville d'Alep est grande, et Damas aussi. " * 230_000
    assert len(sentences(text, "fr")) == 230_000
