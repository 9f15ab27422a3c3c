"""What time tells: pairs that must cost the same, tried in turns and in a drawn order."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any

from bench.bent import KNOWN
from bench.browser import Browser, Page, Unexpected
from bench.figures import at

TRIES = 200
# Whoever measures over a network sees less than we do here; half a millisecond is far below that.
TELLS = 0.5
_DRAWS = 2_000


@dataclass(frozen=True)
class Pair:
    """Two things asked that must not be told apart by the clock, and what both are answered."""

    name: str
    one: Callable[[], Page]
    other: Callable[[], Page]
    status: int


@dataclass(frozen=True)
class Told:
    """How much longer the one took than the other: the middle, and between what it lies."""

    name: str
    tries: int
    middle: float
    low: float
    high: float

    @property
    def tells(self) -> bool:
        """The difference is certain, and large enough to be heard."""
        return (self.low > 0 or self.high < 0) and abs(self.middle) >= TELLS

    def to_json(self) -> dict[str, Any]:
        """As it is kept between runs."""
        return asdict(self)


def listen(pair: Pair, tries: int = TRIES) -> Told:
    """Try both by turns, which first drawn anew each time, and compare each with its neighbour."""
    drawn = random.Random(pair.name)
    differences = []
    for turn in range(tries + 5):
        acts = [("one", pair.one), ("other", pair.other)]
        drawn.shuffle(acts)
        took = {}
        for which, act in acts:
            page = act()
            if page.status != pair.status:
                raise Unexpected(f"{pair.name}: {page.status} {page.body[:400]}")
            took[which] = page.seconds * 1000
        if turn >= 5:
            differences.append(took["one"] - took["other"])
    return told(pair.name, differences)


def told(name: str, differences: Sequence[float]) -> Told:
    """The median of the differences, and the interval that holds it 99 times of 100 (bootstrap)."""
    drawn = random.Random(1)
    medians = [at(drawn.choices(differences, k=len(differences)), 0.5) for _turn in range(_DRAWS)]
    middle = at(differences, 0.5)
    return Told(name, len(differences), middle, at(medians, 0.005), at(medians, 0.995))


def pairs(
    address: str, worker: Browser, hidden: Sequence[str], refused: Sequence[str]
) -> list[Pair]:
    """Sign-in known or unknown; a case hidden or absent; the neutral no for two reasons."""
    found = [_sign_in(address), _case(worker, hidden)]
    return [*found, *_neutral(worker, refused)] if refused else found


def _sign_in(address: str) -> Pair:
    # Each try from a place of its own: tries are counted by place, and too many wait.
    sources = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in _fresh())
    stranger = Browser(address)

    def with_name(name: str) -> Callable[[], Page]:
        def act() -> Page:
            stranger.source = next(sources)
            return stranger.fill("/sign-in", {"who": name, "passphrase": "one two three four"})

        return act

    return Pair("Sign-in, name known or unknown", with_name(KNOWN), with_name("worker8"), 422)


def _case(worker: Browser, hidden: Sequence[str]) -> Pair:
    drawn = random.Random("hidden")

    def there() -> Page:
        return worker.get(f"/children/{drawn.choice(hidden)}")

    def absent() -> Page:
        # As young as the hidden one, so that it would stand beside it in every index.
        like = uuid.UUID(drawn.choice(hidden)).int >> 76 << 76
        return worker.get(f"/children/{uuid.UUID(int=like | drawn.getrandbits(62) | 2 << 62)}")

    return Pair("A child’s page, hidden or absent", there, absent, 404)


def _neutral(worker: Browser, refused: Sequence[str]) -> list[Pair]:
    def ask(case: str) -> Callable[[], Page]:
        form = worker.get(f"/places/ask?child={case}")

        def act() -> Page:
            hid = {"csrfmiddlewaretoken": form.hidden("csrfmiddlewaretoken"), "region": ""}
            return worker.post("/places/ask", {**hid, "child": case})

        return act

    def read(case: str) -> Callable[[], Page]:
        address = ask(case)().leads_to
        said.append(re.sub(r"<[^>]+>", " ", worker.get(address).body).split())
        if "Ask the safeguarding lead" not in " ".join(said[-1]):
            raise Unexpected("No home said the neutral no.")
        # The child is named again, so that a leak can be planted for one of them.
        return lambda: worker.get(f"{address}?of={case}")

    one, other = refused
    said: list[list[str]] = []
    reads = read(one), read(other)
    if [len(each) for each in said] != [len(said[0])] * 2:
        raise Unexpected("The two children are not alike: their homes answer differently.")
    return [
        Pair("The neutral no asked for, two reasons", ask(one), ask(other), 302),
        Pair("The neutral no read, two reasons", *reads, 200),
    ]


def _fresh() -> count[int]:
    """Places no earlier run came from: counts are kept for some minutes."""
    return count(random.SystemRandom().randrange(1 << 24))
