"""The library that the app shows, opened once per server, and the one place where errors become messages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from answer.opened import OpenLibrary, open_library
from corpus.errors import ConceptError, KinetraceError, LibraryError
from corpus.library import CURRENT_NAME
from views.words import plain


def library_folder() -> Path:
    """KINETRACE_LIBRARY, else ./library, else the sample library."""
    named = os.environ.get("KINETRACE_LIBRARY", "")
    if named:
        return Path(named)
    here = Path("library")
    return here if (here / CURRENT_NAME).exists() else Path(__file__).parent.parent / ".kinetrace" / "sample-library"


@st.cache_resource(max_entries=2, show_spinner="Opening the library …")
def _opened(folder: str, generation: str) -> OpenLibrary:  # noqa: ARG001 - a new generation is a new library
    library = open_library(Path(folder))
    _ = library.graph, library.linker
    return library


def generation_name(folder: Path) -> str:
    """Name of the live generation, "" where there is no library."""
    try:
        return (folder / CURRENT_NAME).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def opened() -> OpenLibrary:
    """The library with its live generation.

    Raises:
        LibraryError: there is none, or it is broken.
    """
    folder = library_folder()
    return _opened(str(folder), generation_name(folder))


@contextmanager
def calm() -> Iterator[None]:
    """Shows what went wrong and how to mend it instead of a traceback; use around a page and on each fragment."""
    try:
        yield
    except LibraryError as error:
        _show_no_library(error)
    except ConceptError as error:
        st.warning(plain(str(error)), icon=":material/help:")
    except KinetraceError as error:
        st.error(plain(str(error)), icon=":material/error:")
    except Exception as error:
        st.error(
            f"This view could not be drawn ({type(error).__name__}). Reload the page; if it stays, please report it "
            "with the lines that the server printed.",
            icon=":material/error:",
        )
        st.logger.get_logger("kinetrace").exception("A view failed")


def _show_no_library(error: LibraryError) -> None:
    folder = library_folder()
    if generation_name(folder):
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.title("No articles yet")
    st.write("Kinetrace reads articles and traces what they claim causes what. It has nothing to read so far.")
    st.markdown("**Add your own** on the *Library* page, or build a library at the command line:")
    st.code(f"kinetrace build YOUR-ARTICLES -o {folder}\nkinetrace app --library {folder}", language="sh")
    st.page_link("views/pages/library.py", label="Go to Library", icon=":material/library_add:")
