"""Who is told which figures, how exactly, and as known on which days."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from tests.casework.figures import ground
from tests.casework.figures.ground import AFTER, BEFORE, PUBLISHED
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access.actor import system
from tahanan.base import clock
from tahanan.base.errors import Invalid, Locked, NotFound, Refusal
from tahanan.casework.figures import definition, figures, published, why_it_moved, year_by_day
from tahanan.casework.figures.shapes import FEWER_THAN, Cause, FiguresPage, Shown, Sight
from tahanan.measures.catalogue import MEASURES
from tahanan.records import models as tables


@pytest.fixture
def cast(snapshot: Callable[..., Any]) -> Cast:
    """The cast beside a small programme."""
    found: Cast = snapshot("figures_ground", ground.build)
    return found


def of(page: FiguresPage, measure: str, period: str = "all") -> Shown:
    """One line as it is told."""
    return next(
        line.then for line in page.lines if (line.measure, line.period.code) == (measure, period)
    )


def every(value: object) -> Iterator[object]:
    """All that stands anywhere in a shape."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for each in dataclasses.fields(value):
            # The definition of a period, and days, are no counts.
            if each.name not in {"period", "days", "known_on", "beside_on"}:
                yield from every(getattr(value, each.name))
    elif isinstance(value, Mapping):
        yield from every(tuple(value.items()))
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from every(one)
    else:
        yield value


def numbers(shape: object) -> set[int]:
    """Every number that is told, but for nothing."""
    found = {each for each in every(shape) if isinstance(each, int) and not isinstance(each, bool)}
    return {abs(n) for n in found} - {0}


# ── how exactly ─────────────────────────────────────────────────────────────────────────────


def test_who_holds_cases_is_told_to_the_digit_as_known_on_any_day(cast: Cast) -> None:
    for each in (cast.ana, cast.ben):
        page = figures(each, known_on=date(2020, 9, 3))
        assert (page.sight, page.days, page.beside) == (Sight.EXACT, (), clock.today())
        assert of(page, "victims_rescued").n == 40
        aged = of(page, "aged_12_or_younger")
        assert (aged.n, aged.of, aged.percent, aged.unknown) == (25, 37, 68, 3)
        assert of(page, "persons_convicted", "lockdown").n == 3
        assert [(cell.codes, cell.n) for cell in page.years.cells] == [
            (("2019",), 3), (("2020",), 37),
        ]  # fmt: skip


def test_the_director_is_told_nothing_so_small_that_it_could_point_at_somebody(cast: Cast) -> None:
    page = figures(cast.dora, known_on=BEFORE)
    assert page.sight is Sight.ROUNDED
    assert of(page, "victims_rescued").n == 40
    aged = of(page, "aged_12_or_younger")
    assert (aged.n, aged.of, aged.unknown) == (25, None, None)
    assert of(page, "persons_convicted").n is None
    assert [(cell.codes, cell.n) for cell in page.years.cells] == [(("2019", "2020"), 40)]


def test_the_director_is_never_told_three_by_any_question_she_may_ask(cast: Cast) -> None:
    page = figures(cast.dora)
    days = [day for day in page.days if date(2020, 6, 1) < day < date(2021, 1, 1)]
    assert PUBLISHED in days
    days.remove(PUBLISHED)
    asked: list[object] = [page]
    for day in days:
        asked += [figures(cast.dora, known_on=day, period=code) for code in (None, "lockdown")]
    for measure in MEASURES:
        for period in ("all", "lockdown"):
            asked += [
                definition(cast.dora, measure=measure, known_on=BEFORE, period=period),
                why_it_moved(cast.dora, measure=measure, before=BEFORE, after=AFTER, period=period),
            ]
    small = {n for each in asked for n in numbers(each) if n < FEWER_THAN}
    assert not small


def test_what_was_published_is_told_as_it_was_published(cast: Cast) -> None:
    page = figures(cast.dora, known_on=PUBLISHED)
    assert page.published == published(cast.dora)[0]
    assert of(page, "persons_convicted", "lockdown").n == 3
    assert of(page, "aged_12_or_younger").of == 37
    # Beside it stands what was not published; and a part of the report was not either.
    assert all(n >= FEWER_THAN for line in page.lines for n in numbers(line.beside))
    assert of(figures(cast.dora, known_on=PUBLISHED, period="all"), "persons_convicted").n is None
    told = definition(cast.dora, measure="persons_convicted", known_on=PUBLISHED, period="lockdown")
    assert told.shown.n == 3
    assert not {n for n in numbers(told.others) if n < FEWER_THAN}


def test_only_the_director_is_offered_to_publish(cast: Cast) -> None:
    assert figures(cast.dora).may_publish
    assert not figures(cast.ana).may_publish


# ── which days ──────────────────────────────────────────────────────────────────────────────


def test_the_director_chooses_among_month_ends_and_published_days(cast: Cast) -> None:
    page = figures(cast.dora)
    assert page.known_on == clock.today().replace(day=1) - timedelta(days=1)
    assert page.beside is None
    assert PUBLISHED in page.days
    for day in {*page.days} - {PUBLISHED}:
        assert (day + timedelta(days=1)).day == 1
    with pytest.raises(Invalid) as refused:
        figures(cast.dora, known_on=date(2020, 9, 3))
    assert "“As known on” must be the last day of a month" in refused.value.fields["known_on"]
    with pytest.raises(Invalid) as refused:
        definition(cast.dora, measure="operations", known_on=date(2020, 9, 3))
    assert set(refused.value.fields) == {"known_on"}
    for before, after, field in (
        (date(2020, 9, 3), AFTER, "before"),
        (BEFORE, date(2020, 9, 3), "after"),
    ):
        with pytest.raises(Invalid) as refused:
            why_it_moved(cast.dora, measure="operations", before=before, after=after)
        assert set(refused.value.fields) == {field}


def test_a_single_year_is_not_told_to_whom_years_are_joined(cast: Cast) -> None:
    assert of(figures(cast.ana, period="2019"), "victims_rescued", "2019").n == 3
    for ask in (
        lambda: figures(cast.dora, period="2019"),
        lambda: definition(cast.dora, measure="victims_rescued", period="2019"),
        lambda: why_it_moved(
            cast.dora, measure="victims_rescued", before=BEFORE, after=AFTER, period="2019"
        ),
    ):
        with pytest.raises(Invalid) as refused:
            ask()
        assert "“Period” cannot be a single year" in refused.value.fields["period"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"known_on": date(2100, 1, 31)}, "known_on"),
        ({"beside": date(2100, 1, 31)}, "beside"),
        ({"period": "last year"}, "period"),
        ({"report": "poster"}, "report"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(
    cast: Cast, asked: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        figures(cast.ana, **asked)
    assert set(refused.value.fields) == {field}
    with pytest.raises(Invalid) as refused:
        definition(cast.ana, measure="happiness")
    assert set(refused.value.fields) == {"measure"}


def test_day_by_day_is_for_those_who_hold_cases(cast: Cast) -> None:
    found = year_by_day(cast.ana, measure="victims_rescued", year=2020, known_on=PUBLISHED)
    points = dict(found.points)
    assert (min(points), max(points)) == (date(2020, 1, 1), PUBLISHED)
    assert [points[day] for day in (date(2020, 1, 1), date(2020, 4, 4), PUBLISHED)] == [3, 4, 40]
    with pytest.raises(Refusal) as refused:
        year_by_day(cast.dora, measure="victims_rescued", year=2020)
    assert refused.value.code == "day-by-day"
    with pytest.raises(Invalid) as wrong:
        year_by_day(cast.ana, measure="close_perpetrators", year=2020)
    assert set(wrong.value.fields) == {"measure"}


# ── who ─────────────────────────────────────────────────────────────────────────────────────


def test_who_has_no_part_in_figures_is_refused_with_a_reason(cast: Cast) -> None:
    others = (cast.ada, cast.gil, cast.eli, cast.cora, cast.dan, cast.leo, cast.coby, cast.sela)
    for each in (*others, system("tick")):
        for ask in (
            lambda who: figures(who),
            lambda who: definition(who, measure="operations"),
            lambda who: why_it_moved(who, measure="operations", before=BEFORE, after=AFTER),
        ):
            with pytest.raises(Refusal) as refused:
                ask(each)
            assert refused.value.sentence
            assert not isinstance(refused.value, Invalid | NotFound)
    with pytest.raises(Locked):
        figures(cast.locked(cast.dora))


def test_nothing_in_any_answer_leads_to_a_child_a_case_or_a_name(cast: Cast) -> None:
    answers: list[object] = [published(cast.dora)]
    for who in (cast.ana, cast.dora, system("report")):
        answers += [figures(who, known_on=BEFORE), figures(who, known_on=PUBLISHED)]
        for measure in MEASURES:
            answers += [
                definition(who, measure=measure, known_on=BEFORE),
                why_it_moved(who, measure=measure, before=BEFORE, after=AFTER),
            ]
    publications = {each.id for each in published(cast.dora)}
    for value in every(answers):
        if isinstance(value, UUID):
            assert value in publications
        else:
            assert value is None or isinstance(value, int | str | date | Enum), value
    words = " ".join(str(value) for value in every(answers)).lower()
    with House().as_role("owner"):
        ids = [
            *tables.Case.objects.values_list("id", flat=True),
            *tables.Survivor.objects.values_list("id", flat=True),
            *tables.Arrest.objects.values_list("suspect", flat=True),
            *tables.Removal.objects.values_list("id", flat=True),
        ]
        references = list(tables.Case.objects.values_list("reference", flat=True))
    assert len(ids) > 100
    for id in ids:
        assert str(id) not in words
        assert id.hex not in words
    assert not [each for each in references if each.lower() in words]
    assert not [name for name in ("maya", "jun", "villacrusis", "luz") if name in words.split()]


# ── why it moved, as it is told ─────────────────────────────────────────────────────────────


def test_a_caseworker_is_told_why_it_moved_part_by_part(cast: Cast) -> None:
    moved = why_it_moved(cast.ana, measure="victims_rescued", before=BEFORE, after=AFTER)
    assert (moved.was, moved.now, moved.same_events) == (40, 42, 42)
    assert [(part.causes, part.n) for part in moved.parts] == [
        ((Cause.LATE,), 3), ((Cause.CORRECTED_OUT,), -1),
    ]  # fmt: skip


def test_the_director_is_told_that_it_moved_and_not_for_whom(cast: Cast) -> None:
    moved = why_it_moved(cast.dora, measure="victims_rescued", before=BEFORE, after=AFTER)
    assert (moved.was, moved.now, moved.same_events) == (40, 42, None)
    assert [(part.causes, part.n) for part in moved.parts] == [(tuple(Cause), None)]
    few = why_it_moved(
        cast.dora, measure="persons_convicted", before=date(2020, 7, 31), after=AFTER
    )
    assert (few.was, few.now) == (None, None)
    assert [part.n for part in few.parts] == [None]


def test_where_one_end_is_not_told_no_part_gives_it_away(cast: Cast) -> None:
    # Nobody was arrested by March and twelve by October: twelve new ones would say *nobody*.
    moved = why_it_moved(
        cast.dora, measure="persons_arrested", before=date(2020, 3, 31), after=AFTER
    )
    assert (moved.was, moved.now, moved.same_events) == (None, 12, None)
    assert [(part.causes, part.n) for part in moved.parts] == [(tuple(Cause), None)]


def test_two_days_in_the_wrong_order_are_refused(cast: Cast) -> None:
    for before, after in ((AFTER, BEFORE), (BEFORE, BEFORE)):
        with pytest.raises(Invalid) as refused:
            why_it_moved(cast.ana, measure="operations", before=before, after=after)
        assert set(refused.value.fields) == {"after"}
