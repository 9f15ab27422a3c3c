"""Everything an address can name, made once for the table of addresses."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tests.cast.cast import Cast

from tahanan.base import clock
from tahanan.base.ids import uuid4
from tahanan.casework import admissions, child_page, duplicates, intake, justice, legal_basis, notes
from tahanan.casework.justice import Named as For
from tahanan.casework.justice import Who
from tahanan.casework.operations import Happening
from tahanan.records.models import Membership
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    Compartment,
    CourtLevel,
    Kin,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)


@dataclass(frozen=True)
class Named:
    """Values for the named parts of every address, all of Ana's side."""

    parts: dict[str, object]

    def of(self, names: list[str], kind: str) -> dict[str, object]:
        """The values one address asks for; `kind` is the address's own name."""
        special = {
            ("intake-shared", "step"): "when",
            ("intake-child", "step"): "tonight",
            ("correct_day", "removal"): self.parts["removal_row"],
            ("write_summary", "note"): self.parts["therapy_note"],
            ("confirm_colleague", "membership"): self.parts["membership"],
        }
        return {name: special.get((kind, name), self.parts[name]) for name in names}


def build(cast: Cast) -> Named:
    """A note, a contact, an intake with a child, a request for a place, a pack of paper."""
    ana, today = cast.ana, clock.today()
    day = Happening(today, today)
    written = notes.write_note(
        ana, case=cast.maya, compartment=Compartment.CARE, text="Slept well.", happened=day
    )
    session = notes.write_note(
        cast.dan, case=cast.maya, compartment=Compartment.THERAPY, text="Drew doors.", happened=day
    )
    contact = legal_basis.record_contact(
        ana, case=cast.maya, kin=Kin.GRANDPARENT, may_decide=True, may_be_told=True, name="Lola"
    )
    taken = intake.open_intake(ana, team=cast.team("casework"))
    child = intake.add_child(ana, intake=taken, step="tonight", typed={"name": "Amihan"})
    asked = admissions.ask_for_place(ana, cases=(cast.nene,))
    said = duplicates.propose_same(ana, case=cast.maya, other=cast.nene, reason="One scar.")
    joined = duplicates.agree_same(cast.ben, case=cast.maya, same=said)
    pack = intake.print_pack(ana, team=cast.team("casework"), sheets=2)
    return Named(
        {
            "case": cast.maya,
            "note": written,
            "therapy_note": session,
            "contact": contact,
            "removal": taken,
            "removal_row": _removal(ana, case=cast.maya),
            "child": child,
            "asked": asked,
            "pack": pack,
            "measure": "victims_rescued",
            "kind": "csv",
            "facility": cast.home(),
            "team": cast.team("clinic"),
            "person": ana.person,
            "membership": Membership.objects.filter(person=cast.ben.person).values_list(
                "id", flat=True
            )[0],
            "device": uuid4(),
            "same": joined,
            "member": uuid4(),
            "row": uuid4(),
            "part": "care",
            "element": "minor",
            "step": "when",
            "code": "fil",
            **_of_justice(cast, day),
        }
    )


def _of_justice(cast: Cast, day: Happening) -> dict[str, object]:
    """A suspect of Maya's and one of Jun-jun's; an arrest, a judgment, a country."""
    ana, case = cast.ana, cast.maya
    for child in (cast.jun, case):
        suspect = justice.name_suspect(
            ana, of=(For(child, SuspectKin.UNKNOWN),), who=Who("Somebody"), named=day,
            part=Part.FACILITATOR, minor=Answer.NO,
        )  # fmt: skip
    arrest = justice.record_arrest(ana, case=case, suspect=suspect, happened=day, operation=None)
    judgment = justice.record_judgment(
        ana, case=case, suspect=suspect, docket=None, happened=day, charge=Charge.OSAEC,
        outcome=Outcome.DISMISSED, plea=Plea.NONE, sentence=Sentence.NONE, level=CourtLevel.TRIAL,
    )  # fmt: skip
    demand = justice.record_demand(ana, case=case, country="GB", happened=day)
    (named,) = justice.justice(ana, case=case).suspects
    return {
        "suspect": suspect, "suspicion": named.suspicion.id, "arrest": arrest,
        "judgment": judgment, "demand": demand,
    }  # fmt: skip


def _removal(actor, *, case: UUID) -> UUID:
    entries = child_page.whole_way(actor, case=case).entries
    return next(e.stands.row for e in entries if e.what is child_page.What.REMOVAL)
