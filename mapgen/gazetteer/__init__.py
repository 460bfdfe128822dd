"""From names to places: the embedded gazetteer, country packs, places of one's own."""

from mapgen.gazetteer.records import NameFacts
from mapgen.gazetteer.store import Gazetteer, GazetteerInfo, Match, SourceInfo

__all__ = ["Gazetteer", "GazetteerInfo", "Match", "NameFacts", "SourceInfo"]
