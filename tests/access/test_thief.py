"""The thief's test (keyed-links §9.4): shares of joins from the stolen rows of the demonstration.

He has every row in its file's order, and the public list of homes; no key. Printed, and held to
the handbook's bounds: of homes lived in he names at most ten points more than the public list
does, of homes lived in now at most twenty. By values, id prefixes, instants to the minute and
days nothing leads from a case to a person, team, organisation or home.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from statistics import mean
from typing import Any
from uuid import UUID

import pytest
from tests.access.guessing import Home, Lived, always, from_the_dump, from_the_list, rightly
from tests.disk import rows
from tests.world import whole

from tahanan.access import links
from tahanan.records import models
from tahanan.records.bases import FileRow, OfficeRow
from tahanan.records.fields import FacilityLink

HISTORY, RESIDENTS = 0.10, 0.20
_BANDS = ((0, 2), (3, 5), (6, 9), (10, 12), (13, 15), (16, 17), (18, 99))
Rows = list[dict[str, Any]]


@pytest.fixture
def stolen(snapshot: Callable[..., Any]) -> Callable[[type], Rows]:
    """The demonstration's rows, table by table."""
    snapshot(whole.WHOLE, whole.build_whole)
    return cache(lambda model: [_plain(row) for row in rows(model)])


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Ids as 32 digits, bytes as bytes, days as words: the same on both databases."""
    plain: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, UUID):
            value = value.hex
        elif isinstance(value, memoryview):
            value = bytes(value)
        plain[name.removesuffix("_id") if name != "id" else name] = value
    return plain


def homes_of(stolen: Callable[[type], Rows]) -> list[Home]:
    """The public list."""
    lines: dict[str, list[tuple[str, int, int, int]]] = defaultdict(list)
    for row in stolen(models.FacilityCapacity):
        if row["until_on"] is None:
            line = row["sex"], row["age_from"], row["age_until"], row["places"]
            lines[row["facility"]].append(line)
    return [
        Home(row["id"], row["kind"], row["region"], tuple(lines[row["id"]]))
        for row in stolen(models.Facility)
    ]


def lived(stolen: Callable[[type], Rows], *, now: bool) -> tuple[list[Lived], dict[str, str]]:
    """Where each child lives today, or last lived before; and (with the key) which home it was."""
    children = {row["case"]: row for row in stolen(models.Removal) if row["replaced_at"] is None}
    last: dict[str, dict[str, Any]] = {}
    for row in stolen(models.Stay):
        if row["replaced_at"] is None and (row["until_on"] is None) == now:
            last[row["case"]] = max(row, last.get(row["case"], row), key=lambda r: r["id"])
    values: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in stolen(models.Grant):
        if row["via"].startswith("facility") and (row["ended_on"] is None) == now:
            values[row["case"]].append((row["via"], row["team"]))
    stays, truth = [], {}
    for case, row in last.items():
        child, began = children[case], date.fromisoformat(str(row["from_on"]))
        low, high = child["youngest_band"] or 0, child["oldest_band"]
        ages = _BANDS[low][0], _BANDS[6 if high is None else high][1]
        joined = (row["home"], *(value for _via, value in values[case]))
        staff = next((v for via, v in values[case] if now and via == "facility_staff"), "")
        said = (row["kind"], child["region"], child["sex"])
        stays.append(Lived(case, *said, *ages, began, joined, staff))
        home = FacilityLink(row["home"])
        truth[case] = links.STAY_HOME.open(home, links.row(UUID(row["id"]))).hex
    return stays, truth


def any_day(stays: list[Lived], truth: dict[str, str]) -> list[list[Lived]]:
    """The residents' rows as they would join had the programme begun up to a month later.

    What joins them is the month a stay began in, so the day of the theft matters. That this tells
    of the rows as they are is checked first: the same children share a value.
    """

    def by_month(days: int) -> list[Lived]:
        moved = [replace(stay, began=stay.began + timedelta(days)) for stay in stays]
        return [_linked(each, f"{truth[each.case]} {each.began:%Y-%m}") for each in moved]

    assert together(by_month(0)) == together(stays)
    return [by_month(days) for days in range(31)]


def _linked(stay: Lived, value: str) -> Lived:
    """Joined by this value instead, where any grant of a home's staff joined it."""
    return replace(stay, joined_by=(value,), value=value) if stay.value else stay


def with_families(stolen: Callable[[type], Rows], stays: list[Lived]) -> list[Lived]:
    """He knows families without any link: brothers and sisters who came on one day share a home."""
    survivor = {row["id"]: row["survivor"] for row in stolen(models.Case)}
    family: dict[str, str] = {}
    for row in sorted(stolen(models.SiblingLink), key=lambda r: str(r["survivor"])):
        first = family.get(row["survivor"], row["survivor"])
        family[row["survivor"]] = family[row["sibling"]] = first
    return [
        replace(stay, joined_by=(*stay.joined_by, f"{family[child]} {stay.began}"))
        if (child := survivor[stay.case]) in family
        else stay
        for stay in stays
    ]


def together(stays: list[Lived]) -> set[tuple[str, str]]:
    """Every pair of children whose rows share a value."""
    return {
        (one.case, other.case)
        for one in stays
        for other in stays
        if one.case < other.case and set(one.joined_by) & set(other.joined_by)
    }


@pytest.mark.parametrize("now", [False, True], ids=["lived in before", "lived in today"])
def test_a_thief_names_hardly_more_homes_than_the_public_list(
    stolen: Callable[[type], Rows], capsys: pytest.CaptureFixture[str], now: bool
) -> None:
    homes = homes_of(stolen)
    stays, truth = lived(stolen, now=now)
    assert len(truth) > 20
    days = any_day(stays, truth) if now else [stays]
    public = rightly({stay.case: from_the_list(stay, homes) for stay in stays}, truth)
    unlinked = [replace(stay, joined_by=(), value="") for stay in stays]
    # As with links: whichever serves him better, what families tell him or not.
    bare = max(
        rightly(from_the_dump(each, homes), truth)
        for each in (unlinked, with_families(stolen, unlinked))
    )
    thief = max(
        mean(rightly(from_the_dump(each, homes), truth) for each in days),
        mean(rightly(from_the_dump(with_families(stolen, each), homes), truth) for each in days),
    )
    one = rightly(from_the_dump(_one_value(stays, truth), homes, always), truth)
    plain = rightly(from_the_dump(_named(stays, truth), homes), truth)
    say(
        capsys,
        f"homes {'of today' if now else 'lived in before'} ({len(truth)} children, {len(homes)} "
        f"homes): public list {public:.0%}, rows without links {bare:.0%}, rows {thief:.0%}. "
        f"Planted: one link value per home {one:.0%}, a plain foreign key {plain:.0%}.",
    )
    bound = RESIDENTS if now else HISTORY
    assert thief <= public + bound
    # A link of row scope tells nothing: of former homes he knows what he knew without any.
    assert now or thief <= bare
    # The thief is no fool: he sees what the handbook rejected.
    assert one > thief
    assert plain == 1


def say(capsys: pytest.CaptureFixture[str], words: str) -> None:
    """A share, printed whether or not the test holds."""
    with capsys.disabled():
        sys.stdout.write(f"\nThief: {words}\n")


def _one_value(stays: list[Lived], truth: dict[str, str]) -> list[Lived]:
    """Planted: one link value per home in every row, whatever its scope."""
    each = {stay.case: f"link of {truth[stay.case]}" for stay in stays}
    return [replace(s, joined_by=(each[s.case],), value=each[s.case]) for s in stays]


def _named(stays: list[Lived], truth: dict[str, str]) -> list[Lived]:
    """Planted: the home's own id beside the stay."""
    return [replace(stay, joined_by=(truth[stay.case],)) for stay in stays]


# Joins by value, instant and day ----------------------------------------------------------------

TARGETS = (models.Person, models.Team, models.Organisation, models.Facility)


def marks(row: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Everything of a row that another may share with it: ids, their prefixes, bytes, minutes."""
    for value in row.values():
        if isinstance(value, str) and len(value) == 32 and _hexadecimal(value):
            yield from (("id", value), ("prefix", value[:12]))
        elif isinstance(value, bytes) and len(value) >= 8:
            yield from (("bytes", value), ("bytes", value[:16]), ("bytes", value[-16:]))
        elif (instant := _instant(value)) is not None:
            yield ("minute", int(instant.timestamp() // 60))


def _hexadecimal(value: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in value)


def _instant(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, int) and value > 10**15:
        return datetime.fromtimestamp(value / 1e6, UTC)
    if isinstance(value, str) and len(value) >= 19 and value[4:5] == "-" and value[13:14] == ":":
        found = datetime.fromisoformat(value)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def joins(stolen: Callable[[type], Rows], planted: dict[str, Any] | None = None) -> Counter[str]:
    """How many cases some chain of shared marks leads out of the file room, by what they reach."""
    tables = [m for m in models.Account._meta.apps.get_models() if issubclass(m, FileRow)]
    inside: dict[tuple[str, object], set[str]] = defaultdict(set)
    for model in tables:
        for row in stolen(model):
            case = row["id"] if model is models.Case else row.get("case")
            for mark in marks(row | (planted or {} if model is models.Case else {})):
                inside[mark].add(case or "no case")
    reached: Counter[str] = Counter()
    for model in models.Account._meta.apps.get_models():
        if not issubclass(model, OfficeRow):
            continue
        found = {case for row in stolen(model) for mark in marks(row) for case in inside[mark]}
        reached[model.__name__] = len(found)
    return reached


def test_no_value_prefix_or_minute_leads_a_case_to_anybody(
    stolen: Callable[[type], Rows], capsys: pytest.CaptureFixture[str]
) -> None:
    cases = len(stolen(models.Case))
    reached = joins(stolen)
    counted = ", ".join(f"{model.__name__} {reached[model.__name__]}" for model in TARGETS)
    say(capsys, f"joins by id, prefix, bytes or minute from {cases} cases: {counted}.")
    assert cases > 50
    assert not +reached
    someone = stolen(models.Person)[0]
    planted = joins(stolen, planted={"recorder": someone["id"]})
    assert planted["Person"] == cases, "a plain column would lead from every case to a person"
    within = joins(stolen, planted={"recorder": someone["id"][:12] + "0" * 20})
    assert within["Person"] == cases, "and so would one that shares the beginning of an id"


def test_days_lead_to_nobody_more_often_than_chance(
    stolen: Callable[[type], Rows], capsys: pytest.CaptureFixture[str]
) -> None:
    """The office keeps days: does the day of a case single out whom it belongs to?"""
    said, over = [], []
    for model, truth in ((models.Team, _teams(stolen)), (models.Person, _recorders(stolen))):
        days: dict[str, set[str]] = defaultdict(set)
        for row in (*stolen(model), *stolen(models.Membership)):
            of = row["id"] if model is not models.Membership and "role" not in row else (
                row["team"] if model is models.Team else row["person"])  # fmt: skip
            days[of] |= {str(v) for name, v in row.items() if name.endswith("_on") and v}
        everybody = {row["id"] for row in stolen(model)}
        guesses = {case: _by_day(day, days, everybody) for case, (day, _who) in truth.items()}
        share = rightly(guesses, {case: who for case, (_day, who) in truth.items()})
        chance = 1 / len(everybody)
        said.append(f"{model.__name__} {share:.0%} (chance {chance:.0%})")
        over += [said[-1]] if share > chance + HISTORY else []
    say(capsys, f"joins by day: {', '.join(said)}.")
    assert not over


def _by_day(day: str, days: dict[str, set[str]], everybody: set[str]) -> set[str]:
    return {each for each in everybody if day in days[each]} or everybody


def _teams(stolen: Callable[[type], Rows]) -> dict[str, tuple[str, str]]:
    """Case → the day it was opened, and (with the key) its casework team."""
    from tahanan.records.fields import TeamLink

    opened = {row["id"]: str(row["opened_on"]) for row in stolen(models.Case)}
    return {
        row["case"]: (opened[row["case"]], links.GRANT_TEAM.open(TeamLink(row["team"])).hex)
        for row in stolen(models.Grant)
        if row["via"] == "casework"
    }


def _recorders(stolen: Callable[[type], Rows]) -> dict[str, tuple[str, str]]:
    """Case → the day it was opened, and (with the key) who recorded the removal."""
    from tahanan.records.fields import PersonLink

    opened = {row["id"]: str(row["opened_on"]) for row in stolen(models.Case)}
    column = links.recorded_by("removal")
    return {
        row["case"]: (
            opened[row["case"]],
            column.open(PersonLink(row["recorded_by"]), links.row(UUID(row["id"]))).hex,
        )
        for row in stolen(models.Removal)
    }


def test_one_line_of_press_singles_out_some_children_and_leads_no_further(
    stolen: Callable[[type], Rows], capsys: pytest.CaptureFixture[str]
) -> None:
    """Age band, sex, day and region: what a newspaper says. The row it finds leads nowhere."""
    removals = [row for row in stolen(models.Removal) if row["replaced_at"] is None]
    line = Counter(
        (row["youngest_band"], row["sex"], str(row["happened_on"]), row["region"])
        for row in removals
    )
    quarter = Counter(
        (row["youngest_band"], str(row["happened_on"])[:4], int(str(row["happened_on"])[5:7]) // 4)
        for row in removals
    )
    alone, coarse = sum(n == 1 for n in line.values()), sum(n == 1 for n in quarter.values())
    say(
        capsys,
        f"one press line: age band, sex, day and region single out {alone / len(removals):.0%} "
        f"of {len(removals)} children; age band and quarter {coarse / len(removals):.0%}.",
    )
    assert alone > coarse > 0
    assert not +joins(stolen)
