"""What was before: an operation, and a child with her file, brought in from an outside history.

Nothing here needs open keys. A file that is made while they are shut is sealed to the signed public
halves of its teams, and the first who opens it locks it anew (`grants.renew_keys`).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid, NotFound
from tahanan.base.names import LegalName
from tahanan.casework import cases, facts, operations
from tahanan.casework.door import command
from tahanan.casework.operations import Happening, SharedFacts
from tahanan.records.models import Support
from tahanan.records.vocabulary import Compartment, HowSafe, OperationKind, TeamKind

NOTHING = SharedFacts()


@command("record_operation")
def record_operation(
    visit: Visit,
    *,
    team: UUID,
    happened: Happening,
    region: str,
    kind: OperationKind = OperationKind.LAW_ENFORCEMENT,
    supported: bool = True,
) -> UUID:
    """Record one operation that was; its children follow, each with `record_child`. Gives its id.

    City, unit and source are said with each child: they are sealed in her file, and here is none.
    """
    _importer(visit, team)
    _must_be_past(visit, happened)
    return operations.add_operation(
        visit, happened=happened, region=region, supported=supported, kind=kind
    )


@command("record_child")
def record_child(
    visit: Visit,
    *,
    team: UUID,
    operation: UUID | None,
    happened: Happening,
    region: str,
    how: HowSafe,
    card: cases.Card,
    name: LegalName | None,
    supported: bool,
    since: date | None = None,
    shared: SharedFacts = NOTHING,
) -> UUID:
    """Record a child who was brought to safety: her file, her removal, at risk. Gives the case.

    `since`: the day the programme has supported her from, if it did (`supported`); else the last
    day on which she may have been brought to safety.
    """
    _importer(visit, team)
    _must_be_past(visit, happened)
    if since is not None and since > visit.today:
        raise Invalid({"since": _("That day is still ahead. Give today or a day before.")})
    standing = operations.reached(visit, operation) if operation is not None else None
    opening = cases.Opening(team=team, region=region, card=card, name=name, since=happened.last)
    case, secrets = cases.open_with_keys(visit, opening)
    operations.add_removal(
        visit, case=case, operation=standing, happened=happened, region=region, sex=card.sex,
        birth=card.birth, how=how,
    )  # fmt: skip
    if standing is not None and shared != NOTHING:
        operations.seal_shared(visit, secrets[Compartment.JUSTICE], standing, shared)
    if supported:
        facts.add(visit, Support, case_id=case, from_on=since or happened.last)
    return case


def _importer(visit: Visit, team: UUID) -> None:
    if gate.office(visit, OfficeAct.IMPORT_HISTORY, team).kind is not TeamKind.CASEWORK:
        raise NotFound
    visit.team = team


def _must_be_past(visit: Visit, happened: Happening) -> None:
    if happened.first > happened.last:
        raise Invalid({"happened": _("The last day is before the first. Give a later last day.")})
    if happened.last > visit.today:
        raise Invalid({"happened": _("That day is still ahead. Give today or a day before.")})
