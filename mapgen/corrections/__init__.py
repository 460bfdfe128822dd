"""What a person decided of a text's names: read from a file, held against a document, told to the resolver."""

from mapgen.corrections.amend import Amended, Describe, amend
from mapgen.corrections.reader import Corrections, read_corrections
from mapgen.corrections.records import Correction, Ruling, Scope

__all__ = ["Amended", "Correction", "Corrections", "Describe", "Ruling", "Scope", "amend", "read_corrections"]
