"""Adding articles: files come in, a build runs beside the server, its progress is shown."""

from pathlib import Path

import streamlit as st

from corpus.errors import KinetraceError
from views import building
from views.opened import generation_name, opened
from views.receiving import MOST_BYTES, SUFFIXES, keep
from views.words import plain


@st.cache_resource
def jobs() -> dict[str, building.Job]:
    """The builds of this server, by library folder."""
    return {}


def add_files(folder: Path) -> None:
    """Take files, keep them, build."""
    job = jobs().get(str(folder))
    if job is not None and not job.ended:
        watch(folder)
        return
    if job is not None:
        say_how_it_ended(job)
    with st.form("add", clear_on_submit=True):
        st.header("Add articles", anchor=False)
        st.caption(
            f"Markdown, text, HTML or Word; at most {MOST_BYTES // 1_000_000} MB each. They stay on this computer."
        )
        files = st.file_uploader(
            "Files",
            type=list(SUFFIXES),
            accept_multiple_files=True,
            label_visibility="collapsed",
            max_upload_size=MOST_BYTES // 1_000_000,
        )
        sent = st.form_submit_button("Add and build", type="primary", icon=":material/build:")
    if not sent:
        return
    problems = receive([(file.name, file.getvalue()) for file in files or []], folder / "articles")
    for problem in problems:
        st.error(plain(problem), icon=":material/error:")
    if files and len(problems) == len(files):
        return
    build_again(folder)


def receive(files: list[tuple[str, bytes]], folder: Path) -> list[str]:
    """Keep the files that may be kept; what is wrong with the others."""
    problems = []
    for name, content in files:
        try:
            keep(name, content, folder)
        except KinetraceError as error:
            problems.append(str(error))
    return problems


def build_again(folder: Path) -> None:
    """Start a build of what the library was made of and of what was added."""
    sources = [Path(source) for source in opened().manifest.sources] if generation_name(folder) else []
    added = folder / "articles"
    paths = [path for path in sources if path != added] + ([added] if added.is_dir() else [])
    if not paths:
        st.warning("No articles yet: choose at least one file.", icon=":material/upload_file:")
        return
    # The build runs elsewhere: relative paths count from here.
    jobs()[str(folder)] = building.start([path.resolve() for path in paths], folder.resolve())
    st.rerun()


@st.fragment(run_every=0.7)
def watch(folder: Path) -> None:
    """Progress of the build, and how to stop it."""
    job = jobs()[str(folder)]
    if job.ended:
        st.rerun()
    with st.container(border=True):
        st.header("Building", anchor=False)
        share = job.done / job.total if job.total else 0.0
        st.progress(min(1.0, share), text=f"{job.stage.capitalize()} · {job.done:,} of {job.total:,}")
        if st.button("Stop", icon=":material/stop_circle:"):
            job.stop()


def say_how_it_ended(job: building.Job) -> None:
    """What came of the last build."""
    if job.stopped:
        st.info("Stopped. The library is as it was.", icon=":material/info:")
    elif job.problem:
        st.error(plain(job.problem), icon=":material/error:")
    else:
        st.success("Built. The pages show the new library now.", icon=":material/check_circle:")
    for refused in job.refused:
        st.warning(plain(refused), icon=":material/block:")
