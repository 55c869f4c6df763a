"""Claims as bytes, for the cache: JSON arrays, so that nothing read back can run."""

import json
from collections.abc import Iterable
from dataclasses import astuple

from graph.concepts import Certainty, Claim, Phrase, Sign

Spot = tuple[str, int, int]
Row = tuple[str, str, str, int, int, Spot, Spot, Spot, str, str, Sign, Sign, str, str]


def pack_claims(claims: Iterable[Claim]) -> bytes:
    """Claims as UTF-8 JSON."""
    return json.dumps([astuple(claim) for claim in claims], ensure_ascii=False).encode()


def unpack_claims(packed: bytes) -> tuple[Claim, ...]:
    """The claims of `pack_claims`."""
    return tuple(map(_unpack, json.loads(packed)))


def _unpack(row: Row) -> Claim:
    phrases = Phrase(*row[5]), Phrase(*row[6]), Phrase(*row[7])
    return Claim(
        row[0], row[1], row[2], row[3], row[4], *phrases, row[8], row[9], row[10], row[11], Certainty(row[12]), row[13]
    )
