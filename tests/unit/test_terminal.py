"""What the command line prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer

from mapgen.errors import OptionError
from mapgen.messages import SOURCE, msg, speak
from mapgen.terminal import complain, confirmed, line_of, printable, reported


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    speak("fr")
    yield
    speak(SOURCE)


@pytest.mark.parametrize(
    ("answers", "agreed"),
    [(["oui"], True), (["O"], True), (["y"], True), (["non"], False), ([""], False), (["peut-être", "o"], True)],
)
def test_a_question_is_asked_until_it_is_answered(
    monkeypatch: pytest.MonkeyPatch, answers: list[str], agreed: bool
) -> None:
    asked: list[str] = []
    given = iter(answers)

    def prompt(question: str, **_: Any) -> str:
        asked.append(question)
        return next(given)

    monkeypatch.setattr(typer, "prompt", prompt)
    assert confirmed(msg("it is empty")) is agreed
    assert asked == ["il est vide [o/N]"] * len(answers)


def test_an_error_is_one_line_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, reported():
        raise OptionError(msg("cannot be read: {reason}", reason="a\nb"), path="c.txt")
    assert ended.value.exit_code == 2
    assert capsys.readouterr().err == "mapgen: c.txt: lecture impossible\u00a0: a b\n"


def test_an_error_of_the_system_is_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), reported():
        raise OSError(28, "No space left on device", "d.txt")
    assert capsys.readouterr().err == "mapgen: d.txt: Plus de place sur le disque\n"


def test_signs_that_hurt_a_terminal_are_shown_and_spaces_of_french_stay(capsys: pytest.CaptureFixture[str]) -> None:
    assert printable("a\x1b[31m\u202e\u00a0:\u202f;") == "a\ufffd[31m\ufffd\u00a0:\u202f;"
    complain("x\x1b]0;y\x07")
    assert capsys.readouterr().err == "mapgen: x\ufffd]0;y\ufffd\n"
    assert line_of(msg("reading {country}", country="FR\n")) == "lecture de FR\ufffd"
