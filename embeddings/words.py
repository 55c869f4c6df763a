"""Words of a text as the lexical search knows them: lower case, without accents, stemmed."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from Stemmer import Stemmer  # type: ignore[import-not-found]  # PyStemmer carries no types

# Source: the English function words that Snowball and Lucene leave out of an index, and those that open a question.
_FUNCTION_WORDS = (
    "a about after again all also am an and any are as at be because been before being between both but by can "
    "could did do does doing down during each else ever few for from further get gets getting give gives had has "
    "have having he her here hers him his how i if in into is isn't it its itself just let like made make makes "
    "many may me might more most much my myself no nor not of off on once one only or other our out over own "
    "please really same she should so some such than that the their them themselves then there these they this "
    "those through to too under until up upon us very was we were what when where which while who whom whose why "
    "will with would you your yours "
    "i'm i've i'd i'll you're you've you'd you'll we're we've we'd we'll they're they've they'd they'll it'll "
    "he's she's that's there's what's who's where's how's don't doesn't didn't can't won't "
)
STOPWORDS = frozenset(_FUNCTION_WORDS.split())
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST_WORD = 40
_STEMMER = Stemmer("english")


def find_words(text: str, wanted: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a text stand whose stems are wanted, in order, half-open in characters."""
    # A stem begins as its word does, and most words of a text begin otherwise.
    initials = {each[0] for each in wanted}
    for match in _WORD.finditer(text):
        word = match[0]
        initial = word[0].lower()
        if (initial in initials or not initial.isascii()) and stem(word) in wanted:
            yield match.span()


def stems(text: str) -> list[str]:
    """The stems of the words of a text in order, function words among them."""
    return list(map(stem, _WORD.findall(text)))


def query_stems(text: str, *, most: int = 64) -> tuple[str, ...]:
    """The stems to look for, each once, function words left out.

    Args:
        text: as typed; it is never read as query syntax.
        most: further words are left out, so that a pasted page stays a query.
    """
    telling = (stem(word) for word in _WORD.findall(text) if _plain(word) not in STOPWORDS)
    return tuple(dict.fromkeys(telling))[:most]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one word: "Hamstrings'" and "hamstring" have the same."""
    plain = _plain(word)[:_LONGEST_WORD]
    return str(_STEMMER.stemWord(plain)) or plain


def _plain(word: str) -> str:
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower.isascii():
        return lower
    return "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))
