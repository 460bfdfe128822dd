from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapgen.errors import DocumentError, OptionError
from mapgen.reading.decoding import decode

FRENCH = "Les rebelles ont été repoussés à Alep, où l'armée syrienne a repris le contrôle de la ville."


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_found_out(codec: str) -> None:
    assert decode(FRENCH.encode(codec)) == FRENCH


@pytest.mark.parametrize("order", ["le", "be"])
def test_byte_order_mark_of_utf_16(order: str) -> None:
    mark = "\ufeff".encode(f"utf-16-{order}")
    assert decode(mark + "Москва, 北京, حلب".encode(f"utf-16-{order}")) == "Москва, 北京, حلب"


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1252", "été à Paris"),
        ("cp1252", "São Paulo et Zürich : à l’aube – « déjà »… 12 € à Malmö"),
        ("mac_roman", FRENCH),
        ("cp850", FRENCH),
        ("cp1250", "Łódź jest miastem w Polsce, leży w województwie łódzkim. Święta są też w Krakowie i Poznań."),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy. Praha je hlavní město České republiky."),
        ("iso8859-2", "Příliš žluťoučký kůň úpěl ďábelské ódy. Praha je hlavní město České republiky."),
        ("cp1254", "İstanbul'da şüpheli bir araç bulundu. Güvenlik güçleri bölgeye yöneldi; çatışma çıktı."),
        (
            "cp1251",
            "Москва и Киев. Это русский текст, который был сохранён в старой кодировке, и никто не знает почему.",
        ),
        (
            "koi8-r",
            "Москва и Киев. Это русский текст, который был сохранён в старой кодировке, и никто не знает почему.",
        ),
        ("cp1256", "في دمشق وحلب وحماة قال المتحدث باسم الجيش إن القوات تقدمت في ريف إدلب أمس"),
        ("iso8859-7", "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και η Θεσσαλονίκη η δεύτερη πόλη."),
        ("cp1255", "ירושלים היא בירת ישראל, ותל אביב היא העיר השנייה בגודלה במדינה."),
        ("cp1251", "Москва"),
        ("shift_jis", "東京は日本の首都です。大阪は西にあります。"),
    ],
)
def test_right_or_asked_for_but_never_mojibake(codec: str, text: str) -> None:
    try:
        assert decode(text.encode(codec)) == text
    except DocumentError as error:
        # Some are too short to tell one code page from the next; the message asks.
        assert "--encoding" in str(error)
        assert codec in ("cp1251", "shift_jis")
    assert decode(text.encode(codec), encoding=codec) == text


def test_utf_8_with_one_bad_byte_is_refused_with_its_line() -> None:
    data = "Été à Alep, été à Hama.\nDéjà vu à Idleb".encode() + b"\xe9 !"
    with pytest.raises(DocumentError, match=r"UTF-8 except for 1 byte.* line 2"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"a text with \0 in it",
        bytes(range(1, 32)) * 10,
        b"\0" * 64,
        b"\xff\xfe\0\0\0\0\0\0",
    ],
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="binary"):
        decode(data)


def test_given_encoding_is_the_only_one_tried() -> None:
    assert decode("été".encode("cp1252"), encoding="latin-1") == "été"
    assert decode("\ufeffété".encode(), encoding="UTF-8") == "été"
    with pytest.raises(DocumentError, match="is not utf-8"):
        decode("été".encode("cp1252"), encoding="utf-8")
    with pytest.raises(OptionError, match="no encoding named"):
        decode(b"a", encoding="utf-99")
    with pytest.raises(OptionError, match="not an encoding of text"):
        decode(b"61", encoding="hex")


def test_declared_encoding_of_a_page() -> None:
    assert decode("Москва".encode("cp1251"), declared="windows-1251") == "Москва"
    assert decode("l’été".encode("cp1252"), declared="iso-8859-1") == "l’été"
    assert decode("été à Alep".encode("cp1252"), declared="no-such-thing") == "été à Alep"
    assert decode("été".encode(), declared="windows-1251") == "été"


@given(st.text(min_size=1).filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_round_trip(text: str) -> None:
    for codec in ("utf-8-sig", "utf-16"):
        assert decode(text.encode(codec)) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_clear_error(data: bytes) -> None:
    try:
        text = decode(data)
    except DocumentError as error:
        assert "\n" not in str(error)
    else:
        assert "\0" not in text
