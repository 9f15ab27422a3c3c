"""What people do all day, timed over HTTP: lists, a child's page, saving, finding, home."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bench import names
from bench.browser import Browser, Page, run
from bench.figures import EMPTY, Figure, of, timed
from tahanan.base import clock

LIST, TEAMS = "/children", "/children?of=teams"
ONE_TEAM, FIVE_TEAMS = "Caseload, one team, 50 names opened", "Caseload, five teams"
SHUT = "Caseload, one team, nothing opened"
FIGURES_PAGE = "Figures of a director, eleven counted"
FIRST_CHILD = "First child of an intake after a start"
# Thirty searches a minute is what one person may do.
SEARCHES_OF_ONE = 24
EACH = 60
# A page of figures counts every one of them, over all there is.
FIGURES = 10
WARM = 5


@dataclass(frozen=True)
class Town:
    """Who can be asked, already signed in, and the children there are.

    `children`: case → her given name, her mother's surname, her surname.
    """

    workers: Sequence[Browser]
    five: Browser
    supervisor: Browser
    director: Browser
    children: Mapping[str, Sequence[str]]
    hidden: Sequence[str]

    def sample(self, count: int) -> list[str]:
        """Some cases of the first team."""
        return random.Random("sample").choices(list(self.children), k=count)


def baseline(town: Town, tries: int = EACH) -> Figure:
    """A page of somebody signed in that shows nothing of any case: what every page costs."""
    worker = town.workers[0]
    return timed(EMPTY, _again(lambda: worker.get("/sign-out"), tries))


def caseloads(town: Town, tries: int = EACH) -> list[Figure]:
    """Fifty children by name, for one who works in one team and one who works in five."""
    one, five = town.workers[0], town.five
    return [
        timed(ONE_TEAM, _again(lambda: one.get(TEAMS), tries), budget=20, right=_full),
        timed(FIVE_TEAMS, _again(lambda: five.get(TEAMS), tries), right=_full),
    ]


def shut_caseload(town: Town, tries: int = EACH) -> Figure:
    """The same page from a server that opens nothing (`bench.bent shut`)."""
    worker = town.workers[0]
    return timed(SHUT, _again(lambda: worker.get(TEAMS), tries), right=_full)


def pages(town: Town, tries: int = EACH) -> list[Figure]:
    """A child's page, closed and with a part opened; home, of a worker and of a supervisor."""
    worker, supervisor = town.workers[0], town.supervisor
    cases = town.sample(tries + WARM)

    def child(case: str) -> Callable[[], Page]:
        return lambda: worker.get(f"/children/{case}")

    def care(case: str) -> Callable[[], Page]:
        return lambda: worker.post(f"/children/{case}", {"open": "care"})

    return [
        timed("A child's page", [child(case) for case in cases][WARM:], budget=40),
        timed("Her page with Care opened", [care(case) for case in cases][WARM:]),
        timed("Home of a case manager", _again(lambda: worker.get("/home"), tries)),
        timed(
            "Home of a supervisor of five teams",
            _again(lambda: supervisor.get("/home"), tries),
            budget=60,
        ),
        timed("Home of a director", _again(lambda: town.director.get("/home"), tries), budget=60),
        timed(FIGURES_PAGE, [lambda: town.director.get("/figures")] * min(tries, FIGURES)),
    ]


def saving(town: Town, tries: int = EACH) -> list[Figure]:
    """A note, and the first screen about a child at intake, which opens her file."""
    worker = town.workers[0]
    cases = town.sample(tries)

    def note(case: str) -> Callable[[], Page]:
        return lambda: worker.fill(f"/children/{case}/notes/care/write", a_note("She slept well."))

    night = begin_intake(worker)

    def child() -> Page:
        return worker.fill(f"{night}/child/new", a_child())

    figures = [
        timed("A note saved", [note(case) for case in cases], expect=302),
        timed("An intake child saved", _again(child, tries), expect=302, budget=60),
    ]
    opened = len(set(re.findall(r"child=([0-9a-f-]{36})", worker.get(night).body)))
    return [figures[0], _noted(figures[1], f"{opened} of {tries + WARM} files opened at once")]


def first_child(worker: Browser) -> Figure:
    """The first child that is taken in after the server began."""
    night = begin_intake(worker)
    page = worker.fill(f"{night}/child/new", a_child())
    return of(FIRST_CHILD, [page.seconds * 1000])


def warmed(town: Town) -> Figure:
    """Until the names of everybody's teams are read: what comes after is measured without that.

    It goes on behind the first page somebody opens; whoever asks then, waits for others' names.
    """
    began = time.perf_counter()
    for each in (*town.workers, town.five, town.supervisor):
        each.post("/find", {"q": "warm"})
    return of("Names of all teams read, after a start", [(time.perf_counter() - began) * 1000])


def searches(town: Town, of_one: int = SEARCHES_OF_ONE) -> list[Figure]:
    """Names with a typo in the given name and one in the surname, by each of the workers."""
    drawn = random.Random("searches")
    times, found, tries = [], 0, 0
    for worker in town.workers:
        for case in drawn.choices(list(town.children), k=of_one):
            given, _middle, surname = town.children[case]
            typed = " ".join(names.one_slip(word.lower(), drawn) for word in (given, surname))
            page = worker.post("/find", {"q": typed})
            times.append(page.seconds * 1000)
            found += case in page.cases()
            tries += 1
    return [
        of("Name search, a typo in each of two names", times, budget=25),
        _percent("The right child among the first 20", 100 * found / tries),
    ]


def a_note(text: str) -> dict[str, str]:
    """A note about today, as its form sends it."""
    today = clock.today()
    day = {"day": today.day, "month": today.month, "year": today.year}
    return {"text": text} | {f"happened-{part}": str(value) for part, value in day.items()}


def a_child() -> dict[str, str]:
    """The first screen about a child who is like nobody, so that nothing is asked of her again."""
    name = "".join(random.SystemRandom().choices("bcdfghjklmnpqrstvwxyz", k=14))
    return {"name": name.capitalize(), "sex": "girl", "age-years": "9", "run": run()}


def begin_intake(worker: Browser) -> str:
    """A removal, with all that is asked once; gives its address."""
    opened = worker.post("/intake", {"run": run()}).leads_to
    night = opened.split("/shared/")[0]
    day = {name: value for name, value in a_note("").items() if name != "text"}
    worker.fill(f"{night}/shared/when", {**day, "hour": "02:10"})
    worker.fill(f"{night}/shared/where", {"city": "Cebu City"})
    worker.fill(f"{night}/shared/who", {"unit": "Desk", "source": "Hotline", "how": "removed"})
    return night


def _again(act: Callable[[], Page], tries: int) -> list[Callable[[], Page]]:
    for _turn in range(WARM):
        act()
    return [act] * tries


def _full(page: Page) -> bool:
    return len(page.cases()) == 50


def _noted(figure: Figure, note: str) -> Figure:
    return Figure(figure.name, figure.p50, figure.p95, figure.unit, figure.budget, note)


def _percent(name: str, share: float) -> Figure:
    return Figure(name, share, share, "%")
