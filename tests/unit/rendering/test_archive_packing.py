"""What the page of an archive packs can be unpacked again."""

from __future__ import annotations

import base64
import gzip
import random
import struct

import numpy as np
import pytest

from mapgen.rendering.archive import Excerpt
from mapgen.rendering.archive.columns import packed_table
from mapgen.rendering.archive.excerpts import Excerpts
from mapgen.rendering.archive.words import SINGLE, Vocabulary

TEXTS = [
    "Le maire de Lyon, dit-on, part pour Alep.",
    "",
    "  deux  espaces\tet\nune ligne\r\n",
    "\ufeffمدينة حلب 東京都 e\u0301tat 🌧🌧 </script>",
    "Le maire de Lyon, dit-on, part pour Alep. " * 30,
]


def unpacked(text: str) -> bytes:
    return gzip.decompress(base64.b64decode(text))


def texts_of(block: bytes, words: tuple[str, ...]) -> list[str]:
    """Read a block as the page does."""
    (size,) = struct.unpack("<I", block[:4])
    codes, spelled = block[4 : 4 + size], iter(block[4 + size :].decode().split("\0"))
    texts, text, at = [], "", 0
    while at < size:
        code = codes[at]
        if code == 0:
            texts.append(text)
            text = ""
        elif code == 255:
            text += next(spelled)
        elif code < SINGLE:
            text += words[code - 1]
        else:
            at += 1
            text += words[SINGLE - 1 + (code - SINGLE) * 256 + codes[at]]
        at += 1
    return texts


@pytest.mark.parametrize("sample", [[], TEXTS * 3, [" ".join(f"mot{number}" for number in range(20_000))] * 3])
def test_sentences_come_back_letter_for_letter(sample: list[str]) -> None:
    vocabulary = Vocabulary(sample)
    texts = TEXTS + [text[-4_000:] for text in sample]
    assert texts_of(vocabulary.block(texts), vocabulary.words) == texts


def test_shared_words_make_blocks_smaller() -> None:
    rng = random.Random(1)
    words = [
        f"{syllable}{other}{number}"
        for syllable in ("re", "con", "pa")
        for other in ("li", "to")
        for number in "abcdefg"
    ]
    texts = [" ".join(rng.choices(words, k=20)) + "." for _ in range(500)]
    block = Vocabulary(texts).block(texts)
    assert len(gzip.compress(block)) < 0.7 * len(gzip.compress("\n".join(texts).encode()))


def test_columns_come_back_with_differences_that_go_round() -> None:
    days = np.array([-(2**31), 5, 5, 2**31 - 1, -7])
    table = packed_table({"day": days, "bin": np.array([1, 2, 3, 4, 255])}, {"day": np.int32, "bin": np.uint8}, {"day"})
    data = unpacked(table["packed"])
    planes = np.frombuffer(data[:20], dtype=np.uint8).reshape(4, 5).T
    differences = np.ascontiguousarray(planes).view("<u4").ravel()
    with np.errstate(over="ignore"):
        assert np.cumsum(differences, dtype=np.uint32).view(np.int32).tolist() == days.tolist()
    assert list(data[20:]) == [1, 2, 3, 4, 255]
    assert table["columns"] == [["day", "int32", 1], ["bin", "uint8", 0]]


def excerpt(place: int, text: str, name: str = "Alep") -> Excerpt:
    at = text.index("A")
    return Excerpt(
        place=place, document=0, start=70, end=74, name=name, text=text, at=at, p=0.65, metonymic=False
    )  # fmt: skip


def test_the_excerpts_of_a_place_are_in_one_block() -> None:
    long = "à Alep, " + "mot " * 2_000
    packer = Excerpts()
    blocks = list(packer.blocks([excerpt(place, long) for place in range(4) for _ in range(1_500)]))
    described = packer.described()
    assert described["starts"] == [0, 3_000]
    assert len(blocks) == 2
    assert described["table"]["rows"] == 6_000


def test_a_name_that_its_passage_spells_otherwise_is_kept() -> None:
    packer = Excerpts()
    list(packer.blocks([excerpt(0, "à Alep."), excerpt(0, "à A-\np.", name="Ap")]))
    assert unpacked(packer.described()["names"]) == b'{"1":"Ap"}'


def test_a_long_passage_is_cut_at_spaces_around_its_name() -> None:
    packer = Excerpts()
    passage = "mot " * 60 + "Alep" + " mot" * 60
    (block,) = packer.blocks([excerpt(0, passage)])
    (text,) = texts_of(unpacked(block), Vocabulary([passage]).words)
    assert text.startswith("… mot")
    assert text.endswith("mot …")
    assert len(text) < 210
