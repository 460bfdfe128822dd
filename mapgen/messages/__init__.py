"""What mapgen says to its user, in the user's language.

In: English text with named fields and their values, `msg("{path} has no table {name}", path=…, name=…)`. Out: a
`Message`, a str in English that remembers its parts. The Python interface gives it as it is; the command line says it
in the language of its user with `translated`, from one catalogue a language (`fr.po`, `es.po`; gettext's format).
"""

from mapgen.messages._catalogue import LANGUAGES, SOURCE, catalogue
from mapgen.messages._message import Message, Named, Spoken, joined, msg, msg_count, reason_of, translated, verbatim
from mapgen.messages._speaking import speak, spoken, user_language

__all__ = [
    "LANGUAGES",
    "SOURCE",
    "Message",
    "Named",
    "Spoken",
    "catalogue",
    "joined",
    "msg",
    "msg_count",
    "reason_of",
    "speak",
    "spoken",
    "translated",
    "user_language",
    "verbatim",
]
