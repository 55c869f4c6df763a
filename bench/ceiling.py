"""How far the labels of two sets agree with a reader who judged their texts blind: `python -m bench.ceiling`.

bench/gold/judged_*.jsonl has, for texts that the package's network never saw, whether a sentence says cause and
effect: "yes", "weak" where careful readers would differ, "together" where it says that things go together, "no". The
reader knew no label. Of SemEval-2010 task 8, which labels one pair of nouns a sentence, chosen beforehand, 100 texts
with a label and 300 without were drawn; each kind counts as often as it stands among the held texts. What the reader
would reach by the set's own measure is what a reader of everything that a text says can reach.
"""

import argparse
import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from bench.labelled import HELD, load_scorer, load_set

GOLD = Path("bench/gold")
SETS = {"semeval2010t8": "judged_semeval.jsonl", "sciclaim": "judged_sciclaim.jsonl"}
COUNTED = (("yes",), ("yes", "weak"), ("yes", "weak", "together"))


def main() -> None:
    """Print F1 of texts with a claim that the blind reader reaches, by what is counted as one."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    shared = parser.parse_args().shared
    scorer, held = load_scorer(shared), frozenset(HELD.read_text(encoding="utf-8").split())
    for name, file in SETS.items():
        labelled = load_set(shared, name, scorer)
        has = {article.id: bool(gold) for article, gold in zip(labelled.articles, labelled.gold, strict=True)}
        judged = {row["id"]: row["says"] for row in map(json.loads, (GOLD / file).read_text().splitlines())}
        drawn = Counter(has[id] for id in judged)
        all_held = Counter(labelled_one for id, labelled_one in has.items() if id in held)
        weights = {kind: all_held[kind] / drawn[kind] for kind in drawn}
        for counted in COUNTED:
            print(f"{name:14s} {' or '.join(counted):24s} {_figures(judged, has, weights, counted)}")


def _figures(judged: dict[str, str], has: dict[str, bool], weights: dict[bool, float], counted: Collection[str]) -> str:
    both = sum(weights[True] for id, says in judged.items() if has[id] and says in counted)
    told = both + sum(weights[False] for id, says in judged.items() if not has[id] and says in counted)
    labelled = sum(weights[True] for id in judged if has[id])
    return f"P {both / told:.3f} R {both / labelled:.3f} F1 {2 * both / (told + labelled):.3f}"


if __name__ == "__main__":
    main()
