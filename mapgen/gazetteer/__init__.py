"""From names to places: the embedded gazetteer, country packs, places of one's own."""
