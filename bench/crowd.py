"""Eight people at once: how long the worst look takes, and whether anything written is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.browser import Browser, run
from bench.figures import Figure, of
from bench.measures import TEAMS, Town, a_note

SECONDS = 20


@dataclass
class _One:
    """One of the eight: what she waited for, and what she was told is saved."""

    browser: Browser
    own: str
    shared: str
    looks: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    saved: dict[str, list[str]] = field(default_factory=dict)
    refused: int = 0

    def work(self, until: float) -> None:
        """Look at a list and a child, write of her own child and of the one all write of."""
        while time.monotonic() < until:
            for path in (TEAMS, f"/children/{self.own}"):
                page = self.browser.get(path)
                self.looks.append(page.seconds * 1000)
                self.refused += page.status != 200
            for case in (self.own, self.shared):
                text = f"Written {run()}"
                page = self.browser.fill(f"/children/{case}/notes/care/write", a_note(text))
                self.writes.append(page.seconds * 1000)
                if page.status == 302:
                    self.saved.setdefault(case, []).append(text)
                else:
                    self.refused += 1


def together(town: Town, seconds: float = SECONDS) -> list[Figure]:
    """Everybody for so long, then every note is looked for where it was saved."""
    shared, *own = list(town.children)[: len(town.workers) + 1]
    people = [_One(browser, case, shared) for browser, case in zip(town.workers, own, strict=True)]
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=one.work, args=(until,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    looks = [each for one in people for each in one.looks]
    writes = [each for one in people for each in one.writes]
    lost = _lost(people)
    return [
        of("Eight people at once: a look", looks),
        Figure("Eight people at once: the worst look", max(looks), max(looks), budget=1000),
        of("Eight people at once: a note saved", writes),
        Figure(
            "Notes lost", lost, lost, "", 0,
            f"{sum(len(t) for one in people for t in one.saved.values())} saved, "
            f"{sum(one.refused for one in people)} refused",
        ),
    ]  # fmt: skip


def _lost(people: Sequence[_One]) -> int:
    lost = 0
    for case in {case for one in people for case in one.saved}:
        texts = {text for one in people for text in one.saved.get(case, [])}
        reader = people[0].browser
        skip = 0
        while texts:
            page = reader.post(f"/children/{case}", {"open": f"care:{skip}"})
            if "Written" not in page.body:
                break
            texts -= {text for text in texts if text in page.body}
            skip += 10
        lost += len(texts)
    return lost
