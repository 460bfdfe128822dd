"""Messages: English that can be said in another language."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest

from mapgen.errors import OptionError, OutputError
from mapgen.languages import load
from mapgen.messages import Named, joined, msg, msg_count, reason_of, translated, user_language, verbatim


def test_a_message_is_its_english_text() -> None:
    message = msg("unknown format {format!r}; known: {formats}", format="x", formats="csv")
    assert message == "unknown format 'x'; known: csv"
    assert translated(message, "en") == message


def test_a_message_is_said_in_another_language() -> None:
    message = msg("unknown format {format!r}; known: {formats}", format="x", formats="csv")
    assert translated(message, "fr") == "format inconnu «\u00a0x\u00a0»\u202f; connus\u00a0: csv"
    assert translated(message, "es") == "formato desconocido «x»; conocidos: csv"


def test_a_text_without_a_translation_stays() -> None:
    assert translated(verbatim("of {another} library"), "fr") == "of {another} library"
    assert translated("plain", "fr") == "plain"


@pytest.mark.parametrize(
    ("count", "english", "french", "spanish"),
    [
        (0, "0 mentions", "0 mention", "0 menciones"),
        (1, "1 mention", "1 mention", "1 mención"),
        (2, "2 mentions", "2 mentions", "2 menciones"),
        (1_000_000, "1000000 mentions", "1000000 mentions", "1000000 menciones"),
    ],
)
def test_things_are_counted_in_the_forms_of_the_language(count: int, english: str, french: str, spanish: str) -> None:
    message = msg_count("{count} mention", "{count} mentions", count)
    assert message == english
    assert (translated(message, "fr"), translated(message, "es")) == (french, spanish)


def test_numbers_have_the_signs_of_the_language() -> None:
    message = msg(
        "{places}, {size:,.0f} MB", places=msg_count("{count:,} place", "{count:,} places", 1234), size=5678.0
    )
    assert message == "1,234 places, 5,678 MB"
    assert translated(message, "fr") == "1\u202f234 lieux, 5\u202f678 Mo"


def test_messages_in_messages_are_translated_too() -> None:
    message = msg("cannot be read: {reason}", reason=reason_of(PermissionError(13, "Permission denied")))
    assert translated(joined("; ", (message, "x")), "fr") == "lecture impossible\u00a0: Permission refusée\u202f; x"


def test_an_error_in_a_message_gives_its_own_message() -> None:
    inner = ValueError(msg("it has no name"))
    assert translated(msg("is malformed: {reason}", reason=inner), "fr") == "est mal formé\u00a0: elle n'a pas de nom"


def test_an_error_names_its_file_in_every_language() -> None:
    error = OptionError(msg("it is empty"), path="a.txt", line=3)
    assert str(error) == "a.txt:3: it is empty"
    assert translated(error.whole, "fr") == "a.txt:3: il est vide"


def test_messages_errors_and_reasons_go_to_other_processes() -> None:
    message = joined(", ", (msg("it is empty"), Named("Syria", {"fr": "Syrie"})))
    assert translated(pickle.loads(pickle.dumps(message)), "fr") == "il est vide, Syrie"
    error = pickle.loads(pickle.dumps(OutputError(msg("it is empty"))))
    assert translated(error.message, "es") == "está vacío"
    reason = pickle.loads(pickle.dumps(load("fr").reasons["near"].format(count=3, km=5)))
    assert (reason, translated(reason, "en")) == (
        "3 autres lieux du texte à moins de 5 km",
        "3 other places of the text within 5 km",
    )


@pytest.mark.parametrize(
    ("environment", "default", "language"),
    [
        ({}, "", "en"),
        ({"LANG": "fr_FR.UTF-8"}, "", "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "es_MX"}, "", "es"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "", "en"),
        ({"LANG": "fr_CA@euro"}, "", "fr"),
        ({"LANG": "de_DE.UTF-8"}, "", "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr_FR:en"}, "", "fr"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "", "en"),
        ({"LANG": "C.UTF-8"}, "fr", "fr"),
        ({"LANG": "en_US.UTF-8"}, "fr", "en"),
        ({"LANG": "fr_FR.UTF-8", "MAPGEN_LANG": "es"}, "", "es"),
        ({"LANG": "fr_FR.UTF-8", "MAPGEN_LANG": "tlh"}, "", "en"),
    ],
)
def test_the_language_is_that_of_the_user(environment: Mapping[str, str], default: str, language: str) -> None:
    assert user_language(environment, default=default) == language
