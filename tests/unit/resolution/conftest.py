"""Makes `resolution_samples` importable from the folders below."""
