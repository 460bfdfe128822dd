"""What recognition asks of a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from mapgen.model import Kind, MatchType

__all__ = ["Facts", "FactsSource"]


class Facts(Protocol):
    """What the gazetteer says of a name, over all places that bear it (see `mapgen.gazetteer.NameFacts`)."""

    @property
    def match(self) -> MatchType:
        """How its surest name was reached."""
        ...

    @property
    def places(self) -> int:
        """How many places bear the name."""
        ...

    @property
    def population(self) -> int:
        """Inhabitants of the largest."""
        ...

    @property
    def name_count(self) -> int:
        """How many names the best known of them has."""
        ...

    @property
    def kinds(self) -> frozenset[Kind]:
        """All their kinds."""
        ...

    @property
    def countries(self) -> frozenset[str]:
        """All their countries, ISO 3166-1."""
        ...

    @property
    def main(self) -> bool:
        """Whether it is the main name of one of them."""
        ...

    @property
    def own(self) -> bool:
        """Whether it is in the user's own list."""
        ...


class FactsSource(Protocol):
    """The part of the gazetteer that recognition needs."""

    def facts(self, names: Iterable[str], /) -> Mapping[str, Facts]:
        """Return what is known of those of the names that some place bears."""
        ...

    def holders(self, name: str, code: str, /, *, countries: bool = True) -> Sequence[object]:
        """Return the divisions and countries that a code behind a name stands for, () where it is none.

        Args:
            name: of a town.
            code: as written behind it.
            countries: whether it may be the code of a country.
        """
        ...
