"""A house in which every page has something to show, and one person has nothing on any page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests import house as houses
from tests.casework import gatehouse, homes, night
from tests.casework.gatehouse import Someone
from tests.casework.homes import Homes
from tests.cast.cast import Cast
from tests.house import House
from tests.journeys import counted

from tahanan.base import clock
from tahanan.base.ids import uuid4
from tahanan.casework import (
    admissions,
    child_page,
    duplicates,
    facilities,
    intake,
    justice,
    legal_basis,
    notes,
    people,
)
from tahanan.casework.justice import Named, Who
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import (
    Answer,
    Bond,
    Charge,
    Compartment,
    CourtLevel,
    Kin,
    Outcome,
    Part,
    Plea,
    Relation,
    Sentence,
    Sex,
    SuspectKin,
    TeamKind,
)

NAMES = ("Rowena", "Dodong", "", "Jessa", "", "Nilo")


@dataclass
class Pages:
    """The homes with their cast; ids by the word an address of the list has for them."""

    homes: Homes
    cel: Someone
    card: str
    ids: dict[str, object] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        """Everybody by first name."""
        return self.homes.cast

    def at(self, address: str) -> str:
        """An address with its words in braces replaced."""
        return address.format(**self.ids)


def build(house: House) -> Pages:
    """On top of the homes: a family's file, an intake, places asked for, people at the door."""
    here: Homes = houses.snapshot(house, "homes", homes.build)
    _a_quiet_home(here)
    made = Pages(here, *_at_the_door(here.cast))
    cast = here.cast
    made.ids |= {"maya": cast.maya, "jun": cast.jun, "nene": cast.nene, "nobody": uuid4()}
    made.ids |= {"ben": cast.ben.person, "sol": cast.sol.person, **here.of}
    counted.build(cast)
    _of_maya(made)
    _of_justice(made)
    _of_a_night(made)
    _of_places(made)
    _recorded_twice(made)
    return made


def _a_quiet_home(here: Homes) -> None:
    """A home that nobody was ever admitted to, and its head."""
    office = here.cast.office
    office.team("quiet", "Bahay Ipil staff", TeamKind.FACILITY_STAFF, "silungan", here.of["plain"])
    office.person("pia", "Pia Luna", "silungan", {"quiet": Relation.FACILITY_HEAD})


def _at_the_door(cast: Cast) -> tuple[Someone, str]:
    """Cel, who has a team without a child; Rio, who waits for a yes; Tess, who holds a card."""
    ada = cast.ada
    team = people.open_team(ada, name="Silungan night desk", kind=TeamKind.CASEWORK)
    cel = people.invite(ada, name="Cel Ramos", title="", team=team, role=Relation.CASE_MANAGER)
    found = gatehouse.account(cel, "cel.ramos")
    desk = cast.team("casework")
    rio = people.invite(ada, name="Rio Santos", title="", team=desk, role=Relation.CASE_MANAGER)
    gatehouse.account(rio, "rio.santos")
    tess = people.invite(ada, name="Tess Lim", title="", team=desk, role=Relation.CASE_MANAGER)
    card = people.make_card(ada, person=tess, sign_in_name="tess.lim")
    return found, card.code


def _of_maya(made: Pages) -> None:
    """Notes, one of them changed; an adult; the day she was brought to safety."""
    ana, maya, today = made.cast.ana, made.cast.maya, clock.today()
    day = Happening(today, today)
    care = Compartment.CARE
    note = notes.write_note(ana, case=maya, compartment=care, text="Slept well.", happened=day)
    changed = notes.edit_note(ana, case=maya, note=note, text="Slept well, and ate.", happened=day)
    therapy = Compartment.THERAPY
    notes.write_note(
        made.cast.dan, case=maya, compartment=therapy, text="She drew a house.", happened=day
    )
    adult = legal_basis.record_contact(
        ana, case=maya, kin=Kin.GRANDPARENT, may_decide=True, may_be_told=True, name="Lola Ising"
    )
    entries = child_page.whole_way(ana, case=maya).entries
    removal = next(e.stands.row for e in entries if e.what is child_page.What.REMOVAL)
    made.ids |= {"note": changed, "adult": adult, "day": removal}


def _of_justice(made: Pages) -> None:
    """Somebody named for Maya, arrested and judged; somebody named for Jun-jun; a country."""
    ana, maya, today = made.cast.ana, made.cast.maya, clock.today()
    day = Happening(today, today)
    given: dict[str, Any] = {"part": Part.FACILITATOR, "minor": Answer.NO, "named": day}
    of_jun = Named(made.cast.jun, SuspectKin.UNKNOWN)
    justice.name_suspect(
        ana, of=(of_jun,), who=Who(words="Invented: who was on the roof."), **given
    )
    suspect = justice.name_suspect(
        ana, of=(Named(maya, SuspectKin.AUNT_UNCLE, Answer.YES),),
        who=Who("Invented Person", "Boss", "Said by the barangay, on paper."), **given,
    )  # fmt: skip
    justice.record_arrest(
        ana, case=maya, suspect=suspect, happened=day, operation=made.cast.operation("maya")
    )
    justice.record_judgment(
        ana, case=maya, suspect=suspect, docket=None, happened=day, charge=Charge.TRAFFICKING,
        outcome=Outcome.CONVICTED, plea=Plea.GUILTY_OF_LESSER, sentence=Sentence.PRISON,
        level=CourtLevel.TRIAL, court_number="Crim. Case 4411",
    )  # fmt: skip
    justice.record_demand(ana, case=maya, country="AU", happened=day)
    named = justice.justice(ana, case=maya).suspects[0].suspicion.id
    made.ids |= {"suspicion": named}


def _of_a_night(made: Pages) -> None:
    """An intake with a family, a day that never was, somebody perhaps known, and sheets."""
    ana, team = made.cast.ana, made.cast.team("casework")
    taken = night.begin(ana, team)
    for at, name in enumerate(NAMES):
        night.meet(ana, taken, name, "boy" if at % 2 else "girl", str(4 + at))
    kids = [pane.id for pane in intake.board(ana, intake=taken).panes]
    pack = intake.print_pack(ana, team=team, sheets=2)
    intake.attach_pack(ana, intake=taken, pack=intake.pack(ana, pack=pack).number)
    intake.draw_family(ana, intake=taken, children=tuple(kids[:2]), bond=Bond.NOT_SURE)
    never = {"born_day": "31", "born_month": "2", "born_year": "2012"}
    night.ask(ana, taken, kids[5], "born", **never)
    night.ask(ana, taken, kids[0], "needs", needs="A light left on", need_by="04:00")
    perhaps = night.meet(ana, taken, "Maya", "girl", "13")
    empty = intake.open_intake(ana, team=team)
    done = night.begin(ana, team)
    night.meet(ana, done, "Kiko", "boy", "6")
    (kiko,) = intake.board(ana, intake=done).panes
    intake.finish_intake(ana, intake=done)
    made.ids |= {"intake": taken, "kid": kids[0], "wrong": kids[5], "known": perhaps}
    made.ids |= {"pack": pack, "empty": empty, "done": done, "kiko": kiko.case}


def _of_places(made: Pages) -> None:
    """Both asked for; Nene admitted after a neutral no; a home with places out of use."""
    cast, of = made.cast, made.homes.of
    admissions.declare_exclusion(
        cast.sela, case=cast.nene, facility=of["family"], reason="Kin of a suspect."
    )
    both = admissions.ask_for_place(cast.ana, cases=(cast.maya, cast.jun))
    alone = admissions.ask_for_place(cast.ana, cases=(cast.nene,))
    admissions.admit_to_facility(cast.ana, request=alone, facility=of["amihan"], cases=(cast.nene,))
    facilities.take_out_of_use(
        cast.cora, facility=of["amihan"], line=1, places=2, reason="A leaking roof."
    )
    single = admissions.ask_for_place(cast.ana, cases=(cast.maya,))
    made.ids |= {
        "both": both,
        "alone": alone,
        "single": single,
        "pair": f"child={cast.maya}&child={cast.jun}",
    }


def _recorded_twice(made: Pages) -> None:
    """Maya has a second record; that Jun-jun is Nene is said, and nobody has answered."""
    ana, ben, maya = made.cast.ana, made.cast.ben, made.cast.maya
    (again,) = homes.take_in(made.cast, [homes.child("May", Sex.GIRL, 12)])
    said = duplicates.propose_same(ana, case=maya, other=again, reason="One grandmother.")
    made.ids["joined"] = duplicates.agree_same(ben, case=maya, same=said)
    duplicates.propose_same(ana, case=made.cast.jun, other=made.cast.nene, reason="One scar.")
