"""From a Document to its Toponyms: candidate spans, classifier, sense, cues, relations."""

from mapgen.recognition.demonyms import WithDemonyms
from mapgen.recognition.protocol import BaseRecogniser, Finder, Recogniser, complete
from mapgen.recognition.recogniser import GazetteerRecogniser
from mapgen.recognition.trace import NO_TRACE, NoTrace, Reason, Trace

__all__ = [
    "NO_TRACE",
    "BaseRecogniser",
    "Finder",
    "GazetteerRecogniser",
    "NoTrace",
    "Reason",
    "Recogniser",
    "Trace",
    "WithDemonyms",
    "complete",
]
