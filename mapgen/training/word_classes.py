"""Make the shipped classes of words again: `python -m mapgen.training.word_classes FOLDER`.

FOLDER holds four things as their makers publish them; same input, same bytes:

- `spacy_lookups_data/`, out of the wheel of spacy-lookups-data 1.0.5 (PyPI, MIT): Brown clusters (Brown et al. 1992)
  and frequencies of word forms on web pages in English, German and Spanish, as spaCy 2 published them;
- `faker/`, out of the wheel of Faker 40 (PyPI, MIT): first and last names of 60 countries;
- `names/`, out of names 0.3.0 (PyPI, MIT): the frequent names of the US census of 1990 (public domain);
- `fr.dic`, of Debian's hunspell-fr-comprehensive 7.0 (Dicollecte, MPL 2.0): French first names and surnames.

Written are `names.txt`, what is known of words with a capital, and `words.en.txt`, the clusters of small English words.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mapgen.recognition.tokens.word_lists import CODES, NONE, OTHER, RATIOS

__all__ = ["main"]

_DEPTH = {"de": 150_000, "en": 120_000, "es": 100_000}
"""How many of the most frequent word forms of a language are looked at."""
_SMALL = 60_000
"""How many small English words are kept."""
_CENSUS = 30_000
_HEARD = -17.5
"""Natural logarithm of the frequency of English words that are kept for their case alone."""
_STEP = 1.5
"""Natural logarithms of frequency of one step between capital and small letter."""
_INTERNATIONAL = 0.2
"""Share of a cluster's words that other languages must know: clusters of German nouns say nothing elsewhere."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'-]+")
_FIRST, _LAST = re.compile(r"first_names?"), re.compile(r"last_names?")


@dataclass(frozen=True, slots=True)
class _Source:
    """The word forms of one language: their frequencies (natural logarithms) and clusters."""

    probabilities: Mapping[str, float]
    clusters: Mapping[str, int]
    frequent: Sequence[str]


def _source(folder: Path, code: str) -> _Source:
    """Read one language of spacy-lookups-data."""

    def table(name: str) -> dict[str, float]:
        data: dict[str, float] = json.loads(gzip.decompress((folder / f"{code}_lexeme_{name}.json.gz").read_bytes()))
        return data

    probabilities = table("prob")
    clusters = {word: int(cluster) for word, cluster in table("cluster").items() if cluster}
    frequent = sorted(probabilities, key=lambda word: (-probabilities[word], word))[: _DEPTH[code]]
    return _Source(probabilities, clusters, frequent)


def _capital(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and _LATIN.fullmatch(word) is not None


def _name_clusters(source: _Source, others: Iterable[_Source]) -> dict[str, tuple[str, str]]:
    """Return word -> (code, label) for the words with a capital in the clusters that hold most of them."""
    known = set().union(*({word for word in other.frequent if _capital(word)} for other in others))
    members: dict[int, list[str]] = defaultdict(list)
    for word in source.frequent:
        if _capital(word) and word in source.clusters:
            members[source.clusters[word]].append(word)
    large = sorted(members, key=lambda cluster: (-len(members[cluster]), cluster))
    useful = [
        cluster
        for cluster in large
        if sum(word in known for word in members[cluster]) >= _INTERNATIONAL * len(members[cluster])
    ][: len(CODES)]
    codes = dict(zip(useful, CODES, strict=False))
    return {
        word: (codes[cluster], words[0]) if cluster in codes else (OTHER, "")
        for cluster, words in members.items()
        for word in words
    }


def _ratios(source: _Source) -> dict[str, str]:
    """Return for words with a capital how much more frequent they are than in small letters, as a code."""
    rare = min(source.probabilities.values()) - 1
    middle = len(RATIOS) // 2
    found = {}
    for word in source.probabilities:
        if _capital(word):
            steps = round((source.probabilities[word] - source.probabilities.get(word.lower(), rare)) / _STEP)
            found[word] = RATIOS[max(0, min(len(RATIOS) - 1, middle + steps))]
    return found


def _strings(node: ast.AST) -> Iterator[str]:
    """Yield the names in a literal of Faker: keys of mappings, members of sequences."""
    if isinstance(node, ast.Dict):
        for key in node.keys:
            if key is not None:
                yield from _strings(key)
    for part in ast.walk(node) if not isinstance(node, ast.Dict) else ():
        if isinstance(part, ast.Dict):
            yield from _strings(part)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _faker(folder: Path) -> tuple[Counter[str], Counter[str]]:
    """Return in how many countries each first and each last name is usual."""
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for path in sorted(folder.glob("providers/person/*/__init__.py")):
        here: dict[str, set[str]] = {"first": set(), "last": set()}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = (
                node.targets
                if isinstance(node, ast.Assign)
                else [node.target]
                if isinstance(node, ast.AnnAssign)
                else []
            )
            for target in targets:
                name = target.id if isinstance(target, ast.Name) else ""
                value = getattr(node, "value", None)
                if value is None:
                    continue
                if _FIRST.match(name):
                    here["first"] |= set(_strings(value))
                elif _LAST.match(name):
                    here["last"] |= set(_strings(value))
        first.update(here["first"])
        last.update(here["last"])
    return first, last


def _persons(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return codes of surnames (how frequent) and of first names (in how many lists)."""
    first, last = _faker(folder / "faker")
    census = [line.split()[0].title() for line in _lines(folder / "names" / "dist.all.last")][:_CENSUS]
    for sex in ("female", "male"):
        first.update({line.split()[0].title() for line in _lines(folder / "names" / f"dist.{sex}.first")})
    french = [(re.split(r"[/\t ]", line)[0], line) for line in _lines(folder / "fr.dic")]
    first.update({word for word, line in french if "po:prn" in line})
    surnames = dict.fromkeys([*last, *(word for word, line in french if "po:patr" in line)], "s")
    surnames |= {
        word: "A" if at < 1000 else "B" if at < 5000 else "C" for at, word in reversed(list(enumerate(census)))
    }
    given = {word: "g" if count > 1 else "h" for word, count in first.items()}
    return surnames, given


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _names(sources: Mapping[str, _Source], folder: Path) -> str:
    """Return the contents of `names.txt`."""
    columns: list[Mapping[str, str]] = []
    header = [_NAMES_HEADER]
    for code, source in sources.items():
        found = _name_clusters(source, [other for other in sources.values() if other is not source])
        labels = sorted({(letter, label) for letter, label in found.values() if label})
        header.append(f"# {code} " + " ".join(f"{letter}={label}" for letter, label in labels))
        columns.append({word: letter for word, (letter, _) in found.items()})
    surnames, given = _persons(folder)
    columns += [surnames, given, _ratios(sources["en"]), _ratios(sources["es"])]
    telling = [{word for word, code in column.items() if code != OTHER} for column in columns[:5]]
    telling.append({word for word in columns[5] if sources["en"].probabilities[word] > _HEARD})
    words = sorted(
        (word for word in set().union(*telling) if _LATIN.fullmatch(word) and word[0].isupper()),
        key=lambda word: word.encode(),
    )
    body = (word + "\t" + "".join(column.get(word, NONE) for column in columns) for word in words)
    return "\n".join([*header, "", *body]) + "\n"


def _small_words(source: _Source) -> str:
    """Return the contents of `words.en.txt`."""
    frequent = sorted(source.probabilities, key=lambda word: (-source.probabilities[word], word))
    small = [word for word in frequent if word.islower() and _LATIN.fullmatch(word) and word in source.clusters][
        :_SMALL
    ]
    labels: dict[int, str] = {}
    for word in small:
        labels.setdefault(source.clusters[word], word)
    numbers = {cluster: at for at, cluster in enumerate(sorted(labels))}
    codes = {cluster: CODES[at // len(CODES)] + CODES[at % len(CODES)] for cluster, at in numbers.items()}
    header = "# en " + " ".join(f"{codes[cluster]}={labels[cluster]}" for cluster in sorted(labels))
    body = (f"{word}\t{codes[source.clusters[word]]}" for word in sorted(small, key=lambda word: word.encode()))
    return "\n".join([_WORDS_HEADER, header, "", *body]) + "\n"


_NAMES_HEADER = """# What is known of words with a capital: Brown clusters in German, English, Spanish (named below by
# their commonest word), surname, first name, how much commoner than in small letters in English, in Spanish.
# Made by `python -m mapgen.training.word_classes` from spacy-lookups-data (MIT), Faker (MIT), the US census of
# 1990 by way of names (MIT, public domain), Dicollecte's French dictionary (MPL 2.0)."""
_WORDS_HEADER = """# Brown clusters of small English words, named below by their commonest word.
# Made by `python -m mapgen.training.word_classes` from spacy-lookups-data (MIT)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the two files into the package."""
    from mapgen.files import write_aside

    package = Path(__file__).parents[1]
    parser = argparse.ArgumentParser(prog="python -m mapgen.training.word_classes", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with spacy_lookups_data, faker, names, fr.dic")
    parser.add_argument("--output", type=Path, default=package / "recognition" / "tokens", help="folder of both files")
    options = parser.parse_args(arguments)
    sources = {code: _source(options.folder / "spacy_lookups_data" / "data", code) for code in _DEPTH}
    write_aside(options.output / "names.txt", _names(sources, options.folder))
    write_aside(options.output / "words.en.txt", _small_words(sources["en"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
