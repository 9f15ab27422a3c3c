"""5,000 commands by rules of arithmetic, and what the figures must be by arithmetic of their own.

Nothing here comes from the world's recipe: the k-th operation brings (k mod 4) + 1 children, and
every rule below is one of remainders. All of it is invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

OPERATIONS, COMMANDS = 250, 5_000
FIRST = date(2012, 1, 10)
KINS = ("parent", "cousin", "neighbour", "unknown", "close_family_friend", "stranger")
CLOSE = {"parent", "cousin", "close_family_friend"}
Said = dict[str, Any]


@dataclass(frozen=True)
class Child:
    """The j-th child of the k-th operation."""

    k: int
    j: int

    @property
    def name(self) -> str:
        return f"child-{self.k}-{self.j}"

    @property
    def supported(self) -> bool:
        return self.k % 20 != 4

    @property
    def how(self) -> str:
        return "safeguarded" if self.j == 3 else "removed"

    @property
    def age(self) -> int | None:
        return None if (self.k + self.j) % 17 == 0 else (7 * self.k + 3 * self.j) % 19

    @property
    def status(self) -> str:
        if (self.k + 2 * self.j) % 5 != 0:
            return "victim"
        return "not_victim" if self.k % 2 == 0 else "at_risk"

    @property
    def counted(self) -> bool:
        """A victim rescued."""
        return self.supported and self.how == "removed" and self.status == "victim"


@dataclass
class Sums:
    """The figures, counted from the rules and from nothing that was loaded."""

    victims: int = 0
    age_known: int = 0
    young: int = 0
    siblings: int = 0
    safe: int = 0
    close: int = 0
    kin_known: int = 0
    arrested: int = 0
    arrests: int = 0
    operations: int = 0
    convicted: int = 0
    by_year: dict[int, int] = field(default_factory=dict)


def day(k: int) -> date:
    """The day of the k-th operation."""
    return FIRST + timedelta(days=11 * k)


def children(k: int) -> list[Child]:
    """Those whom it brought to safety."""
    return [Child(k, j) for j in range(k % 4 + 1)]


def suspected(k: int) -> bool:
    """Whether somebody is named in it."""
    return k % 5 != 2


def sums() -> Sums:
    """What must be counted."""
    found = Sums()
    for k in range(OPERATIONS):
        mine = children(k)
        counted = [each for each in mine if each.counted]
        found.victims += len(counted)
        found.age_known += sum(each.age is not None for each in counted)
        found.young += sum(each.age is not None and each.age <= 12 for each in counted)
        found.siblings += len(counted) if k % 3 == 0 and len(counted) > 1 else 0
        found.safe += sum(each.supported and each.status != "not_victim" for each in mine)
        found.by_year[day(k).year] = found.by_year.get(day(k).year, 0) + len(counted)
        supported = mine[0].supported
        found.operations += supported and k % 10 != 9
        if not suspected(k):
            continue
        if any(each.counted for each in mine[:2]) and k % 25 != 0:
            found.close += KINS[k % 6] in CLOSE
            found.kin_known += KINS[k % 6] != "unknown"
        if k % 2 == 0 and supported:
            found.arrested += 1
            found.arrests += 2 if k % 14 == 0 else 1
        if k % 6 == 0 and supported:
            found.convicted += k % 30 != 0
    return found


def commands() -> list[Said]:
    """The file, exactly as long as it must be."""
    lines = [line for k in range(OPERATIONS) for line in _operation(k)]
    at = 0
    while len(lines) < COMMANDS:
        lines.append(_note(at % OPERATIONS, at))
        at += 1
    assert len(lines) == COMMANDS
    return lines


def _operation(k: int) -> Iterator[Said]:
    on = day(k)
    yield {
        "do": "record_operation", "as": f"raid-{k}", "known_at": _after(k, 1), "happened": f"{on}",
        "region": "0700000000", "kind": "welfare" if k % 10 == 9 else "law_enforcement",
        "supported": children(k)[0].supported,
    }  # fmt: skip
    for each in children(k):
        yield from _child(each)
    for one, other in zip(children(k), children(k)[1:], strict=False):
        if k % 3 != 2:
            bond = "full" if k % 3 == 0 else "raised_together"
            yield {"do": "draw_siblings", "known_at": _after(k, 50), "child": one.name,
                   "other": other.name, "bond": bond, "from": f"{on}"}  # fmt: skip
    if suspected(k):
        yield from _justice(k)
    if k % 25 == 3:
        yield {"do": "correct_removal", "known_at": _after(k, 60), "child": f"child-{k}-0",
               "happened": _after(k, 1)}  # fmt: skip


def _child(each: Child) -> Iterator[Said]:
    k, on = each.k, day(each.k)
    said: Said = {
        "do": "record_child", "as": each.name, "known_at": _after(k, 1), "happened": f"{on}",
        "region": "0700000000", "how": each.how, "operation": f"raid-{k}",
        "sex": "girl" if (k + each.j) % 3 else "boy", "supported": each.supported,
        "chosen": f"Bata {k}-{each.j}",
    }  # fmt: skip
    if each.age is not None:
        said["born"] = f"{on.year - each.age}-01-01"
    yield said
    if each.status != "at_risk":
        yield {"do": "decide_status", "known_at": _after(k, 40), "child": each.name,
               "status": each.status, "decided_by": "court", "from": _after(k, 30)}  # fmt: skip


def _justice(k: int) -> Iterator[Said]:
    child, him, supported = f"child-{k}-0", f"suspect-{k}", children(k)[0].supported
    naming = {"do": "name_suspect", "known_at": _after(k, 2), "kin": KINS[k % 6],
              "happened": f"{day(k)}", "minor": "yes" if k % 25 == 0 else "no",
              "part": "facilitator"}  # fmt: skip
    yield naming | {"as": him, "child": child, "name": f"Suspek {k}"}
    if len(children(k)) > 1:
        yield naming | {"child": f"child-{k}-1", "suspect": him}
    of_him = {"child": child, "suspect": him, "supported": supported}
    if k % 2 == 0:
        yield {"do": "record_arrest", "as": f"arrest-{k}", "known_at": _after(k, 3),
               "happened": f"{day(k)}", "operation": f"raid-{k}"} | of_him  # fmt: skip
    if k % 14 == 0:
        yield {"do": "record_arrest", "known_at": _after(k, 95), "happened": _after(k, 90)} | of_him
    if k % 28 == 0:
        yield {"do": "correct_arrest", "as": f"arrest-{k}b", "known_at": _after(k, 99),
               "child": child, "arrest": f"arrest-{k}", "happened": _after(k, 1)}  # fmt: skip
    judged = {"do": "record_judgment", "charge": "trafficking", "court_case": f"case-{k}",
              "plea": "not_guilty"} | of_him  # fmt: skip
    if k % 6 == 0:
        yield judged | {"known_at": _after(k, 403), "happened": _after(k, 400),
                        "outcome": "convicted", "level": "trial", "sentence": "prison"}  # fmt: skip
    if k % 30 == 0:
        yield judged | {"known_at": _after(k, 703), "happened": _after(k, 700),
                        "outcome": "reversed", "level": "appeal"}  # fmt: skip


def _note(k: int, at: int) -> Said:
    return {"do": "write_note", "known_at": _after(k, 20), "child": f"child-{k}-0", "part": "care",
            "text": f"Note {at} (invented).", "happened": _after(k, 19)}  # fmt: skip


def _after(k: int, days: int) -> str:
    return (day(k) + timedelta(days=days)).isoformat()
