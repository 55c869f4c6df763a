"""Every error that Kinetrace raises on purpose.

KinetraceError
├── ArticleError      an article that can't be read: file, place, reason, mend
├── VocabularyError   a broken vocabulary entry: file, line, entry, mend
├── LibraryError      a library that is missing, broken or of another version
├── ModelError        a model that is missing or whose checksum is not the expected one
├── ConceptError      a name that is no concept, or more than one; carries the candidates
└── QueryError        an option or a question that can't be answered as it stands
"""


class KinetraceError(Exception):
    """What went wrong, where, and how to mend it, in one message for people."""


class ArticleError(KinetraceError):
    """An article that can't be read."""


class VocabularyError(KinetraceError):
    """A vocabulary entry that can't be used."""


class LibraryError(KinetraceError):
    """A library that is missing, broken or written by another version."""


class ModelError(KinetraceError):
    """A model that is missing or is not the one that was pinned."""


class ConceptError(KinetraceError):
    """A name that no concept has, or that several have.

    Args:
        message: what was asked for and what to do about it.
        candidates: concept ids that come nearest, best first.
    """

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class QueryError(KinetraceError):
    """An option or a question that can't be answered as it stands."""
