"""The page of an archive: one HTML file with all counts and the best excerpts, which loads nothing.

What comes in is an `ArchivePage`: texts, places, counts, and excerpts that are read as they are written; what goes out
are the parts of the file. `columns` packs tables as typed columns, gzipped, in base64, which the page unpacks with
DecompressionStream; `words` codes sentences by the words that they share; `excerpts` lays them in blocks, a place after
the other, each unpacked when one of its places is opened; `page` joins it all. Scripts, styles, colours and signs are
those of the page of one text.
"""

from mapgen.rendering.archive.model import CELLS, NO_DAY, PERIODS, TEXTS, ArchivePage, Excerpt, PagePlace, PageTexts
from mapgen.rendering.archive.page import archive_texts, render_archive

__all__ = [
    "CELLS",
    "NO_DAY",
    "PERIODS",
    "TEXTS",
    "ArchivePage",
    "Excerpt",
    "PagePlace",
    "PageTexts",
    "archive_texts",
    "render_archive",
]
