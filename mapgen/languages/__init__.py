"""What the program knows of a language, as data."""
