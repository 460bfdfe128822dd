"""Measuring: corpora readers, metrics, reports, the accuracy gate."""
