"""Inviting, cards, and the yes of a colleague who holds the key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.casework import gatehouse
from tests.casework.gatehouse import BUILDER, HERE, account, actor, opened, sign_in
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.access.rings import ring_of
from tahanan.base import clock
from tahanan.base.errors import Invalid, Locked, NotFound, Refusal
from tahanan.casework import entry, people
from tahanan.casework.entry import factors
from tahanan.records.models import (
    Account,
    Invitation,
    LedgerEntry,
    Membership,
    Person,
    Team,
    TeamKeyShare,
    UnlockMethod,
)
from tahanan.records.vocabulary import OrganisationKind, Relation, TeamKind
from tahanan.vault import pairs
from tahanan.vault.suites import Unopenable

Staff = dict[str, Any]


def waiting_place(staff: Staff, who: str = "ben") -> Membership:
    return Membership.objects.get(person=staff[who].person, team=staff["team"])


def holds(someone: Actor, team: Any) -> bool:
    return someone.keys is not None and team in someone.keys.teams


# The yes ----------------------------------------------------------------------------------------


def test_ben_opens_the_teams_cases_only_after_ana_has_said_yes(staff: Staff) -> None:
    before = actor(staff["ben"])
    people.confirm_colleague(actor(staff["ana"]), membership=waiting_place(staff).id)
    after = actor(staff["ben"])

    assert not holds(before, staff["team"])
    assert not before.memberships
    assert holds(after, staff["team"])
    assert [each.role for each in after.memberships] == [Relation.SUPERVISOR]
    assert after.keys is not None
    ana = actor(staff["ana"]).keys
    assert ana is not None
    assert after.keys.teams[staff["team"]] == ana.teams[staff["team"]]


def test_ana_and_ben_see_the_same_words_for_bens_key(staff: Staff) -> None:
    shown = people.newcomers(actor(staff["ana"]))
    read = entry.own_account(actor(staff["ben"]))

    assert [one.words for one in shown] == [read.words]
    assert len(read.words.split()) == 6


def test_ben_cannot_say_yes_to_himself(staff: Staff) -> None:
    place = waiting_place(staff)
    with pytest.raises(NotFound):
        people.confirm_colleague(actor(staff["ben"]), membership=place.id)

    assert not holds(actor(staff["ben"]), staff["team"])


def test_the_administrator_cannot_say_yes_for_a_team_she_is_not_in(staff: Staff) -> None:
    with pytest.raises(NotFound):
        people.confirm_colleague(actor(staff["ada"]), membership=waiting_place(staff).id)


def test_nobody_says_yes_while_locked(staff: Staff) -> None:
    cookies = sign_in(staff["ana"]).cookies
    entry.lock(entry.GATE, cookies=cookies)
    with pytest.raises(Locked):
        people.confirm_colleague(opened(cookies).actor, membership=waiting_place(staff).id)


def test_a_public_half_that_was_swapped_is_handed_nothing(staff: Staff) -> None:
    thief = pairs.new_pair()
    Person.objects.filter(id=staff["ben"].person).update(public=thief.public)

    with pytest.raises(Unopenable):
        people.confirm_colleague(actor(staff["ana"]), membership=waiting_place(staff).id)
    assert TeamKeyShare.objects.filter(team=staff["team"]).count() == 1


def test_who_has_no_account_yet_cannot_be_given_a_key(staff: Staff) -> None:
    cel = people.invite(
        actor(staff["ada"]), name="Cel", title="", team=staff["team"], role=Relation.CASE_MANAGER
    )
    place = Membership.objects.get(person=cel)
    with pytest.raises(Refusal) as no:
        people.confirm_colleague(actor(staff["ana"]), membership=place.id)

    assert no.value.code == "not-ready"


def test_without_two_ways_in_nobody_is_given_a_key(staff: Staff) -> None:
    UnlockMethod.objects.filter(kind="recovery").delete()
    with pytest.raises(Refusal) as no:
        people.confirm_colleague(actor(staff["ana"]), membership=waiting_place(staff).id)

    assert no.value.code == "not-ready"


def test_the_second_press_of_yes_does_nothing_more(staff: Staff) -> None:
    ana, place = actor(staff["ana"]).once("one-form"), waiting_place(staff)
    first = people.confirm_colleague(ana, membership=place.id)
    again = people.confirm_colleague(ana, membership=place.id)

    assert first == again
    assert TeamKeyShare.objects.filter(team=staff["team"]).count() == 2


# Places -----------------------------------------------------------------------------------------


def test_the_first_member_of_a_new_team_holds_its_key_at_once(staff: Staff) -> None:
    ada = actor(staff["ada"])
    team = people.open_team(ada, name="Second", kind=TeamKind.CASEWORK)
    people.add_to_team(ada, person=staff["ana"].person, team=team, role=Relation.CASE_MANAGER)

    assert holds(actor(staff["ana"]), team)


def test_a_role_the_team_does_not_have_is_refused(staff: Staff) -> None:
    with pytest.raises(Invalid):
        people.add_to_team(
            actor(staff["ada"]), person=staff["ana"].person, team=staff["team"], role=Relation.NURSE
        )


def test_an_ended_place_takes_its_share_of_the_key_along(staff: Staff) -> None:
    cookies = sign_in(staff["ana"]).cookies
    people.end_membership(actor(staff["ada"]), membership=waiting_place(staff, "ana").id)

    assert not opened(cookies).actor.memberships
    assert not holds(opened(cookies).actor, staff["team"])
    assert not TeamKeyShare.objects.filter(person=staff["ana"].person).exists()


def test_of_two_roles_in_a_team_one_may_end_and_the_key_stays(staff: Staff) -> None:
    ada = actor(staff["ada"])
    people.add_to_team(
        ada, person=staff["ana"].person, team=staff["team"], role=Relation.SUPERVISOR
    )
    first = Membership.objects.get(person=staff["ana"].person, role=Relation.CASE_MANAGER)
    people.end_membership(ada, membership=first.id)

    ana = actor(staff["ana"])
    assert holds(ana, staff["team"])
    assert [each.role for each in ana.memberships] == [Relation.SUPERVISOR]


def test_the_last_administrator_cannot_put_herself_out(staff: Staff) -> None:
    with pytest.raises(Refusal) as no:
        people.leave(actor(staff["ada"]), person=staff["ada"].person)

    assert no.value.code == "last-administrator"


def test_an_administrator_of_another_organisation_finds_nobody(staff: Staff) -> None:
    eve = people.found_organisation(
        BUILDER,
        name="Agapay",
        kind=OrganisationKind.NGO,
        region="0700000000",
        administrator="Eve Lim",
    )
    other = actor(account(eve, "eve.lim"))
    before = _office_of(staff)

    for attempt in (
        lambda: people.leave(other, person=staff["ana"].person),
        lambda: people.colleague(other, person=staff["ana"].person),
        lambda: people.end_membership(other, membership=waiting_place(staff, "ana").id),
        lambda: people.make_card(other, person=staff["ana"].person, sign_in_name="taken.over"),
        lambda: people.invite(
            other, name="X", title="", team=staff["team"], role=Relation.CASE_MANAGER
        ),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert {one.name for one in people.people_and_teams(other).people} == {"Eve Lim"}
    assert _office_of(staff) == before


def _office_of(staff: Staff) -> list[Any]:
    people_of = Person.objects.filter(id__in=[staff[k].person for k in ("ada", "ana", "ben")])
    places = Membership.objects.filter(person__in=people_of)
    return [*people_of.order_by("id").values_list(), *places.order_by("id").values_list()]


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_only_an_administrator_manages_people(staff: Staff, who: str) -> None:
    someone = actor(staff[who])
    with pytest.raises(Refusal) as no:
        people.open_team(someone, name="Mine", kind=TeamKind.CASEWORK)

    assert no.value.status == 403
    assert not Team.objects.filter(name="Mine").exists()


def test_nobody_but_the_installation_founds_an_organisation(staff: Staff) -> None:
    with pytest.raises(NotFound):
        people.found_organisation(
            actor(staff["ada"]),
            name="Mine",
            kind=OrganisationKind.NGO,
            region="0700000000",
            administrator="Me",
        )


def test_an_accounts_secrets_are_chosen_beforehand_by_nobody_signed_in(staff: Staff) -> None:
    with pytest.raises(NotFound):
        people.set_up(
            actor(staff["ada"]),
            person=staff["ana"].person,
            sign_in_name="ana.reyes",
            words=entry.methods.new_words(),
            secret=factors.new_secret(),
        )


# Cards ------------------------------------------------------------------------------------------


def _card(staff: Staff, who: str = "ben", name: str = "ben.reyes") -> people.Card:
    return people.make_card(actor(staff["ada"]), person=staff[who].person, sign_in_name=name)


def _accept(card: people.Card, **changed: str) -> Any:
    proposal = people.read_card(BUILDER, name=card.sign_in_name, code=card.code, where=HERE)
    assert isinstance(proposal, entry.Proposal), proposal
    assert proposal.words is not None
    assert proposal.phone is not None
    typed = {
        "name": card.sign_in_name,
        "code": card.code,
        "token": proposal.token,
        "phrase": proposal.words.phrase,
        "phone_code": factors.code_now(proposal.phone.secret),
    }
    said = people.accept_invitation(BUILDER, **{**typed, **changed})
    return said, proposal


def test_a_card_is_good_once(staff: Staff) -> None:
    card = _card(staff)
    said, _proposal = _accept(card)
    again = people.read_card(BUILDER, name=card.sign_in_name, code=card.code, where=HERE)

    assert isinstance(said, people.Accepted)
    assert isinstance(again, entry.Refused)
    assert not Invitation.objects.exists()


def test_a_card_is_good_for_a_week(staff: Staff) -> None:
    card = _card(staff)
    with clock.frozen(clock.real() + timedelta(days=8)):
        said = people.read_card(BUILDER, name=card.sign_in_name, code=card.code, where=HERE)

    assert isinstance(said, entry.Refused)


def test_a_new_card_voids_the_one_before(staff: Staff) -> None:
    first, _second = _card(staff), _card(staff)
    said = people.read_card(BUILDER, name=first.sign_in_name, code=first.code, where=HERE)

    assert isinstance(said, entry.Refused)


def test_looking_at_a_card_changes_nothing_until_the_words_are_typed_back(staff: Staff) -> None:
    card = _card(staff)
    said, _proposal = _accept(card, phrase="not the words")

    assert isinstance(said, entry.Refused)
    sign_in(staff["ben"])
    assert Invitation.objects.count() == 1


def test_a_proposal_for_another_card_is_refused(staff: Staff) -> None:
    ben = _card(staff)
    _said, proposal = _accept(ben, phrase="no")
    ana = _card(staff, "ana", "ana.reyes")
    said, _other = _accept(ana, token=proposal.token)

    assert isinstance(said, entry.Refused)
    assert said.code == "ended"


def test_guessing_at_cards_is_kept_waiting(staff: Staff) -> None:
    said = [
        people.read_card(BUILDER, name="ben.reyes", code=f"{n:016}", where=HERE) for n in range(7)
    ]

    assert said[-1].code == "wait"  # type: ignore[union-attr]


def test_who_lost_everything_comes_back_by_a_card_and_waits_for_a_yes_anew(staff: Staff) -> None:
    people.confirm_colleague(actor(staff["ana"]), membership=waiting_place(staff).id)
    assert holds(actor(staff["ben"]), staff["team"])
    old = sign_in_later(staff["ben"])
    said, proposal = _accept(_card(staff))
    assert isinstance(said, people.Accepted)

    ben = gatehouse.Someone(
        staff["ben"].person,
        "ben.reyes",
        proposal.words.phrase,
        proposal.words.recovery,
        proposal.phone.secret,
        said.spare_codes,
    )
    assert entry.open_session(old) is None
    assert not holds(actor(ben), staff["team"])
    people.confirm_colleague(actor(staff["ana"]), membership=waiting_place(staff).id)
    assert holds(actor(ben), staff["team"])


def sign_in_later(someone: gatehouse.Someone) -> entry.Cookies:
    waiting = gatehouse.first_step(someone)
    done = entry.second_factor(entry.GATE, cookies=waiting, code=someone.spare[9], where=HERE)
    assert isinstance(done, entry.SignedIn)
    return done.cookies


def test_the_only_administrator_can_begin_anew_with_a_card_from_the_installation(
    staff: Staff,
) -> None:
    card = people.make_card(BUILDER, person=staff["ada"].person, sign_in_name="ada.cruz")
    said, proposal = _accept(card)
    ada = gatehouse.Someone(
        staff["ada"].person, "ada.cruz", proposal.words.phrase, "", proposal.phone.secret, ()
    )

    assert isinstance(said, people.Accepted)
    assert people.people_and_teams(actor(ada)).organisation == "Silungan"


def test_a_taken_sign_in_name_is_refused(staff: Staff) -> None:
    with pytest.raises(Invalid):
        _card(staff, "ben", "Ana.Reyes")


def test_the_account_leads_to_its_person_only_with_the_links_key(staff: Staff) -> None:
    for row in Account.objects.all():
        assert row.person not in {staff[k].person for k in ("ada", "ana", "ben")}
    assert len({row.person for row in Account.objects.all()}) == 3


def test_making_an_account_is_three_entries_one_for_each_transaction_of_a_room(
    staff: Staff,
) -> None:
    before = len(_verbs())
    _accept(_card(staff))

    assert _verbs()[before:].count("accept_invitation") == 3


def _verbs() -> list[str]:
    with House().as_role("owner"):
        return list(LedgerEntry.objects.order_by("at", "n").values_list("verb", flat=True))


def test_a_ring_leaves_out_what_does_not_open(staff: Staff) -> None:
    ana = actor(staff["ana"])
    assert ana.keys is not None
    share = TeamKeyShare.objects.get(person=staff["ana"].person, team=staff["team"])
    broken = bytearray(bytes(share.sealed))
    broken[-1] ^= 1
    TeamKeyShare.objects.filter(id=share.id).update(sealed=bytes(broken))

    assert staff["team"] not in ring_of(staff["ana"].person, ana.keys.private).teams
