"""Many documents: an archive becomes tables that survive any kill, and one page.

In: a folder, files, tables or documents. Out: a folder with Parquet tables and `corpus.html`. The steps, in order:

- `sources` find files and divide them into pieces, `plan` gathers these into partitions;
- `task` reads one partition and writes its parts of the tables (`rows`, `dating`, `signatures`, `store`), on one of the
  `engines`; `limits` and `attempts` deal with documents that never end or end their process;
- `duplicates` marks near-duplicates, `summary` counts places, `page` writes the page;
- `compare` sets two archives, or two selections of one, beside each other;
- `run` calls these, and `archive` is the way in from Python.
"""
