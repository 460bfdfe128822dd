"""The catalogues hold every message of the code, in words that fit the language."""

from __future__ import annotations

import ast
import re
import runpy
import string
from pathlib import Path
from typing import Any

import pytest

import mapgen
from mapgen.messages import LANGUAGES, SOURCE, catalogue

PACKAGE = Path(mapgen.__file__).parent
OTHERS = [language for language in LANGUAGES if language != SOURCE]
TOOL = runpy.run_path(str(Path(__file__).parents[3] / "docs" / "catalogues.py"))
ENTRIES = TOOL["entries"]()


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_has_a_translation(language: str) -> None:
    texts = catalogue(language).texts
    assert [entry.text for entry in ENTRIES if not all(texts.get(entry.text, ("",)))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_file_is_what_the_code_makes_of_it(language: str) -> None:
    """Otherwise `python docs/catalogues.py` brings it up to date."""
    assert (PACKAGE / "messages" / f"{language}.po").read_text(encoding="utf-8") == TOOL["updated"](language)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_fields_and_the_forms_of_its_message(language: str) -> None:
    texts = catalogue(language).texts

    def fits(entry: Any) -> bool:
        forms = texts[entry.text]
        return len(forms) == (2 if entry.plural else 1) and all(fields(form) == fields(entry.text) for form in forms)

    assert [entry.text for entry in ENTRIES if not fits(entry)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_begins_and_ends_as_its_message(language: str) -> None:
    """Messages are joined: "; not applied" follows a sentence, " of {total}" a number."""

    def edges(text: str) -> tuple[bool, bool, bool]:
        return text[:1].isspace() or text[:1] in ",;", text[-1:].isspace(), text.endswith(".")

    wrong = [
        (text, form)
        for text, forms in catalogue(language).texts.items()
        for form in forms
        if edges(text) != edges(form)
    ]
    assert wrong == []


def test_french_has_the_spaces_of_french() -> None:
    """No-break spaces before signs in two parts and inside of guillemets."""
    wrong = re.compile(r"[^\u202f][;?!](?<!&eacute;)(?=\s|$)|[^\u00a0]:(?=\s|$)|«[^\u00a0]|[^\u00a0]»")
    forms = [form for forms in catalogue("fr").texts.values() for form in forms]
    assert [form for form in forms if wrong.search(form)] == []


def test_spanish_opens_questions() -> None:
    forms = [form for forms in catalogue("es").texts.values() for form in forms]
    assert [form for form in forms if ("?" in form) != ("¿" in form)] == []


SAYING = {"warn", "tell", "complain", "echo", "confirm", "prompt", "line_of"}
"""Functions whose first argument the user reads."""


def literals(node: ast.AST) -> bool:
    """Whether an expression is a literal text with words, or made of one."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) or literals(node.orelse)
    if isinstance(node, ast.BinOp):
        return literals(node.left) or literals(node.right)
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return any(re.search(r"[a-z]{2}\W+[a-z]{2}", text) for text in texts)


def test_no_text_for_the_user_is_outside_of_the_catalogues() -> None:
    """Errors take a `Message`, which mypy holds; what is printed is one too."""
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if {"training", "gate.py", "documentation.py"} & set(path.parts):
            continue  # tools of the project itself
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if ast.unparse(node.func) == "warnings.warn":
                continue  # of Python's own kind
            is_error = name.endswith("Error") and name.removesuffix("Error") in ERRORS
            if (is_error or name in SAYING) and literals(node.args[0]):
                wrong.append(f"{path.name}:{node.lineno}: {ast.unparse(node.args[0])}")
    assert wrong == [], "say it with mapgen.messages.msg"


ERRORS = {
    "Mapgen", "Input", "Document", "Places", "Corrections", "Option", "Gazetteer", "Pack", "Geocoding", "Output",
    "Engine", "Strict", "Tables",
}  # fmt: skip


def test_no_help_has_words_in_brackets_which_a_terminal_takes_for_markup() -> None:
    helps = list(TOOL["_of_help"]())
    assert len(helps) > 50
    own = re.compile(r"\[(?!/?blue|default|env var|required)/?[a-z]")
    assert [text for text in helps for told in (text, *catalogue("fr").texts.get(text, ())) if own.search(told)] == []
