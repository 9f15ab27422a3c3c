"""A real Chromium for the journeys. `make test` names it; alone, the machine's own is used."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
# Playwright runs a loop in this thread, and Django would refuse the test's own reads beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the session; each journey opens contexts of its own."""
    path = os.environ.get("TAHANAN_TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("there is no Chromium here")
    # Playwright keeps a loop in this thread. Tables are read beside it, never inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
