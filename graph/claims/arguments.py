"""Who does it and to what: the subject and the object of a cue, across control, relatives and participles."""

from typing import TYPE_CHECKING

from graph.claims.cues import cues_by_first_word, word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
PERSONS = word_list("persons")
_HAPPENING_ENDS = ("tion", "sion", "ment", "ness", "sis", "ing", "itis", "ance", "ence", "age", "ity", "pathy", "algia")
_LINKS_OF_CHAINS = frozenset({"cause", "lead", "result", "create", "produce", "trigger", "develop"})
_COPULAR = frozenset({"be", "become", "remain", "seem", "appear"})


def child_of(token: "Token", *deps: str) -> "Token | None":
    """The first child with one of these dependency labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def object_of_preposition(token: "Token", prepositions: tuple[str, ...]) -> "Token | None":
    """What stands under one of a token's prepositions: "to" in "leads to pain"."""
    for child in token.rights:
        if child.dep_ in ("prep", "agent", "dative", "aux", "advmod", "prt", "mark") and child.lower_ in prepositions:
            inner = child_of(child, "pobj", "pcomp")
            if inner is not None:
                return inner
            deeper = child_of(child, "prep")
            if deeper is not None and deeper.lower_ in prepositions:
                return child_of(deeper, "pobj", "pcomp")
    return _noun_read_as_infinitive(token) if "to" in prepositions else None


def _noun_read_as_infinitive(token: "Token") -> "Token | None":
    # "contributes to heel pain": the parser may take "to heel" for an infinitive.
    for child in token.children:
        if child.i > token.i and child.tag_ in ("VB", "NN") and child.dep_ in ("advcl", "xcomp", "relcl", "acl"):
            to = child_of(child, "aux")
            if to is not None and to.lower_ == "to" and to.i == token.i + 1:
                return child
    return None


def is_passive(verb: "Token") -> bool:
    """Whether the verb is a passive or a bare past participle behind its noun ("caused by")."""
    if verb.tag_ != "VBN" or verb.lemma_ == "rid":  # "got rid of the pain"
        return False
    if child_of(verb, "auxpass", "nsubjpass", "agent") is not None:
        return True
    return verb.dep_ in ("acl", "relcl", "advcl", "amod") and child_of(verb, "aux", "dobj") is None


def subject_of(verb: "Token", depth: int = 0) -> "Token | None":
    """The token that heads what the verb's subject is; a clause where a participle hangs on one.

    A person ("you", "runners") stands for what the person does: the "by" phrase, the condition before, or nothing.
    """
    if depth > 6:
        return None
    own = child_of(verb, *SUBJECTS)
    if own is not None:
        return _with_aim(own) or _resolve_relative(own, verb, depth)
    head = verb.head
    match verb.dep_:
        case "conj" if head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            return subject_of(head, depth + 1) if head.pos_ in ("VERB", "AUX") else _of_nominal(head, depth)
        case "xcomp" if _is_end_of_order(verb):
            return head
        case "xcomp" | "ccomp" | "auxpass" | "oprd" | "dep":
            return subject_of(head, depth + 1)
        case "acomp" | "attr":
            return subject_of(head, depth + 1)
        case "acl" | "relcl" | "advcl" if _is_purpose_beside(verb):
            return next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
        case "acl" | "relcl":
            return lift(whole_of(head, verb), depth)
        case "advcl":
            return _of_adverbial(verb, depth)
        case "pcomp":
            return _of_gerund(verb, depth)
        case "amod":
            return head
        case "ROOT" if verb.tag_ == "VBG" or verb.tag_ == "VBN":
            return _noun_before(verb)
    return None


def _with_aim(subject: "Token") -> "Token | None":
    # "the aim of stretching is to loosen the hamstrings": stretching loosens them
    aimed = subject.lemma_.lower() in word_list("aims") and subject.head.lemma_ == "be"
    return object_of_preposition(subject, ("of", "behind")) if aimed else None


def lift(noun: "Token", depth: int = 0) -> "Token":
    """The thing that a predicate noun stands for: "overstriding" for "habit" in "overstriding is a habit that ..."."""
    head = noun.head
    if depth > 6:
        return noun
    if noun.dep_ == "attr" and head.lemma_ in _COPULAR:
        subject = child_of(head, *SUBJECTS) or (subject_of(head, depth + 1) if head.dep_ in ("relcl", "conj") else None)
        if subject is not None and subject.lower_ not in ("there", "what", "who") and subject.dep_ != "expl":
            return _resolve_relative(subject, head, depth) or noun
    if noun.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ in ("VERB", "AUX"):
        return subject_of(head.head, depth + 1) or noun
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in ("one", "kind", "type", "example"):
        return lift(head.head, depth + 1)
    if noun.dep_ == "appos":
        return noun if head.lemma_.lower() in word_list("empty_nouns") else head
    if noun.dep_ == "pobj" and head.lower_ in ("amongst", "among", "like") and head.head.pos_ in ("NOUN", "VERB"):
        return head.head
    if noun.dep_ in ("pobj", "conj") and (between := _between(noun)) is not None:
        return between
    return noun


def _between(noun: "Token") -> "Token | None":
    # "an imbalance between left and right which ...": the imbalance.
    token = noun
    while token.dep_ == "conj":
        token = token.head
    inside = token.dep_ == "pobj" and token.head.lower_ == "between" and token.head.head.pos_ == "NOUN"
    return token.head.head if inside else None


def _resolve_relative(subject: "Token", verb: "Token", depth: int) -> "Token | None":
    if subject.tag_ not in ("WDT", "WP"):
        return subject
    clause = verb
    while clause.dep_ in ("conj", "xcomp", "ccomp") and clause.head.i != clause.i:
        clause = clause.head
    if clause.dep_ != "relcl":
        if clause.dep_ in ("advcl", "ccomp", "conj") and clause.head.i < subject.i:
            return _with_modal(clause.head)
        return None if subject.lower_ in ("what", "who") else _noun_before(subject)
    antecedent = clause.head
    if antecedent.pos_ in ("VERB", "AUX"):
        # "strong glutes reduce pain, which helps ...": what helps is the glutes as much as the relief.
        told = antecedent.lemma_ in cues_by_first_word("verb") and child_of(antecedent, "nsubj") is not None
        return subject_of(antecedent, depth + 1) if told else antecedent
    if subject.lower_ == "which" and _points_at_clause(subject, verb, antecedent):
        governor = next((a for a in antecedent.ancestors if a.pos_ in ("VERB", "AUX") and a.dep_ != "acl"), None)
        return governor or antecedent
    if antecedent.dep_ == "dobj" and (doing := _doing(antecedent.head, clause)) is not None:
        return subject_of(doing, depth + 1) if child_of(doing, *SUBJECTS) is not None and not _is_ones(doing) else doing
    return lift(whole_of(antecedent, verb), depth + 1)


def _with_modal(verb: "Token") -> "Token":
    # "the muscles have to work harder, which ..."
    while verb.dep_ == "xcomp" and verb.head.lemma_ in ("have", "need", "start", "begin", "tend"):
        verb = verb.head
    return verb


def _doing(governor: "Token", verb: "Token") -> "Token | None":
    """The clause that a "which" behind its object speaks of: "eases pain, which helps sleep"."""
    cues = cues_by_first_word("verb").get(governor.lemma_, ())
    if not any(len(cue.words) == 1 for cue in cues):
        return None
    signs = {cue.sign for cue in cues if len(cue.words) == 1}
    eased = "-" in signs and verb.lemma_ in ("help", "allow", "enable", "improve", "let", "make", "increase")
    strengthened = "state" in signs and governor.lemma_.endswith("en") and verb.lemma_ not in ("be", "have")
    return governor if eased or strengthened else None


def _is_ones(verb: "Token") -> bool:
    subject = child_of(verb, *SUBJECTS)
    return subject is not None and subject.lower_ in PERSONS


def _is_purpose_beside(verb: "Token") -> bool:
    # "practise once a day to ease pain", "after every run to avoid cramps": no day and no run eases.
    noun = verb.head
    beside = noun.dep_ == "npadvmod" or (
        noun.dep_ == "pobj" and noun.head.lower_ not in ("of", "by", "with", "through")
    )
    return verb.tag_ == "VB" and noun.pos_ in ("NOUN", "PROPN") and beside and child_of(verb, "aux") is not None


def _is_end_of_order(verb: "Token") -> bool:
    # "strengthen your calves to prevent pain": the order is the means.
    head = verb.head
    order = head.tag_ in ("VB", "VBP") and head.dep_ == "ROOT" and child_of(head, *SUBJECTS, "aux") is None
    return order and child_of(head, "dobj") is not None and verb.tag_ == "VB"


def whole_of(noun: "Token", verb: "Token") -> "Token":
    """The noun that a participle or relative clause speaks of, where the parser gave it to one nearer by.

    "an infection of the airways | caused by germs" is the infection; "rain and wind that cause damage" is both.
    """
    token = noun
    plural = verb.tag_ in ("VBP", "VBN", "VBG", "VB")
    while True:
        if token.dep_ == "conj" and plural and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        elif token.dep_ == "pobj" and token.head.lower_ in ("of", "in", "to") and _is_participle(verb, token.head):
            token = token.head.head
        else:
            return token


def _is_participle(verb: "Token", preposition: "Token") -> bool:
    """Whether a participle behind "the inflammation of the joint" speaks of the happening, not of the thing."""
    outer, inner = preposition.head, child_of(preposition, "pobj")
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or outer.pos_ != "NOUN" or inner is None:
        return False
    return _is_happening(outer) and not _is_happening(inner)


def _is_happening(noun: "Token") -> bool:
    return noun.lemma_.lower().endswith(_HAPPENING_ENDS) or noun.lemma_.lower() in word_list("happenings")


def _points_at_clause(relative: "Token", verb: "Token", antecedent: "Token") -> bool:
    # ", which puts ..." after a plural cannot mean the plural.
    comma = relative.i > 0 and relative.doc[relative.i - 1].text in (",", "-")
    if comma and verb.tag_ == "VBZ" and antecedent.tag_ in ("NNS", "NNPS") and child_of(antecedent, "conj") is None:
        return True
    return comma and relative.lower_ == "which" and _is_beside(antecedent)


def _is_beside(noun: "Token") -> bool:
    # "you sit in a low chair, which ...", "squash the nerves running down the arm, which ...": a place, nothing told of
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.head.pos_ != "VERB" or preposition.head.i > noun.i:
        return False
    cues = cues_by_first_word("verb").get(preposition.head.lemma_, ())
    return not any(preposition.lower_ in cue.words[1:] for cue in cues)


def _of_nominal(noun: "Token", depth: int) -> "Token | None":
    return lift(noun, depth + 1) if noun.pos_ == "NOUN" else None


def _of_adverbial(verb: "Token", depth: int) -> "Token | None":
    head = verb.head
    if child_of(verb, "mark") is not None and verb.tag_ not in ("VBG", "VBN", "VB"):
        return None
    if verb.i > 2 and verb.nbor(-1).lower_ == "as" and verb.nbor(-2).lower_ == "well":
        return subject_of(head, depth + 1)
    if (mark := child_of(verb, "mark", "advmod")) is not None and mark.lower_ == "while" and verb.i > head.i:
        return subject_of(head, depth + 1)
    if verb.tag_ == "VB":
        return _of_purpose(verb, depth)
    if verb.i > head.i:
        made = head.dep_ == "acl" and head.tag_ == "VBN" and head.head.pos_ == "NOUN"
        return head.head if made else _nearest_clause(head, verb)  # "adhesions being formed, causing tightness"
    return subject_of(head, depth + 1)


def _nearest_clause(head: "Token", participle: "Token") -> "Token":
    # "they sit all day and lead with the chest, causing ...": the last of joined clauses is what causes.
    nearest = head
    for child in head.children:
        if child.dep_ in ("conj", "ccomp") and nearest.i < child.i < participle.i and child.pos_ in ("VERB", "AUX"):
            nearest = _nearest_clause(child, participle)
    if (
        nearest.dep_ == "relcl"
        and (own := child_of(nearest, *SUBJECTS)) is not None
        and own.lower_ in ("that", "which", "who")
    ):
        return nearest.head
    if nearest.lemma_ in _LINKS_OF_CHAINS:
        # "A leads to B, causing C": the chain goes on from B.
        return object_of_preposition(nearest, ("to", "in")) or child_of(nearest, "dobj") or nearest
    return nearest


def _of_purpose(verb: "Token", depth: int) -> "Token | None":
    # "stretch daily to prevent pain": the means is the main clause; "ice is used to treat pain": its subject.
    head = verb.head
    if head.lemma_ in ("use", "need", "require", "take", "recommend", "prescribe") and is_passive(head):
        return subject_of(head, depth + 1)
    subject = child_of(head, *SUBJECTS)
    if head.dep_ == "relcl" and subject is not None and subject.lower_ not in ("that", "which", "who"):
        return lift(head.head, depth + 1)  # "there are exercises that you can do to strengthen the glutes"
    return head


def _of_gerund(verb: "Token", depth: int) -> "Token | None":
    preposition = verb.head
    governor = preposition.head
    if governor.pos_ in ("NOUN", "PROPN"):
        own = object_of_preposition(governor, ("of",))
        return own if own is not None and own.i != verb.i else lift(governor, depth + 1)
    if governor.pos_ == "ADJ" and governor.dep_ in ("acomp", "amod"):
        return governor.head if governor.dep_ == "amod" else subject_of(governor.head, depth + 1)
    if governor.pos_ in ("VERB", "AUX"):
        return subject_of(governor, depth + 1)
    return None


def _noun_before(token: "Token") -> "Token | None":
    for index in range(token.i - 1, max(-1, token.i - 6), -1):
        if token.doc[index].pos_ in ("NOUN", "PROPN"):
            return token.doc[index]
    return None


def means_of(verb: "Token") -> "Token | None":
    """The "by ...-ing" of a verb: what a person does so that it happens."""
    token = verb
    for _ in range(4):
        for child in token.children:
            if child.dep_ in ("prep", "agent", "advcl", "mark") and child.lower_ in ("by", "through", "via"):
                inner = child_of(child, "pcomp", "pobj")
                if inner is not None and (inner.dep_ == "pcomp" or inner.pos_ == "NOUN"):
                    return inner
            if (
                child.dep_ == "advcl"
                and child.tag_ == "VBG"
                and child.i > 0
                and child.doc[child.left_edge.i].lower_ == "by"
            ):
                return child
        if token.dep_ not in ("xcomp", "ccomp", "conj", "acomp"):
            return None
        token = token.head
    return None


def condition_of(verb: "Token") -> "Token | None":
    """The verb of the if- or when-clause that stands before a verb in its sentence."""
    token = verb
    for _ in range(4):
        for child in token.children:
            if child.dep_ == "advcl" and child.i < verb.i:
                opener = child_of(child, "mark", "advmod")
                if opener is not None and opener.lower_ in ("if", "when", "whenever", "once"):
                    return child
        if token.dep_ not in ("xcomp", "ccomp", "conj"):
            return None
        token = token.head
    return None
