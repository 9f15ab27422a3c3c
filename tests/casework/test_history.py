"""What was before, brought in by who may: with shut keys too, and known on the day it is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.cast.cast import Cast

from tahanan.access import gate, keys
from tahanan.access.actor import Actor, system
from tahanan.access.rules import Act, Action
from tahanan.base import clock
from tahanan.base.days import PartialDate
from tahanan.base.errors import Invalid, Locked, NotFound, Refusal
from tahanan.base.names import LegalName
from tahanan.casework import (
    admissions,
    cases,
    door,
    facts,
    grants,
    intake,
    operations,
    stays,
    upkeep,
)
from tahanan.casework.door import query
from tahanan.casework.operations import Happening, SharedFacts
from tahanan.records.models import (
    Case,
    CompartmentKey,
    Grant,
    Operation,
    Removal,
    Support,
    Team,
)
from tahanan.records.vocabulary import (
    Compartment,
    DecidedBy,
    Element,
    Finding,
    HowSafe,
    OperationKind,
    Sex,
    Status,
    StayEnd,
    TeamKind,
)
from tahanan.vault.pairs import HPKE_X25519, new_pair
from tahanan.vault.suites import Unopenable

DAY = date(2019, 4, 2)
THEN = Happening(DAY, DAY)
KNOWN = datetime(2019, 5, 3, tzinfo=clock.MANILA).astimezone(UTC)
BORN = PartialDate(date(2009, 6, 1), date(2009, 6, 1), "day")
CARD = cases.Card(chosen="Tala", sex=Sex.GIRL, birth=BORN)
SHARED = SharedFacts(city="0731300000", unit="Bantay Desk")


def operation(actor: Actor, cast: Cast, **more: Any) -> UUID:
    said = {"team": cast.team("casework"), "happened": THEN, "region": "0700000000"}
    return intake.record_operation(actor, **(said | more))


def child(actor: Actor, cast: Cast, of: UUID | None, **more: Any) -> UUID:
    said: dict[str, Any] = {
        "team": cast.team("casework"), "operation": of, "happened": THEN, "region": "0700000000",
        "how": HowSafe.REMOVED, "card": CARD, "name": LegalName("Tala", surname="Cruz"),
        "supported": True, "shared": SHARED,
    }  # fmt: skip
    return intake.record_child(actor, **(said | more))


def decide(actor: Actor, case: UUID, on: date = DAY) -> UUID:
    return cases.decide_status(
        actor, case=case, status=Status.VICTIM, decided_by=DecidedBy.COURT, decider="", from_on=on
    )


@query("file_for_test")
def file(visit: Any, *, case: UUID) -> dict[str, Any]:
    """All that stands of a child who was brought in, and what was sealed with her."""
    removal = Removal.objects.get(case=case, replaced_at=None)
    op = Operation.objects.filter(id=removal.operation_id).first()
    opened = {
        part: keys.open(visit, gate.pass_(visit, case, part, Action.READ))
        for part in (Compartment.IDENTITY, Compartment.JUSTICE)
    }
    shared = operations.shared_facts(opened[Compartment.JUSTICE])
    name = cases.identity(opened[Compartment.IDENTITY])
    return {
        "opened_on": Case.objects.get(id=case).opened_on,
        "operation": op and (op.kind, op.known_day),
        "removal": (removal.how, removal.youngest_band, removal.oldest_band, removal.known_day),
        "statuses": [(s.status, s.from_on, s.known_on) for s in cases.statuses(case)],
        "support": list(Support.objects.filter(case=case).values_list("from_on", "known_day")),
        "shared": shared and shared[1],
        "name": name and name[1].full(),
    }


@query("wraps_for_test")
def wraps(visit: Any, *, case: UUID) -> tuple[set[int], set[str]]:
    """The suites of the grants of the actor's team, and the parts that wait for a new key."""
    gate.act(visit, case, Act.SEE_GRANTS)
    rows = Grant.objects.filter(case=case, ended_on=None, team__in=visit.team_links)
    due = CompartmentKey.objects.filter(case=case, rekey_due=True)
    return {bytes(row.wrap)[0] for row in rows}, set(due.values_list("compartment", flat=True))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """The details of every entry of the ledger, as they are sealed."""
    heard: list[dict[str, object]] = []
    append = door.ledger.append

    def listen(visit: Any, outcome: str, **more: object) -> None:
        heard.append({"verb": visit.verb, "outcome": outcome, **visit.details})
        append(visit, outcome, **more)

    monkeypatch.setattr(door.ledger, "append", listen)
    return heard


def test_a_child_of_an_operation_stands_as_it_was_known_then(
    cast: Cast, said: list[dict[str, object]]
) -> None:
    ana = cast.ana.importing(KNOWN)
    op = operation(ana, cast, kind=OperationKind.WELFARE)
    case = child(ana, cast, op, since=date(2019, 5, 1))
    known = date(2019, 5, 3)
    assert file(cast.ana, case=case) == {
        "opened_on": known, "operation": ("welfare", known), "removal": ("removed", 2, 2, known),
        "statuses": [("at_risk", DAY, known)], "support": [(date(2019, 5, 1), known)],
        "shared": SHARED, "name": "Tala Cruz",
    }  # fmt: skip
    assert [(each["import"], each["known_at"]) for each in said[:2]] == [
        (True, KNOWN.isoformat())
    ] * 2, "the ledger says that it was an import, and when it is said to have been known"


def test_without_an_operation_and_without_support(cast: Cast) -> None:
    case = child(cast.ben.importing(), cast, None, supported=False, how=HowSafe.SAFEGUARDED)
    found = file(cast.ana, case=case)
    assert (found["operation"], found["support"], found["shared"]) == (None, [], None)
    assert found["removal"][3] == clock.today()


def test_with_shut_keys_a_file_is_made_and_its_maker_cannot_open_it(cast: Cast) -> None:
    shut = cast.locked(cast.ana).importing(KNOWN)
    op = operation(shut, cast)
    case = child(shut, cast, op)
    every = {part.value for part in Compartment} - {"therapy"}
    assert wraps(cast.ana, case=case) == ({HPKE_X25519}, every)
    with pytest.raises(Locked):
        decide(shut, case)
    assert file(cast.ana, case=case)["name"] == "Tala Cruz"
    grants.renew_keys(cast.ben, case=case)
    suites, due = wraps(cast.ana, case=case)
    assert (HPKE_X25519 in suites, due) == (False, set()), "the next holder locked it anew"
    assert file(cast.ana, case=case)["shared"] == SHARED


def test_nothing_is_sealed_to_a_half_that_nobody_signed(cast: Cast) -> None:
    Team.objects.filter(id=cast.team("casework")).update(public=new_pair().public)
    with pytest.raises(Unopenable):
        child(cast.locked(cast.ana).importing(KNOWN), cast, None)


def test_shut_keys_open_nothing_to_one_who_brings_nothing_in(cast: Cast) -> None:
    with pytest.raises(Locked):
        operation(cast.locked(cast.ana), cast)
    with pytest.raises(Locked):
        intake.open_intake(cast.locked(cast.ana).importing(KNOWN), team=cast.team("casework"))


@pytest.mark.parametrize("who", ["coby", "cora", "leo", "gil", "dora", "ada", "dan"])
def test_nobody_else_says_when_anything_was_known(cast: Cast, who: str) -> None:
    with pytest.raises(Refusal):
        decide(getattr(cast, who).importing(KNOWN), cast.maya)
    with pytest.raises(ValueError, match="brings in a history"):
        replace(cast.ana, known_at=KNOWN)


def test_who_may_do_a_thing_may_not_say_that_it_was_known_before(cast: Cast) -> None:
    said = {"element": Element.ONLINE, "finding": Finding.SUSPECTED, "from_on": DAY}
    with pytest.raises(Refusal):
        cases.record_element(cast.leo.importing(KNOWN), case=cast.maya, **said)
    cases.record_element(cast.leo, case=cast.maya, **said)


def test_no_part_of_the_system_says_it(cast: Cast) -> None:
    with pytest.raises(Refusal):
        upkeep.tick(system("tick").importing(KNOWN))


def test_nothing_is_known_ahead_of_now_or_in_closed_days(
    cast: Cast, said: list[dict[str, object]]
) -> None:
    with pytest.raises(Invalid, match="still ahead"):
        operation(cast.ana.importing(clock.now() + timedelta(minutes=1)), cast)
    upkeep.close_days(system("close"), day=date(2019, 5, 3))
    with pytest.raises(Refusal, match="closed"):
        operation(cast.ana.importing(KNOWN), cast)
    operation(cast.ana.importing(KNOWN + timedelta(days=1)), cast)
    card = cases.card(cast.ana, case=cast.maya)
    assert card.piece is not None
    with pytest.raises(Refusal, match="closed"):
        cases.change_card(cast.ana.importing(KNOWN), case=cast.maya, card=CARD, seen=card.piece)


def test_nothing_is_known_before_what_it_corrects(cast: Cast) -> None:
    case = child(cast.ana.importing(KNOWN), cast, None)
    earlier, later = KNOWN - timedelta(days=1), KNOWN + timedelta(days=30)
    with pytest.raises(Invalid, match="known later"):
        decide(cast.ana.importing(earlier), case)
    decide(cast.ana.importing(later), case)
    statuses = file(cast.ana, case=case)["statuses"]
    assert {each[2] for each in statuses} == {clock.manila_day(later)}


def test_nothing_happened_ahead_of_today(cast: Cast) -> None:
    ahead = Happening(clock.today(), clock.today() + timedelta(days=1))
    for act, more in ((operation, {}), (child, {"of": None})):
        with pytest.raises(Invalid, match="still ahead"):
            act(cast.ana.importing(), cast, **more, happened=ahead)
    with pytest.raises(Invalid, match="before the first"):
        operation(cast.ana.importing(), cast, happened=Happening(DAY, DAY - timedelta(days=1)))


def test_an_operation_of_another_organisation_is_none(cast: Cast) -> None:
    theirs = operation(cast.fe.importing(), cast, team=cast.fe.memberships[0].team)
    for op in (theirs, cast.operation("luz"), uuid4()):
        with pytest.raises(NotFound):
            child(cast.ana.importing(), cast, op)
    ours = operation(cast.ana.importing(), cast)
    first = child(cast.ben.importing(), cast, ours)
    child(cast.ana.importing(), cast, ours)
    removal = standing_removal(cast.ana, case=first)
    operations.correct_operation(cast.ana, case=first, operation=ours, happened=THEN_LATER)
    case = child(cast.ana.importing(), cast, ours)
    assert standing_removal(cast.ana, case=case)[1] != removal[1], "the operation as it stands"


THEN_LATER = Happening(DAY + timedelta(days=1), DAY + timedelta(days=1))


@query("removal_for_test")
def standing_removal(visit: Any, *, case: UUID) -> tuple[UUID, UUID]:
    row = facts.standing(Removal).get(case=case)
    return row.id, row.operation_id


# -- where she lived --


def live(actor: Actor, cast: Cast, case: UUID, *days: str, **more: Any) -> UUID:
    spans = [date.fromisoformat(day) for day in days]
    said: dict[str, Any] = {"case": case, "facility": cast.home(), "from_on": spans[0]}
    if len(spans) > 1:
        said |= {"until_on": spans[1], "end": StayEnd.KIN}
    return admissions.record_stay(actor, **(said | more))


@query("stays_for_test")
def lived(visit: Any, *, case: UUID) -> list[tuple[str, date, date | None]]:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.WHEREABOUTS, Action.READ))
    homes = stays.homes(secret)
    return [(homes[s.id].name, s.from_on, s.until_on) for s in stays.history(case)]


def test_stays_of_the_past_stand_on_their_days_and_open_nothing(cast: Cast) -> None:
    ana = cast.ana.importing(KNOWN)
    case = child(ana, cast, None)
    for first, last in (("2019-04-02", "2019-04-20"), ("2019-04-20", "2019-05-01")):
        live(ana, cast, case, first, last)
    assert [each[1:] for each in lived(cast.ana, case=case)] == [
        (date(2019, 4, 20), date(2019, 5, 1)), (date(2019, 4, 2), date(2019, 4, 20)),
    ]  # fmt: skip
    assert {sight.kind for sight in grants.who_can_see(cast.ana, case=case)} == {
        TeamKind.CASEWORK, TeamKind.SAFEGUARDING,
    }, "a home she has left gets no key"  # fmt: skip


def test_a_full_home_was_never_full_in_the_past_and_is_in_the_present(cast: Cast) -> None:
    today = clock.today().isoformat()
    children = [child(cast.ana.importing(KNOWN), cast, None) for _ in range(13)]
    for each in children:
        live(cast.ana.importing(), cast, each, "2019-04-02", "2019-05-01")
    with pytest.raises(Refusal, match="cannot take this child") as refused:
        for each in children:
            live(cast.ana.importing(), cast, each, today)
    assert "Tala" not in refused.value.sentence


def test_a_stay_overlaps_none_and_is_sound(cast: Cast) -> None:
    ana = cast.ana.importing()
    case = child(ana, cast, None)
    live(ana, cast, case, "2019-04-02", "2019-05-01")
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    for days, field in (
        (("2019-04-30", "2019-06-01"), "from_on"),
        (("2019-04-30",), "from_on"),
        (("2019-06-02", "2019-06-01"), "until_on"),
        (("2019-06-02", ahead), "until_on"),
        ((ahead,), "from_on"),
    ):
        with pytest.raises(Invalid) as refused:
            live(ana, cast, case, *days)
        assert field in refused.value.fields, days
    with pytest.raises(Invalid, match="says why"):
        live(ana, cast, case, "2019-06-01", "2019-06-02", end=None)
    with pytest.raises(NotFound):
        live(ana, cast, case, "2019-06-01", "2019-06-02", facility=uuid4())


def test_the_one_removal_that_stands_needs_no_name(cast: Cast) -> None:
    case = child(cast.ana.importing(KNOWN), cast, None)
    operations.correct_removal(cast.ana, case=case, happened=THEN_LATER)
    operations.correct_removal(cast.ana, case=case, happened=THEN)
    with pytest.raises(NotFound):
        operations.correct_removal(cast.ana, case=cast.luz, happened=THEN)
