"""Who reads figures, how exactly, and as known on which days: asked once at the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Min
from django.utils.translation import gettext as _

from tahanan.access import gate, rules
from tahanan.access.rules import OfficeAct
from tahanan.access.visit import Visit
from tahanan.base.errors import Invalid
from tahanan.casework.figures import reports, telling
from tahanan.casework.figures.publishing import publications, published_on
from tahanan.casework.figures.shapes import Published, Sight
from tahanan.measures.periods import PERIODS, Period
from tahanan.records.models import Removal
from tahanan.records.walls.session import open_figures

# The part of the system as which the keeper of the machine reports.
KEEPER = "report"


@dataclass(frozen=True, slots=True)
class Reader:
    """How exactly one visit may be told figures, and which days it may choose."""

    sight: Sight
    today: date
    days: tuple[date, ...]
    published: tuple[Published, ...]
    may_publish: bool

    @property
    def latest(self) -> date:
        """The latest day that may be told."""
        return telling.latest(self.sight, self.today)

    def day(self, field: str, day: date | None) -> date:
        """The day asked for, or the latest; refused where it may not be told."""
        if day is None:
            return self.latest
        telling.refuse_day(field, day, self.today, self.days)
        return day

    def period(self, code: str) -> Period:
        """The period asked for. A single year is told to those alone who are told all exactly.

        Years with few are joined with their neighbours: one of those, alone, would give the rest.
        """
        found = reports.period_of(code)
        if self.sight is Sight.ROUNDED and code not in PERIODS:
            raise Invalid(
                {
                    "period": _(
                        "“Period” cannot be a single year here: years with few are told "
                        "together. Choose all or lockdown, and see the table by year."
                    )
                }
            )
        return found

    def of_report(self, day: date) -> Sight:
        """How exactly a whole report is told: what was published of that day is public."""
        return Sight.EXACT if published_on(self.published, day) else self.sight


def reader(visit: Visit, report: str) -> Reader:
    """Whether the actor may see figures at all, and how; the rest of the visit may count."""
    if visit.actor.system == KEEPER:
        sight, may_publish = Sight.EXACT, False
    else:
        gate.office(visit, OfficeAct.SEE_FIGURES)
        relations = visit.actor.relations
        sight = Sight.EXACT if rules.counts_exactly(relations) else Sight.ROUNDED
        what = OfficeAct.PUBLISH_FIGURES
        may_publish = any(rules.may_in_office(each, what).allowed for each in relations)
    open_figures(connection)
    all_of = publications(report)
    first = Removal.objects.filter(tenant=visit.tenant).aggregate(first=Min("happened_on"))["first"]
    offered = telling.days(
        sight, first or visit.today, visit.today, [each.known_on for each in all_of]
    )
    return Reader(sight, visit.today, offered, all_of, may_publish)
