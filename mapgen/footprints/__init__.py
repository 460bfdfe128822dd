"""From a place and a relation to the geometry that is drawn."""
