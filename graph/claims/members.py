"""What stands behind a noun and says which things are meant or how they are: examples, counts, states, other names."""

from typing import TYPE_CHECKING

from graph.claims.cues import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

EXAMPLE_WORDS = frozenset({"as", "including", "like", "include"})
# "Low levels of magnesium" are no magnesium.
_AMOUNTS = frozenset({"low", "high", "lower", "higher", "poor", "reduced", "raised", "elevated", "abnormal", "falling"})
_COUNTERS = word_list("counters")


def examples_of(head: "Token") -> list["Token"]:
    """The things that "such as" or "including" names."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in EXAMPLE_WORDS:
            return [c for c in child.children if c.dep_ == "pobj"]
    return []


def counted_in(head: "Token") -> list["Token"]:
    """What a counting noun counts."""
    # "a number of issues", "lots of adhesions": the thing is what is counted.
    if head.lemma_.lower() not in _COUNTERS or any(c.lower_ in _AMOUNTS for c in head.children):
        return []
    of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return [] if of is None else [c for c in of.children if c.dep_ == "pobj"]


def told_of(head: "Token") -> str:
    """What a relative clause says of the thing's state: "hamstrings that feel tight", "a pelvis that drops"."""
    for clause in head.children:
        if clause.dep_ != "relcl" or clause.i < head.i or any(c.dep_ in ("dobj", "neg") for c in clause.children):
            continue
        subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if subject is None or subject.lower_ not in ("that", "which"):
            continue
        said = next((c for c in clause.children if c.dep_ == "acomp"), None)
        if said is not None and clause.lemma_ in ("be", "feel", "become", "get", "stay"):
            return f"{clause.text} {said.text}"
        if clause.lemma_ in word_list("own_motions"):
            end = min(clause.right_edge.i + 1, clause.i + 6)
            return head.doc[clause.i : end].text
    return ""


def shared_head(members: list["Token"]) -> str:
    """The trouble said once behind several places: "pain" in "neck, shoulder and back pain"; "" where there is none."""
    last, parts = members[-1], word_list("parts")
    bare = all(m.lower_ in parts and not any(c.dep_ == "amod" for c in m.children) for m in members[:-1])
    placed = any(c.dep_ in ("compound", "amod", "nmod") and c.i == last.i - 1 for c in last.children)
    return last.text if len(members) > 1 and bare and placed and last.lower_ not in parts else ""


def renames(conjunct: "Token") -> bool:
    """Whether a member only says another name: "the spine, or backbone, protects the cord"."""
    doc, after = conjunct.doc, conjunct.right_edge.i + 1
    first = conjunct.left_edge.i
    opened = (
        first >= 3 and doc[first - 1].lower_ == "or" and doc[first - 2].text == "," and doc[first - 3].pos_ == "NOUN"
    )
    alone = conjunct.head.dep_ != "conj" and not any(c.dep_ == "conj" for c in conjunct.children)
    return opened and alone and after < len(doc) and doc[after].text == ","
