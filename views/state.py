"""The state of a view lives in the address: every view is a link, and the back button works.

A widget takes its value from the address before it is drawn and writes it back when it is changed.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypedDict, TypeVar

import streamlit as st

T = TypeVar("T")
LIST = "~"


class Bound(TypedDict):
    """Arguments that tie a widget to the address."""

    key: str
    on_change: Callable[[], None]


def read(name: str, default: str = "") -> str:
    """A parameter of the address."""
    return st.query_params.get(name, default)


def read_list(name: str) -> tuple[str, ...]:
    """A parameter that holds several values."""
    return tuple(part for part in read(name).split(LIST) if part)


def write(**values: str | None) -> None:
    """Change parameters of the address in one step, which "back" undoes as one; None or "" takes one out."""
    address = {**st.query_params.to_dict(), **values}
    st.query_params.from_dict({name: value for name, value in address.items() if value})


def number(name: str, default: float, low: float, high: float) -> float:
    """A number of the address, within its bounds; the default where it is none."""
    try:
        return min(high, max(low, float(read(name, str(default)))))
    except ValueError:
        return default


def day(name: str) -> str:
    """A date of the address as YYYY-MM-DD; "" where it is none."""
    try:
        return date.fromisoformat(read(name)).isoformat()
    except ValueError:
        return ""


def choice(name: str, options: Sequence[str], default: str) -> str:
    """One of the options; the default where the address names none of them."""
    value = read(name, default)
    return value if value in options else default


def bind(name: str, value: T, to_text: Callable[[T], str | None], prefix: str = "q_") -> Bound:
    """Key and callback for a widget that shows `value` now and writes the address when it is changed."""
    key = prefix + name
    st.session_state[key] = value

    def changed() -> None:
        write(**{name: to_text(st.session_state[key])})

    return Bound(key=key, on_change=changed)
