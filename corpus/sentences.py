"""Sentence ends in text as the web writes it: rules over the stops, exact offsets, no model.

Why rules of our own: of the 26 blocks in the table of the tests pysbd 0.3 parts 19 as they should be, at 0.1 MB/s,
and sentencex 22, these rules all at 7 MB/s (one core); neither library promises offsets that cover the text.
"""

import re

# A run of stops with the quotes and brackets that close after it, or a line break that the author forced.
STOP = re.compile(r"(?P<stops>[.!?…。！？]+(?:[ \u00a0](?=[.…])[.…]+)*)(?P<closers>[\"'”’»)\]*_]*)|\n")
BEFORE_WORD = '([{"“‘«/'
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
OPENERS = "\"'“‘«([{*_¿¡ \u00a0"
SHORTENED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
BULLETS = "•●▪◦‣"
WIDE_STOPS = "。！？"

# Never the end of a sentence, whatever follows.
_NEVER_LAST = "e.g eg i.e ie viz cf vs v dr mr mrs ms mx prof rev gen col capt sgt lt st mt messrs approx esp incl excl"
NEVER_LAST = frozenset(_NEVER_LAST.split())
# Not the end before a number (or, for "Fig." and its like, before a letter: "Fig. A").
_BEFORE_NUMBER = (
    "no nos nr fig figs vol pp p pg sec ch eq ref art app ca c jan feb mar apr jun jul aug sep sept oct nov dec"
)
BEFORE_NUMBER = frozenset(_BEFORE_NUMBER.split())
# Often the end; joined to what follows only when that goes on in lower case, which is the rule for every stop.
_SENTENCE_STARTERS = (
    "a an after all also although and any as at avoid because before both but by do don't each even every first for "
    "from he her here his how however i if in instead it it's its keep many more most my no not of on once one or "
    "other our over second she should since so some sometimes start stop such that the their then there these they "
    "this those to too try two under until use we what when where which while who why with without you your"
)
SENTENCE_STARTERS = frozenset(_SENTENCE_STARTERS.split())
# What follows a dot with no space in web addresses and file names.
_AFTER_DOT = "com org net edu gov io co uk us eu de fr ca au info biz html htm php pdf doc docx txt md jpg png js py"
AFTER_DOT = frozenset(_AFTER_DOT.split())
BRACKET_REACH = 300
LONGEST_WORD = 100


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`: in order, disjoint, trimmed; they cover all but white space.

    Args:
        text: the whole article.
        start, end: half-open offsets of one block.
    """
    block = text[start:end]
    spans = []
    begin = _skip_space(block, 0)
    first_word = _first_word_start(block, begin)
    last_word = _last_word_start(block)
    for stop in STOP.finditer(block):
        if stop.end() > last_word:
            break
        if first_word < stop.start() and _ends_sentence(block, begin, stop):
            spans.append((start + begin, start + stop.start() + len(stop.group().rstrip())))
            begin = _skip_space(block, stop.end())
            first_word = _first_word_start(block, begin)
    tail = len(block.rstrip())
    if tail > begin:
        spans.append((start + begin, start + tail))
    return spans


def _skip_space(block: str, position: int) -> int:
    while position < len(block) and block[position].isspace():
        position += 1
    return position


def _first_word_start(block: str, begin: int) -> int:
    """Where the first letter or digit stands: a stop before it ends nothing."""
    word = WORD.search(block, begin)
    return word.start() if word else len(block)


def _last_word_start(block: str) -> int:
    """Where the last letter or digit stands: a stop after it has nothing to part."""
    for position in range(len(block) - 1, -1, -1):
        if block[position].isalnum():
            return position
    return -1


def _ends_sentence(block: str, begin: int, stop: re.Match[str]) -> bool:
    following = _following(block, stop.end())
    if stop.group("stops") is None:
        return _breaks_line(block, following)
    stops = stop.group("stops")
    if stops[-1] in WIDE_STOPS:
        return True
    if not block[stop.end()].isspace():
        return _ends_without_space(block, begin, stop)
    if _inside_brackets(block, begin, stop):
        return False
    character = block[following]
    if set(stops) & {"!", "?"}:
        return not character.islower() or not stop.group("closers")
    if character.islower():
        return False
    if "…" in stops or len(stops) > 1:
        return True
    return _full_stop_ends(block, begin, stop, following)


def _following(block: str, position: int) -> int:
    """Where the next sentence's first letter, digit or sign stands, its quotes and brackets skipped."""
    position = _skip_space(block, position)
    while position < len(block) - 1 and block[position] in OPENERS:
        position += 1
    return position


def _breaks_line(block: str, following: int) -> bool:
    """A forced line break parts sentences unless the line goes on in lower case."""
    return not block[following].islower()


def _ends_without_space(block: str, begin: int, stop: re.Match[str]) -> bool:
    """A word, a stop and a capitalised word ("end.Next", "hurts!Then") that are no web address and no file name."""
    stops = stop.group("stops")
    before = block[stop.start() - 1]
    following = block[stop.end()]
    if following in BULLETS:
        return True
    if not following.isupper() and not (following in "“\"'‘(" and stop.group("closers") == ""):
        return False
    word = WORD.match(block, _following(block, stop.end()))
    if word is None or not word.group()[:1].isupper():
        return False
    if set(stops) & {"!", "?", "…"} or len(stops) > 1:
        return True
    capitalised = word.group() in ("I", "A") or word.group()[1:2].islower() or "'" in word.group()
    if not capitalised or word.group().lower() in AFTER_DOT:
        return False
    if not (before.islower() or before in '0123456789)]%"”’'):
        return False
    token = _token_before(block, begin, stop.start())
    if _is_address(block, stop.start()) or token.lower() in NEVER_LAST:
        return False
    return len(token) > 1


def _is_address(block: str, position: int) -> bool:
    """Whether the run of non-space characters around a dot is a web or mail address."""
    run = block[max(0, position - LONGEST_WORD) : position].rsplit(maxsplit=1)[-1].lower()
    return "://" in run or "@" in run or run.startswith("www.") or "/" in run.partition(".")[2]


def _inside_brackets(block: str, begin: int, stop: re.Match[str]) -> bool:
    """A stop inside brackets that stand within a sentence: "(ouch! that hurt)" is no sentence of its own."""
    opened = block.rfind("(", max(begin + 1, stop.end() - BRACKET_REACH), stop.end())
    if opened < 0 or block.find(")", opened, stop.end()) >= 0:
        return False
    return block.find(")", stop.end(), stop.end() + BRACKET_REACH) >= 0


def _token_before(block: str, begin: int, position: int) -> str:
    """The characters before a stop, back to white space, an opening bracket or quote, or a slash."""
    first = position
    least = max(begin, position - LONGEST_WORD)
    while first > least and not (block[first - 1].isspace() or block[first - 1] in BEFORE_WORD):
        first -= 1
    return block[first:position]


def _full_stop_ends(block: str, begin: int, stop: re.Match[str], following: int) -> bool:
    """One dot, white space, and something that isn't a small letter."""
    token = _token_before(block, begin, stop.start())
    name = token.lower()
    character = block[following]
    if stop.group("closers"):
        return True
    if name in NEVER_LAST:
        return False
    if name in BEFORE_NUMBER and character.isdigit():
        return False
    if token.isdigit() and not block[begin : stop.start() - len(token)].strip(OPENERS):
        return False  # "1. Stand tall": the number of a step
    if len(token) == 1 and token.isupper():
        return not _is_initial(block, begin, stop.start() - 1, following)
    if SHORTENED.fullmatch(token) and name not in ("a.m", "p.m"):
        return _next_word(block, following).lower() in SENTENCE_STARTERS  # "U.S. Army", "in the U.S. The"
    return True


def _next_word(block: str, following: int) -> str:
    word = WORD.match(block, following)
    return word.group() if word else ""


def _is_initial(block: str, begin: int, position: int, following: int) -> bool:
    """Whether a capital is short for a name: "J. Smith", "John F. Kennedy", but not "vitamin C. It"."""
    if _next_word(block, following).lower() in SENTENCE_STARTERS:
        return False
    before = block[begin:position].rstrip()
    if not before:
        return True
    return before.endswith(".") or _token_before(before, 0, len(before))[:1].isupper()
