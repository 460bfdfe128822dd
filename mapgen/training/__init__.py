"""Makes the weights, word lists and joined tables that ship with the package; nothing at run time imports it.

Each module is a command, `python -m mapgen.training.NAME`, and writes its files byte for byte the same on every
machine: `recognition` and `word_classes` for the recogniser, `resolution` for the ranker, `held_out` for figures of
texts that the weights have not seen, `labels_table` for the gazetteer's labels.
"""
