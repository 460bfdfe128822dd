"""A person's decisions on the names of a text.

Comes in: files of corrections and the toponyms of a document. Goes out: toponyms with missed names added, and a ruling
for each name whose place a person has decided, which binds the resolver. Steps: `reader` checks the files, `amend`
applies them to a document, `chosen` finds the places.
"""

from mapgen.corrections.amend import Amended, Describe, amend
from mapgen.corrections.reader import Corrections, read_corrections
from mapgen.corrections.records import Correction, Ruling, Scope

__all__ = ["Amended", "Correction", "Corrections", "Describe", "Ruling", "Scope", "amend", "read_corrections"]
