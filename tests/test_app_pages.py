"""Page logic without a browser: every page stands, whatever the address says, and never shows a traceback."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGES = ("start", "overview", "explore", "walk", "fixes", "ask", "gaps", "library")
ROOT = Path(__file__).resolve().parent.parent


def run(page: str, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.run()
    app.switch_page(f"views/pages/{page}.py")
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def told(app: AppTest) -> str:
    parts = [*app.error, *app.warning, *app.info, *app.title, *app.markdown]
    return "\n".join(str(part.value) for part in parts)


@pytest.fixture
def sample(sample_library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KINETRACE_LIBRARY", str(sample_library))
    return sample_library


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands(page: str) -> None:
    app = run(page)
    assert not app.exception and not app.error


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("explore", {"c": "no such thing at all zzz"}),
        (
            "explore",
            {"c": "lower-back/pain", "depth": "many", "belief": "NaN", "most": "-4", "way": "<b>", "sign": "x"},
        ),
        ("explore", {"c": "lower-back/pain", "via": "nobody~~", "avoid": "nothing", "hide": "x~y", "pick": "a>b"}),
        ("explore", {"c": "lower-back/pain", "hide": "habit~condition~symptom~remedy~outcome~open"}),
        ("overview", {"open": "nothing~pelvis~behaviour", "pick": "a>b", "relation": "x>y"}),
        ("walk", {"chain": "a>b"}),
        ("walk", {"chain": ">>>", "step": "99"}),
        ("fixes", {"c": "lower-back/pain", "is": "nobody", "isnt": "nothing"}),
        ("ask", {"q": "?"}),
        ("ask", {"q": "why", "in": "nowhere", "sure": "perhaps", "section": "%"}),
        ("gaps", {"kind": "none~such", "a": "../../etc/passwd"}),
        ("library", {"a": "../../etc/passwd", "at": "x-y"}),
        ("library", {"find": "%_<"}),
    ],
)
def test_a_broken_address_is_answered_in_words(page: str, params: dict[str, str]) -> None:
    app = run(page, **params)
    assert not app.exception
    assert "could not be drawn" not in told(app)


@pytest.mark.usefixtures("sample")
def test_a_chain_that_isnt_there_is_said_with_what_to_do() -> None:
    assert "Explore" in told(run("walk", chain="nobody>nothing"))


@pytest.mark.parametrize("page", PAGES)
def test_without_a_library_every_page_says_so(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINETRACE_LIBRARY", str(tmp_path / "none"))
    app = run(page)
    assert not app.exception
    assert "articles" in told(app).lower()


def test_a_broken_library_is_named_with_the_mend(
    sample_library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "library"
    shutil.copytree(sample_library, broken)
    for manifest in broken.glob("generations/*/manifest.json"):
        manifest.write_text("{", encoding="utf-8")
    monkeypatch.setenv("KINETRACE_LIBRARY", str(broken))
    app = run("explore")
    assert not app.exception
    assert "kinetrace build" in told(app).replace("\\", "")
