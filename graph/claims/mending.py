"""Mending parses: verbs that the small model takes for plural nouns ("the pelvis drops", "a step lowers the load")."""

from typing import TYPE_CHECKING

from graph.claims.arguments import child_of
from graph.claims.cues import cues_by_first_word, word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# The norm under which the parser is shown what a body part does: no noun has it.
MOVING = "goes"
_REPORTED = ("find", "show", "prove", "know", "say", "think", "believe", "report", "see")
_BEFORE_NOUN = ("det", "amod", "compound", "poss", "nummod", "advmod", "predet", "nmod")


def mend(doc: "Doc") -> "Doc":
    """The same parse with clauses that have lost their verb given it back; changes the parse in place."""
    for token in doc:
        if token.tag_ == "NNS" and token.norm_ == MOVING and child_of(token, "nsubj") is not None:
            token.tag_, token.pos_ = "VBZ", "VERB"  # "and the knee twists"
        if token.pos_ == "VERB":
            token.lemma_ = _known_lemma(token)
        if token.lemma_ == "make" and token.pos_ == "VERB":
            _give_change(token)
        if token.tag_ in ("VBZ", "VBP") and token.dep_ == "ROOT":
            _give_subject(token)
            _give_object(token)
        elif token.tag_ == "NNS" and _is_lost_verb(token):
            _make_verb(token)
        elif token.tag_ == "NNS" and _is_relative_verb(token):
            _make_relative(token)
        elif token.i == 1 and token.tag_ == "NNS" and _is_verb_of_gerund(token):
            _lead_gerund(token)
        elif token.dep_ == "advcl" and _is_reported(token):
            token.dep_ = "xcomp"
        elif token.dep_ == "ccomp" and token.pos_ == "NOUN" and _is_lost_object(token):
            token.dep_ = "dobj"
        elif token.dep_ in ("conj", "appos") and _is_said_once(token):
            _end_list_of_parts(token)
        elif token.dep_ == "appos" and {token.lower_, token.head.lower_} <= word_list("parts"):
            token.dep_ = "conj"
        elif token.lower_ in ("all", "both") and _is_afloat(token):
            token.head, token.dep_ = token.nbor(1), "advmod"
        if token.dep_ == "ROOT" and token.pos_ == "NOUN":
            _mend_root(token)
        elif token.dep_ in ("neg", "aux") and token.head.dep_ == "prep" and token.i < token.head.i < token.head.head.i:
            token.head = token.head.head  # "does not in itself cause pain"
        elif token.dep_ == "relcl" and _is_pointed(token):
            _point_back(token)
        elif token.dep_ == "prep" and _is_particle(token):
            _join_particle(token)
        elif token.dep_ == "conj" and token.tag_ == "VBZ" and (other := _agreeing(token)) is not None:
            token.head = other
        elif token.dep_ == "conj" and token.tag_ in ("VB", "VBP") and (other := _with_modal(token)) is not None:
            _join_deed(token, other)
    return doc


def _with_modal(verb: "Token") -> "Token | None":
    """The verb with a modal that another is joined to by its form: "can press on a nerve and cause pain"."""
    if verb.head.pos_ != "NOUN" or verb.i == 0 or verb.nbor(-1).lower_ not in ("and", "or") or verb.i < verb.head.i:
        return None
    if verb.lemma_ not in cues_by_first_word("verb") or child_of(verb, "nsubj", "det", "amod", "aux") is not None:
        return None
    above = next((t for t in verb.head.ancestors if t.pos_ == "VERB"), None)
    modal = child_of(above, "aux") if above is not None and above.i < verb.i else None
    return above if modal is not None and modal.tag_ == "MD" else None


def _join_deed(verb: "Token", other: "Token") -> None:
    verb.head = other
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    target = child_of(after, "dobj") if after.tag_ == "VBG" else None
    if target is not None and target.left_edge.i == after.i + 1:  # "cause shooting pain"
        target.head, target.dep_ = verb, "dobj"
        after.head, after.dep_ = target, "amod"


def _mend_root(noun: "Token") -> None:
    """Give a clause that is built around a noun its verb: "arches tip the pelvis", "training improved balance"."""
    subject, target = child_of(noun, "nsubj"), child_of(noun, "dobj")
    if subject is not None and subject.i < noun.i and (noun.tag_ == "NNS" or target is not None):
        noun.tag_, noun.pos_ = ("VBZ" if noun.tag_ == "NNS" else "VBP"), "VERB"
        noun.lemma_ = _known_lemma(noun)
        return
    verb = next((c for c in target.lefts if c.dep_ == "amod" and c.tag_ in ("VBN", "VBD")), None) if target else None
    if target is None or verb is None or not noun.i < verb.i or verb.lemma_ not in cues_by_first_word("verb"):
        return
    if any(t.pos_ not in ("ADV", "VERB") for t in noun.doc[noun.i + 1 : verb.i]):
        return
    verb.tag_, verb.head, verb.dep_ = "VBD", verb, "ROOT"
    for child in list(noun.rights):
        child.head = verb
    noun.head, noun.dep_ = verb, "nsubj"


def _is_pointed(verb: "Token") -> bool:
    # "the foot rolls in, and over the years that stretches the arch": no years stretch it
    subject, time = child_of(verb, "nsubj"), verb.head
    pointing = subject is not None and subject.lower_ in ("that", "this") and subject.i == time.i + 1
    # Where the preposition itself is the root, there is no clause to join: the parse would go in circles.
    joined = time.dep_ == "pobj" and time.head.head.i < time.head.i
    return pointing and joined and time.lemma_.lower() in word_list("times")


def _point_back(verb: "Token") -> None:
    preposition, subject = verb.head.head, child_of(verb, "nsubj")
    verb.head, verb.dep_ = preposition.head, "conj"
    preposition.head, preposition.dep_ = verb, "prep"
    if subject is not None:
        subject.tag_, subject.pos_ = "DT", "PRON"


def _is_particle(word: "Token") -> bool:
    # "this jams up the joints": no way that it goes
    verb = word.head
    if word.lower_ not in ("up", "down", "off", "out") or verb.pos_ != "VERB" or word.i != verb.i + 1:
        return False
    cues = cues_by_first_word("verb").get(verb.lemma_, ())
    bare = child_of(word, "pobj") is None
    return any(cue.words[1:] == (word.lower_,) for cue in cues) and (bare or child_of(verb, "dobj") is None)


def _join_particle(word: "Token") -> None:
    target = child_of(word, "pobj")
    word.dep_ = "prt"
    if target is not None:
        target.head, target.dep_ = word.head, "dobj"


def _is_afloat(word: "Token") -> bool:
    # "hills, speedwork and downhill running all put load on the knee": no object of "running"
    after = word.nbor(1) if word.i + 1 < len(word.doc) else word
    return (
        word.dep_ == "dobj" and word.head.i == word.i - 1 and after.pos_ in ("VERB", "AUX") and after.is_ancestor(word)
    )


def _agreeing(verb: "Token") -> "Token | None":
    """The verb that another is joined to by its form: "makes the knee feel tight and switches off the muscle"."""
    if verb.head.tag_ != "VB":
        return None
    above = next((t for t in verb.head.ancestors if t.tag_ == "VBZ" and t.i < verb.head.i), None)
    return None if above is None or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.lefts) else above


def _is_said_once(noun: "Token") -> bool:
    """Whether a noun is said once behind several places: "pain" in "knee, hip and back pain"."""
    if noun.i < 3 or noun.pos_ != "NOUN" or noun.lower_ in word_list("parts"):
        return False
    first, joint, last = noun.doc[noun.i - 3 : noun.i]
    places = first.lower_ in word_list("parts") and last.lower_ in word_list("parts")
    # What hangs on the noun or the last place already can't carry them: the parse would go in circles.
    below = noun.is_ancestor(first) or last.is_ancestor(first)
    return places and joint.lower_ in ("and", "or", ",") and last.head.i != noun.i and not below


def _end_list_of_parts(noun: "Token") -> None:
    # The parser makes the last place a member of its own.
    first, last = noun.nbor(-3), noun.nbor(-1)
    noun.head, noun.dep_ = first, "conj"
    last.head, last.dep_ = noun, "compound"


def _known_lemma(verb: "Token") -> str:
    """The verb's lemma; the cue whose form it is where the lemmatiser knows none: "spares" is no form of "spar"."""
    cues, word = cues_by_first_word("verb"), verb.lower_
    if verb.lemma_ in cues:
        return verb.lemma_
    forms = {"VBZ": (word[:-1],), "VBG": (word[:-3], f"{word[:-3]}e"), "VBD": (word[:-1], word[:-2])}
    return next((form for form in forms.get(verb.tag_, ()) if form in cues), verb.lemma_)


def _is_reported(verb: "Token") -> bool:
    # "has been found to reduce pain" is no purpose.
    passive = verb.head.lemma_ in _REPORTED and child_of(verb.head, "auxpass") is not None
    return passive and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_lost_object(noun: "Token") -> bool:
    # "protect the Achilles tendon from injury": the parser may take the object for a clause.
    verb = noun.head
    nominal = all(c.dep_ in ("det", "compound", "amod", "poss", "nummod", "prep", "cc", "conj") for c in noun.children)
    return (
        nominal
        and verb.pos_ == "VERB"
        and verb.i + 1 == noun.left_edge.i
        and child_of(verb, "dobj", "attr", "acomp") is None
    )


def _is_lost_verb(noun: "Token") -> bool:
    """Whether a plural noun, its noun before it, stands where the clause has no verb."""
    joined = noun.dep_ in ("dep", "conj") and noun.head.pos_ in ("VERB", "AUX") and noun.head.i < noun.i
    if (
        not (joined or noun.dep_ in ("ROOT", "ccomp", "advcl"))
        or noun.i + 1 >= len(noun.doc)
        or not _has_noun_before(noun)
    ):
        return False
    if noun.lemma_.lower() not in cues_by_first_word("verb") and noun.lemma_.lower() not in word_list("nouns_or_verbs"):
        return False
    after = noun.nbor(1)
    if any(c.dep_ in ("dobj", "advcl", "xcomp") for c in noun.children):
        return True
    determined = any(c.dep_ in ("det", "poss") for c in noun.children)
    followed = after.pos_ in ("DET", "ADV", "PRON") or (after.dep_ in ("prep", "cc", "punct") and _ends_sentence(noun))
    return determined and followed and noun.lower_.endswith("s")


def _is_relative_verb(noun: "Token") -> bool:
    # "adhesions that forms leading to more tightness"
    known = noun.lemma_.lower() in word_list("nouns_or_verbs") or noun.lemma_.lower() in cues_by_first_word("verb")
    return known and noun.i > 1 and noun.nbor(-1).lower_ in ("that", "which") and noun.nbor(-1).dep_ in ("det", "mark")


def _is_verb_of_gerund(noun: "Token") -> bool:
    # "Slouching results in stiffness": read as an order to slouch results.
    gerund = noun.nbor(-1)
    known = noun.lemma_.lower() in word_list("nouns_or_verbs")
    governs = noun.i + 1 < len(noun.doc) and noun.nbor(1).lower_ in ("in", "to", "the", "your", "a")
    return known and governs and gerund.tag_ == "VBG" and gerund.dep_ == "ROOT" and noun.dep_ == "dobj"


def _lead_gerund(noun: "Token") -> None:
    gerund = noun.nbor(-1)
    noun.tag_, noun.pos_ = "VBZ", "VERB"
    for child in list(gerund.rights):
        if child.i != noun.i:
            child.head = noun
    noun.head, noun.dep_ = noun, "ROOT"
    gerund.head, gerund.dep_ = noun, "csubj"
    _give_object(noun)


def _make_relative(noun: "Token") -> None:
    antecedent = next((t for t in reversed(noun.doc[: noun.i - 1]) if t.pos_ in ("NOUN", "PROPN")), None)
    if antecedent is None or antecedent.is_ancestor(noun) or noun.is_ancestor(antecedent):
        return
    relative = noun.nbor(-1)
    relative.tag_, relative.pos_, relative.dep_ = "WDT", "PRON", "nsubj"
    noun.tag_, noun.pos_, noun.dep_, noun.head = "VBZ", "VERB", "relcl", antecedent
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBG":
            child.dep_ = "advcl"


def _has_noun_before(noun: "Token") -> bool:
    before = noun.nbor(-1) if noun.i else noun
    if before.i == 0 and before.tag_ == "VBG" and before.dep_ in ("amod", "compound") and before.head.i == noun.i:
        return True
    return before.dep_ == "compound" and before.head.i == noun.i and before.tag_ in ("NN", "NNP")


def _ends_sentence(noun: "Token") -> bool:
    return noun.doc[len(noun.doc) - 1].text in (".", "!", ";") and noun.lemma_.lower() in word_list("nouns_or_verbs")


def _make_verb(noun: "Token") -> None:
    noun.tag_, noun.pos_ = "VBZ", "VERB"
    if noun.dep_ == "dep":
        noun.dep_ = "conj"
    _give_subject(noun)
    _give_object(noun)
    for child in noun.rights:
        if child.dep_ == "conj" and child.tag_ == "NNS" and child.lemma_.lower() in word_list("nouns_or_verbs"):
            child.tag_, child.pos_ = "VBZ", "VERB"


def _give_subject(verb: "Token") -> None:
    """Make the noun before a verb its subject where the parser took it for a compound ("an unstable pelvis causes")."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") and c.i < verb.i for c in verb.children):
        return
    nouns = [c for c in verb.lefts if _may_be_subject(c)]
    if not nouns or verb.i == 0 or nouns[-1].i != verb.i - 1:
        return
    subject = nouns[-1]
    for child in list(verb.lefts):
        if child.i != subject.i and child.dep_ in _BEFORE_NOUN and child.i < subject.i and not _opens(child):
            child.head = subject
    subject.dep_ = "nsubj"


def _may_be_subject(child: "Token") -> bool:
    if child.i == 0 and child.tag_ == "VBG":
        return child.dep_ in ("amod", "compound")
    return child.dep_ in ("compound", "nmod", "npadvmod") and child.pos_ in ("NOUN", "PROPN")


def _give_object(verb: "Token") -> None:
    """Make the noun right behind a verb its object where the parser took it for an apposition ("tilts the pelvis")."""
    target = next((c for c in verb.rights if c.dep_ == "dobj"), None)
    if target is not None and target.tag_ == "JJ":
        _part_object(verb, target)
    if any(c.dep_ in ("dobj", "acomp", "attr", "xcomp", "ccomp") for c in verb.children):
        return
    stray = [c for c in verb.rights if c.dep_ in ("appos", "nsubj") and c.pos_ in ("NOUN", "PROPN", "X")]
    if stray and stray[0].left_edge.i == verb.i + 1:
        stray[0].dep_ = "dobj"


def _part_object(verb: "Token", adjective: "Token") -> None:
    """Part "keeps [the pelvis] [stable]" where the parser took the noun for a compound of the adjective."""
    noun = next((c for c in adjective.lefts if c.dep_ == "compound" and c.i == adjective.i - 1), None)
    if noun is None:
        return
    for child in list(adjective.lefts):
        if child.i != noun.i:
            child.head = noun
    noun.head, noun.dep_, adjective.dep_ = verb, "dobj", "oprd"


def _give_change(verb: "Token") -> None:
    """Give "makes breathing harder" its comparative, which the parser may hang on a clause behind it."""
    target = child_of(verb, "dobj")
    told = target.nbor(1) if target is not None and target.i + 1 < len(target.doc) else None
    if target is None or told is None or told.tag_ not in ("JJR", "RBR") or told.is_ancestor(verb):
        return
    for child in list(told.rights):
        after = child.nbor(1) if child.i + 1 < len(child.doc) else child
        if child.dep_ == "cc":
            child.head = verb
        elif child.dep_ == "conj" and after.pos_ == "NOUN" and not child.is_ancestor(after):
            child.head, child.dep_ = after, "amod"
    later = child_of(verb, "ccomp")
    if later is not None and later.i > told.i and child_of(later, "nsubj") is not None and told.head.i == later.i:
        later.dep_ = "conj"
    told.head, told.dep_ = verb, "oprd"


def _opens(child: "Token") -> bool:
    return child.dep_ == "advmod" and child.i + 1 < len(child.doc) and child.nbor(1).is_punct
