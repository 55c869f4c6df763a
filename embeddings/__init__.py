"""Passage, vector, index, search."""
