"""From a Document to its Toponyms: candidate spans, classifier, sense, cues, relations."""

from mapgen.recognition.demonyms import WithDemonyms
from mapgen.recognition.recogniser import GazetteerRecogniser, Recogniser
from mapgen.recognition.trace import NoTrace, Reason, Trace

__all__ = ["GazetteerRecogniser", "NoTrace", "Reason", "Recogniser", "Trace", "WithDemonyms"]
