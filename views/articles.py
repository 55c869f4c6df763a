"""An article and its claims, as the reading view shows them."""

from corpus.articles import Article, Block
from graph.concepts import Claim
from graph.telling import count
from views.marking import Mark, marked_blocks, marks_of
from views.words import CERTAINTY_WORDS, table, web_address

TALL = 660


def article_data(article: Article, claims: tuple[Claim, ...], claim: str, place: str) -> dict[str, object]:
    """The whole text with its claims marked, scrolled to the claim of a key or to a place ("120-180")."""
    marks = [mark for each in claims for mark in marks_of(each, each.key)]
    now = claim
    start, _, end = place.partition("-")
    if start.isdigit() and end.isdigit():
        here = Mark(int(start), int(end), "word", "place")
        # A quote inside the place would hide it; its cause, cue and effect may stay.
        marks = [here, *(mark for mark in marks if mark.role != "quote" or not _within(mark, here))]
        now = "place"
    facts = " · ".join(filter(None, (article.author, article.date, article.licence, article.source)))
    # An article that begins with its title would say it twice.
    first = article.blocks[0] if article.blocks else None
    titled = first is not None and first.kind == "heading" and _text(article, first) == article.title.strip()
    blocks = article.blocks[1:] if titled else article.blocks
    entry = {"style": "plain", "blocks": marked_blocks(article, blocks, marks), "url": web_address(article.url)}
    return {
        "title": article.title,
        "lead": [[facts]],
        "key": True,
        "groups": [{"title": "", "entries": [entry]}],
        "tall": TALL,
        "now": now,
        "label": f"Text of {article.title}",
    }


def _text(article: Article, block: Block) -> str:
    return article.text[block.start : block.end].strip()


def _within(mark: Mark, place: Mark) -> bool:
    return place.start <= mark.start and mark.end <= place.end


def claims_data(claims: tuple[Claim, ...]) -> dict[str, object]:
    """The claims of an article in its order."""
    return {
        "title": count(len(claims), "claim"),
        "groups": [{"title": "", "entries": [_claim_line(claim) for claim in claims]}],
        "tall": TALL,
        "quiet": "" if claims else "No sentence of this article says that something causes something.",
        "label": "Claims of the article",
        "csv": table(
            ("cause", "words", "effect", "certainty", "quote"),
            (
                (claim.cause.text, claim.cue.text, claim.effect.text, claim.certainty.value, claim.quote)
                for claim in claims
            ),
        ),
        "name": "kinetrace-claims",
    }


def _claim_line(claim: Claim) -> dict[str, object]:
    words = [[claim.cause.text, "cause"], [" "], [claim.cue.text, "cue"], [" "], [claim.effect.text, "effect"]]
    explore = f"{claim.cause_concept}>{claim.effect_concept}"
    return {
        "style": "line",
        "source": CERTAINTY_WORDS[claim.certainty],
        "blocks": [{"kind": "", "segments": words}],
        "actions": [
            {"label": "Show in the text", "id": claim.key, "kind": "claim"},
            {"label": "Explore", "id": explore, "kind": "explore"},
        ],
    }
