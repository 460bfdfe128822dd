from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.errors import DocumentError, OptionError
from mapgen.reading import from_text, read


def test_the_file_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    text = " date 2021-10 Les forces\r\navancent.\r\rVers Hama\u2028. "
    path.write_bytes(text.encode("utf-8-sig"))
    document = read(path)
    assert document.text == text[document.source_offset :] == "Les forces\r\navancent.\r\rVers Hama\u2028. "
    assert (document.date, document.source, document.language) == ("2021-10", "note.txt", "")
    assert read(str(path)) == document


def test_what_is_given_wins(tmp_path: Path) -> None:
    text = "title: De la page\ndate: 2020\nlanguage: en\nsource: Une agence\n\nLe texte."
    found = from_text(text, header=True)
    assert (found.title, found.date, found.language, found.source) == ("De la page", "2020", "en", "Une agence")
    given_ = from_text(text, header=True, title="À moi", date="11 octobre 2021", language="FR", source="x")
    assert (given_.title, given_.date, given_.language, given_.source) == ("À moi", "2021-10-11", "fr", "x")
    with pytest.raises(OptionError, match="no date"):
        from_text("Alep", date="demain")
    with pytest.raises(OptionError, match="no language"):
        from_text("Alep", language="klingonais du sud")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Combats à Alep\n\nLe texte suit ici.", "Combats à Alep"),
        ("\r\n  - Combats à Alep -\r\n\r\nLe texte suit.", "Combats à Alep"),
        ("# Combats à Alep\nLe texte.", "Combats à Alep"),
        ("Combats à Alep\n======\nLe texte.", "Combats à Alep"),
        ("Qui tient Alep ?\n" + "Un très long paragraphe. " * 20, "Qui tient Alep ?"),
        ("Une phrase entière.\n\nUne autre.", ""),
        ("Une première ligne\nqui se poursuit ici.", ""),
        ("Un texte d'une ligne", ""),
        ("Un titre seul\n\n", ""),
        ("Mot " * 60 + "\n\nLe texte.", ""),
    ],
)
def test_a_headline_stands_alone(text: str, title: str) -> None:
    assert from_text(text).title == title


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Été à Alep".encode("cp1252")), encoding="utf-8"))
    document = read("-")
    assert (document.text, document.source) == ("Été à Alep", "-")
    sys.stdin.detach()


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\u3000\u200b\n".encode(), b" date 2021-10 \n"]
)
def test_nothing_to_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "vide.txt"
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=r"^vide\.txt: it (is empty|holds a header)") as error:
        read(path)
    assert error.value.exit_code == 2


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        read(tmp_path)
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(DocumentError, match="cannot be read"):
            read(name)
    with pytest.raises(DocumentError, match="binary mode"):
        read(io.StringIO("Alep"))  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("Alep", encoding="utf-8")
    path.chmod(0)
    user = os.geteuid()
    if user == 0:  # root may read everything
        os.seteuid(65534)
    try:
        with pytest.raises(DocumentError, match="permissions"):
            read(path)
    finally:
        os.seteuid(user)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "grand.txt"
    path.write_bytes(b"Alep " * 300_000)
    assert len(read(path).text) == 1_500_000
    with pytest.raises(DocumentError, match=r"grand\.txt: it is larger than 1 MB"):
        read(path, max_bytes=2**20)


@pytest.mark.parametrize("text", ["\0", "Alep\0", "Alep \ud800", " "])
def test_no_text_at_all(text: str) -> None:
    with pytest.raises(DocumentError):
        from_text(text)


@given(
    st.sampled_from(["", " date 2021-10 ", "title: Un titre\r\ndate: 2021\r\n\r\n", "---\ntitle: x\n---\n"]),
    st.text(min_size=1).filter(lambda text: text.strip("\ufeff\u200b\u2060 \n") != "" and "\0" not in text),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
def test_offsets_lead_back_into_the_file(header: str, body: str, codec: str) -> None:
    source = header + body
    try:
        document = read(io.BytesIO(source.encode(codec)))
    except DocumentError as error:
        assert "empty" in error.message or "no text after" in error.message
        return
    if document.notes:  # the text was mended, and the user is told
        assert document.source_offset == 0
        return
    assert source[document.source_offset :] == document.text
    assert document.source_offset >= len(header) - 1


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document_or_one_clear_line(data: bytes) -> None:
    for mark in (b"", b"%PDF-1.4\n", b"<html><body>", b"PK\x03\x04word/document.xml"):
        try:
            document = read(io.BytesIO(mark + data))
        except DocumentError as error:
            assert "\n" not in str(error)
        else:
            assert document.text.strip()
            assert "\0" not in document.text


@pytest.mark.parametrize("text", ["Source: Une agence\n\nLe texte.", "title: Un titre\ndate: 2021\n\nCombats."])
def test_a_string_is_a_text_as_it_is_unless_a_header_is_asked_for(text: str) -> None:
    assert from_text(text).text == text
    assert from_text(text).source_offset == 0
    read_as_file = from_text(text, header=True)
    assert read_as_file.source_offset > 0
    assert text[read_as_file.source_offset :] == read_as_file.text
