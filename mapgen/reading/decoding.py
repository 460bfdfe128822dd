"""Bytes to text: the encoding is told by the caller, by a byte order mark, or found out; never guessed in silence.

The order: byte order mark, UTF-16 by its zero bytes, strict UTF-8, cp1252 where the outcome reads like a language of
western Europe, else what charset-normalizer is sure of. Where it is not, the answer is an error that asks for the
encoding: a text read wrongly is worse than one not read.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from mapgen.errors import DocumentError, OptionError
from mapgen.messages import msg

__all__ = ["decode", "looks_binary"]

# UTF-32's little-endian mark begins with UTF-16's, so it is tried first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ASK = msg("say which one it is (--encoding), or save it as UTF-8")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_LINE = re.compile(rb"[^\n]{0,120}[\x80-\xff][^\n]{0,120}")
_SAMPLE = 60_000

# The letters beyond ASCII that each language writes, upper case added by the code; tried with the code pages below.
_WESTERN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüß",  # German
    "áéíñóúü",  # Spanish, Galician
    "áâãàçéêíóôõúü",  # Portuguese
    "àèéìíîòóù",  # Italian
    "åäöæøé",  # Danish, Norwegian, Swedish, Finnish
    "ëïéèêöüó",  # Dutch, Afrikaans
    "àçèéíïòóúü",  # Catalan
    "éèàïöôêñçü",  # English: the borrowed words
)
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíľĺňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîșşțţ")
_BALTIC = ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž")
_LATIN = (
    ("cp1252", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1254", ("çğıöşüâîûİ",)),
    ("cp1257", _BALTIC),
)
_SYMBOLS = frozenset("’‘“”„«»–—…€£§°·•™®©¿¡ºª‹›½¼¾²³±µ×¶†‡\u00a0\u00ad")
_INSIDE = frozenset("’·\u00ad\u00a0–—º")
_ALL_HIGH = re.compile(r"[^\W\d_a-zA-Z]{3,}")


def decode(data: bytes, *, encoding: str = "", declared: str = "") -> str:
    """Return the text of `data`, without a byte order mark.

    Args:
        data: the whole file.
        encoding: the encoding that the user gave; nothing else is tried then.
        declared: the encoding that the file itself declares (an HTML page); tried after byte order mark and UTF-8.

    Raises:
        DocumentError: the bytes are no text, or their encoding is not the one given, or it cannot be told.
        OptionError: there is no encoding of that name.
    """
    if encoding:
        return _decode_given(data, encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strict(data, codec)
    wide = _wide_codec(data)
    if wide:
        return _strict(data, wide)
    if looks_binary(data):
        raise DocumentError(msg("it is a binary file, not a text: see docs/formats.md for what is read"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if declared and (text := _declared(data, declared)) is not None:
            return text
        _refuse_damaged_utf8(data, error)
    return data.decode(_legacy_codec(data), errors="strict")


def looks_binary(data: bytes) -> bool:
    """Say whether `data` holds zero bytes, or so many control characters that it is no text."""
    sample = data[:_SAMPLE]
    return b"\0" in data or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) * 0.02 + 4


def _decode_given(data: bytes, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise OptionError(
            msg("there is no encoding named {encoding!r}; try utf-8, cp1252, utf-16", encoding=encoding)
        ) from error
    text = _strict(data, "utf-8-sig" if codec == "utf-8" else codec)
    if "\0" in text:
        raise DocumentError(
            msg("read as {codec} it holds zero bytes: it is binary, or in another encoding", codec=codec),
            kind="encoding",
        )
    return text


def _strict(data: bytes, codec: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise DocumentError(
            msg(
                "it is not {codec}: {reason} at byte {start}; {ask}",
                codec=codec,
                reason=error.reason,
                start=error.start,
                ask=_ASK,
            ),
            kind="encoding",
        ) from error
    except (LookupError, AttributeError, TypeError) as error:  # codecs such as "hex" are none of text
        raise OptionError(msg("{codec} is not an encoding of text; try utf-8, cp1252, utf-16", codec=codec)) from error
    if "\0" in text:
        raise DocumentError(msg("it holds zero bytes: it is a binary file, not a text"))
    return text


def _declared(data: bytes, declared: str) -> str | None:
    """Return the text if the declared encoding exists and fits; pages often declare a wrong one."""
    try:
        # By the HTML standard, pages that say latin-1 mean cp1252.
        codec = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(codecs.lookup(declared).name, declared)
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def _wide_codec(data: bytes) -> str:
    """Return utf-16-le or utf-16-be where nearly every second byte is zero and no other is, else ""."""
    sample = data[:4096]
    if len(data) < 4 or len(data) % 2 or b"\0" not in sample:
        return ""
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * pairs and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * pairs and odd == 0 else ""


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Refuse what is UTF-8 but for a few bytes: read in another encoding, all its accents would be wrong."""
    rest, valid = _MULTIBYTE.subn(b"", data)
    stray = len(rest) - len(rest.translate(None, bytes(range(128, 256))))
    if valid and stray * 4 <= valid:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            msg(
                "it is UTF-8 except for {stray} byte(s), the first at byte {start} in line {line}: mend it, "
                "or say which encoding it has (--encoding)",
                stray=stray,
                start=error.start,
                line=line,
            ),
            kind="encoding",
        ) from error


def _legacy_codec(data: bytes) -> str:
    """Return the one-byte (or East Asian) encoding of `data`, when it can be told."""
    sample = b"\n".join(_first(_HIGH_LINE, data))
    for codec, alphabets in _LATIN:
        if _reads_well(sample, codec, alphabets) and _fits(data, codec):
            return codec
    # Small texts carry too little to tell one code page from the next.
    matches = _suggestions(sample) if len(sample) >= 32 else ()
    for codec in matches:
        if _fits(data, codec):
            return codec
    raise DocumentError(msg("its encoding cannot be told (it is not UTF-8): {ask}", ask=_ASK), kind="encoding")


def _fits(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _first(pattern: re.Pattern[bytes], data: bytes) -> list[bytes]:
    """Return the first matches that together make a sample."""
    found, size = [], 0
    for match in pattern.finditer(data):
        found.append(match.group())
        size += len(match.group())
        if size > _SAMPLE:
            break
    return found


def _reads_well(sample: bytes, codec: str, alphabets: tuple[str, ...]) -> bool:
    """Say whether `sample`, read as `codec`, looks like a language with one of the alphabets."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return False
    high = Counter(char for char in text if char > "\x7f")
    letters = {char: count for char, count in high.items() if char.isalpha() and char not in "ºª"}
    total = sum(letters.values())
    strange = sum(count for char, count in high.items() if not char.isalpha() and char not in _SYMBOLS)
    if strange + _misplaced(text) > 0.04 * sum(high.values()) or len(_ALL_HIGH.findall(text)) > 0.01 * total:
        return False
    outsiders = min(
        sum(count for char, count in letters.items() if char not in own and char.lower() not in own)
        for own in alphabets
    )
    return outsiders <= max(0.06 * total, min(2, total // 4))


def _misplaced(text: str) -> int:
    """Count what stands between small letters and never does in a word: capitals and symbols beyond ASCII."""
    return sum(
        before.islower() and after.islower() and char > "\x7f" and not char.islower() and char not in _INSIDE
        for before, char, after in zip(text, text[1:], text[2:], strict=False)
    )


def _suggestions(sample: bytes) -> list[str]:
    """Return what charset-normalizer is sure of, for other scripts than Latin: within Latin it takes à for ą."""
    from charset_normalizer import from_bytes

    return [
        match.encoding
        for match in from_bytes(sample, steps=8, chunk_size=2048, threshold=0.1)
        if match.chaos <= 0.05 and match.coherence >= 0.35 and not _mostly_latin(str(match))
    ]


def _mostly_latin(text: str) -> bool:
    high = [char for char in text if char > "\x7f" and char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in high) * 2 >= len(high)
