"""mapgen reads a text, finds the places it names and draws them on one map that needs no network."""
