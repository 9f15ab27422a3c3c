"""What a child's file holds of suspects, arrests, judgments, demand and support."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys, links, scope
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, NotFound
from tahanan.casework import facts, survivors, texts
from tahanan.casework.cases import cards
from tahanan.casework.comparing import SUSPECT
from tahanan.casework.door import query
from tahanan.casework.justice import steps
from tahanan.casework.justice.shapes import (
    DOCKET,
    ArrestShape,
    Before,
    DemandShape,
    JudgmentShape,
    JusticeShape,
    KnownSuspect,
    Naming,
    SupportShape,
    SuspectShape,
    SuspicionShape,
    Who,
)
from tahanan.casework.operations import Happening, removals
from tahanan.records.fields import SuspectLink
from tahanan.records.models import Arrest, DemandSide, Judgment, Removal, Support, Suspicion
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    Compartment,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)


@query("read_justice")
def justice(visit: Visit, *, case: UUID) -> JusticeShape:
    """All of it, as it stands, for one who may read Justice of this child."""
    return of(keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.READ)))


@query("about_to")
def about_to(visit: Visit, *, case: UUID, what: Act, row: UUID | None = None) -> Before:
    """What stands, for one who may do `what`. `row`: what is to be corrected or taken back.

    Conflict where that was taken back meanwhile; where it was corrected, what stands by now.
    """
    gate.act(visit, case, what)
    gate.about_to_write(visit, case, Compartment.JUSTICE)
    stands = _followed(case, _ROWS[what], row) if row is not None else None
    file = of(keys.open(visit, gate.pass_(visit, case, Compartment.JUSTICE, Action.READ)))
    child = cards(visit, [gate.pass_(visit, case, Compartment.CARD, Action.READ)])[case]
    operations = tuple((r.operation, r.happened) for r in removals(case) if r.operation is not None)
    barred = ""
    if what is Act.NAME_SUSPECT and stands is not None:
        barred = steps.hangs_on_her(steps.named_row(case, stands))
    return Before(child, file, operations, stands, barred)


@query("about_to")
def about_to_name(visit: Visit, *, case: UUID) -> Naming:
    """For whom else a suspect may be named, and who is named for them, for one who may name."""
    gate.act(visit, case, Act.NAME_SUSPECT)
    gate.about_to_write(visit, case, Compartment.JUSTICE)
    gate.pass_(visit, case, Compartment.CARD, Action.READ)
    near = [each for each in _near(case) if steps.may_write(visit, each, Act.NAME_SUSPECT)]
    seen = cards(visit, scope.among(visit, [case, *near]).values())
    beside = tuple(seen[each] for each in near if each in seen)
    opened = keys.open_many(visit, scope.among(visit, [case, *near], Compartment.JUSTICE).values())
    files = {each: of(secret).suspects for each, secret in opened.items()}
    hers = {suspect.id for suspect in files.get(case, ())}
    known = {
        suspect.id: KnownSuspect(suspect.id, suspect.who, other, suspect.id in hers)
        for other in beside
        for suspect in files.get(other.case, ())
    }
    return Naming(seen[case], beside, tuple(known.values()))


# ── steps ───────────────────────────────────────────────────────────────────────────────────


def of(secret: CompartmentSecret) -> JusticeShape:
    """All of it, from an opened Justice."""
    sealed = texts.read(secret, kind__in=(SUSPECT, DOCKET))
    return JusticeShape(
        secret.case,
        _suspects(secret.case, sealed),
        _demand(secret.case),
        _support(secret.case),
    )


def _suspects(case: UUID, sealed: list[texts.Piece]) -> tuple[SuspectShape, ...]:
    rows = list(facts.standing(Suspicion).filter(case=case).order_by("happened_on", "id"))
    who = {piece.of: Who(**piece.content) for piece in sealed if piece.kind == SUSPECT}
    named = {row.suspect: links.SUSPECT.open(row.suspect) for row in rows}
    arrests = _arrests(named)
    numbers = {piece.of: piece.content["number"] for piece in sealed if piece.kind == DOCKET}
    judgments = _judgments(named, numbers)
    return tuple(
        SuspectShape(
            named[row.suspect],
            who.get(row.id, Who()),
            SuspicionShape(
                row.id, SuspectKin(row.kin), Part(row.part), Answer(row.minor),
                Answer(row.lives_with), Happening(row.happened_on, row.happened_until),
                row.known_day,
            ),
            tuple(each for each in arrests if each.suspect == named[row.suspect]),
            tuple(each for each in judgments if each.suspect == named[row.suspect]),
        )
        for row in rows
    )  # fmt: skip


def _arrests(named: dict[SuspectLink, UUID]) -> list[ArrestShape]:
    if not named:
        return []
    rows = Arrest.objects.filter(suspect__in=list(named), replaced_at__isnull=True, withdrawn=False)
    return [
        ArrestShape(
            row.id, named[row.suspect], Happening(row.happened_on, row.happened_until),
            row.operation_id, row.country, row.supported, row.known_day,
        )
        for row in rows.order_by("happened_on", "id")
    ]  # fmt: skip


def _judgments(named: dict[SuspectLink, UUID], numbers: dict[UUID, str]) -> Iterable[JudgmentShape]:
    if not named:
        return []
    rows = Judgment.objects.filter(
        suspect__in=list(named), replaced_at__isnull=True, withdrawn=False
    )
    return [
        JudgmentShape(
            row.id, named[row.suspect], row.docket, Happening(row.happened_on, row.happened_until),
            Charge(row.charge), Outcome(row.outcome), Plea(row.plea), Sentence(row.sentence),
            CourtLevel(row.level), row.country, row.supported, numbers.get(row.docket, ""),
            row.known_day,
        )
        for row in rows.order_by("happened_on", "id")
    ]  # fmt: skip


def _demand(case: UUID) -> tuple[DemandShape, ...]:
    rows = facts.standing(DemandSide).filter(case=case).order_by("happened_on", "id")
    columns = ("id", "country", "happened_on", "happened_until")
    return tuple(
        DemandShape(id, country, Happening(first, last))
        for id, country, first, last in rows.values_list(*columns)
    )


def _support(case: UUID) -> tuple[SupportShape, ...]:
    rows = facts.standing(Support).filter(case=case).order_by("from_on", "id")
    return tuple(SupportShape(*row) for row in rows.values_list("id", "from_on", "until_on"))


_ROWS: dict[Act, type[Any]] = {
    Act.NAME_SUSPECT: Suspicion,
    Act.RECORD_ARREST: Arrest,
    Act.RECORD_JUDGMENT: Judgment,
    Act.RECORD_DEMAND: DemandSide,
}


def _followed(case: UUID, model: type[Any], row: UUID) -> UUID:
    """What stands by now of a row of this child's; NotFound for any other row."""
    if model in (Suspicion, DemandSide):
        rows = model._default_manager.filter(case=case)
    else:
        named = facts.standing(Suspicion).filter(case=case).values("suspect")
        rows = model._default_manager.filter(suspect__in=named)
    found = rows.filter(id=row).first()
    if found is None:
        raise NotFound
    while found.replaced_at is not None:
        found = model._default_manager.get(replaces=found.id)
    if found.withdrawn:
        raise Conflict("taken-back", _("Somebody took this back first."), standing=found.id)
    stands: UUID = found.id
    return stands


def _near(case: UUID) -> list[UUID]:
    """The cases of her sisters and brothers, and of those brought to safety with her."""
    hers = facts.standing(Removal).filter(case=case, operation__isnull=False)
    together = facts.standing(Removal).filter(operation__in=hers.values("operation"))
    group = survivors.cases_of(survivors.group_of(case))
    found = {
        *together.values_list("case_id", flat=True),
        *(c for own in group.values() for c in own),
    }
    whose = survivors.survivors_of({*found, case})
    return sorted(each for each in found if whose[each] != whose[case])
