from __future__ import annotations

import pytest

from mapgen.reading import normal_text

KNOWN = {"Cape Town", "mer Baltique", "Kuala Lumpur", "Bourg-en-Bresse", "Grenoble", "Mont-Blanc", "New York",
         "Villefranche", "La Rochelle", "Saint-Malo", "Thonon-les-Bains"}  # fmt: skip


def read(text: str, language: str = "fr") -> str:
    return normal_text(text, language=language, knows=KNOWN.intersection).text


@pytest.mark.parametrize(
    "text",
    [
        "Oslo\nBergen\nTromsø\nStavanger",
        "Oslo\nBergen",
        "Lieu : Oslo\nDate : 3 mai\nBlessés : 4",
        "lieu : Oslo\nDate : 3 mai",
        "# Titre\nLe texte commence ici et il continue.",
        "Villes :\n- Oslo\n- Bergen\n1. Tromsø\n2. Narvik",
        "| Oslo | 3 |\n| Bergen | 4 |",
        "Ville\tPays\nNew\tYork\nCape\tTown",
        "Un séisme frappe la région du Batha\nBulletin",
        "Une phrase finit ici.\nUne autre commence.",
        "La pluie inonde Sarh\nLe président est parti",
        "Un titre assez court\nLe texte qui suit est sur une ligne bien plus longue que celle du titre.",
        "Premier paragraphe\n\nsecond paragraphe",
    ],
)
def test_boundaries(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Le convoi a quitté la\nville dans la nuit.",
        "Il a vu Oslo,\nBergen et Narvik.",
        "On le cherche depuis dimanche dans\nBergen et les environs.",
        "Il vient de\nCape\nTown par la mer.",
        "Ils ont passé la mer\nBaltique hier.",
        "Il arrive de Kuala\nLumpur.",
        "Il habite New\tYork depuis un an.",
        "INCENDIE DANS LES\nALPES",
    ],
)
def test_wraps(text: str) -> None:
    assert read(text) == text.replace("\n", " ").replace("\t", " ")


def test_a_wrapped_text_has_paragraphs_without_blank_lines() -> None:
    lines = [
        "Le chat de la voisine est parti hier soir dans la grande forêt et",
        "personne ne sait où il est. On le cherche depuis ce matin autour de",
        "Narvik. Le Nord",
        "Quatre kilomètres plus loin, Lars Lind a vu passer un animal que l'on",
        "dit blanc.",
    ]
    text = read("\n".join(lines))
    assert text.split("\n") == [" ".join(lines[:3]), " ".join(lines[3:])]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("le maire de Bourg-\nen-Bresse", "le maire de Bourg-en-Bresse"),
        ("le maire de Bourg-\nen-\nBresse", "le maire de Bourg-en-Bresse"),
        ("le maire de Gre-\nnoble", "le maire de Grenoble"),
        ("le maire de Gre-  \r\n  noble", "le maire de Grenoble"),
        ("le maire d'Is-\nsoire", "le maire d'Issoire"),
        ("il voit Ville-\nfranche", "il voit Villefranche"),
        ("au pied du Mont-\nBlanc", "au pied du Mont-Blanc"),
        ("il va à La Ro-\nchelle", "il va à La Rochelle"),
        ("le port de SAINT-\nMALO", "le port de SAINT-MALO"),
        ("le gouver\u00ac\nnement", "le gouvernement"),
        ("le gouver\u2010\nnement", "le gouvernement"),
        ("dans le nord-\nest du pays", "dans le nord-est du pays"),
        ("un laissez-\npasser et un laissez-passer", "un laissez-passer et un laissez-passer"),
        ("à Roche-\nsur-Ville", "à Roche-sur-Ville"),
        ("quarante-\nsix morts", "quarante-six morts"),
        ("y a-t-\nil", "y a-t-il"),
        ("l'axe Oslo-\nBergen", "l'axe Oslo-Bergen"),
        ("il va à Thonon\u2013les\u2013Bains", "il va à Thonon-les-Bains"),
        ("le train Oslo\u2013Bergen", "le train Oslo\u2013Bergen"),
    ],
)
def test_hyphens(text: str, whole: str) -> None:
    assert read(text) == whole


def test_nothing_is_asked_where_nothing_is_open() -> None:
    def never(names: object) -> set[str]:
        raise AssertionError(names)

    text = "Il va à Oslo.\n\nPuis il part\npour Bergen, puis Narvik.\n\nOslo\nBergen\nNarvik"
    assert normal_text(text, language="fr", knows=never).text.count("\n") == 6
