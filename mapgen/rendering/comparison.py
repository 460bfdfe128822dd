"""The page of a comparison: places new, gone and in both, with intervals, and names whose reading has changed.

It has no script: tables and bars, in the look of the other pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from mapgen.languages import reader_language
from mapgen.rendering import assets
from mapgen.rendering.archive import archive_texts
from mapgen.rendering.escape import sound
from mapgen.rendering.page import environment, policy
from mapgen.rendering.page_texts import counted, kind_names

__all__ = ["ComparisonPage", "render_comparison"]

_WIDEST = 5.0
"""Log-odds at the ends of the bars: odds of 150 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """What the page shows.

    Attributes:
        language: of the reader.
        names: of the two sides.
        documents: how many texts each has.
        unit: "documents" or "mentions".
        changes: rows with the keys of `mapgen.corpus.comparing.COLUMNS`, the surest differences first.
        readings: rows of a name, its two places and their counts.
    """

    language: str
    names: tuple[str, str]
    documents: tuple[int, int]
    unit: str
    changes: Sequence[dict[str, Any]]
    readings: Sequence[dict[str, Any]]


def render_comparison(page: ComparisonPage, *, most: int = 500) -> str:
    """Return the page; of each list `most` rows are shown, the table has all."""
    language = reader_language(page.language)
    words = archive_texts(language)
    styles = assets.page_styles("comparison")
    lists = {
        status: [_row(change, language) for change in page.changes if change["status"] == status]
        for status in ("both", "new", "gone")
    }
    return (
        environment()
        .get_template("comparison.html.j2")
        .render(
            language=language,
            words=words,
            names=[sound(name) for name in page.names],
            documents=[counted(number, "document", language, words) for number in page.documents],
            unit=words[f"unit_{page.unit}"],
            lists=lists,
            most=most,
            readings=page.readings[:most],
            styles=[Markup(style) for style in styles],  # noqa: S704
            policy=policy([], styles, ()),
        )
    )


def _row(change: dict[str, Any], language: str) -> dict[str, Any]:
    """A row with the ends of its bar, in hundredths of the width."""
    kinds = kind_names(language)
    ends = [50 + 50 * max(-_WIDEST, min(_WIDEST, change[name])) / _WIDEST for name in ("low", "log_odds", "high")]
    shown = kinds[change["kind"]][0] if change["kind"] in kinds else change["kind"]
    return {**change, "name": sound(change["name"]), "shown_kind": shown, "bar": [round(end, 1) for end in ends]}
