"""What "makes the pain worse" and "makes it harder to breathe" change, and which way."""

from typing import TYPE_CHECKING

from graph.claims.arguments import child_of, subject_of
from graph.claims.cues import SignWord, word_list
from graph.claims.proposals import Proposal, propose
from graph.claims.spans import TOPIC, Piece, pointer

if TYPE_CHECKING:
    from spacy.tokens import Token

_CHANGES: dict[str, SignWord] = {
    **dict.fromkeys(word_list("growing"), "+"),
    **dict.fromkeys(word_list("shrinking"), "-"),
    "worse": "worse",
    "better": "better",
}
CHANGE_RULE = "verb/make-change"
_OTHER_WAY: dict[SignWord, SignWord] = {"+": "-", "-": "+"}


def change_proposal(verb: "Token", *, question: bool) -> Proposal | None:
    """The claim of a verb that makes something more, less, better or worse; None where it says how it is instead."""
    if verb.lemma_ != "make":
        return None
    change = child_of(verb, "ccomp", "oprd", "acomp")
    if change is None or change.i < verb.i:
        return None
    sign = _sign(change)
    changed = child_of(change, "nsubj") or child_of(verb, "dobj")
    cause = subject_of(verb)
    if sign is None or changed is None or cause is None or changed.i > change.i:
        return None
    done: Token | list[Piece] | None = child_of(change, "xcomp") if changed.lower_ == "it" else None
    if changed.lower_ in ("things", "matters"):
        done = pointer(changed, TOPIC)  # "bad sleep makes things worse": what the article is about
    return propose(
        cause,
        done if done is not None else changed,
        cue=(verb.i, verb.i + 1),
        trigger=verb,
        sign=sign,
        rule=CHANGE_RULE,
        question=question,
    )


def _sign(change: "Token") -> SignWord | None:
    sign = _CHANGES.get(change.lower_)
    less = any(child.lower_ == "less" for child in change.lefts)
    return _OTHER_WAY.get(sign, sign) if less and sign is not None else sign
