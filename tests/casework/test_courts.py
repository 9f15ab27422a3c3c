"""Arrests and judgments of a suspect: dated, corrected, and in every file he is named in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from tests.casework.suspected import judge, name, on, only, said
from tests.cast.cast import Cast

from tahanan.base.errors import Conflict, Invalid, NotFound
from tahanan.base.ids import uuid4
from tahanan.casework import intake, justice
from tahanan.casework.justice import NO_OPERATION, Named
from tahanan.records.vocabulary import (
    Charge,
    CourtLevel,
    Outcome,
    Plea,
    Sentence,
    SuspectKin,
)

# ── arrests ─────────────────────────────────────────────────────────────────────────────────


def test_one_arrested_twice_has_two_arrests_seen_from_every_child_he_is_named_for(
    cast: Cast,
) -> None:
    suspect = name(
        cast.ana, Named(cast.maya, SuspectKin.PARENT), Named(cast.jun, SuspectKin.PARENT)
    )
    given = {"case": cast.maya, "suspect": suspect}
    first = justice.record_arrest(
        cast.ana, happened=on(20), operation=cast.operation("maya"), **given
    )
    second = justice.record_arrest(
        cast.leo, happened=on(2), operation=None, country="AU", supported=False, **given
    )
    for child in (cast.maya, cast.jun):
        assert [each.id for each in only(cast.ana, child).arrests] == [first, second]
    arrested = only(cast.ana, cast.jun).arrests
    assert [(a.operation, a.country, a.supported) for a in arrested] == [
        (cast.operation("maya"), "PH", True), (None, "AU", False),
    ]  # fmt: skip


def test_an_arrest_names_its_field_where_it_cannot_be(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    for more, field in (
        ({"happened": on(-1)}, "happened"),
        ({"country": "XX"}, "country"),
        ({"country": "UK"}, "country"),
        ({"country": "ph"}, "country"),
        ({"operation": cast.operation("luz")}, "operation"),
        ({"operation": uuid4()}, "operation"),
    ):
        given = {"happened": on(1), "operation": None} | more
        with pytest.raises(Invalid) as wrong:
            justice.record_arrest(cast.ana, case=cast.maya, suspect=suspect, **given)
        assert said(wrong) == {field}, more
    assert only(cast.ana, cast.maya).arrests == ()


def test_the_first_arrest_of_an_operation_without_children_is_recorded_by_its_own(
    cast: Cast,
) -> None:
    def raid(by: Any) -> UUID:
        return intake.record_operation(
            by, team=by.memberships[0].team, happened=on(3), region="0700000000"
        )

    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    given = {"case": cast.maya, "suspect": suspect, "happened": on(3)}
    with pytest.raises(Invalid) as wrong:
        justice.record_arrest(cast.ana, operation=raid(cast.fe), **given)
    assert said(wrong) == {"operation"}
    ours = raid(cast.ana)
    justice.record_arrest(cast.ana, operation=ours, **given)
    justice.record_arrest(cast.ben, operation=ours, **given)
    assert [each.operation for each in only(cast.ana, cast.maya).arrests] == [ours, ours]


def test_an_arrest_is_corrected_by_a_successor_and_what_is_not_named_stays(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    first = justice.record_arrest(
        cast.ana, case=cast.maya, suspect=suspect, happened=on(9), operation=cast.operation("maya")
    )
    given = {"case": cast.maya, "arrest": first}
    assert justice.correct_arrest(cast.ana, **given) == first
    with pytest.raises(Invalid):
        justice.correct_arrest(cast.ana, operation=cast.operation("luz"), **given)
    second = justice.correct_arrest(cast.ben, happened=on(8), **given)
    with pytest.raises(Conflict):
        justice.correct_arrest(cast.ana, country="AU", **given)
    (stands,) = only(cast.ana, cast.maya).arrests
    assert (stands.id, stands.happened, stands.operation) == (second, on(8), cast.operation("maya"))
    justice.correct_arrest(cast.ana, case=cast.maya, arrest=second, operation=NO_OPERATION)
    assert only(cast.ana, cast.maya).arrests[0].operation is None


def test_an_arrest_is_nothing_beside_a_child_he_is_not_named_for(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    arrest = justice.record_arrest(
        cast.ana, case=cast.maya, suspect=suspect, happened=on(2), operation=None
    )
    for act in (
        lambda: justice.withdraw_arrest(cast.ana, case=cast.nene, arrest=arrest),
        lambda: justice.correct_arrest(cast.ana, case=cast.nene, arrest=arrest, country="AU"),
        lambda: judge(cast.ana, cast.nene, suspect),
    ):
        with pytest.raises(NotFound):
            act()


# ── judgments ───────────────────────────────────────────────────────────────────────────────


def test_an_appeal_stands_in_the_docket_of_its_trial_and_its_number_in_every_file(
    cast: Cast,
) -> None:
    suspect = name(
        cast.ana, Named(cast.maya, SuspectKin.PARENT), Named(cast.jun, SuspectKin.PARENT)
    )
    judge(cast.ana, cast.maya, suspect, happened=on(9), court_number="Crim. Case 77")
    (trial,) = only(cast.ana, cast.jun).judgments
    assert trial.court_number == "Crim. Case 77"
    judge(
        cast.leo, cast.maya, suspect, docket=trial.docket, level=CourtLevel.APPEAL,
        outcome=Outcome.REVERSED, sentence=Sentence.NONE,
    )  # fmt: skip
    trial, appeal = only(cast.ana, cast.jun).judgments
    assert appeal.docket == trial.docket
    assert (appeal.outcome, appeal.court_number) == (Outcome.REVERSED, "Crim. Case 77")


def test_a_judgment_names_its_field_where_it_cannot_be(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT), named=on(10))
    other = name(cast.fe, Named(cast.luz, SuspectKin.PARENT))
    judge(cast.fe, cast.luz, other)
    (of_luz,) = only(cast.fe, cast.luz).judgments
    for more, field in (
        ({"happened": on(-1)}, "happened"),
        ({"happened": on(11)}, "happened"),
        ({"country": "QQ"}, "country"),
        ({"outcome": Outcome.UPHELD, "sentence": Sentence.NONE}, "outcome"),
        ({"outcome": Outcome.REVERSED, "sentence": Sentence.NONE}, "outcome"),
        ({"outcome": Outcome.ACQUITTED}, "sentence"),
        ({"outcome": Outcome.DISMISSED, "sentence": Sentence.FINE}, "sentence"),
        ({"docket": of_luz.docket}, "docket"),
        ({"docket": uuid4()}, "docket"),
        ({"court_number": "7" * 161}, "court_number"),
    ):
        with pytest.raises(Invalid) as wrong:
            judge(cast.ana, cast.maya, suspect, **more)
        assert said(wrong) == {field}, more
    assert only(cast.ana, cast.maya).judgments == ()


def test_what_a_court_decided_on_a_charge_is_recorded_once(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    first = judge(cast.ana, cast.maya, suspect)
    docket = only(cast.ana, cast.maya).judgments[0].docket
    with pytest.raises(Conflict) as twice:
        judge(cast.ben, cast.maya, suspect, docket=docket, outcome=Outcome.CONVICTED)
    assert twice.value.standing == first
    judge(cast.ben, cast.maya, suspect, docket=docket, charge=Charge.OSAEC)
    with pytest.raises(Conflict):
        justice.correct_judgment(cast.ana, case=cast.maya, judgment=first, charge=Charge.OSAEC)


def test_a_judgment_is_corrected_and_its_number_with_it(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    first = judge(cast.ana, cast.maya, suspect, court_number="Crim. Case 1")
    given = {"case": cast.maya, "judgment": first}
    with pytest.raises(Invalid) as wrong:
        justice.correct_judgment(cast.ana, outcome=Outcome.ACQUITTED, **given)
    assert said(wrong) == {"sentence"}
    second = justice.correct_judgment(
        cast.ana, sentence=Sentence.SUSPENDED, court_number="Crim. Case 2", **given
    )
    with pytest.raises(Conflict):
        justice.correct_judgment(cast.ben, plea=Plea.GUILTY, **given)
    (stands,) = only(cast.ana, cast.maya).judgments
    assert (stands.id, stands.sentence, stands.court_number, stands.outcome) == (
        second, Sentence.SUSPENDED, "Crim. Case 2", Outcome.CONVICTED,
    )  # fmt: skip
    justice.withdraw_judgment(cast.ana, case=cast.maya, judgment=second)
    assert only(cast.ana, cast.maya).judgments == ()
