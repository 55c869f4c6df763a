"""Writes graph/data/ordinary.txt: the English words that a careless speller would take for a vocabulary word.

`python bench/ordinary_words.py /usr/share/dict/american-english /usr/share/dict/british-english hpo.tsv uberon.obo`
(Debian: wamerican, wbritish; SCOWL, free to use and share; terms of HPO and UBERON so that "adduction" is no slip of
"abduction"). To be run again when the vocabulary has grown.
"""

import sys
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.lexicon import compile_lexicon
from graph.spelling import ORDINARY, SHORTEST, TWO_SLIPS
from graph.vocabulary import load_vocabulary
from graph.words import normal_words


def main(lists: list[str]) -> None:
    """Keep the words of the lists that are within two slips of a vocabulary word and are none themselves."""
    vocabulary = sorted(word for word in compile_lexicon(load_vocabulary()).words if len(word) >= SHORTEST)
    english = {word for path in lists for word in normal_words(Path(path).read_text()) if len(word) >= SHORTEST}
    near = sorted(word for word in english - set(vocabulary) if word.isalpha() and _is_near(word, vocabulary))
    ORDINARY.write_text("\n".join(near) + "\n")
    print(f"{len(near):,} of {len(english):,} words kept in {ORDINARY}")


def _is_near(word: str, vocabulary: list[str]) -> bool:
    same_letter = [other for other in vocabulary if other[0] == word[0]]
    slips = 2 if len(word) >= TWO_SLIPS else 1
    return extractOne(word, same_letter, scorer=OSA.distance, score_cutoff=slips) is not None


if __name__ == "__main__":
    main(sys.argv[1:])
