"""Step 6 of recognition: describes names by the words around them.

In: the tokens of a text and the spans of its names. Out: for each name its cue (`cues`), then its sense (`sense`), then
the spatial relation that begins with it (`relations`).
"""

from mapgen.recognition.description.cues import Cue, find_cues
from mapgen.recognition.description.relations import find_relations
from mapgen.recognition.description.sense import SensePicture, list_bounds, sense_features, sense_names, sense_picture

__all__ = [
    "Cue",
    "SensePicture",
    "find_cues",
    "find_relations",
    "list_bounds",
    "sense_features",
    "sense_names",
    "sense_picture",
]
