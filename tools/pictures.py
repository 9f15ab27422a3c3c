"""True pictures of the demonstration, made by a real browser: every page at 360 and 1280 px.

    python tools/pictures.py http://127.0.0.1:8000 build/pictures [NAME …]

Signs in as people of the demonstration and saves `<page>-<width>.png`; what is shown on a wall, as
a wall of 1920 px shows it. `<page>-top` is the upper part at 1280 px: the two of the README are
`figures-top` and `child-top`.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

WIDTHS = (360, 1280)
WALL = {"width": 1920, "height": 1080}
TOP: FloatRect = {"x": 0, "y": 0, "width": 1280, "height": 1600}
# name → (who, address, or words of the link to follow from there)
PAGES: dict[str, tuple[str, str, str]] = {
    "home": ("lorna", "/home", ""),
    "children": ("lorna", "/children", ""),
    "find": ("lorna", "/find", ""),
    "child": ("lorna", "/find", "Maya"),
    "intake": ("perla", "/intake", ""),
    "places": ("lorna", "/places", ""),
    "supervisor": ("ruth", "/home", ""),
    "head": ("ofelia", "/home", ""),
    "lead": ("amelia", "/home", ""),
    "people": ("nestor", "/people", ""),
    "account": ("lorna", "/account", ""),
    "figures": ("teresa", "/figures?known_on=2020-09-02", ""),
    "figures-now": ("teresa", "/figures", ""),
    "figures-why": (
        "teresa",
        "/figures/why/victims_rescued?before=2020-03-31&after=2020-09-30",
        "",
    ),
    "figures-definition": ("teresa", "/figures/definitions/victims_rescued", ""),
    "wall-1": ("teresa", "/figures?known_on=2020-09-02&view=projector&slide=1", ""),
    "wall-3": ("teresa", "/figures?known_on=2020-09-02&view=projector&slide=3", ""),
    "wall-8": ("teresa", "/figures?known_on=2020-09-02&view=projector&slide=8", ""),
}


def main() -> None:
    """The command line."""
    base, folder, wanted = sys.argv[1], Path(sys.argv[2]), sys.argv[3:] or list(PAGES)
    folder.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("TAHANAN_TEST_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for who in sorted({PAGES[name][0] for name in wanted}):
            context = signed_in(browser, base, who)
            for name in wanted:
                if PAGES[name][0] == who:
                    _take(context, base, folder, name)
            context.close()
        browser.close()


def signed_in(browser: Browser, base: str, who: str) -> Any:
    """A browser window in which somebody of the demonstration is signed in."""
    from tahanan.casework.entry import factors
    from tahanan.world import accounts

    account = next(each for each in accounts() if each.key == who)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{base}/sign-in")
    page.locator("main input:not([type=hidden])").nth(0).fill(account.sign_in)
    page.locator("main input:not([type=hidden])").nth(1).fill(account.passphrase)
    page.locator("main form button").first.click()
    page.wait_for_url("**/code")
    page.locator("main input:not([type=hidden])").first.fill(factors.code_now(account.totp_secret))
    page.locator("main form button").first.click()
    page.wait_for_url("**/home")
    page.close()
    return context


def _take(context: Any, base: str, folder: Path, name: str) -> None:
    _who, address, link = PAGES[name]
    page: Page = context.new_page()
    page.goto(base + address)
    if link:
        page.fill("main input[type=search], main input[type=text]", link)
        page.click("main form button")
        page.click(f"main a:has-text('{link}')")
    on_a_wall = name.startswith("wall")
    for size in [WALL] if on_a_wall else [{"width": width, "height": 900} for width in WIDTHS]:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=not on_a_wall)
    if not on_a_wall:
        page.screenshot(path=folder / f"{name}-top.png", full_page=True, clip=TOP)
    page.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tahanan.config.settings")
    import django

    django.setup()
    main()
