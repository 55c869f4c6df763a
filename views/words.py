"""Words on the page: names of kinds, numbers, and article text made safe for the places it goes."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from graph.concepts import Certainty, Concept

SYMPTOM_STATES = frozenset(
    {"pain", "injury", "inflammation", "swelling", "numbness", "cramp", "bruising", "sensitivity", "degeneration"}
)
KIND_WORDS = {
    "habit": "Habit",
    "condition": "Condition",
    "symptom": "Symptom",
    "remedy": "Remedy",
    "outcome": "Outcome",
    "open": "As written",
}
CERTAINTY_WORDS = {
    Certainty.ASSERTED: "said outright",
    Certainty.HEDGED: "hedged",
    Certainty.CORRELATED: "goes along with",
    Certainty.SPECULATIVE: "a question or guess",
    Certainty.DENIED: "denied",
}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&@/])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def kind_of(concept: Concept) -> str:
    """What sort of card a concept is: one of the keys of `KIND_WORDS`."""
    if concept.kind == "behaviour":
        return "habit"
    if concept.kind == "condition" and concept.state in SYMPTOM_STATES:
        return "symptom"
    return concept.kind


def plain(text: str) -> str:
    """Text for a label or st.markdown: nothing in it is read as markup, nothing is fetched."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def web_address(url: str) -> str:
    """The address if it is http or https with a host, else ""."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""


def table(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """CSV that no spreadsheet takes for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue()
