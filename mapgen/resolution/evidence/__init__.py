"""Step 2: extracts the features of candidates from the document.

In: the document, its toponyms, their candidates. Out: a `Sheet`, one row per candidate of each mention. The features
that need no answer for other names are filled first; those that do are filled from the shares of the pass before.
"""
