"""From a Document to its Toponyms."""
