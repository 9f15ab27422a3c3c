"""Justice: who is named for whom, what the programme supports; sealed in every file, and dated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests import thief
from tests.casework.suspected import WHO, judge, name, on, only, said
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access import links
from tahanan.base import clock, countries
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.base.ids import uuid4
from tahanan.casework import cases, intake, justice
from tahanan.casework.door import query
from tahanan.casework.justice import Named, Who
from tahanan.casework.operations import Happening
from tahanan.casework.upkeep.verify import verify
from tahanan.records.models import Sealed, Support, Suspect, Suspicion
from tahanan.records.vocabulary import (
    Answer,
    Depiction,
    Element,
    Finding,
    Part,
    SuspectKin,
)


@query("rows_for_test")
def chain(visit: Any, *, case: UUID) -> list[tuple[UUID, UUID | None, bool]]:
    rows = Suspicion.objects.filter(case=case).order_by("id")
    return list(rows.values_list("id", "replaces_id", "withdrawn"))


@query("rows_for_test")
def support(visit: Any, *, case: UUID) -> list[Any]:
    return list(Support.objects.filter(case=case).values_list("from_on", "until_on"))


# ── who is named ────────────────────────────────────────────────────────────────────────────


def test_ana_names_one_suspect_for_maya_and_jun_and_each_file_says_who_and_what_he_is(
    cast: Cast,
) -> None:
    suspect = name(
        cast.ana,
        Named(cast.maya, SuspectKin.AUNT_UNCLE, Answer.YES),
        Named(cast.jun, SuspectKin.PARENT, Answer.UNKNOWN),
    )
    maya, jun = only(cast.ana, cast.maya), only(cast.ana, cast.jun)
    assert maya.id == jun.id == suspect
    assert maya.who == jun.who == WHO
    assert (maya.suspicion.kin, maya.suspicion.lives_with) == (SuspectKin.AUNT_UNCLE, Answer.YES)
    assert (jun.suspicion.kin, jun.suspicion.lives_with) == (SuspectKin.PARENT, Answer.UNKNOWN)


def test_the_office_knows_of_a_suspect_an_id_and_rows_lead_to_him_by_one_link(cast: Cast) -> None:
    suspect = name(
        cast.ana, Named(cast.maya, SuspectKin.COUSIN), Named(cast.jun, SuspectKin.COUSIN)
    )
    assert [field.name for field in Suspect._meta.concrete_fields] == ["id"]
    assert Suspect.objects.filter(id=suspect).exists()
    assert only(cast.ana, cast.maya).id == only(cast.ana, cast.jun).id == suspect
    assert links.SUSPECT.close(suspect) != suspect


def test_the_name_is_sealed_in_the_file_of_every_child_he_is_named_for(cast: Cast) -> None:
    name(cast.ana, Named(cast.maya, SuspectKin.COUSIN), Named(cast.jun, SuspectKin.COUSIN))
    assert only(cast.leo, cast.maya).who == WHO
    assert only(cast.sela, cast.jun).who == WHO


@query("sealed_for_test")
def sealed(visit: Any, *, cases: list[UUID]) -> list[Any]:
    rows = Sealed.objects.filter(case__in=cases, kind="suspect", replaced_at=None)
    return list(rows.values_list("case", flat=True))


def test_a_name_learned_later_is_corrected_in_every_file_the_actor_writes(cast: Cast) -> None:
    name(
        cast.ana, Named(cast.maya, SuspectKin.COUSIN), Named(cast.jun, SuspectKin.UNKNOWN),
        who=Who(words="A man with a tattoo."),
    )  # fmt: skip
    stands = only(cast.ana, cast.maya).suspicion.id
    justice.correct_suspicion(cast.ana, case=cast.maya, suspicion=stands, who=WHO)
    assert only(cast.ana, cast.maya).who == only(cast.ana, cast.jun).who == WHO
    assert only(cast.ana, cast.jun).suspicion.kin is SuspectKin.UNKNOWN
    assert sorted(sealed(cast.ana, cases=[cast.maya, cast.jun])) == sorted([cast.maya, cast.jun])


def test_leo_who_holds_maya_alone_corrects_her_file_alone(cast: Cast) -> None:
    name(cast.ana, Named(cast.maya, SuspectKin.COUSIN), Named(cast.jun, SuspectKin.COUSIN))
    stands = only(cast.leo, cast.maya).suspicion.id
    justice.correct_suspicion(cast.leo, case=cast.maya, suspicion=stands, who=Who("Another"))
    assert only(cast.ana, cast.maya).who == Who("Another")
    assert only(cast.ana, cast.jun).who == WHO


def test_one_named_for_maya_is_named_for_nene_later_with_the_same_words_and_number(
    cast: Cast,
) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.NEIGHBOUR))
    judge(cast.ana, cast.maya, suspect, court_number="Crim. Case 4411")
    name(cast.ana, Named(cast.nene, SuspectKin.STRANGER), suspect=suspect, who=Who())
    nene = only(cast.ana, cast.nene)
    assert (nene.id, nene.who) == (suspect, WHO)
    assert [each.court_number for each in nene.judgments] == ["Crim. Case 4411"]


def test_nobody_is_named_twice_for_one_child(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    for of, more in (
        ((Named(cast.maya, SuspectKin.COUSIN),), {"suspect": suspect}),
        ((Named(cast.maya, SuspectKin.COUSIN), Named(cast.maya, SuspectKin.PEER)), {}),
        ((), {}),
    ):
        with pytest.raises(Invalid) as wrong:
            name(cast.ana, *of, **more)
        assert said(wrong) == {"of"}
    assert len(justice.justice(cast.ana, case=cast.maya).suspects) == 1


def test_one_whom_only_fe_knows_of_is_nobody_to_ana(cast: Cast) -> None:
    suspect = name(cast.fe, Named(cast.luz, SuspectKin.PARENT))
    with pytest.raises(NotFound):
        name(cast.ana, Named(cast.maya, SuspectKin.PARENT), suspect=suspect)
    for act in (
        lambda: judge(cast.ana, cast.maya, suspect),
        lambda: justice.record_arrest(
            cast.ana, case=cast.maya, suspect=suspect, happened=on(1), operation=None
        ),
    ):
        with pytest.raises(NotFound):
            act()
    assert justice.justice(cast.ana, case=cast.maya).suspects == ()


def test_an_unknown_relation_is_an_answer_and_stays(cast: Cast) -> None:
    name(cast.ana, Named(cast.maya, SuspectKin.UNKNOWN), minor=Answer.UNKNOWN, part=Part.UNKNOWN)
    suspicion = only(cast.ana, cast.maya).suspicion
    assert (suspicion.kin, suspicion.part, suspicion.minor, suspicion.lives_with) == (
        SuspectKin.UNKNOWN, Part.UNKNOWN, Answer.UNKNOWN, Answer.UNKNOWN,
    )  # fmt: skip


def test_nobody_is_named_on_a_day_that_is_still_ahead_or_at_endless_length(cast: Cast) -> None:
    for more, field in (
        ({"named": on(-1)}, "named"),
        ({"named": Happening(on(1).first, on(3).last)}, "named"),
        ({"who": Who("x" * 161)}, "name"),
        ({"who": Who(words="x" * 2001)}, "words"),
    ):
        with pytest.raises(Invalid) as wrong:
            name(cast.ana, Named(cast.maya, SuspectKin.PARENT), **more)
        assert said(wrong) == {field}


def test_a_correction_is_a_successor_and_the_second_of_two_is_a_conflict(cast: Cast) -> None:
    name(cast.ana, Named(cast.maya, SuspectKin.UNKNOWN))
    seen = only(cast.ana, cast.maya).suspicion.id
    given = {"case": cast.maya, "suspicion": seen}
    second = justice.correct_suspicion(cast.ben, kin=SuspectKin.PARENT, **given)
    for change in ({"kin": SuspectKin.COUSIN}, {}, {"who": Who("Late")}):
        with pytest.raises(Conflict):
            justice.correct_suspicion(cast.ana, **given, **change)
    assert chain(cast.ana, case=cast.maya) == [(seen, None, False), (second, seen, False)]
    assert only(cast.ana, cast.maya).who == WHO, "the words go with the row"


def test_a_correction_that_says_the_same_is_none(cast: Cast) -> None:
    name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    seen = only(cast.ana, cast.maya).suspicion.id
    given = {"case": cast.maya, "suspicion": seen, "kin": SuspectKin.PARENT, "who": WHO}
    assert justice.correct_suspicion(cast.ana, **given) == seen
    assert len(chain(cast.ana, case=cast.maya)) == 1


def test_one_named_by_mistake_is_taken_back_and_can_be_named_again(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    stands = only(cast.ana, cast.maya).suspicion.id
    taken = justice.withdraw_suspicion(cast.ana, case=cast.maya, suspicion=stands)
    assert justice.justice(cast.ana, case=cast.maya).suspects == ()
    with pytest.raises(NotFound):
        justice.correct_suspicion(cast.ana, case=cast.maya, suspicion=taken, kin=SuspectKin.COUSIN)
    with pytest.raises(NotFound):
        name(cast.ana, Named(cast.maya, SuspectKin.PARENT), suspect=suspect)
    name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    assert only(cast.ana, cast.maya).id != suspect


def test_he_is_not_taken_back_while_his_arrest_hangs_on_her_alone(cast: Cast) -> None:
    suspect = name(
        cast.ana, Named(cast.maya, SuspectKin.PARENT), Named(cast.jun, SuspectKin.PARENT)
    )
    arrest = justice.record_arrest(
        cast.ana, case=cast.maya, suspect=suspect, happened=on(2), operation=None
    )
    of_jun = only(cast.ana, cast.jun).suspicion.id
    justice.withdraw_suspicion(cast.ana, case=cast.jun, suspicion=of_jun)
    of_maya = only(cast.ana, cast.maya).suspicion.id
    with pytest.raises(Refusal) as refused:
        justice.withdraw_suspicion(cast.ana, case=cast.maya, suspicion=of_maya)
    assert refused.value.code == "still-arrested"
    justice.withdraw_arrest(cast.ana, case=cast.maya, arrest=arrest)
    justice.withdraw_suspicion(cast.ana, case=cast.maya, suspicion=of_maya)


# ── demand, support, elements ───────────────────────────────────────────────────────────────


def test_who_paid_is_a_country_unknown_allowed_and_taken_back(cast: Cast) -> None:
    for country in ("GB", "ZZ"):
        justice.record_demand(cast.ana, case=cast.maya, country=country, happened=on(3))
    first, second = justice.justice(cast.leo, case=cast.maya).demand
    assert (first.country, second.country) == ("GB", "ZZ")
    for more, field in (({"country": "Britain"}, "country"), ({"happened": on(-1)}, "happened")):
        given = {"country": "GB", "happened": on(3)} | more
        with pytest.raises(Invalid) as wrong:
            justice.record_demand(cast.ana, case=cast.maya, **given)
        assert said(wrong) == {field}
    with pytest.raises(NotFound):
        justice.withdraw_demand(cast.ana, case=cast.jun, demand=first.id)
    justice.withdraw_demand(cast.ana, case=cast.maya, demand=first.id)
    with pytest.raises(Conflict):
        justice.withdraw_demand(cast.ana, case=cast.maya, demand=first.id)
    assert justice.justice(cast.ana, case=cast.maya).demand == (second,)


def test_every_country_of_iso_3166_is_one_and_nothing_else() -> None:
    assert len(countries.codes()) == 249 + 1
    assert {"PH", "GB", "US", "AU", "DE", "ZZ"} <= countries.codes()
    assert not {"EU", "UK", "XK", "UN", "AC", "XA"} & countries.codes()
    assert countries.names("fil")["PH"] == "Pilipinas"


def test_the_programme_supports_a_case_once_at_a_time(cast: Cast) -> None:
    today = clock.today()
    with pytest.raises(Conflict):
        justice.end_support(cast.ana, case=cast.maya, on=today)
    for from_on in (today + timedelta(days=1),):
        with pytest.raises(Invalid) as wrong:
            justice.support_case(cast.ana, case=cast.maya, from_on=from_on)
        assert said(wrong) == {"from_on"}
    justice.support_case(cast.ana, case=cast.maya, from_on=on(9).first)
    with pytest.raises(Invalid) as wrong:
        justice.support_case(cast.ben, case=cast.maya, from_on=today)
    assert said(wrong) == {"from_on"}
    for day in (on(10).first, on(-1).first):
        with pytest.raises(Invalid) as wrong:
            justice.end_support(cast.ana, case=cast.maya, on=day)
        assert said(wrong) == {"on"}
    justice.end_support(cast.ana, case=cast.maya, on=on(5).first)
    justice.support_case(cast.ana, case=cast.maya, from_on=on(2).first)
    spans = [(s.from_on, s.until_on) for s in justice.justice(cast.ana, case=cast.maya).support]
    assert spans == [(on(9).first, on(5).first), (on(2).first, None)]


def test_an_intake_puts_each_child_under_support(cast: Cast, night: UUID) -> None:
    typed = {"name": "Amihan", "sex": "girl", "age-years": "8"}
    kid = intake.add_child(cast.ana, intake=night, step="tonight", typed=typed)
    case = intake.child(cast.ana, intake=night, child=kid).case
    assert case is not None
    ((from_on, until_on),) = support(cast.ana, case=case)
    assert (from_on <= clock.today(), until_on) == (True, None)


def test_contact_abuse_is_recorded_and_a_kind_of_depiction_is_said_of_depictions_alone(
    cast: Cast,
) -> None:
    given = {"case": cast.maya, "finding": Finding.ESTABLISHED, "from_on": clock.today()}
    cases.record_element(cast.leo, element=Element.CONTACT_ABUSE, **given)
    with pytest.raises(Invalid) as wrong:
        cases.record_element(
            cast.leo, element=Element.CONTACT_ABUSE, depiction=Depiction.LIVE, **given
        )
    assert said(wrong) == {"depiction"}
    cases.record_element(cast.leo, element=Element.DEPICTION, depiction=Depiction.LIVE, **given)


# ── what holds it together ──────────────────────────────────────────────────────────────────


def test_verify_names_a_row_that_leads_to_no_suspect(cast: Cast) -> None:
    suspect = name(cast.ana, Named(cast.maya, SuspectKin.PARENT))
    arrest = justice.record_arrest(
        cast.ana, case=cast.maya, suspect=suspect, happened=on(2), operation=None
    )
    judgment = judge(cast.ana, cast.maya, suspect)
    suspicion = only(cast.ana, cast.maya).suspicion.id
    assert not lost()
    for table, row in (("suspicion", suspicion), ("arrest", arrest), ("judgment", judgment)):
        thief.write(table, row, suspect=links.SUSPECT.close(uuid4()).hex)
        assert [f"{table} {row} (suspect) leads to no suspect" in each for each in lost()] == [True]
        thief.write(table, row, suspect=links.SUSPECT.close(suspect).hex)


def lost() -> list[str]:
    """What `tahanan verify` says of links."""
    with House().as_role("steward"):
        return [fault.sentence for fault in verify([]).faults if fault.code == "link"]
