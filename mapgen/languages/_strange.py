"""The warning about a text in a language that mapgen has not learned."""

from __future__ import annotations

from mapgen.languages._language import load
from mapgen.languages._readers import page_languages, reader_language
from mapgen.messages import Named

__all__ = ["strangeness"]


def strangeness(text_language: str, reader: str) -> str:
    """Return one sentence on how little is known of a text's language, "" where all is known.

    A language is known whole when its file has reasons too: French and English, whose texts the recogniser has learned.

    Args:
        text_language: ISO 639-1 code of the text, "" where it is unknown.
        reader: ISO 639-1 code of who reads the sentence; English where there are no words in it.
    """
    language = load(text_language)
    if not text_language or language.reasons:
        return ""
    # Names of languages in all languages are CLDR's; only these few texts need them.
    from babel import Locale

    words = load(reader_language(reader))
    names = {code: str(Locale(code).languages.get(language.code, language.code)) for code in page_languages()}
    name = Named(names[words.code], names)
    return words.reasons["language_partly" if language.known else "language_unknown"].format(language=name)
