"""MinHash signatures of documents, made by the workers, from which near-duplicates are found.

The set of a document are its shingles: three words that follow each other, without case and signs. Its signature are
128 minima (rensa's R-MinHash); 32 bands of four each are hashed, and of each minimum the lowest byte is kept, from
which the share of common shingles is estimated (b-bit minwise hashing, Li & König 2010).
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

import numpy as np

from mapgen.corpus.extras import needed

__all__ = ["BANDS", "MINIMA", "SHORTEST", "signature_row"]

MINIMA = 128
BANDS = 32
SHORTEST = 20
"""Words that a document needs: shorter ones are alike by chance."""
_SHINGLE = 3
_SEED = 1
_WORD = re.compile(r"\w+")


def signature_row(text: str, part: int, row: int) -> dict[str, Any] | None:
    """Return the row of a document with the columns of `mapgen.corpus.schemas.SIGNATURES`, None for a short one."""
    words = _WORD.findall(text.casefold())
    if len(words) < SHORTEST:
        return None
    shingles = list({" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)})
    minhash = needed("rensa").RMinHash(num_perm=MINIMA, seed=_SEED)
    minhash.update(shingles)
    minima = np.asarray(minhash.digest(), dtype="<u4")
    bands = [
        int.from_bytes(hashlib.blake2b(bytes([band]) + part_.tobytes(), digest_size=8).digest(), "little")
        for band, part_ in enumerate(minima.reshape(BANDS, -1))
    ]
    return {"part": part, "row": row, "bands": bands, "sketch": (minima & 255).astype(np.uint8).tobytes()}
