"""Export: relations as CSV, the graph as GraphML and as JSON."""

import csv
import io
import json
import re

from graph.assembly import CausalGraph, Relation

# A spreadsheet takes a cell that begins so for a formula. Source: OWASP, CSV Injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Characters that XML 1.0 has no way to write.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMNS = (
    "cause",
    "cause name",
    "effect",
    "effect name",
    "sign",
    "belief",
    "belief raises",
    "belief lowers",
    "certainty",
    "articles",
    "claims",
    "best quote",
    "best quote's article",
)


def relations_csv(graph: CausalGraph) -> str:
    """Every relation as a line of CSV, most believed first; cells that a spreadsheet would run get an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for relation in sorted(graph.relations.values(), key=lambda r: (-r.belief, r.key)):
        writer.writerow(map(_safe_cell, _line(graph, relation)))
    return text.getvalue()


def graph_json(graph: CausalGraph) -> str:
    """Concepts and relations with their claims' keys as JSON."""
    concepts = [
        {"id": c.id, "kind": c.kind, "name": c.name, "structure": c.structure, "state": c.state}
        for c in graph.concepts.values()
    ]
    relations = [
        {
            "cause": r.cause,
            "effect": r.effect,
            "sign": _sign(r),
            "belief": r.belief,
            "belief_for_plus": r.belief_for_plus,
            "belief_for_minus": r.belief_for_minus,
            "certainty": r.certainty.value,
            "claims": [{"key": c.key, "article": c.article, "quote": c.quote} for c in r.claims],
        }
        for r in graph.relations.values()
    ]
    return json.dumps({"concepts": concepts, "relations": relations}, ensure_ascii=False, indent=1)


def graph_graphml(graph: CausalGraph) -> str:
    """The graph as GraphML, an edge for each relation, for Gephi, Cytoscape or yEd."""
    import networkx as nx

    face: nx.DiGraph[str] = nx.DiGraph()
    for concept in graph.concepts.values():
        face.add_node(
            _xml(concept.id),
            name=_xml(concept.name),
            kind=concept.kind,
            structure=concept.structure,
            state=concept.state,
        )
    for relation in graph.relations.values():
        face.add_edge(
            _xml(relation.cause),
            _xml(relation.effect),
            sign=_sign(relation),
            belief=relation.belief,
            certainty=relation.certainty.value,
            articles=relation.article_count,
            claims=relation.claim_count,
        )
    return "\n".join(nx.generate_graphml(face))


def _line(graph: CausalGraph, relation: Relation) -> tuple[str | float | int, ...]:
    best = relation.claims[0] if relation.claims else None
    return (
        relation.cause,
        graph.concepts[relation.cause].name,
        relation.effect,
        graph.concepts[relation.effect].name,
        "raises" if relation.sign == 1 else "lowers",
        round(relation.belief, 4),
        round(relation.belief_for_plus, 4),
        round(relation.belief_for_minus, 4),
        relation.certainty.value,
        relation.article_count,
        relation.claim_count,
        best.quote if best else "",
        best.article if best else "",
    )


def _safe_cell(value: str | float | int) -> str | float | int:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _sign(relation: Relation) -> str:
    return "+" if relation.sign == 1 else "-"


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
