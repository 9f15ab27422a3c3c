"""The worlds in which every command, query and entry is tried, each a snapshot of its own.

What a command needs to be valid stands in one of them: an intake under way, a child in a home, a
stay that began in an emergency and has become lawful.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from tests import house as houses
from tests.casework import gatehouse
from tests.casework.homes import child as a_child
from tests.casework.homes import take_in
from tests.casework.night import answer, day, named
from tests.cast import cast as casts
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access import scope
from tahanan.base import clock
from tahanan.casework import (
    admissions,
    cases,
    duplicates,
    facilities,
    grants,
    intake,
    justice,
    legal_basis,
    notes,
    operations,
    people,
)
from tahanan.casework.cases import Care
from tahanan.casework.door import command, query
from tahanan.casework.facilities import Places
from tahanan.casework.justice import Named, Who
from tahanan.casework.operations import Happening
from tahanan.records.models import Membership, Removal
from tahanan.records.vocabulary import (
    Answer,
    Bond,
    Charge,
    Compartment,
    CourtLevel,
    FacilityKind,
    Kin,
    Outcome,
    Part,
    Permit,
    Plea,
    Relation,
    Sentence,
    Sex,
    SuspectKin,
)

MANDAUE = "0731300000"


@dataclass
class Scene:
    """The cast and, by short names, the ids of all that stands there."""

    cast: Cast
    ids: dict[str, UUID] = field(default_factory=dict)

    def __getitem__(self, name: str) -> UUID:
        if name in self.ids:
            return self.ids[name]
        return self.cast.children.cases[name]

    def cases(self) -> dict[str, UUID]:
        """Every child's case by a short name."""
        filed = {name: id for name, id in self.ids.items() if name.startswith("file_")}
        return self.cast.children.cases | filed


def today() -> Happening:
    """Something that happened today."""
    return Happening(clock.today(), clock.today())


@query("rows_for_test")
def _standing(visit: Any, *, case: UUID) -> tuple[UUID, UUID]:
    """The standing removal of a case, and its operation."""
    row = Removal.objects.filter(case=case, replaced_at=None, withdrawn=False).get()
    return row.id, row.operation_id


@command("end_for_test")
def end_for(visit: Any, *, case: UUID, team: UUID, due: Compartment) -> UUID:
    """What time does: a team's grant of one part ends, and the part waits for a new key."""
    rows = scope.open_grants(visit).filter(case=case, compartment=due)
    grants.end(visit, [row.id for row in rows if grants.team_behind(row) == team])
    grants.mark_due(case, [due])
    return case


# Scenes -------------------------------------------------------------------------------------------


def written(house: House) -> Scene:
    """Maya's file with something in every part, a second version of what can have one."""
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ana, maya = here.cast.ana, here["maya"]
    for part in Compartment:
        by = here.cast.dan if part is Compartment.THERAPY else ana
        here.ids[f"note_{part}"] = notes.write_note(
            by, case=maya, compartment=part, text="She sleeps.", happened=today()
        )
    here.ids["note_again"] = notes.edit_note(
        here.cast.ben, case=maya, note=here["note_care"], text="She sleeps well.", happened=today()
    )
    here.ids["card"] = cases.card(ana, case=maya).piece  # type: ignore[assignment]
    here.ids["identity"] = cases.identity_as_written(ana, case=maya).piece  # type: ignore[assignment]
    here.ids["care"] = cases.say_what_helps(ana, case=maya, care=Care("Songs"), seen=None)
    here.ids["care_again"] = cases.say_what_helps(
        here.cast.ben, case=maya, care=Care("Songs, and tea"), seen=here["care"]
    )
    for child, by in (("maya", ana), ("luz", here.cast.fe)):
        here.ids[f"adult_of_{child}"] = legal_basis.record_contact(
            by, case=here[child], kin=Kin.GRANDPARENT, may_decide=True, may_be_told=True,
            name="Lola",
        )  # fmt: skip
        removal, operation = _standing(by, case=here[child])
        here.ids |= {f"removal_of_{child}": removal, f"operation_of_{child}": operation}
    here.ids["note_of_luz"] = notes.write_note(
        here.cast.fe, case=here["luz"], compartment=Compartment.CARE, text="Luz.", happened=today()
    )
    _suspected(here, ana, "maya", "jun")
    _suspected(here, here.cast.fe, "luz")
    here.ids["suspect"] = here["suspect_of_maya"]
    _name(here, ana, ("maya",))
    here.ids["other_suspicion_of_maya"] = justice.justice(ana, case=maya).suspects[-1].suspicion.id
    justice.support_case(ana, case=here["jun"], from_on=clock.today())
    return here


def _suspected(here: Scene, by: Any, *children: str) -> None:
    """A suspect named for these: arrested, judged; and somebody paid for the first child."""
    child, case = children[0], here[children[0]]
    suspect = _name(here, by, children)
    arrest = justice.record_arrest(
        by, case=case, suspect=suspect, happened=today(), operation=here[f"operation_of_{child}"]
    )
    judgment = justice.record_judgment(
        by, case=case, suspect=suspect, docket=None, happened=today(), charge=Charge.CYBERCRIME,
        outcome=Outcome.CONVICTED, plea=Plea.GUILTY, sentence=Sentence.PRISON,
        level=CourtLevel.TRIAL,
    )  # fmt: skip
    demand = justice.record_demand(by, case=case, country="GB", happened=today())
    named = justice.justice(by, case=case).suspects[0].suspicion.id
    here.ids |= {
        f"suspect_of_{child}": suspect, f"arrest_of_{child}": arrest,
        f"judgment_of_{child}": judgment, f"demand_of_{child}": demand,
        f"suspicion_of_{child}": named,
    }  # fmt: skip


def _name(here: Scene, by: Any, children: tuple[str, ...], who: str = "Whoever") -> UUID:
    return justice.name_suspect(
        by, of=tuple(Named(here[child], SuspectKin.NEIGHBOUR) for child in children),
        who=Who(who), part=Part.FACILITATOR, minor=Answer.NO, named=today(),
    )  # fmt: skip


def corrected(house: House) -> Scene:
    """As written, and Maya's day was corrected; her clinic's sight of health has ended."""
    here: Scene = houses.snapshot(house, "scene_written", written)
    before = here["removal_of_maya"]
    yesterday = clock.today() - timedelta(days=41)
    here.ids["removal_before"] = before
    here.ids["removal_of_maya"] = operations.correct_removal(
        here.cast.ana, case=here["maya"], removal=before, happened=Happening(yesterday, yesterday)
    )
    clinic = here.cast.team("clinic")
    end_for(here.cast.ana, case=here["maya"], team=clinic, due=Compartment.HEALTH)
    return here


def night(house: House) -> Scene:
    """An intake of Ana's: two children with files, drawn as sisters; one who may be Maya; a pack;
    one who is not asked yet."""
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ana = here.cast.ana
    team = here.cast.team("casework")
    here.ids["intake"] = at = intake.open_intake(ana, team=team)
    answer(ana, at, "when", **day("happened", clock.today()), hour="02:12")
    answer(ana, at, "where", city="Carcar")
    for name in ("Amihan", "Bituin", "Maya"):
        typed = {"name": name, "sex": "girl", "age-years": "8" if name != "Maya" else "13"}
        kid = intake.add_child(ana, intake=at, step="tonight", typed=typed)
        here.ids[name.lower() if name != "Maya" else "perhaps_maya"] = kid
        found = intake.child(ana, intake=at, child=kid)
        if found.case is not None:
            here.ids[f"file_{name.lower()}"] = found.case
    asked = named({"full_name": "Maria Amor Dacanay Villacrusis"})
    seen = intake.child(ana, intake=at, child=here["perhaps_maya"]).version
    intake.answer_child(
        ana, intake=at, child=here["perhaps_maya"], step="belongs", typed=asked, seen=seen
    )
    intake.add_several(ana, intake=at, how_many=1)
    here.ids["empty"] = intake.board(ana, intake=at).panes[-1].id
    both = (here["amihan"], here["bituin"])
    intake.draw_family(ana, intake=at, children=both, bond=Bond.FULL)
    here.ids["pack"] = intake.print_pack(ana, team=team, sheets=4)
    here.ids["done"] = finished = intake.open_intake(ana, team=team)
    answer(ana, finished, "when", **day("happened", clock.today()), hour="03:00")
    answer(ana, finished, "where", city="Carcar")
    alone = {"name": "Dalisay", "sex": "girl", "age-years": "6"}
    kid = intake.add_child(ana, intake=finished, step="tonight", typed=alone)
    here.ids["dalisay"] = kid
    here.ids["file_dalisay"] = intake.child(ana, intake=finished, child=kid).case  # type: ignore[assignment]
    return here


def asked(house: House) -> Scene:
    """Places asked for: for Nene alone, for Maya alone, for Maya and Jun-jun.

    Bahay Amihan cannot take Nene, and does not know why.
    """
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ana = here.cast.ana
    admissions.declare_exclusion(
        here.cast.sela, case=here["nene"], facility=here.cast.home(), reason="Her uncle is there."
    )
    for name, children in (("nene", ("nene",)), ("maya", ("maya",)), ("both", ("maya", "jun"))):
        here.ids[f"request_of_{name}"] = admissions.ask_for_place(
            ana, cases=tuple(here[child] for child in children)
        )
    return here


def housed(house: House) -> Scene:
    """Maya and Jun-jun came to Bahay Amihan; a second home stands, and a place there is asked for.

    The home has not said yet that they came, and its clinic lacks the key of Jun-jun's health.
    """
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ana, both = here.cast.ana, (here["maya"], here["jun"])
    here.ids["request"] = admissions.ask_for_place(ana, cases=both)
    admissions.admit_to_facility(
        ana, request=here["request"], facility=here.cast.home(), cases=both
    )
    clinic = here.cast.team("clinic")
    end_for(ana, case=here["jun"], team=clinic, due=Compartment.HEALTH)
    here.ids["sampaguita"] = _home(here, "Bahay Sampaguita", until=400)
    here.ids["request_to_move"] = admissions.ask_for_place(ana, cases=both)
    return here


def emergency(house: House) -> Scene:
    """Maya in a home whose accreditation had lapsed, for three days; today it was renewed."""
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ana = here.cast.ana
    here.ids["molave"] = _home(here, "Bahay Molave", until=-1)
    request = admissions.ask_for_place(ana, cases=(here["maya"],))
    admissions.admit_to_facility(
        ana, request=request, facility=here["molave"], cases=(here["maya"],),
        parting_reason="One bed.", emergency_reason="Nowhere else tonight.",
    )  # fmt: skip
    facilities.record_permit(
        here.cast.ada, facility=here["molave"], kind=Permit.ACCREDITATION,
        valid_from=clock.today(), valid_until=clock.today() + timedelta(days=400),
    )  # fmt: skip
    return here


def office(house: House) -> Scene:
    """Bahay Amihan with a bed out of use and paused; Nora waits for the yes of Ana's team."""
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ada, cora, home = here.cast.ada, here.cast.cora, here.cast.home()
    here.ids["broken"] = facilities.take_out_of_use(
        cora, facility=home, line=1, places=1, reason="The roof leaks."
    )
    facilities.pause_facility(cora, facility=home)
    here.ids["nora"] = people.invite(
        ada, name="Nora Abad", title="", team=here.cast.team("casework"), role=Relation.SUPERVISOR
    )
    gatehouse.account(here["nora"], "nora.abad")
    here.ids["noras_place"] = Membership.objects.get(person=here["nora"]).id
    here.ids["bens_place"] = Membership.objects.get(person=here.cast.ben.person).id
    return here


def twice(house: House) -> Scene:
    """Ana says that Maya and Nene are one child; Rosa and Rosing were joined, and may be parted."""
    here = Scene(houses.snapshot(house, "cast", casts.build))
    ana, ben = here.cast.ana, here.cast.ben
    rosa, rosing, pina, pinang = take_in(
        here.cast, [a_child(name, Sex.GIRL, 9) for name in ("Rosa", "Rosing", "Pina", "Pinang")]
    )
    here.ids |= {"file_rosa": rosa, "file_rosing": rosing}
    here.ids |= {"file_pina": pina, "file_pinang": pinang}
    here.ids["said"] = duplicates.propose_same(
        ana, case=here["maya"], other=here["nene"], reason="The same scar."
    )
    for name, one, other in (("joined", pina, pinang), ("parting", rosa, rosing)):
        said = duplicates.propose_same(ana, case=one, other=other, reason="One birthday.")
        here.ids[name] = duplicates.agree_same(ben, case=one, same=said)
    here.ids["parting"] = duplicates.propose_parted(
        ana, case=rosa, same=here["parting"], reason="Two mothers."
    )
    _name(here, ana, ("maya",), "Rogelio Amante")
    here.ids["bearer"] = facilities.add_household_member(
        here.cast.cora, facility=here.cast.home(), name="Rogelio Amante", since_on=clock.today()
    )
    return here


def _home(here: Scene, name: str, *, until: int) -> UUID:
    """A shelter of Silungan’s for all ages, accredited until so many days from today."""
    ada, now = here.cast.ada, clock.today()
    home = facilities.add_facility(
        ada, organisation=here.cast.office.organisations["silungan"], name=name,
        kind=FacilityKind.SHELTER, city=MANDAUE, address="1 Road", review_days=30,
        stay_target_days=90,
    )  # fmt: skip
    for permit, days in ((Permit.LICENCE, 400), (Permit.ACCREDITATION, until)):
        facilities.record_permit(
            ada, facility=home, kind=permit, valid_from=date(2020, 1, 6),
            valid_until=now + timedelta(days=days),
        )  # fmt: skip
    facilities.set_capacity(ada, facility=home, lines=(Places(Sex.UNKNOWN, 0, 17, 9),))
    return home


SCENES: dict[str, Callable[[House], Scene]] = {
    "written": written,
    "corrected": corrected,
    "night": night,
    "asked": asked,
    "housed": housed,
    "emergency": emergency,
    "office": office,
    "twice": twice,
}


def stand(house: House, name: str) -> Scene:
    """That scene, fresh."""
    made: Scene = houses.snapshot(house, f"scene_{name}", SCENES[name])
    return made
