"""Figures that left the programme: published once for each report and day, and public from then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base.errors import Conflict, Invalid
from tahanan.casework.door import command, query
from tahanan.casework.figures.reports import refuse_report
from tahanan.casework.figures.shapes import Published
from tahanan.records.models import Publication

_LONGEST = 160


@query("published_figures")
def published(visit: Visit) -> tuple[Published, ...]:
    """Every report that was published, newest day first."""
    gate.office(visit, OfficeAct.SEE_FIGURES)
    return publications()


@query("about_to_publish_figures")
def about_to_publish(visit: Visit) -> tuple[Published, ...]:
    """What was published before, shown beside the form to whoever may publish."""
    gate.office(visit, OfficeAct.PUBLISH_FIGURES)
    return publications()


@command("publish_figures")
def publish(visit: Visit, *, report: str, known_on: date, title: str) -> UUID:
    """Say that a report, as known on a day, has left the programme: from now on it is public.

    A day that is not over cannot be published: its figures still move.
    """
    gate.office(visit, OfficeAct.PUBLISH_FIGURES)
    _sound(visit, report, known_on, title.strip())
    if Publication.objects.filter(report=report, known_on=known_on).exists():
        raise Conflict("published-before", _("This report was published for this day before."))
    made = Publication(
        report=report, known_on=known_on, published_on=visit.today, title=title.strip()
    )
    made.save(force_insert=True)
    visit.details |= {"report": report, "known_on": str(known_on)}
    return made.id


def publications(report: str | None = None) -> tuple[Published, ...]:
    """Those of one report, or all; newest day first."""
    rows = Publication.objects.order_by("-known_on", "report")
    if report is not None:
        rows = rows.filter(report=report)
    return tuple(
        Published(*row)
        for row in rows.values_list("id", "report", "known_on", "published_on", "title")
    )


def published_on(all_of: Iterable[Published], day: date) -> Published | None:
    """What was published as known on this very day."""
    return next((each for each in all_of if each.known_on == day), None)


def _sound(visit: Visit, report: str, known_on: date, title: str) -> None:
    refuse_report(report)
    problems: dict[str, str] = {}
    if known_on >= visit.today:
        problems["known_on"] = _(
            "“As known on” must be a day that is over, since today’s figures still move. "
            "Give a day before today."
        )
    if not title:
        problems["title"] = _("Write under which title it was published.")
    elif len(title) > _LONGEST:
        problems["title"] = _("The title is too long. Write it in fewer words.")
    if problems:
        raise Invalid(problems)
