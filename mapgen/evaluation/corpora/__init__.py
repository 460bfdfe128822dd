"""Readers of corpora, one format a module, all yielding `GoldDocument`s."""

from __future__ import annotations

from mapgen.evaluation.corpora.corpus_formats import FORMATS, Reader, digest, files_of, read_corpus

__all__ = ["FORMATS", "Reader", "digest", "files_of", "read_corpus"]
