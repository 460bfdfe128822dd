"""From candidates to one place, with a probability."""
