"""Step 3 of recognition: extracts classifier features for candidate spans.

In: the tokens and candidate spans of a text. Out: one value a span, the sum over its named features. `profiles`,
`neighbours` and `document_context` look at the gazetteer, the words beside a span and the rest of the document; `parts`
are their results; `name_features` and `context_features` name the features of each part; `extraction` sums them up.
"""

from mapgen.recognition.features.extraction import Encoder, FeatureIndex, Features, Value

__all__ = ["Encoder", "FeatureIndex", "Features", "Value"]
