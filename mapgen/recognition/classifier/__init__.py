"""Step 4 of recognition: scores candidate spans and chooses those that are place names.

In: the summed weights of each span. Out: the spans that are places, without overlaps, each with a probability.
"""

from mapgen.recognition.classifier.adjustment import adjust
from mapgen.recognition.classifier.choice import agree, choose, winners
from mapgen.recognition.classifier.model import CLASSES, LINKED_CUE, PLACE, SCALE, Flags, Floats, Model, load_model

__all__ = [
    "CLASSES",
    "LINKED_CUE",
    "PLACE",
    "SCALE",
    "Flags",
    "Floats",
    "Model",
    "adjust",
    "agree",
    "choose",
    "load_model",
    "winners",
]
