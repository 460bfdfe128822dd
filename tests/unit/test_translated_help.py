"""Help and errors of usage in the language of the user."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typer.testing import CliRunner, Result

from mapgen.cli import app
from mapgen.messages import SOURCE, speak


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    CliRunner().invoke(app, ["--version"])
    speak(SOURCE)


def run(language: str, *arguments: str) -> Result:
    environment = {"MAPGEN_LANG": language, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    return CliRunner().invoke(app, list(arguments), env=environment)


def text(result: Result) -> str:
    """The output as one line, without the frame of the error."""
    return " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize(
    ("arguments", "french", "spanish"),
    [
        (("map",), "Il manque l'argument 'FILE...'.", "Falta el argumento 'FILE...'."),
        (("nothing",), "Il n'y a pas de commande 'nothing'.", "No hay ninguna orden 'nothing'."),
        (("map", "a.txt", "--colour"), "Il n'y a pas d'option --colour", "No hay ninguna opción --colour"),
        (
            ("map", "a.txt", "--title"),
            "L'option '--title' a besoin d'une valeur.",
            "La opción '--title' necesita un valor.",
        ),
        (("map", "a.txt", "--quiet=1"), "L'option '--quiet' ne prend pas", "La opción '--quiet' no toma ningún valor."),
        (
            ("map", "a.txt", "-j", "x"),
            "Valeur inutilisable pour '--jobs' / '-j'",
            "Valor no válido para '--jobs' / '-j'",
        ),
        (("example", "a", "b"), "Arguments en trop (b)", "Argumentos de más (b)"),
        (
            ("gazetteer", "search", "X", "--format", "y"),
            "n'est pas l'un de 'table', 'csv'",
            "no es uno de 'table', 'csv'",
        ),
    ],
)
def test_an_error_of_usage(arguments: tuple[str, ...], french: str, spanish: str) -> None:
    for language, told in (("fr", french), ("es", spanish)):
        result = run(language, *arguments)
        assert result.exit_code == 2
        assert told in text(result)
    assert "Usage\u00a0:" in run("fr", "map").output


def test_the_help_of_commands_and_options() -> None:
    result = run("fr", "map", "--help")
    assert result.exit_code == 0
    assert "Dessine les lieux de chaque texte sur une carte" in text(result)
    assert "Titre de la page." in text(result)
    assert "Affiche cette aide et s'arrête." in text(result)
    assert "Options" in result.output
    assert "Show this message" not in result.output
    assert "Órdenes" in run("es", "--help").output


def test_after_another_language_english_is_english() -> None:
    assert "Commandes" in run("fr", "--help").output
    assert "Commands" in run("en", "--help").output
    assert "Missing argument 'FILE...'." in text(run("en", "map"))


def test_explain_takes_its_value_with_a_sign_alone() -> None:
    """`--explain a.txt` has a text, and `--explain=features` is no text."""
    assert "'--explain' does not take a value" in text(run("en", "map", "a.txt", "--explain=weights"))
    assert run("en", "map", "--explain=features").exit_code == 2
    assert "Missing argument" in text(run("en", "map", "--explain=features"))
    assert "there is no such file" in text(run("en", "map", "--explain", "no such.txt"))
