"""Patterns: how people ask, read from patterns.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from graph.concepts import Sign

_WORDS = "what why how where when which does can could will would should is are do did may might"
ASKING_WORDS: Final = frozenset(_WORDS.split())
_FILE = Path(__file__).parent / "patterns.toml"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to ask: the intent of a text that the expression matches, and the sign that it asks for."""

    intent: str
    expression: re.Pattern[str]
    sign: Sign


@cache
def lowering_words() -> re.Pattern[str]:
    """Words for easing, preventing or mending something, and for being good for it."""
    return re.compile(rf"\b(?:{_table()['parts']['lowers']}|good for|useful (?:for|against))\b", re.IGNORECASE)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Every pattern, those that decide first come first."""
    table = _table()
    parts: dict[str, str] = table["parts"]
    return tuple(
        Pattern(
            entry["intent"],
            re.compile(_filled(entry["asks"], parts), re.IGNORECASE),
            -1 if entry.get("sign") == -1 else 1,
        )
        for entry in table["pattern"]
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _filled(expression: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        expression = expression.replace(f"<{name}>", part)
    return expression
