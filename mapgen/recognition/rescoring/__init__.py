"""Step 5 of recognition: scores candidate spans again by what the first scores accept around them.

In: the tokens, candidate spans and first scores of a text. Out: the scores with the weights of a second pass added.
`lists` finds the names of a text and how they are joined to lists; `evidence` says for a span what is accepted around
it and elsewhere in the document, and names the features; `second_pass` sums them up.
"""

from mapgen.recognition.rescoring.second_pass import SecondPass, rescore

__all__ = ["SecondPass", "rescore"]
