"""Step 2 of recognition: tokens become candidate spans.

In: a text and its lexicon. Out: its tokens and every `CandidateSpan`, a run of tokens that could be a name, with the
`Facts` that the gazetteer has on it, for some with the article before it (`articles`). `compounds` cuts words of two
names first.
"""

from mapgen.recognition.spans.articles import facts_of
from mapgen.recognition.spans.compounds import split_compounds
from mapgen.recognition.spans.facts import Facts, FactsSource
from mapgen.recognition.spans.finding import CandidateSpan, candidate_spans, read_spans, read_tokens

__all__ = [
    "CandidateSpan",
    "Facts",
    "FactsSource",
    "candidate_spans",
    "facts_of",
    "read_spans",
    "read_tokens",
    "split_compounds",
]
