"""Where the embedded gazetteer comes from: one source a file, and the project's own lists."""
