"""Names with wildcards: every name of every layer is folded and compared, a chunk at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mapgen.gazetteer.layer import Layer
from mapgen.gazetteer.names import fold, fold_lines
from mapgen.gazetteer.records import label_names

__all__ = ["is_pattern", "keys_matching"]

_CHUNK = 20_000
_WILD = re.compile(r"[*?]")


def is_pattern(name: str) -> bool:
    """Tell whether a name has wildcards: `*` for any letters, `?` for one."""
    return _WILD.search(name) is not None


def keys_matching(layers: Sequence[Layer], pattern: str) -> Iterator[tuple[int, str]]:
    """Yield the key of each place that has a name of the pattern, and the first such name, through accents and case.

    Args:
        layers: of the gazetteer.
        pattern: a name with wildcards ("Cheikh*").
    """
    # Wildcards would be lost in folding; letters of a private area pass through it.
    kept = pattern.replace("*", "\ue000").replace("?", "\ue001")
    written = re.escape(fold(kept)).replace("\ue000", "[^\n]*").replace("\ue001", "[^\n]")
    wanted = re.compile(f"^{written}$", re.MULTILINE)
    for layer in layers:
        rows = layer.connection.execute("SELECT pk, name, names, labels FROM places ORDER BY pk")
        while chunk := rows.fetchmany(_CHUNK):
            names: list[str] = []
            owners: list[int] = []
            for pk, name, others, labels in chunk:
                spellings = [name, *label_names(labels), *(others.split("\n") if others else ())]
                names += spellings
                owners += [pk] * len(spellings)
            folded = fold_lines(names)
            line, position = 0, 0
            for match in wanted.finditer(folded):
                line += folded.count("\n", position, match.start())
                position = match.start()
                yield owners[line], names[line]
