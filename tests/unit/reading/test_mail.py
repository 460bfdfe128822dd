from __future__ import annotations

import io
from email.message import EmailMessage

import pytest

from mapgen.errors import DocumentError
from mapgen.reading import read


def letter(text: str = "", subject: str = "Vers Sète") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "a@example.org", "b@example.org"
    message["Subject"], message["Date"] = subject, "Tue, 02 Jul 2019 08:00:00 +0200"
    if text:
        message.set_content(text)
    return message


def text_of(message: EmailMessage) -> str:
    return read(io.BytesIO(message.as_bytes())).text


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_plain_letter(transfer: str, charset: str) -> None:
    message = letter()
    message.set_content("Ils vont à Agde, puis à Narbonne.\n", charset=charset, cte=transfer)
    document = read(io.BytesIO(message.as_bytes()))
    assert document.text == "Vers Sète\n\nIls vont à Agde, puis à Narbonne."
    assert (document.title, document.date) == ("Vers Sète", "2019-07-02")


def test_of_alternatives_one_is_read() -> None:
    message = letter("Ils vont à Agde.")
    message.add_alternative("<html><body><p>Ils vont à <b>Agde</b>.</p></body></html>", subtype="html")
    assert text_of(message) == "Vers Sète\n\nIls vont à Agde."
    stub = letter("Voir en HTML.")
    stub.add_alternative("<p>Ils vont à Agde,</p><p>puis le long du canal, à Narbonne.</p>" * 2, subtype="html")
    assert text_of(stub).count("Agde") == 2
    assert "Voir" not in text_of(stub)


@pytest.mark.parametrize(
    "subject",
    [b"Vers S\xc3\xa8te", b"Vers S\xe8te", b"=?utf-8?q?Vers_S=C3=A8te?=", b"Re: =?iso-8859-1?B?VmVycyBT6HRl?="],
)
def test_subjects(subject: bytes) -> None:
    data = b"From: a@example.org\nTo: b@example.org\nDate: Tue, 02 Jul 2019 08:00:00 +0200\nSubject: " + subject
    assert read(io.BytesIO(data + b"\n\nPuis Agde.\n")).title == "Vers Sète"


def test_a_header_without_end() -> None:
    data = b"From: a\nTo: b\nDate: c\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nPuis Agde.\n"
    assert read(io.BytesIO(data)).text.endswith("Agde.")


def test_attachments_are_named_and_messages_inside_are_read() -> None:
    message = letter("Ci-joint.")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="carte é.pdf")
    message.add_attachment(letter("Un navire quitte Sète.", subject="Re: Port"))
    document = read(io.BytesIO(message.as_bytes()))
    assert document.text == "Vers Sète\n\nCi-joint.\n\nPort\n\nUn navire quitte Sète."
    assert document.notes == ("attachments are not read, save them as files: carte é.pdf",)


def test_soft_line_ends_and_quotations() -> None:
    message = letter()
    message.set_content("> Ils vont de Saint \n> Affrique à\nMillau.\n", params={"format": "flowed"})
    assert text_of(message).endswith("Ils vont de Saint Affrique à\nMillau.")


def test_a_mailbox_is_a_text_a_message() -> None:
    envelope = b"From a@example.org Tue Jul  2 08:00:00 2019\n"
    box = b"\n".join(envelope + letter(f">From Sète\nà {name}.").as_bytes() for name in ("Agde", "Lunel"))
    document = read(io.BytesIO(box))
    assert [each.text.rpartition("\n")[2] for each in document.texts()] == ["à Agde.", "à Lunel."]
    assert str(document.address(document.text.index("Lunel"))) == "message=2"


def test_a_web_archive_is_its_page() -> None:
    archive = (
        b"From: <Saved by Blink>\r\nSubject: Un titre\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html"; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset=windows-1252\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><nav>Oslo</nav><article><h1>Sur le =\r\n"
        b"port</h1><p>Un navire quitte S=E8te pour Agde.</p></article></body></html>\r\n--x--\r\n"
    )
    document = read(io.BytesIO(archive))
    assert document.text == "Sur le port\n\nUn navire quitte Sète pour Agde."
    assert document.title == "Sur le port"


def test_a_message_without_a_text_is_refused() -> None:
    message = letter(subject="")
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="x.jpg")
    with pytest.raises(DocumentError, match=r"no text.*x\.jpg"):
        text_of(message)


def test_parts_without_end() -> None:
    message = letter("Fond.")
    for _ in range(60):
        outer = letter()
        outer.add_attachment(message)
        message = outer
    with pytest.raises(DocumentError, match="nested"):
        text_of(message)
