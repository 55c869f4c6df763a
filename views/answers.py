"""Answers and passages, as the reading view shows them."""

from answer.citing import Citation
from answer.drafting import Answer
from answer.opened import OpenLibrary
from embeddings.search import Hit
from graph.concepts import Claim
from graph.store import stored_claims
from views.marking import Mark, blocks_at, claim_blocks, cut, marked_blocks
from views.words import CERTAINTY_WORDS, table, web_address


def warning_data(answer: Answer) -> dict[str, object]:
    """The red flags that a question names, before everything else."""
    entries = [
        {
            "title": f"{flag.name[:1].upper()}{flag.name[1:]}",
            "chips": [["urgent" if flag.urgent else "have it looked at", "denied"]],
            "blocks": [{"kind": "", "segments": [[flag.advice]]}],
            "style": "urgent" if flag.urgent else "warn",
        }
        for flag in answer.warnings
    ]
    return {"groups": [{"title": "", "entries": entries}], "alert": True}


def answer_data(library: OpenLibrary, answer: Answer) -> dict[str, object]:
    """The headline, the sentences with the numbers of their citations, and the citations."""
    sentences = [
        {
            "kind": "",
            "segments": [
                [f"{statement.text} "],
                *([f"[{number}]", "cited", str(number)] for number in statement.citations),
            ],
        }
        for statement in answer.statements
    ]
    left_out = f"Not looked at, of what you ask: {', '.join(answer.left_out)}" if answer.left_out else ""
    said = [{"style": "plain", "blocks": sentences, "source": left_out}] if sentences else []
    quotes = [_citation(library, citation) for citation in answer.citations]
    groups: list[dict[str, object]] = [{"title": "", "entries": said}]
    if quotes:
        groups.append({"title": "Where it says so", "entries": quotes})
    near = [
        {"label": question, "id": question, "kind": "ask", "title": f"Ask: {question}"}
        for question in answer.suggestions
    ]
    if near:
        groups.append({"title": "What they do say something on", "entries": [{"style": "plain", "actions": near}]})
    rows = [(each.number, library.article(each.article).title, each.quote) for each in answer.citations]
    said_rows = [("", "", statement.text) for statement in answer.statements]
    return {
        "title": answer.headline,
        "groups": groups,
        "csv": table(("citation", "article", "text"), [*said_rows, *rows]),
        "name": "kinetrace-answer",
    }


def _citation(library: OpenLibrary, citation: Citation) -> dict[str, object]:
    article = library.article(citation.article)
    blocks = blocks_at(article, citation.start, citation.end)
    claim = _claim_at(library, citation)
    here = Mark(citation.start, citation.end, "word")
    certainty = citation.certainty
    return {
        "rank": citation.number,
        "title": article.title,
        "meta": article.heading_of(blocks[0]) if blocks else "",
        "chips": [[CERTAINTY_WORDS[certainty], certainty.value]] if certainty else [],
        "blocks": claim_blocks(article, claim) if claim else marked_blocks(article, blocks, [here]),
        "url": web_address(article.url),
        "actions": [open_action(article.id, citation.start, citation.end, article.title)],
    }


def _claim_at(library: OpenLibrary, citation: Citation) -> Claim | None:
    claims = stored_claims(library.db, citation.article)
    return next((each for each in claims if (each.start, each.end) == (citation.start, citation.end)), None)


def open_action(article: str, start: int, end: int, title: str) -> dict[str, object]:
    """The button that opens an article at a place."""
    return {
        "label": "Read in the article",
        "id": f"{article}#{start}-{end}",
        "kind": "article",
        "title": f"Read in {title}",
    }


def passages_data(library: OpenLibrary, hits: tuple[Hit, ...]) -> dict[str, object]:
    """Passages with the words that the question has too and why each is there."""
    entries = _entries(library, hits)
    return {
        "title": "Passages",
        "groups": [{"title": "", "entries": entries}],
        "csv": table(
            ("rank", "article", "section", "nearness", "text"),
            (
                (hit.rank, hit.passage.title, hit.passage.section, round(hit.similarity, 3), hit.passage.text)
                for hit in hits
            ),
        )
        if entries
        else "",
        "name": "kinetrace-passages",
        "quiet": "" if entries else "No passage fits these filters. Take one away, or ask in other words.",
    }


def _entries(library: OpenLibrary, hits: tuple[Hit, ...]) -> list[dict[str, object]]:
    return [
        {
            "rank": hit.rank,
            "title": hit.passage.title,
            "meta": "" if hit.passage.section == hit.passage.title else hit.passage.section,
            "blocks": [
                {
                    "kind": "",
                    "segments": cut(hit.passage.text, 0, [Mark(w.start, w.end, "word") for w in hit.why.words]),
                }
            ],
            "source": _why(hit),
            "url": web_address(library.article(hit.passage.article).url),
            "actions": [
                open_action(hit.passage.article, hit.passage.start, hit.passage.end, hit.passage.title),
                {
                    "label": "More like this",
                    "id": hit.passage.id,
                    "kind": "like",
                    "title": f"More passages like the one from {hit.passage.title}",
                },
            ],
        }
        for hit in hits
    ]


def alike_data(library: OpenLibrary, hits: tuple[Hit, ...]) -> dict[str, object]:
    """Passages nearest in meaning to one of those that were found, and the way back."""
    back = {"label": "Back to the passages for the question", "id": "", "kind": "like"}
    groups: list[dict[str, object]] = [
        {"title": "", "entries": [{"style": "plain", "actions": [back]}]},
        {"title": "", "entries": _entries(library, hits)},
    ]
    return {"title": "Passages like it", "groups": groups}


def _why(hit: Hit) -> str:
    reasons = [f"nearness {hit.similarity:.2f}"]
    if hit.why.concepts:
        reasons.append("both name " + ", ".join(hit.why.concepts[:3]))
    return "Here because: " + "; ".join(reasons)
