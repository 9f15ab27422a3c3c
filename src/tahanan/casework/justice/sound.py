"""What cannot be true of an arrest, a judgment or a day: said with its field and its mend."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tahanan.access import links, scope
from tahanan.access.visit import Visit
from tahanan.base import countries
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import operations
from tahanan.casework.operations import Happening
from tahanan.records.models import Arrest, Intake, Operation, Removal, Suspicion
from tahanan.records.vocabulary import Compartment, CourtLevel, Outcome, Sentence

LONGEST_NAME, LONGEST = 160, 2000
_AT_MOST = 500
_ON_APPEAL = frozenset({Outcome.UPHELD, Outcome.REVERSED})


def day_problem(visit: Visit, happened: Happening) -> str:
    """Why something cannot have happened then; empty where it can."""
    if happened.last < happened.first:
        return _("The last day is before the first. Give a later last day.")
    if happened.last > visit.today:
        return _("That day is still ahead. Give today or a day before.")
    return ""


def refuse_day(visit: Visit, happened: Happening, field: str = "happened") -> None:
    """Raises Invalid for days that are still ahead, or the wrong way round."""
    refuse({field: day_problem(visit, happened)})


def refuse_future(visit: Visit, day: date, field: str) -> None:
    """Raises Invalid for a day that is still ahead."""
    refuse_day(visit, Happening(day, day), field)


def country_problem(code: str) -> str:
    """Why this is no country; empty where it is one, or the code for an unknown one."""
    if code in countries.codes():
        return ""
    return _("No country has this code. Give one of ISO 3166-1 in two letters, or ZZ for unknown.")


def length_problem(text: str, most: int) -> str:
    """Why this is too long; empty where it is not."""
    return _("This is too long. Write it in fewer words.") if len(text) > most else ""


def decision_problems(level: CourtLevel, outcome: Outcome, sentence: Sentence) -> dict[str, str]:
    """What of a decision cannot go together."""
    found: dict[str, str] = {}
    if level is CourtLevel.TRIAL and outcome in _ON_APPEAL:
        found["outcome"] = _(
            "Upheld and reversed are said on appeal. Choose another outcome, or another court."
        )
    if sentence is not Sentence.NONE and outcome is not Outcome.CONVICTED:
        found["sentence"] = _("There is a sentence only where somebody was convicted.")
    return found


def refuse(problems: dict[str, str]) -> None:
    """Raises Invalid with every problem that is not empty."""
    found = {field: sentence for field, sentence in problems.items() if sentence}
    if found:
        raise Invalid(found)


def operation_problem(visit: Visit, operation: UUID | None) -> str:
    """Why this operation cannot be named; empty where the actor sees it."""
    if operation is None or _sees(visit, operation):
        return ""
    return _("You see no such operation. Choose one of the children you hold, or none.")


def _sees(visit: Visit, operation: UUID) -> bool:
    """Seen through an intake of the actor's team, or a child or an arrest she may know of.

    Row-level security says the same on PostgreSQL; this says it on SQLite too.
    """
    same = _versions(operation)
    rows = Removal.objects.filter(operation__in=same)
    children = rows.values_list("case_id", flat=True).distinct()[:_AT_MOST]
    if scope.among_parts(visit, children, Compartment.CARD, Compartment.JUSTICE):
        return True
    teams = [links.INTAKE_TEAM.close(each.team) for each in visit.actor.memberships]
    if Intake.objects.filter(operation__in=same, team__in=teams).exists():
        return True
    arrested = Arrest.objects.filter(operation__in=same).values("suspect")
    named = Suspicion.objects.filter(suspect__in=arrested).values_list("case_id", flat=True)
    if scope.among(visit, named.distinct()[:_AT_MOST], Compartment.JUSTICE):
        return True
    # In one where nobody stands yet the first arrest is recorded by those who recorded it.
    with suppress(NotFound):
        operations.reached(visit, operation)
        return True
    return False


def _versions(operation: UUID) -> set[UUID]:
    """An operation, what it corrects and what corrects it: one operation."""
    found, fresh = {operation}, {operation}
    while fresh:
        near = Operation.objects.filter(Q(id__in=fresh) | Q(replaces__in=fresh))
        ends = {end for pair in near.values_list("id", "replaces_id") for end in pair if end}
        fresh, found = ends - found, found | ends
    return found
