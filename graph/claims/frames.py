"""Frames in which a cue's verb says no cause: orders, idioms, motion, people as objects."""

from typing import TYPE_CHECKING

from graph.claims.arguments import SUBJECTS, child_of, means_of, object_of_preposition
from graph.claims.cues import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

ADVISING = frozenset({"should", "must", "need", "ought", "let", "shall"})
ADVICE_VERBS = word_list("advice_verbs")
_LET_IDIOMS = frozenset({"go", "know", "off", "down", "slip", "see", "say", "hear"})
_STOPPING = frozenset({"stop", "start", "avoid", "quit", "prevent"})
_PLACE = frozenset({"down", "up", "out", "back", "over", "in"})
_BODIES = frozenset({"it", "them", "this", "these", "itself", "themselves"})


def says_no_cause(verb: "Token") -> bool:
    """Whether a verb that often says cause and effect says none where it stands."""
    if is_order(verb):
        return means_of(verb) is None
    if _is_proviso(verb) or _is_cut_off(verb):
        return True
    target = child_of(verb, "dobj")
    if target is not None and _is_nobody(target) and not _complement(verb) and kept_from(verb) is None:
        return True
    match verb.lemma_.lower():
        case "let":
            complement = _complement(verb)
            return complement is None or complement.lower_ in _LET_IDIOMS
        case "make" | "keep":
            complement = _complement(verb) or object_of_preposition(verb, ("from",))
            if complement is None and target is not None and _is_happening(target):
                return False
            if complement is None or complement.lemma_ in word_list("testing"):
                return True
            if complement.tag_ == "VBG" and target is None and child_of(complement, *SUBJECTS) is None:
                return True
            return target is not None and _is_nobody(target) and target.tag_ != "PRP"
        case "give":
            given_to = child_of(verb, "dative", "iobj")
            if target is not None and target.lemma_ == "rise":
                return False
            told = target is None or target.lemma_.lower() in word_list("not_given")
            return told or given_to is None or given_to.lower_ not in word_list("persons")
        case "send":
            return target is None or target.lemma_.lower() not in word_list("sent")
        case "come":
            after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3]]
            return after[:1] != [] and after[0] in _PLACE and after != ["down", "to"]
        case word if word in _STOPPING:
            complement = child_of(verb, "xcomp")
            return (
                complement is not None
                and complement.tag_ == "VBG"
                and child_of(verb, "dobj") is None
                and word != "prevent"
            )
    return False


def kept_from(verb: "Token") -> "Token | None":
    """What a person is kept from doing: "it stops you from folding at the waist"."""
    deed = object_of_preposition(verb, ("from",)) if verb.lemma_ in ("stop", "keep", "prevent") else None
    return deed if deed is not None and deed.tag_ == "VBG" else None


def _is_happening(target: "Token") -> bool:
    # "makes the trunk twist", where "twist" is read as a noun
    return target.lemma_.lower() in word_list("nouns_or_verbs") and child_of(target, "compound") is not None


def _is_cut_off(verb: "Token") -> bool:
    # "Stage two: strengthen the hip", "Tendons, keep loading"
    subject = child_of(verb, "nsubj")
    if subject is None or verb.tag_ not in ("VB", "VBP") or child_of(verb, "aux") is not None:
        return False
    between = verb.doc[subject.i + 1 : verb.i]
    return any(t.text == ":" for t in between) or (len(between) == 1 and between[0].text == ",")


def _is_proviso(verb: "Token") -> bool:
    # "skip it if kneeling hurts the knee"
    mark = child_of(verb, "mark", "advmod")
    return verb.dep_ == "advcl" and mark is not None and mark.lower_ in ("if", "when", "unless") and is_order(verb.head)


def _is_nobody(target: "Token") -> bool:
    if target.lower_ in _BODIES:
        return False
    if target.lower_ in ("more", "less", "much", "enough"):
        return True
    return target.tag_ == "PRP" or (target.pos_ == "PRON" and target.lower_ in word_list("nameless"))


def is_order(verb: "Token") -> bool:
    """Whether a verb tells the reader what to do: "stop running", "lower the knee"."""
    if verb.tag_ not in ("VB", "VBP") or child_of(verb, *SUBJECTS, "aux", "mark") is not None:
        return False
    if verb.dep_ == "ROOT":
        return True
    return verb.dep_ in ("conj", "ccomp", "parataxis") and is_order(verb.head)


def _complement(verb: "Token") -> "Token | None":
    return next((c for c in verb.rights if c.dep_ in ("ccomp", "xcomp", "oprd", "acomp")), None)


def is_advice(clause: "Token") -> bool:
    """Whether a clause tells the reader or the writer what to do."""
    subject = child_of(clause, *SUBJECTS)
    auxiliaries = {c.lower_ for c in clause.children if c.dep_ == "aux"}
    if subject is None:
        return clause.tag_ in ("VB", "VBP") or clause.dep_ == "ROOT"
    return bool(auxiliaries & ADVISING) or subject.lower_ in ("i", "we") or clause.lemma_ in ADVICE_VERBS
