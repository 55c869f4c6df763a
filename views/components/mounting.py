"""Mounts the components on a page; import this from pages only."""

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from views import state
from views.figure import load_figure
from views.palette import css_variables

FOLDER = Path(__file__).parent
SIDES = ("back", "front", "close")
NOTHING: Mapping[str, str] = {}


def _text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def _register(name: str, root: str, constants: str = "") -> ComponentRenderer:
    return st.components.v2.component(
        f"kinetrace_{name}",
        html=f'<div class="{root} kinetrace"></div>',
        css=css_variables() + _text("base.css") + _text(f"{name}.css"),
        js=_text("shared.js") + constants + _text(f"{name}.js"),
    )


def _figure_constant() -> str:
    figure = load_figure()
    told = ("view", "region", "path", "centre", "over", "quiet")
    shapes = [{name: getattr(shape, name) for name in told} for shape in figure.shapes]
    return f"const FIGURE = {json.dumps({'outline': figure.outline, 'shapes': shapes, 'anchors': figure.anchors})};\n"


@cache
def _renderers() -> Mapping[str, ComponentRenderer]:
    return {
        "chain": _register("chain", "chain"),
        "body": _register("body", "body", _figure_constant()),
        "reading": _register("reading", "reading"),
        "box": _register("box", "box"),
    }


@cache
def _frame() -> ComponentRenderer:
    return st.components.v2.component(
        "kinetrace_frame", html='<div class="frame"></div>', css=_text("frame.css"), isolate_styles=False
    )


def frame() -> None:
    """The style of the page itself."""
    _frame()(key="frame")


def _ignore() -> None:
    """Streamlit wants a callback for every trigger that may come."""


def mount(
    name: str,
    data: Mapping[str, object],
    *,
    key: str,
    picked: str = "",
    on_picked: Callable[[], None] = _ignore,
    aside: Mapping[str, str] = NOTHING,
) -> dict[str, str]:
    """What was clicked in this run: its id and kind; empty when nothing was.

    Args:
        name: "chain", "body", "reading" or "box".
        data: what to draw; a hash is added so that the browser redraws only what changed.
        key: of the element on the page, also where `on_picked` finds the click in the session state.
        picked: the selection to show; not part of the hash.
        on_picked: run before the page is, after a click.
        aside: what else the address says of the view, not part of the hash either.
    """
    digest = hashlib.blake2b(json.dumps(data, sort_keys=True).encode(), digest_size=8).hexdigest()
    payload = {**data, "hash": digest, "picked": picked}
    result = _renderers()[name](data={**payload, **aside}, key=key, on_picked_change=on_picked)
    return dict(getattr(result, "picked", None) or {})


def mount_body(
    data: Mapping[str, object], *, key: str, picked: str = "", on_picked: Callable[[], None] = _ignore
) -> dict[str, str]:
    """The body map, as `mount`; the side that it is seen from is in the address."""

    def changed() -> None:
        told = st.session_state[key].picked or {}
        if told.get("kind") == "side":
            state.write(side=told["id"])
        else:
            on_picked()

    aside = {"side": state.choice("side", SIDES, str(data["view"]))}
    told = mount("body", data, key=key, picked=picked, on_picked=changed, aside=aside)
    return {} if told.get("kind") == "side" else told
