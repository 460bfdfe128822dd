"""Step 1 of recognition: a text becomes tokens.

In: a text and the `Language` it is written in. Out: `Tokens`, parallel lists of words and offsets. `word_lists` and
`vocabulary` hold what is known of a word form, `tokeniser` cuts the text and looks each form up once.
"""

from mapgen.recognition.tokens.common_words import load_common
from mapgen.recognition.tokens.tokeniser import Lexicon
from mapgen.recognition.tokens.tokens import Tokens
from mapgen.recognition.tokens.vocabulary import LOWER, NAME, NUMBER, SIGN, UPPER, Word

__all__ = ["LOWER", "NAME", "NUMBER", "SIGN", "UPPER", "Lexicon", "Tokens", "Word", "load_common"]
