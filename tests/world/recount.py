"""A plain recount of the plan itself, as known on a day: slow, and written after the definitions.

Nothing here is shared with what plans or with what counts in the database.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tahanan.base.ages import BANDS, age_at, band
from tahanan.records.vocabulary import (
    Answer,
    Bond,
    CourtLevel,
    HowSafe,
    OperationKind,
    Outcome,
    Part,
    Status,
    SuspectKin,
)
from tahanan.world.history.shapes import Child, Days, History, Judgment

CLOSE = {
    SuspectKin.PARENT, SuspectKin.STEP_PARENT, SuspectKin.PARENTS_PARTNER, SuspectKin.SIBLING,
    SuspectKin.GRANDPARENT, SuspectKin.AUNT_UNCLE, SuspectKin.COUSIN, SuspectKin.OTHER_RELATIVE,
    SuspectKin.GUARDIAN, SuspectKin.CLOSE_FAMILY_FRIEND,
}  # fmt: skip
LEVELS = list(CourtLevel)
YOUNG = {each.code for each in BANDS[:4]}


@dataclass(frozen=True)
class Recount:
    """Every figure of one day, over everything or over one period."""

    victims: int
    young: tuple[int, int]
    ages: dict[str, int]
    siblings: int
    close: tuple[int, int]
    kin_unknown: int
    arrested: int
    arrests: int
    operations: int
    convicted: int
    safe: int


def recount(
    plan: History, known: date, first: date = date.min, last: date = date.max
) -> Recount:  # fmt: skip
    """Count the plan as known at the end of a day."""
    return _Count(plan, known, first, last).all()


class _Count:
    def __init__(self, plan: History, known: date, first: date, last: date) -> None:
        self.plan, self.known, self.first, self.last = plan, known, first, last
        self.children = {key: each for key, each in plan.children.items() if each.known <= known}
        self.whose = self._canonical()
        self.days = {key: self._days(each) for key, each in self.children.items()}

    def all(self) -> Recount:
        victims = self.victims()
        bands = [self._bands(each) for each in victims.values()]
        ages = Counter(each.pop() if len(each) == 1 else "unknown" for each in map(set, bands))
        young = sum(bool(each) and each <= YOUNG for each in bands)
        older = sum(bool(each) and not each & YOUNG for each in bands)
        close, far, unknown = self._perpetrators(victims)
        arrests = self._arrests()
        return Recount(
            len(victims),
            (young, young + older),
            dict(ages),
            self._siblings(victims),
            (close, close + far),
            unknown,
            arrests,
            sum(self._inside(days) for _who, days, _raid in self._standing_arrests()),
            self._operations(),
            self._convicted(),
            self._safe(),
        )

    def victims(self) -> dict[str, Child]:
        """Canonical key → the record whose removal was the first."""
        found = {}
        for own in self._records().values():
            brought = [
                each for each in own
                if each.supported and each.how in (HowSafe.REMOVED, HowSafe.SURRENDERED)
            ]  # fmt: skip
            if not brought:
                continue
            first = min(brought, key=lambda each: self.days[each.key].first)
            if self._status(own) is Status.VICTIM and self._inside(self.days[first.key]):
                found[self.whose[first.key]] = first
        return found

    def _records(self) -> dict[str, list[Child]]:
        found: dict[str, list[Child]] = {}
        for key, child in self.children.items():
            found.setdefault(self.whose[key], []).append(child)
        return found

    def _canonical(self) -> dict[str, str]:
        whose = {key: key for key in self.children}
        for pair in self.plan.same:
            parted = pair.parted is not None and pair.parted <= self.known
            if pair.agreed <= self.known and not parted:
                whose[pair.other] = whose[pair.one]
        return whose

    def _days(self, child: Child) -> Days:
        known = [each.days for each in child.moved if each.known <= self.known]
        return known[-1] if known else child.days

    def _born(self, child: Child) -> Days | None:
        known = [each.days for each in child.reborn if each.known <= self.known]
        return known[-1] if known else child.born

    def _inside(self, days: Days) -> bool:
        return self.first <= days.first and days.last <= self.last

    def _status(self, own: list[Child]) -> Status:
        said = [
            (each.from_on, each.known, each.status)
            for child in own
            for each in child.verdicts
            if each.known <= self.known
        ]
        return max(said)[2] if said else Status.AT_RISK

    def _bands(self, child: Child) -> set[str]:
        """The bands her age may have been in; none where nothing is known of it."""
        born, days = self._born(child), self.days[child.key]
        if born is None:
            return set()
        ages = age_at(born.first, born.last, days.first, days.last)
        return {band(ages.youngest), band(ages.oldest)}

    def _siblings(self, victims: dict[str, Child]) -> int:
        group = {whose: {whose} for whose in self.whose.values()}
        for tie in self.plan.ties:
            parted = tie.parted is not None and tie.parted <= self.known
            if tie.known > self.known or parted or tie.bond is Bond.RAISED_TOGETHER:
                continue
            joined = group[self.whose[tie.one]] | group[self.whose[tie.other]]
            for each in joined:
                group[each] = joined
        return sum(
            any(
                other != key and other in victims
                and child.raid is not None and victims[other].raid == child.raid
                for other in group[key]
            )
            for key, child in victims.items()
        )  # fmt: skip

    def _perpetrators(self, victims: dict[str, Child]) -> tuple[int, int, int]:
        close = far = unknown = 0
        for suspect in self.plan.suspects.values():
            kin = {
                naming.kin for naming in suspect.namings
                if naming.known <= self.known and self.whose[naming.child] in victims
            }  # fmt: skip
            if not kin or suspect.minor is Answer.YES or suspect.part is Part.DEMAND_SIDE:
                continue
            if kin & CLOSE:
                close += 1
            elif kin == {SuspectKin.UNKNOWN}:
                unknown += 1
            else:
                far += 1
        return close, far, unknown

    def _standing_arrests(self) -> list[tuple[str, Days, str | None]]:
        return [
            (each.suspect, each.days, each.raid)
            for each in self.plan.arrests
            if each.known <= self.known and each.supported
            and not (each.withdrawn is not None and each.withdrawn <= self.known)
        ]  # fmt: skip

    def _arrests(self) -> int:
        """Those whose first arrest lies in the period."""
        own: dict[str, list[Days]] = {}
        for suspect, days, _raid in self._standing_arrests():
            own.setdefault(suspect, []).append(days)
        return sum(self._inside(min(each, key=lambda days: days.first)) for each in own.values())

    def _operations(self) -> int:
        with_any = {child.raid for child in self.children.values()}
        with_any |= {
            each.raid for each in self.plan.arrests
            if each.known <= self.known
            and not (each.withdrawn is not None and each.withdrawn <= self.known)
        }  # fmt: skip
        return sum(
            raid.known <= self.known and raid.supported and raid.key in with_any
            and raid.kind is OperationKind.LAW_ENFORCEMENT and self._inside(raid.days)
            for raid in self.plan.raids
        )  # fmt: skip

    def _convicted(self) -> int:
        rows = [each for each in self.plan.judgments if each.known <= self.known]
        first: dict[str, Days] = {}
        for row in rows:
            if row.outcome is not Outcome.CONVICTED or row.country != "PH" or not row.supported:
                continue
            if not any(_reverses(other, row) for other in rows):
                before = first.get(row.suspect, row.days)
                first[row.suspect] = min(before, row.days, key=lambda days: days.first)
        return sum(self._inside(days) for days in first.values())

    def _safe(self) -> int:
        count = 0
        for own in self._records().values():
            ours = [each for each in own if each.supported]
            if ours and self._status(own) is not Status.NOT_VICTIM:
                count += self._inside(min((self.days[c.key] for c in ours), key=lambda d: d.first))
        return count


def _reverses(other: Judgment, row: Judgment) -> bool:
    same = (other.suspect, other.docket, other.charge) == (row.suspect, row.docket, row.charge)
    higher = LEVELS.index(other.level) > LEVELS.index(row.level)
    return same and higher and other.outcome is Outcome.REVERSED
