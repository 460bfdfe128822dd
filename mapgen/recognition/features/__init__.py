"""Step 3 of recognition: extracts classifier features for candidate spans.

In: the tokens and candidate spans of a text. Out: one value a span, the sum over its named features. `profiles`,
`windows` and `document_context` look at the gazetteer, the neighbouring words and the rest of the document; `parts` are
what they find; `name_features` and `context_features` name the features of each part; `extraction` combines and caches.
"""

from mapgen.recognition.features.extraction import Encoder, FeatureIndex, Features

__all__ = ["Encoder", "FeatureIndex", "Features"]
