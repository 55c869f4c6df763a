"""Which library a command reads."""

from pathlib import Path
from typing import Final

from corpus.errors import LibraryError

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLE_ARTICLES: Final = ROOT / "corpus" / "sample"
SAMPLE_LIBRARY: Final = ROOT / ".kinetrace" / "sample-library"


def chosen_library(named: str | None) -> Path:
    """The library that was named, else ./library, else the sample.

    Raises:
        LibraryError: there is none; says how to make one.
    """
    if named:
        return Path(named)
    for library in (Path("library"), SAMPLE_LIBRARY):
        if (library / "CURRENT").is_file():
            return library
    raise LibraryError(
        "no library: neither ./library nor the sample is built; "
        "run `kinetrace build ARTICLES` for your own articles or `kinetrace build --sample` for ours"
    )
