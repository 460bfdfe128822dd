"""From a file or a stream to a Document."""
