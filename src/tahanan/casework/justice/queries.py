"""What a child's file holds of suspects, arrests, judgments, demand and support."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from tahanan.access import gate, keys, links
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Action
from tahanan.access.visit import Visit
from tahanan.casework import facts, texts
from tahanan.casework.comparing import SUSPECT
from tahanan.casework.door import query
from tahanan.casework.justice.shapes import (
    DOCKET,
    ArrestShape,
    DemandShape,
    JudgmentShape,
    JusticeShape,
    SupportShape,
    SuspectShape,
    SuspicionShape,
    Who,
)
from tahanan.casework.operations import Happening
from tahanan.records.fields import SuspectLink
from tahanan.records.models import Arrest, DemandSide, Judgment, Support, Suspicion
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
