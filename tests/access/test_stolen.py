"""The stolen installation (security.md §9.3): files and dump name no child, and no join leads out.

Every free-text field of casework is filled with a name of its own; then the installation is put
away and everything on disk is searched for each name, raw and encoded. A name that stands in the
open (an organisation's) is looked for in the same way: where it is not found, the search is blind.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from tests.cast.cast import Cast
from tests.disk import dump, encodings, found_in, put_away, rows, tables
from tests.house import House

from tahanan.access import gate, keys
from tahanan.access.rules import Action
from tahanan.base import clock
from tahanan.base.days import PartialDate
from tahanan.base.errors import Refusal
from tahanan.base.names import LegalName
from tahanan.casework import cases, justice, legal_basis, notes, operations, search
from tahanan.casework.door import query
from tahanan.records import models
from tahanan.records.bases import FileRow, OfficeRow
from tahanan.records.vocabulary import (
    Answer,
    BasisKind,
    Charge,
    Compartment,
    CourtLevel,
    DecidedBy,
    Kin,
    Outcome,
    Part,
    Plea,
    Purpose,
    Sentence,
    Sex,
    Status,
    SuspectKin,
)

_numbers = itertools.count(1)
IN_THE_OPEN = "Samahang Bukaskanaryo"


def canary() -> str:
    """A name that stands nowhere else."""
    return f"Pipitkanaryo{next(_numbers):04d}"


def plant(cast: Cast) -> list[str]:
    """Fill every free text that casework takes about a child. Gives the names planted."""
    planted: list[str] = []

    def name() -> str:
        planted.append(canary())
        return planted[-1]

    ana, maya, today = cast.ana, cast.maya, clock.today()
    happened = operations.Happening(today, today)
    seen = search.find(ana, words="Maya").cards[0]
    card = cases.Card(
        chosen=name(), sex=Sex.GIRL, birth=PartialDate(date(2013, 2, 3), date(2013, 2, 3), "day"),
        language=name(), school=name(), own_word=name(), allergies=name(), medicine=name(),
        visitors=name(),
    )  # fmt: skip
    cases.change_card(ana, case=maya, card=card, seen=seen.piece)
    legal = LegalName(name(), name(), name(), nickname=name())
    cases.set_identity(ana, case=maya, name=legal, seen=_identity_piece(ana, case=maya))
    for compartment in Compartment:
        if compartment is not Compartment.THERAPY:
            notes.write_note(
                ana, case=maya, compartment=compartment, text=f"About {name()}. " * 90,
                happened=happened,
            )  # fmt: skip
    notes.write_note(
        cast.dan, case=maya, compartment=Compartment.THERAPY, text=name(), happened=happened
    )
    cases.decide_status(
        ana, case=maya, status=Status.VICTIM, decided_by=DecidedBy.PROSECUTOR, decider=name(),
        from_on=today,
    )  # fmt: skip
    legal_basis.record_basis(
        ana, cases=(maya,), kind=BasisKind.COURT_ORDER, compartments=(Compartment.CARE,),
        purpose=Purpose.CARE, from_on=today, until_on=None,
        authority=legal_basis.Authority(name(), name(), name(), name()),
    )  # fmt: skip
    legal_basis.record_contact(
        ana, case=maya, kin=Kin.PARENT, may_decide=False, may_be_told=False, name=name(),
        phone=name(),
    )  # fmt: skip
    _plant_justice(cast, name, happened)
    search.find(ana.for_purpose("looking"), words=name())
    with pytest.raises(Refusal):
        notes.write_note(
            cast.hana, case=maya, compartment=Compartment.CARE, text=name(), happened=happened
        )
    with pytest.raises(Refusal):
        notes.write_note(
            cast.fe.once(name()), case=maya, compartment=Compartment.CARE, text=name(),
            happened=happened,
        )  # fmt: skip
    return planted


def _plant_justice(cast: Cast, name: Callable[[], str], happened: operations.Happening) -> None:
    """A suspect of two children, named and named anew; a court's number, and the one after it."""
    ana, maya = cast.ana, cast.maya
    of = tuple(justice.Named(child, SuspectKin.UNKNOWN) for child in (maya, cast.jun))
    suspect = justice.name_suspect(
        ana, of=of, who=justice.Who(name(), name(), name()), part=Part.UNKNOWN,
        minor=Answer.UNKNOWN, named=happened,
    )  # fmt: skip
    judgment = justice.record_judgment(
        ana, case=maya, suspect=suspect, docket=None, happened=happened, charge=Charge.OTHER,
        outcome=Outcome.DISMISSED, plea=Plea.NONE, sentence=Sentence.NONE, level=CourtLevel.TRIAL,
        court_number=name(),
    )  # fmt: skip
    justice.correct_judgment(ana, case=maya, judgment=judgment, court_number=name())
    (named,) = justice.justice(ana, case=maya).suspects
    who = justice.Who(name(), name(), name())
    justice.correct_suspicion(ana, case=maya, suspicion=named.suspicion.id, who=who)


@query("identity_piece")
def _identity_piece(visit, *, case: UUID) -> UUID:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.READ))
    found = cases.identity(secret)
    assert found
    return found[0]


def test_no_planted_name_stands_in_any_file(cast: Cast) -> None:
    models.Organisation.objects.filter(id=cast.office.organisations["parish"]).update(
        name=IN_THE_OPEN
    )
    planted = plant(cast)
    assert len(planted) == 37
    files = put_away(House())
    assert found_in(files, [IN_THE_OPEN]), "the search is blind: a name in the open was not found"
    assert not found_in(files, planted)


def test_no_planted_name_stands_in_a_dump_of_every_column(cast: Cast) -> None:
    planted = plant(cast)
    columns = b"\n".join(dump())
    assert b"Silungan casework" in columns, "the dump holds what stands in the open"
    assert not [n for n in planted if any(form in columns for form in encodings(n))]


def _ids(value: object) -> UUID | None:
    """A value as an id, if it can be one: a uuid, or SQLite's 32 hexadecimal characters."""
    if isinstance(value, UUID):
        return value
    if isinstance(value, str) and len(value) == 32:
        try:
            return UUID(value)
        except ValueError:
            return None
    return None


def _instant(value: object) -> str | None:
    """A value as an instant to the microsecond, if it is one."""
    if isinstance(value, datetime):
        return value.astimezone(clock.MANILA).isoformat()
    if isinstance(value, str) and len(value) > 20 and value[4:5] == "-" and value[13:14] == ":":
        return value
    return None


def test_no_id_prefix_or_instant_joins_a_child_to_the_office(cast: Cast) -> None:
    """Plain columns of the file room share no id, no id prefix and no instant with the rest."""
    plant(cast)
    inside: list[object] = []
    outside: list[object] = []
    for model in tables():
        room = inside if issubclass(model, FileRow) else outside
        room += [value for row in rows(model) for value in row.values()]
        assert issubclass(model, FileRow | OfficeRow), model
    theirs = {id.bytes[:6] for value in outside if (id := _ids(value))}
    ours = [id for value in inside if (id := _ids(value))]
    assert len(theirs) > 40
    assert len(ours) > 400
    assert not [id for id in ours if id.bytes[:6] in theirs]
    instants = {at for value in outside if (at := _instant(value))}
    children = {at for value in inside if (at := _instant(value))}
    assert len(children) > 20
    assert not instants & children


def test_the_files_of_the_office_never_say_a_case_reference(cast: Cast) -> None:
    references = [row["reference"] for row in rows(models.Case)]
    office = [
        str(value)
        for model in tables()
        if issubclass(model, OfficeRow)
        for row in rows(model)
        for value in row.values()
    ]
    assert len(references) == 4
    assert not [r for r in references if any(r in value for value in office)]
