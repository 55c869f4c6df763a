"""Concepts, claims, the causal graph and what is read off it."""
