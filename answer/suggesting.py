"""Suggestions while somebody types: concepts and past questions, also when misspelled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process, utils

from graph.vocabulary import Vocabulary

# Likeness in percent from which a name is taken for what was meant by a misspelled beginning.
ALIKE = 72
LONGEST = 80


@dataclass(frozen=True)
class Suggester:
    """Completes what is being typed.

    Args:
        names: what can be suggested, each with what it stands for; the first of equals is kept.
    """

    names: tuple[tuple[str, str], ...]

    @cached_property
    def _plain(self) -> list[str]:
        return [utils.default_process(name) for name, _ in self.names]

    def suggest(self, typed: str, k: int = 8) -> tuple[str, ...]:
        """At most k suggestions for what was typed so far, best first; () for nothing typed.

        Names that begin so come first, then those with a word that does, then those that are spelled alike.
        """
        wanted = utils.default_process(typed[:LONGEST])
        if not wanted or k < 1:
            return ()
        begins = [place for place, name in enumerate(self._plain) if name.startswith(wanted)]
        within = [place for place, name in enumerate(self._plain) if f" {wanted}" in name]
        places = [*sorted(begins, key=self._length), *sorted(within, key=self._length)]
        shown = self._shown(places, k)
        return shown if len(shown) >= k else self._shown([*places, *self._alike(wanted, k)], k)

    def _alike(self, wanted: str, k: int) -> Sequence[int]:
        if len(wanted) < 3:
            return ()
        cut = [name[: len(wanted) + 2] for name in self._plain]
        found = process.extract(wanted, cut, scorer=fuzz.ratio, limit=4 * k, score_cutoff=ALIKE, processor=None)
        return [place for _, _, place in found]

    def _shown(self, places: Iterable[int], k: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.names[place][1] for place in places))[:k]

    def _length(self, place: int) -> int:
        return len(self._plain[place])


def make_suggester(vocabulary: Vocabulary, concepts: Iterable[str], questions: Iterable[str] = ()) -> Suggester:
    """A suggester of past questions, the library's concepts and the vocabulary's names.

    Args:
        vocabulary: aliases lead to the names of its entries.
        concepts: names of the library's concepts.
        questions: asked before, those to be suggested first come first.
    """
    names = [(question, question) for question in questions] + [(name, name) for name in concepts]
    for table in (vocabulary.structures, vocabulary.conditions, vocabulary.behaviours, vocabulary.remedies):
        names += [(alias, entry.name) for entry in table.values() for alias in (entry.name, *entry.aliases)]
    return Suggester(tuple(dict.fromkeys(names)))
