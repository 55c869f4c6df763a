"""How the app looks and is worked by hand: contrast, phones, the keyboard, no default look, no text cut off."""

from typing import TYPE_CHECKING

import pytest

from tests.app_browser import ROOT, card, click, explore, go, settle

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = ROOT / ".kinetrace/node/node_modules/axe-core/axe.min.js"


def test_the_keyboard_walks_from_card_to_arrow_to_card(page: "Page", address: str) -> None:
    explore(page, address)
    card(page, "lower back pain").focus()
    page.keyboard.press("ArrowLeft")
    focused = "document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')"
    assert "raise" in page.evaluate(focused)
    page.keyboard.press("Enter")
    page.get_by_role("region", name="Claims behind the arrow").wait_for()
    settle(page)
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused).split(":")[0] in ("Condition", "Habit")
    page.keyboard.press("Escape")
    page.get_by_role("group", name="Body map of this chain").wait_for()


def test_a_click_dims_what_is_off_the_way(page: "Page", address: str) -> None:
    explore(page, address)
    click(card(page, "tight hamstrings"))
    page.locator(".chain svg.picking").wait_for()
    assert card(page, "overstriding").get_attribute("class") == "card on"
    assert card(page, "unstable pelvis").get_attribute("class") == "card"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "explore",
        "explore?pick=hamstrings/tightness>lower-back/pain",
        "explore?pick=hamstrings/tightness&side=front",
        "explore?c=lower-back/pain&belief=0.95",
        "explore?c=zebra",
        "overview",
        "overview?open=behaviour",
        "walk",
        "walk?print=1",
        "walk?chain=a>b",
        "library?a=running",
        "library?a=nothing",
        "fixes",
        "fixes?is=sitting",
        "gaps",
        "gaps?list=asked",
        "gaps?list=twice",
        "library",
        "ask",
        "ask?q=my back hurts and I lost control of my bladder",
        "ask?q=what causes lower back pain?",
    ],
)
def test_a_page_fits_a_phone_has_a_look_of_its_own_and_axe_finds_nothing(page: "Page", address: str, path: str) -> None:
    # One load serves all: loading is what takes time.
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, address, path)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"Math.max(document.documentElement.scrollWidth, {main}.scrollWidth)") <= 390
    page.set_viewport_size({"width": 1440, "height": 900})
    settle(page)
    assert left_of_streamlit(page) == []
    if not AXE.exists():
        pytest.skip(f"axe-core is absent: npm install --prefix {AXE.parents[2].relative_to(ROOT)} axe-core@4.10.3")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    ground = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    light = page.evaluate(ground)
    assert axe_says(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{ground} !== {light!r}")
    settle(page)
    assert axe_says(page) == []


def left_of_streamlit(page: "Page") -> list[str]:
    """What is left of Streamlit's own look: its menus, its words, its red."""
    menus = [f"[data-testid={name}]" for name in ("stDeployButton", "stMainMenu", "stAppDeployButton", "stFooter")]
    left = [menu for menu in menus if page.locator(menu).count()]
    left += ["Made with Streamlit"] * page.get_by_text("Made with Streamlit").count()
    looks = page.locator("[data-testid=stApp] *").evaluate_all(
        "nodes => nodes.flatMap(node => { const look = getComputedStyle(node);"
        " return [look.color, look.backgroundColor, look.borderTopColor]; })"
    )
    return left + [look for look in looks if look == "rgb(255, 75, 75)"]


def axe_says(page: "Page") -> list[tuple[str, list[tuple[object, str]]]]:
    """What axe minds: the rule, and where."""
    page.wait_for_timeout(300)  # colours fade in
    # The drop zone of Streamlit's own file uploader has a role that axe minds; it is not ours to mend.
    scope = "{exclude: ['[data-testid=stFileUploaderDropzone]']}"
    run = f"axe.run({scope}, {{resultTypes: ['violations']}}).then(found => found.violations)"
    return [
        (each["id"], [(node["target"], node.get("failureSummary", "")[:200]) for node in each["nodes"][:3]])
        for each in page.evaluate(run)
    ]


@pytest.mark.parametrize("path", ["explore", "explore?c=sitting&way=next", "overview", "walk", ""])
def test_no_text_of_a_drawing_is_cut_or_covered(page: "Page", address: str, path: str) -> None:
    go(page, address, path)
    page.locator(".chain .card").first.wait_for()
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        settle(page)
        boxes = (
            "node => { const box = node.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; }"
        )
        cards = page.locator(".chain .card").evaluate_all(
            "nodes => nodes.map(card => "
            f"[card.querySelector('.ground'), ...card.querySelectorAll('text')].map({boxes}))"
        )
        assert cards
        for ground, *texts in cards:
            for left, top, right, bottom in texts:
                assert ground[0] <= left and ground[1] <= top and right <= ground[2] and bottom <= ground[3]
        verbs = page.locator(".chain .verb:not(.crowded) rect").evaluate_all(f"nodes => nodes.map({boxes})")
        solid = [card[0] for card in cards] + verbs
        covered = [(one, other) for i, one in enumerate(solid) for other in solid[i + 1 :] if overlap(one, other)]
        assert covered == [], width


def overlap(one: list[float], other: list[float]) -> bool:
    return one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] - 1 and other[1] < one[3] - 1


def test_tab_reaches_everything_of_explore(page: "Page", address: str) -> None:
    explore(page, address)
    deep = (
        "(() => { let at = document.activeElement;"
        " while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;"
        " return at.getAttribute('aria-label') || at.textContent.trim().slice(0, 40); })()"
    )
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(deep))
    wanted = (
        "pick one",
        "What leads to it",
        "Refine",
        "Walk this chain",
        "Copy a link",
        "lower back pain",
        "Front of the body",
        "1. ",
        "Walk chain",
    )
    assert [each for each in wanted if not any(each in name for name in reached)] == []
