"""Labelled texts as the tagger of claims is trained on them: each unit with the pairs of words that are claims."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from bench.labelled import SETS, Labelled, Scorer, load_set, read_rows, text_article
from corpus.articles import Article
from graph.claims.anaphora import resolved
from graph.claims.context import Context
from graph.claims.headings import units_of
from graph.claims.parsing import parse
from graph.claims.rules import proposals_of, verified
from graph.claims.shapes import Ints, Pairs, free_pairs, heads_of, labels_of, tied_pairs, ties_of
from graph.claims.spans import pieces_of
from graph.claims.tagger import STRENGTHS, word_pieces
from graph.claims.units import Found, Placed, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

UNKNOWN = -1
# Above every probability: what is told without a tie ("They include yoga") is sure, and no tie's number.
_FIRST_TIE = 2
# Where a phrase stands that is named in another block: "it" means it here.
ELSEWHERE = (-1, -1)
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled claim: the content words of its phrases, where they stand, its sign (0 unknown)."""

    cause: Words
    effect: Words
    cause_span: tuple[int, int] | None = None
    effect_span: tuple[int, int] | None = None
    sign: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text.

    Args:
        name: of its set.
        article: the text.
        gold: its claims.
        complete: whether every claim of the text is labelled, so that what is not labelled is none.
        strength: number in `STRENGTHS`, or UNKNOWN.
    """

    name: str
    article: Article
    gold: tuple[Gold, ...]
    complete: bool = True
    strength: int = UNKNOWN


@dataclass
class Example:
    """A unit with all labels; UNKNOWN stands for no label.

    Args:
        text: number of its text.
        pieces, words: ids of the word pieces, and the first piece of each token.
        labels: (n, 2) of the tokens.
        free, free_right: pairs that no rule proposed, and 1, 0 or UNKNOWN for each.
        tied, tied_right: the same for the pairs of ties.
        signs, tied_signs: 1 raises, 0 lowers, UNKNOWN for each pair.
        holds: whether the unit holds a claim.
        strength: of the text.
        found: for each tie the content words of its phrases as the reader would give them, None where it gives none.
        free_words: content words of the phrase that each token heads.
    """

    name: str
    text: int
    pieces: list[int]
    words: Ints
    labels: Ints
    free: Pairs
    free_right: npt.NDArray[np.int8]
    free_signs: npt.NDArray[np.int8]
    tied: Pairs
    tied_right: npt.NDArray[np.int8]
    tied_signs: npt.NDArray[np.int8]
    holds: int
    strength: int
    found: list[tuple[Words, Words] | None] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    denied: list[bool] = field(default_factory=list)
    certainties: list[str] = field(default_factory=list)
    free_words: dict[int, Words] = field(default_factory=dict)


def labelled_texts(shared: Path, scorer: Scorer) -> list[Text]:
    """Every text of the sets of `../shared/data/claims` that says anything of claims."""
    texts = [text for name in SETS for text in _of_pairs(load_set(shared, name, scorer))]
    for i, row in enumerate(read_rows(shared, "strength")):
        article = text_article(str(row["text"]).strip('"'), f"strength-{i}")
        texts.append(Text("strength", article, (), complete=False, strength=STRENGTHS.index(str(row["label"]))))
    for i, row in enumerate(read_rows(shared, "help_or_harm")):
        if row["raises"] != row["lowers"]:
            article = text_article(str(row["text"]), f"food-{i}")
            one = Gold(
                frozenset(scorer.words(str(row["cause"]))),
                frozenset(scorer.words(str(row["effect"]))),
                _place(article.text, str(row["cause"])),
                _place(article.text, str(row["effect"])),
                1 if row["raises"] else -1,
            )
            texts.append(Text("help_or_harm", article, (one,), complete=False))
    return texts


def own_texts(paths: Sequence[Path], scorer: Scorer) -> list[Text]:
    """Paragraphs of running articles that were annotated for training: JSON lines, see `bench/gold`."""
    texts = []
    for path in paths:
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(line)
            article = text_article(row["text"], f"{path.stem}-{i}")
            gold = tuple(
                Gold(
                    frozenset(scorer.words(c["cause"])),
                    frozenset(scorer.words(c["effect"])),
                    *_places_of(article.text, c),
                    1 if c["sign"] == "+" else -1,
                )
                for c in row["claims"]
                if c["certainty"] != "denied"
            )
            texts.append(Text(path.stem, article, gold))
    return texts


def _places_of(text: str, claim: Mapping[str, Any]) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Where cause and effect stand: as marked (null for what another block names), else where they are found first."""
    if "at" not in claim:
        return _place(text, claim["cause"]), _place(text, claim["effect"])
    cause, effect = (
        ELSEWHERE if start is None else (start, start + len(claim[role]))
        for role, start in zip(("cause", "effect"), claim["at"], strict=True)
    )
    return cause, effect


def _of_pairs(labelled: Labelled) -> Iterator[Text]:
    for row, article, gold in zip(labelled.rows, labelled.articles, labelled.gold, strict=True):
        text, spans = article.text, _spans(row)
        claims = []
        for i, (cause, effect) in enumerate(gold):
            where = spans[i] if i < len(spans) else (None, None, 0)
            claims.append(Gold(cause, effect, *where))
        if labelled.name == "pubmedcausal":
            pairs: list[dict[str, str]] = row["pairs"]  # type: ignore[assignment]  # the form of this set
            claims = [
                Gold(g.cause, g.effect, _place(text, p["cause"]), _place(text, p["effect"]))
                for g, p in zip(claims, pairs, strict=True)
            ]
        if labelled.name == "sciclaim":
            claims = [
                Gold(g.cause, g.effect, g.cause_span, g.effect_span, s)
                for g, s in zip(claims, _signs(row), strict=True)
            ]
        yield Text(labelled.name, article, tuple(claims))


def _spans(row: dict[str, object]) -> list[tuple[tuple[int, int], tuple[int, int], int]]:
    claims: list[dict[str, list[int]]] = row.get("claims", [])  # type: ignore[assignment]  # the form of the sets
    return [((c["cause"][0], c["cause"][1]), (c["effect"][0], c["effect"][1]), 0) for c in claims]


def _signs(row: dict[str, object]) -> list[int]:
    """The sign of each causation of a row of sciclaim, in the scorer's order."""
    attributes: dict[str, list[str]] = row["attributes"]  # type: ignore[assignment]  # the form of this set
    relations: list[dict[str, object]] = row["relations"]  # type: ignore[assignment]  # the form of this set
    ends: dict[object, dict[str, int]] = {}
    for r in relations:
        counts = ends.setdefault(r["head"], {})
        counts[str(r["type"])] = counts.get(str(r["type"]), 0) + 1
    signs = []
    for head, counts in ends.items():
        said = attributes.get(str(head), [])
        if "causation" in said:
            sign = 1 if "sign+" in said else -1 if "sign-" in said else 0
            signs += [sign] * (counts.get("arg0", 0) * counts.get("arg1", 0))
    return signs


def _place(text: str, phrase: str) -> tuple[int, int] | None:
    start = text.lower().find(phrase.lower())
    return None if start < 0 or not phrase else (start, start + len(phrase))


def examples_of(texts: Sequence[Text], scorer: Scorer) -> list[Example]:
    """Every unit of the texts with its labels."""
    units = [(i, unit) for i, text in enumerate(texts) for unit in units_of(text.article)]
    examples, context, last = [], Context(), -1
    for (i, unit), doc in zip(units, parse(unit.text for _, unit in units), strict=True):
        if i != last:
            context, last = Context(), i
        examples.append(_example(i, texts[i], unit, doc, context, scorer))
    return examples


def _example(number: int, text: Text, unit: Unit, doc: "Doc", context: Context, scorer: Scorer) -> Example:
    proposals = proposals_of(doc, question=unit.question, loose=True)
    ties = ties_of(proposals)
    free, tied = free_pairs(doc), tied_pairs(doc, ties)
    own = {i: _words_headed(doc[i], scorer) for i in heads_of(doc)}
    right, signs = _free_labels(text, unit, doc, free, own, scorer)
    pieces, words = word_pieces(doc)
    example = Example(
        text.name, number, pieces, words, labels_of(doc), free, right, signs, tied,
        np.full(len(ties), UNKNOWN, np.int8), np.full(len(ties), UNKNOWN, np.int8), UNKNOWN, text.strength,
        [None] * len(ties), [t.proposal.rule for t in ties], [t.proposal.certainty == "denied" for t in ties],
        [str(t.proposal.certainty.value) for t in ties], own,
    )  # fmt: skip
    # The probability carries the tie's number through the resolution of pronouns.
    numbers = np.arange(_FIRST_TIE, _FIRST_TIE + len(ties), dtype=np.float32)
    marked = list(verified(doc, proposals, lambda *_: numbers, lambda _: -1.0))
    told = list(resolved(unit, doc, marked, context))
    for found in (*told, *context.asked):
        here = unit.start <= found.cue_start < unit.end  # what answers "The result?" is no tie of its own
        if here and found.probability >= _FIRST_TIE:
            _label_tie(example, text, unit, found, scorer)
    context.asked = ()  # a question's ties are its own, whatever answers it
    if (example.free_right == 1).any() or (example.tied_right == 1).any():
        example.holds = 1
    elif text.complete and _holds_none(text, unit):
        example.holds = 0
    return example


def _holds_none(text: Text, unit: Unit) -> bool:
    """Whether each claim's place is known and none is in the unit."""
    for gold in text.gold:
        for span in (gold.cause_span, gold.effect_span):
            if span is None or (unit.start < span[1] and span[0] < unit.end):
                return False
    return True


def _is_elsewhere(span: tuple[int, int] | None, placed: Placed, unit: Unit) -> bool:
    # What a pronoun means is not for the tagger to tell: the tie is right wherever the phrase is named.
    here = unit.start <= placed.start < unit.end
    return not here and span is not None and not (unit.start <= span[0] and span[1] <= unit.end)


def _label_tie(example: Example, text: Text, unit: Unit, found: Found, scorer: Scorer) -> None:
    tie, whole = int(found.probability) - _FIRST_TIE, text.article.text
    phrases = (
        frozenset(scorer.words(whole[found.cause.start : found.cause.end])),
        frozenset(scorer.words(whole[found.effect.start : found.effect.end])),
    )
    if example.found[tie] is None:
        example.found[tie] = phrases
    matching = [
        g
        for g in text.gold
        if (_is_elsewhere(g.cause_span, found.cause, unit) or scorer.f1(set(g.cause), set(phrases[0])) >= 0.5)
        and (_is_elsewhere(g.effect_span, found.effect, unit) or scorer.f1(set(g.effect), set(phrases[1])) >= 0.5)
    ]
    if matching:
        example.tied_right[tie] = 1
        if matching[0].sign:
            example.tied_signs[tie] = int(matching[0].sign > 0)
        elif found.sign in ("+", "-"):
            example.tied_signs[tie] = int(found.sign == "+")
    elif text.complete and example.tied_right[tie] == UNKNOWN:
        example.tied_right[tie] = 0


def _words_headed(token: "Token", scorer: Scorer) -> Words:
    own = [p for p in pieces_of(token) if p.head == token.i]
    return frozenset(scorer.words(token.doc.text[own[0].start : own[0].end])) if own else frozenset()


def _free_labels(
    text: Text, unit: Unit, doc: "Doc", free: Pairs, own: dict[int, Words], scorer: Scorer
) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    right = np.full(len(free.cause), 0 if text.complete else UNKNOWN, np.int8)
    signs = np.full(len(free.cause), UNKNOWN, np.int8)
    best: list[tuple[int, int]] = []
    for gold in text.gold:
        causes = _fits(gold.cause, gold.cause_span, unit, doc, own, scorer)
        effects = _fits(gold.effect, gold.effect_span, unit, doc, own, scorer)
        fit = np.array(
            [min(causes.get(c, 0.0), effects.get(e, 0.0)) for c, e in zip(free.cause, free.effect, strict=True)]
        )
        if not len(fit) or fit.max() < 0.5:
            continue
        right[(fit >= 0.5) & (right == 0)] = UNKNOWN
        best.append((int(fit.argmax()), gold.sign))
    for place, sign in best:
        right[place] = 1
        if sign:
            signs[place] = int(sign > 0)
    return right, signs


def _fits(
    phrase: Words, span: tuple[int, int] | None, unit: Unit, doc: "Doc", own: dict[int, Words], scorer: Scorer
) -> dict[int, float]:
    """For each word that may head a phrase how well its phrase fits a labelled one; its head fits best."""
    if span == ELSEWHERE:
        return {}
    fits = {i: scorer.f1(set(phrase), set(words)) for i, words in own.items()}
    root = _root(span, unit, doc) if span is not None else None
    if root is not None:
        fits[root] = 1.01
    # Of equals the phrase with the fewest other words: the head noun itself where only that is labelled.
    return {i: fit - 0.001 * len(own.get(i, ())) for i, fit in fits.items() if fit >= 0.5}


def _root(span: tuple[int, int], unit: Unit, doc: "Doc") -> int | None:
    for here, there, length in unit.places:
        if there <= span[0] and span[1] <= there + length:
            start, end = span[0] - there + here, span[1] - there + here
            inside = [t for t in doc if t.idx < end and start < t.idx + len(t) and re.search(r"\w", t.text)]
            return next((t.i for t in inside if t.head.i == t.i or t.head not in inside), None)
    return None
