"""Measuring: corpora readers, metrics, the accuracy gate."""
