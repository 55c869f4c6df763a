"""Claims: what a text says that causes what, with the words that say so."""

from graph.claims.encoding import claim_json
from graph.claims.reading import read_claims

__all__ = ["EXTRACTOR_VERSION", "claim_json", "read_claims"]

EXTRACTOR_VERSION = "3"
