"""Copies of suspects, arrests, judgments and joined records; written by columns or by rows."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from tests.casework.homes import rows
from tests.casework.test_copies import _verified, demonstration
from tests.casework.test_justice import WHO, judge, name, on
from tests.cast.cast import Cast

from tahanan.access import links
from tahanan.access.actor import Actor, Keyring
from tahanan.casework import copies, duplicates, home, justice
from tahanan.casework.copies.blocks import CASELOAD, IN_ORDER, dealt
from tahanan.casework.justice import Named
from tahanan.records.bases import Dated
from tahanan.records.models import (
    Arrest,
    Case,
    Judgment,
    Operation,
    Removal,
    SameChild,
    Suspect,
    Suspicion,
    Team,
)
from tahanan.records.vocabulary import Answer, Compartment, SuspectKin, TeamKind
from tahanan.world.multiply import Into, multiply

TIMES = 3


def accused(cast: Cast) -> UUID:
    """One suspect of Maya and Jun, arrested and convicted; Maya and Nene proposed as one child."""
    suspect = name(
        cast.ana,
        Named(cast.maya, SuspectKin.PARENT, Answer.YES),
        Named(cast.jun, SuspectKin.AUNT_UNCLE),
    )
    justice.record_arrest(cast.ana, case=cast.maya, suspect=suspect, happened=on(9), operation=None)
    judge(cast.ana, cast.maya, suspect, court_number="R-QZN-1")
    duplicates.propose_same(cast.ana, case=cast.maya, other=cast.nene, reason="Alike.")
    return suspect


def grow(cast: Cast, times: int = TIMES) -> UUID:
    """All that stands, so many times more, in a second team; as the million are written."""
    demonstration()
    second = cast.office.team("second", "Second casework", TeamKind.CASEWORK, "silungan")
    keys = dict(cast.office.team_keys)
    casework = list(Team.objects.filter(kind=TeamKind.CASEWORK).values_list("id", flat=True))
    assert cast.ana.person is not None
    with copies.by_the_million() as processes:
        block = copies.read_block(cast.ana, team_keys=keys)
        into = Into(second, keys[second], cast.ana, [cast.ana.person], times)
        multiply(block, [into], keys, casework, processes=processes)
    return second


def of_second(cast: Cast, second: UUID) -> Actor:
    place = replace(cast.ana.memberships[0], team=second)
    assert cast.ana.keys is not None
    keys = Keyring(cast.ana.keys.private, {second: (cast.office.team_keys[second],)})
    return replace(cast.ana, memberships=(place,), keys=keys)


def _counts() -> dict[str, int]:
    """How many rows each table has, but of the one compartment that is not copied: therapy."""
    return {
        model.__name__: sum(
            getattr(row, "compartment", "") != Compartment.THERAPY
            for row in model._default_manager.all()
        )
        for model in IN_ORDER
    }


def test_every_table_of_a_case_holds_so_many_times_its_rows(cast: Cast) -> None:
    accused(cast)
    before = rows(_counts)
    grow(cast)
    assert rows(_counts) == {name: count * (1 + TIMES) for name, count in before.items()}
    assert before["Arrest"] == before["Judgment"] == before["Suspect"] == 1
    assert before["Suspicion"] == 2
    assert before["SameChild"] == 1


def test_a_copys_suspect_is_another_and_one_for_sisters_and_brothers(cast: Cast) -> None:
    accused(cast)
    grow(cast)
    named = rows(lambda: list(Suspicion.objects.values_list("suspect", "case_id")))
    of: dict[UUID, set[UUID]] = {}
    for link, case in named:
        of.setdefault(link, set()).add(case)
    assert sorted(len(cases) for cases in of.values()) == [2] * (1 + TIMES)
    there = {links.SUSPECT.open(link) for link in of}
    assert there == rows(lambda: set(Suspect.objects.values_list("id", flat=True)))
    for model in (Arrest, Judgment):
        held = rows(lambda model=model: list(model.objects.values_list("suspect", flat=True)))
        assert set(held) == set(of)
    dockets = rows(lambda: set(Judgment.objects.values_list("docket", flat=True)))
    assert len(dockets) == 1 + TIMES


def test_who_a_copys_suspect_is_and_the_courts_number_open_in_her_file(cast: Cast) -> None:
    accused(cast)
    ana = of_second(cast, grow(cast, 1))
    told = [justice.justice(ana, case=child.seen.case) for child in home.caseload(ana).children]
    suspects = [each for shape in told for each in shape.suspects]
    assert [each.who for each in suspects] == [WHO, WHO]
    (one,) = {each.id for each in suspects}
    assert one in rows(lambda: set(Suspect.objects.values_list("id", flat=True)))
    assert {j.court_number for each in suspects for j in each.judgments} == {"R-QZN-1"}


def test_the_whole_passes_verify_with_its_suspects(cast: Cast) -> None:
    accused(cast)
    grow(cast)
    assert _verified().faults == ()


def test_two_records_joined_in_the_block_are_joined_in_each_copy(cast: Cast) -> None:
    accused(cast)
    grow(cast)
    pairs = rows(lambda: list(SameChild.objects.values_list("survivor_id", "same_id")))
    owned = rows(lambda: set(Case.objects.values_list("survivor_id", flat=True)))
    assert len({each for pair in pairs for each in pair}) == 2 * (1 + TIMES)
    assert all(set(pair) <= owned for pair in pairs)


def test_dated_rows_are_copied_as_they_were_known(cast: Cast) -> None:
    accused(cast)
    known: dict[str, list[object]] = {}
    for turn in (0, 1):
        if turn:
            grow(cast, 1)
        for model in IN_ORDER:
            if issubclass(model, Dated):
                known.setdefault(model.__name__, []).append(
                    rows(lambda model=model: sorted(
                        map(str, model.objects.values_list("known_at", "recorded_at", "known_day"))
                    ))
                )  # fmt: skip
    assert all(sorted(2 * before) == after for before, after in known.values())  # type: ignore[misc]


def test_an_operation_that_brought_nobody_home_belongs_to_its_arrest(cast: Cast) -> None:
    suspect = accused(cast)
    removal = rows(lambda: Removal.objects.filter(case=cast.maya).first())
    assert removal is not None
    justice.record_arrest(
        cast.ana, case=cast.maya, suspect=suspect, happened=on(8), operation=removal.operation_id
    )
    before = rows(lambda: Operation.objects.count())
    grow(cast)
    used = rows(
        lambda: set(Arrest.objects.exclude(operation=None).values_list("operation", flat=1))
    )
    assert len(used) == 1 + TIMES
    assert rows(lambda: Operation.objects.count()) == before * (1 + TIMES)


def test_a_copys_children_are_dealt_out_and_those_who_came_together_stay_together() -> None:
    cases = [UUID(int=n) for n in range(100)]
    operation = {case: UUID(int=1000 + n // 7) for n, case in enumerate(cases)}
    removals = [Removal(case_id=case, operation_id=operation[case]) for case in cases[:90]]
    shares = dealt(removals, cases)
    held = [sum(share == n for share in shares.values()) for n in range(1 + max(shares.values()))]
    assert max(held) <= CASELOAD
    assert len(held) == 3
    for n in range(13):
        assert len({shares[case] for case in cases[7 * n : min(7 * n + 7, 90)]}) == 1


@pytest.mark.postgres
def test_the_owner_writes_columns_and_whoever_is_behind_the_walls_writes_rows(
    cast: Cast,
) -> None:
    from tahanan.casework.copies import ink

    assert rows(lambda: type(ink.here()).__name__) == "_Columns"
    assert type(ink.here()).__name__ == "_Plain"
