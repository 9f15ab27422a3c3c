"""One removal, corrected; series of both kinds; who slept where: small programmes, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from tests.house import House
from tests.measures import histories
from tests.measures.histories import History

from tahanan.access import links
from tahanan.base import clock, ids
from tahanan.casework.figures import counting, series
from tahanan.measures.catalogue import EVERY, MEASURES
from tahanan.measures.periods import ALL, Period, year

VICTIMS, ARRESTS = MEASURES["victims_rescued"], MEASURES["arrests"]


class Told(History):
    """A history in which what is known when is said, not drawn."""

    def at(self, day: date) -> Told:
        """What follows is known at noon of this day in Manila."""
        self.known = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        return self

    def instant(self) -> datetime:
        """The instant said last."""
        return self.known


def _victim(made: Told, removed: date, operation: UUID | None = None) -> UUID:
    """A supported victim, removed on a day."""
    survivor, case = ids.uuid7(), ids.uuid7()
    made.rows["survivor"].append({"id": survivor, "tenant": made.tenant})
    made.rows["case"].append(
        {
            "id": case, "tenant": made.tenant, "survivor_id": survivor, "region": "13",
            "reference": ids.reference(case), "opened_on": removed, "exclusions": bytes(256),
        }
    )  # fmt: skip
    made.add("support", case_id=case, from_on=removed, until_on=None)
    made.add(
        "casestatus", case_id=case, status="victim", decided_by="court", from_on=removed,
        until_on=None,
    )  # fmt: skip
    made.add(
        "removal", case_id=case, operation_id=operation, how="removed", sex="girl", region="13",
        youngest_band=2, oldest_band=2, happened_on=removed, happened_until=removed,
    )  # fmt: skip
    return case


def test_a_correction_moves_what_is_known_after_it_and_nothing_before(here: House) -> None:
    made = Told(Random(1))
    _victim(made.at(date(2016, 5, 11)), date(2016, 5, 10))
    (removal,) = made.rows["removal"]
    then = date(2015, 12, 30)
    made.at(date(2017, 2, 3)).correct("removal", removal, happened_on=then, happened_until=then)
    with histories.written(here, made):
        told = {
            known: tuple(counting.count(VICTIMS, year(n), known).count for n in (2016, 2015))
            for known in (date(2017, 1, 31), date(2017, 2, 2), date(2017, 2, 3))
        }
    assert told == {
        date(2017, 1, 31): (1, 0), date(2017, 2, 2): (1, 0), date(2017, 2, 3): (0, 1),
    }  # fmt: skip


def test_what_is_known_on_the_second_a_day_ends_is_known_on_the_next(here: House) -> None:
    made = Told(Random(1))
    made.known = clock.day_cut(date(2016, 5, 11))
    _victim(made, date(2016, 5, 10))
    (removal,) = made.rows["removal"]
    made.known = clock.day_cut(date(2016, 5, 20))
    made.correct("removal", removal, withdrawn=True)
    days = [date(2016, 5, n) for n in (11, 12, 20, 21)]
    with histories.written(here, made):
        told = [counting.count(VICTIMS, ALL, day).count for day in days]
    assert told == [0, 1, 1, 0]


def test_taking_back_a_correction_does_not_bring_back_what_it_replaced(here: House) -> None:
    made = Told(Random(1))
    _victim(made.at(date(2016, 5, 11)), date(2016, 5, 10))
    made.at(date(2016, 6, 1)).correct("removal", made.rows["removal"][0], region="07")
    made.at(date(2016, 7, 1)).correct("removal", made.rows["removal"][1], withdrawn=True)
    with histories.written(here, made):
        told = [counting.count(VICTIMS, ALL, date(2016, n, 15)).count for n in (5, 6, 7)]
    assert told == [1, 1, 0]


def _operation(made: Told, on: date) -> UUID:
    """A supported operation of law enforcement."""
    made.add(
        "operation", region="13", supported=True, kind="law_enforcement", happened_on=on,
        happened_until=on,
    )  # fmt: skip
    id: UUID = made.rows["operation"][-1]["id"]
    return id


def test_siblings_of_a_sibling_are_siblings(here: House) -> None:
    made = Told(Random(1)).at(date(2016, 5, 11))
    on = date(2016, 5, 10)
    raid = _operation(made, on)
    cases = [_victim(made, on, raid), _victim(made, on, None), _victim(made, on, raid)]
    middle = made.rows["case"][1]["survivor_id"]
    for end in (0, 2):
        two = sorted((middle, made.rows["case"][end]["survivor_id"]), key=lambda id: id.bytes)
        made.add(
            "siblinglink", case_id=cases[1], survivor_id=two[0], sibling_id=two[1], bond="full",
            from_on=on, until_on=None,
        )  # fmt: skip
    codes = ("rescued_as_siblings", "siblings_linked_directly", "siblings_in_any_operation")
    with histories.written(here, made):
        told = [counting.count(EVERY[code], ALL, date(2016, 6, 1)) for code in codes]
    assert [(each.count, each.of) for each in told] == [(2, 3), (0, 3), (3, 3)]


def test_an_operation_is_one_however_often_it_is_corrected(here: House) -> None:
    made = Told(Random(1)).at(date(2016, 5, 11))
    on = date(2016, 5, 10)
    _operation(made, on)
    for days in (2, 1):
        then = on - timedelta(days=days)
        made.correct("operation", made.rows["operation"][-1], happened_on=then, happened_until=then)
        if days == 2:
            # Her removal goes on naming the version it was written against.
            _victim(made, on, made.rows["operation"][-1]["id"])
    with histories.written(here, made):
        figure = counting.count(EVERY["operations"], ALL, date(2016, 6, 1))
    assert figure.count == 1


def test_a_month_across_an_edge_is_uncertain(here: House) -> None:
    made = Told(Random(1))
    _victim(made.at(date(2016, 5, 11)), date(2016, 5, 1))
    made.correct("removal", made.rows["removal"][0], happened_until=date(2016, 5, 31))
    half = Period("half", None, date(2016, 5, 15))
    with histories.written(here, made):
        figure = counting.count(VICTIMS, half, date(2016, 12, 31))
    assert (figure.count, figure.uncertain) == (0, 1)


@pytest.mark.parametrize("seed", range(3))
def test_a_series_gives_what_counting_each_day_gives(here: House, seed: int) -> None:
    made = histories.history(Random(seed), 90)
    first, last = histories.FIRST, histories.FIRST + timedelta(days=30)
    some = [first + timedelta(days=n) for n in (0, 7, 16, 30)]
    known = last - timedelta(days=5)
    with histories.written(here, made):
        for measure in EVERY.values():
            if measure.code.startswith("close_"):
                continue
            days = dict(series.known_on(measure, first, last, known))
            for day in some:
                until = counting.count(measure, Period("until", None, day), known).count
                assert days[day] == until, f"{measure.code} on {day}"
        lived = dict(series.at_the_time(ARRESTS, first, last))
        for day in some:
            assert lived[day] == counting.count(ARRESTS, Period("until", None, day), day).count
        _stays(histories.all_rows()["stay"], some, known)


def _stays(rows: list[dict[str, object]], some: list[date], known: date) -> None:
    """Both series of stays, against a look at every row for every day."""

    def sleep(day: date, known_on: date) -> int:
        cut = datetime(known_on.year, known_on.month, known_on.day, 16, tzinfo=UTC)
        return sum(
            row["known_at"] < cut and not row["withdrawn"]  # type: ignore[operator]
            and (row["replaced_at"] is None or row["replaced_at"] >= cut)  # type: ignore[operator]
            and row["from_on"] <= day  # type: ignore[operator]
            and (row["until_on"] is None or row["until_on"] > day)  # type: ignore[operator]
            for row in rows
        )  # fmt: skip

    first, last = some[0], some[-1]
    as_known = dict(series.sleeping(first, last, known))
    lived = dict(series.sleeping(first, last, None))
    for day in some:
        assert as_known[day] == sleep(day, known)
        assert lived[day] == sleep(day, day)


def test_who_slept_where_is_counted_by_opening_the_links_in_memory(here: House) -> None:
    made = Told(Random(1))
    homes = [ids.uuid4(), ids.uuid4()]
    for home in (homes[0], homes[1], homes[0]):
        case = _victim(made.at(date(2016, 5, 11)), date(2016, 5, 10))
        stay = ids.uuid7()
        made.add(
            "stay", id=stay, case_id=case, home=links.STAY_HOME.close(home, links.row(stay)),
            kind="shelter", line=1, mode="ordinary", end="", from_on=date(2016, 5, 11),
            until_on=None,
        )  # fmt: skip
    on = date(2016, 6, 1)
    with histories.written(here, made):
        assert series.occupancy(on, on) == {homes[0]: 2, homes[1]: 1}
        assert series.occupancy(date(2016, 5, 10), on) == {}


def test_the_median_of_the_days_to_admission(here: House) -> None:
    made = Told(Random(1))
    removed = date(2016, 5, 10)
    for waited in (0, 1, 5, 9):
        case = _victim(made.at(date(2016, 6, 11)), removed)
        made.add(
            "stay", case_id=case, home=links.STAY_HOME.close(ids.uuid4()), kind="shelter", line=1,
            mode="ordinary", end="", from_on=removed + timedelta(days=waited), until_on=None,
        )  # fmt: skip
    admitted, on = MEASURES["days_to_admission"], date(2016, 7, 1)
    with histories.written(here, made):
        assert counting.median(admitted, ALL, on) == 3
        cells = counting.split(admitted, ALL, on, "days").cells
    assert [(cell.code, cell.count) for cell in cells if cell.count] == [
        ("0", 1), ("1-3", 1), ("4-7", 1), ("8-30", 1),
    ]  # fmt: skip
