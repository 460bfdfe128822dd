from __future__ import annotations

import io

import pytest

from mapgen.errors import DocumentError
from mapgen.reading import read

SRT = """1
00:00:01,000 --> 00:00:03,000
<font color="#fff">Le bateau part de Puerto</font>

2
00:00:03,100 --> 00:00:05,000
{\\an8}Montt pour Saint-
Nazaire.

3
00:01:10,000 --> 00:01:12,000
- MARIE : Et <i>Reims</i> ?
- [soupir] Non, Tromsø.
"""


def text_of(content: str) -> str:
    return read(io.BytesIO(content.encode())).text


def test_cues_are_one_text_with_their_times() -> None:
    document = read(io.BytesIO(SRT.encode()))
    assert document.text == "Le bateau part de Puerto Montt pour Saint-\nNazaire.\n\nEt Reims ? Non, Tromsø."
    assert [str(document.address(document.text.index(name))) for name in ("Puerto", "Montt", "Reims")] == [
        "t=00:00:01",
        "t=00:00:03",
        "t=00:01:10",
    ]


def test_webvtt() -> None:
    vtt = (
        "\ufeffWEBVTT - titre\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE de Berlin\n\nintro\n"
        "00:01.000 --> 00:02.000 align:start\n<v Anne Paris>Nous <00:01.500><c.yellow>allons</c> &agrave; Vilnius\n\n"
        "00:02.000 --> 00:03.000\nNous allons à Vilnius\net à Kaunas.\n"
    )
    assert text_of(vtt) == "Nous allons à Vilnius et à Kaunas."


def test_substation_alpha() -> None:
    ass = (
        "[Script Info]\nTitle: x\n[Events]\nFormat: Layer, Start, End\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}Vers Turku\\N, puis Oulu\n"
    )
    document = read(io.BytesIO(ass.encode()))
    assert document.text == "Vers Turku , puis Oulu"
    assert str(document.address(0)) == "t=00:00:01"


def test_a_blank_line_inside_a_cue_loses_nothing() -> None:
    cues = ("1\n00:00:01,000 --> 00:00:02,000\nVers Turku\n\net Oulu.", "2\n00:00:02,000 --> 00:00:03,000\nFin.")
    assert text_of("\n\n".join(cues)) == "Vers Turku et Oulu. Fin."


def test_subtitles_without_words() -> None:
    with pytest.raises(DocumentError, match="no words"):
        text_of("1\n00:00:01,000 --> 00:00:02,000\n♪♪\n")


def test_a_speaker_comes_again_and_a_place_may_come_once() -> None:
    cues = ("JEAN-PAUL : On part.", "JEAN-PAUL : Vers Oulu.", "TURKU : le port.")
    srt = "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{cue}" for n, cue in enumerate(cues, start=1))
    assert text_of(srt) == "On part. Vers Oulu. TURKU : le port."


def test_sbv() -> None:
    assert text_of("0:00:01.000,0:00:02.000\nVers Turku\n\n0:00:02.000,0:00:03.000\net Oulu\n") == "Vers Turku et Oulu"
