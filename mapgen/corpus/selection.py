"""Names a side of a comparison: a text, an archive, or a part of one.

- `texts/a.txt`: a text, of any format that mapgen reads;
- `out`: the results of `mapgen corpus`;
- `out@2021-03-04`, `out@2021-03`, `out@2020..2021-06`: the documents of a day, a month, of a span;
- `out/corpus.html#from=2021-01-01&to=2021-03-31&p=0.5`: what the page of an archive showed, by its address.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from mapgen.corpus.dating import span_of
from mapgen.corpus.store import Store
from mapgen.errors import OptionError
from mapgen.messages import msg

__all__ = ["Selection", "selection_of"]

_DATE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_SPAN = re.compile(rf"(?P<path>.+)@(?P<first>{_DATE})?(?P<dots>\.\.)?(?P<last>{_DATE})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A text, or a part of an archive.

    Attributes:
        given: as the user has written it.
        path: of the text or of the folder of results.
        first, last: days, both included.
        undated: whether documents without a date belong to it.
        duplicates: whether near-duplicates do.
        floor: least probability of a place.
        sense: "literal", "metonymic" or "" for both.
    """

    given: str
    path: str
    first: datetime.date = datetime.date.min
    last: datetime.date = datetime.date.max
    undated: bool = True
    duplicates: bool = True
    floor: float = 0.0
    sense: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether it is a folder of results."""
        store = Store.at(self.path)
        return (store.local / "run.json").is_file() if store.local else store.read_json("run.json") is not None


def selection_of(given: str) -> Selection:
    """Read a side of a comparison.

    Raises:
        OptionError: a date or another part of it makes no sense.
    """
    address, mark, fragment = given.partition("#")
    if mark and "=" in fragment:
        return _from_address(given, address, fragment)
    found = _SPAN.fullmatch(given)
    if found is None or Path(given).exists() or not (found["first"] or found["last"]):
        return Selection(given=given, path=given)
    first = _days(given, found["first"])
    last = _days(given, found["last"] if found["dots"] else found["last"] or found["first"])
    return Selection(
        given=given, path=found["path"], undated=False,
        first=first[0] if first else datetime.date.min, last=last[1] if last else datetime.date.max,
    )  # fmt: skip


def _days(given: str, date: str | None) -> tuple[datetime.date, datetime.date] | None:
    try:
        return span_of(date or "")
    except ValueError:
        raise OptionError(msg("{given}: there is no day {date}", given=given, date=date)) from None


def _from_address(given: str, address: str, fragment: str) -> Selection:
    path = unquote(urlsplit(address).path) if address.startswith("file:") else address
    parts = {name: values[-1] for name, values in parse_qs(fragment).items()}
    first, last = (_days(given, parts.get(name)) for name in ("from", "to"))
    try:
        floor = float(parts.get("p", "0"))
    except ValueError:
        raise OptionError(msg("{given}: p is no number", given=given)) from None
    sense = parts.get("sense", "")
    return Selection(
        given=given, path=path.rpartition("/")[0] or "." if path.endswith(".html") else path,
        first=first[0] if first else datetime.date.min, last=last[1] if last else datetime.date.max,
        undated=parts.get("undated") != "off", duplicates=parts.get("duplicates") != "off", floor=floor,
        sense=sense if sense in ("literal", "metonymic") else "",
    )  # fmt: skip
