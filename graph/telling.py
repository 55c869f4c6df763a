"""Telling: relations as sentences in the concepts' names."""

from collections.abc import Sequence

from graph.concepts import Sign


def tell(names: Sequence[str], signs: Sequence[Sign]) -> str:
    """Names joined by what each does to the next: "tight hips raise pelvis tilt, which raises back pain".

    Args:
        names: of the concepts, one more than signs.
        signs: of the links between them.
    """
    verbs = [verb(name, sign, after) for name, sign, after in zip(names, signs, names[1:], strict=False)]
    # after "which" the verb agrees with the concept before it
    rest = [f"{does} {name}" for does, name in zip(verbs[1:], names[2:], strict=True)]
    return ", which ".join([f"{names[0]} {verbs[0]} {names[1]}", *rest])


def verb(name: str, sign: Sign, after: str = "") -> str:
    """The verb that goes with a concept's name: tight hamstrings raise, back pain lowers.

    Args:
        after: the name that follows it.
    """
    word = base_verb(sign, after)
    return word if is_plural(name) else word + "s"


def base_verb(sign: Sign, after: str = "") -> str:
    """The verb in its base form; what begins with "lower" is reduced: nobody reads "lower lower back pain" at once."""
    if sign == 1:
        return "raise"
    return "reduce" if after.startswith("lower ") else "lower"


def is_plural(name: str) -> bool:
    """Whether a concept's name takes a plural verb, by its last word; "stress", "pelvis" and "genetics" don't."""
    last = name.rsplit(" ", 1)[-1].lower()
    if last in {"feet", "mechanics", "orthotics"} or " and " in name:
        return True
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "as", "ics"))


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 chain", "3 chains"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def listing(names: Sequence[str]) -> str:
    """Names as a list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join([*([", ".join(names[:-1])] if names[1:] else []), *names[-1:]])
