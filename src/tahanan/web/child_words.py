"""The sentences of a child's page: her way, what is due, what happened, who can see what."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from tahanan.base import clock
from tahanan.casework.cases import Card
from tahanan.casework.child_page import (
    DECIDES,
    NOT_TOLD,
    Adult,
    ChildPage,
    Entry,
    Passed,
    Sibling,
    Stage,
    Step,
    Version,
    What,
)
from tahanan.casework.grants import Sight
from tahanan.records.vocabulary import (
    FACILITY_TEAMS,
    BasisKind,
    ClockKind,
    Compartment,
    DecidedBy,
    FacilityKind,
    HowSafe,
    Kin,
    Status,
    StayEnd,
    TeamKind,
)
from tahanan.web import words

Words = str | Promise

STAGES: dict[Stage, Words] = {
    Stage.SAFE: lazy("Safe"),
    Stage.ASSESSMENT: lazy("Assessment"),
    Stage.DECIDING: lazy("Deciding together"),
    Stage.PLACE: lazy("A family or shelter"),
    Stage.AFTERCARE: lazy("After-care"),
    Stage.HOME: lazy("Home, for good"),
}
_ORDINAL: dict[int, Words] = {
    1: lazy("first of six"),
    2: lazy("second of six"),
    3: lazy("third of six"),
    4: lazy("fourth of six"),
    5: lazy("fifth of six"),
    6: lazy("the last of six"),
}
_HOME_SINCE: dict[FacilityKind, Words] = {
    FacilityKind.ASSESSMENT_CENTER: lazy("Center since %(day)s"),
    FacilityKind.SHELTER: lazy("Shelter since %(day)s"),
    FacilityKind.FAMILY_HOME: lazy("With a family since %(day)s"),
    FacilityKind.SURVIVOR_CENTER: lazy("Survivor center since %(day)s"),
}
_DUE: dict[ClockKind, Words] = {
    ClockKind.EMERGENCY_REVIEW: lazy("The emergency stay is to be reviewed by a supervisor."),
    ClockKind.EMERGENCY_ENDS: lazy("The 72 hours of the emergency stay end: a place is needed."),
    ClockKind.STAY_REVIEW: lazy("The stay is to be reviewed."),
    ClockKind.STAY_TARGET: lazy("The stay reaches the home’s own target."),
    ClockKind.BASIS_EXPIRES: lazy(
        "A legal basis ends. Where it is still needed, record what follows it."
    ),
    ClockKind.INTAKE_UNFINISHED: lazy("The intake is not finished."),
    ClockKind.ADMISSION_TOLD: lazy("An admission is to be received by the home."),
    ClockKind.SIBLINGS_PARTED: lazy("Parted from sisters or brothers: the reason is to be read."),
}
_PANES: dict[Compartment, Words] = {
    Compartment.IDENTITY: lazy("Legal name, contacts, legal basis"),
    Compartment.CARE: lazy("What helps, notes, legal status"),
    Compartment.HEALTH: lazy("Visits, medicine, vaccines"),
    Compartment.THERAPY: lazy("Notes of the sessions"),
    Compartment.JUSTICE: lazy("What was found, hearings, suspects"),
    Compartment.WHEREABOUTS: lazy("Where the child sleeps tonight"),
}
_BROUGHT: dict[HowSafe, Words] = {
    HowSafe.REMOVED: lazy("Brought to safety."),
    HowSafe.SAFEGUARDED: lazy("Made safe where the child lives."),
    HowSafe.SURRENDERED: lazy("Given into care."),
}
_STAYED: dict[FacilityKind, Words] = {
    FacilityKind.ASSESSMENT_CENTER: lazy("Received at an assessment center."),
    FacilityKind.SHELTER: lazy("Received at a shelter."),
    FacilityKind.FAMILY_HOME: lazy("Received by a family."),
    FacilityKind.SURVIVOR_CENTER: lazy("Received at a survivor center."),
}
_ENDED: dict[StayEnd, Words] = {
    StayEnd.MOVED: lazy("Moved to another home."),
    StayEnd.REUNITED: lazy("Went back to the family."),
    StayEnd.KIN: lazy("Went to live with safe kin."),
    StayEnd.INDEPENDENT: lazy("Began to live independently."),
    StayEnd.LEFT: lazy("Left the home."),
    StayEnd.OTHER: lazy("The stay ended."),
}
_DECIDED: dict[DecidedBy, Words] = {
    DecidedBy.SOCIAL_WORKER: lazy("Legal status: %(status)s, decided by a social worker."),
    DecidedBy.CASE_CONFERENCE: lazy("Legal status: %(status)s, decided by a case conference."),
    DecidedBy.PROSECUTOR: lazy("Legal status: %(status)s, decided by a prosecutor."),
    DecidedBy.COURT: lazy("Legal status: %(status)s, decided by a court."),
}
_STATUS: dict[Status, Words] = {
    Status.AT_RISK: lazy("at risk"),
    Status.VICTIM: lazy("victim"),
    Status.NOT_VICTIM: lazy("not a victim"),
}
_BASIS: dict[BasisKind, Words] = {
    BasisKind.CONSENT: lazy("Consent was given for %(parts)s."),
    BasisKind.PROTECTIVE_CUSTODY: lazy("Protective custody covers %(parts)s."),
    BasisKind.MANDATED_REPORT: lazy("A mandated report covers %(parts)s."),
    BasisKind.COURT_ORDER: lazy("A court order covers %(parts)s."),
    BasisKind.VITAL_INTEREST: lazy("Danger to life or health covers %(parts)s."),
}
_KIN: dict[Kin, Words] = {
    Kin.PARENT: lazy("a parent"),
    Kin.STEP_PARENT: lazy("a step-parent"),
    Kin.SIBLING: lazy("a grown sister or brother"),
    Kin.GRANDPARENT: lazy("a grandparent"),
    Kin.AUNT_UNCLE: lazy("an aunt or uncle"),
    Kin.OTHER_RELATIVE: lazy("another relative"),
    Kin.GUARDIAN: lazy("the guardian"),
    Kin.FAMILY_FRIEND: lazy("a family friend"),
    Kin.SOCIAL_WELFARE_OFFICER: lazy("the social welfare officer"),
    Kin.THE_CHILD: lazy("the child"),
    Kin.OTHER: lazy("somebody else"),
}


def about(card: Card) -> str:
    """“13 years old, Grade 7. Speaks Cebuano at home.”"""
    age = words.opening(words.years_old(card.birth))
    said = [
        _("%(age)s, %(school)s.") % {"age": age, "school": card.school}
        if card.school
        else _("%(age)s.") % {"age": age}
    ]
    if card.language:
        said.append(_("Speaks %(language)s at home.") % {"language": card.language})
    if card.own_word:
        said.append(_("Own word: “%(word)s”.") % {"word": card.own_word})
    return " ".join(said)


# -- her way home ------------------------------------------------------------------------------


def steps(page: ChildPage) -> list[tuple[str, str, str]]:
    """Each stage: its name, what is recorded of it, and what a screen reader hears beside."""
    heard: dict[Passed, Words] = {
        Passed.DONE: _("Done"),
        Passed.NOW: "",
        Passed.AHEAD: _("Ahead"),
        Passed.SKIPPED: "",
    }
    return [
        (str(STAGES[step.stage]), _recorded(step), str(heard[step.passed])) for step in page.way
    ]


def stage_now(page: ChildPage) -> int:
    """Which stage it is now, counted from one."""
    return next(n for n, step in enumerate(page.way, 1) if step.passed is Passed.NOW)


def way_answer(page: ChildPage) -> str:
    """“second of six. Center since 18 June, day 77 of 90.”"""
    number = stage_now(page)
    recorded = _recorded(page.way[number - 1])
    place = str(_ORDINAL[number])
    if not recorded:
        return _("%(place)s.") % {"place": place}
    return _("%(place)s. %(recorded)s.") % {"place": place, "recorded": recorded}


def _recorded(step: Step) -> str:
    if step.passed is Passed.AHEAD:
        return ""
    if step.passed is Passed.SKIPPED:
        return _("Nothing recorded")
    if step.first is None:
        return _not_yet(step.stage)
    if step.stage is Stage.SAFE or step.kind is None:
        return words.span(step.first, step.last or step.first)
    if step.last is not None:
        return words.from_to(step.first, step.last)
    since = str(_HOME_SINCE[step.kind]) % {"day": words.day(step.first)}
    if step.day is None:
        return since
    if step.of is None:
        return _("%(since)s, day %(day)s") % {"since": since, "day": step.day}
    return _("%(since)s, day %(day)s of %(of)s") % {
        "since": since,
        "day": step.day,
        "of": step.of,
    }


def _not_yet(stage: Stage) -> str:
    if stage is Stage.SAFE:
        return _("No day is on record yet")
    if stage is Stage.ASSESSMENT:
        return _("No place is on record yet")
    return _("The last stay has ended")


# -- what is due, who is near ------------------------------------------------------------------


def due(kind: ClockKind) -> str:
    """One thing due, as a sentence."""
    return str(_DUE[kind])


def late(on: date) -> bool:
    """Whether the day is past."""
    return on < clock.today()


def sibling_where(sibling: Sibling) -> str:
    """Where a sister or brother is, as far as the reader may know."""
    if not sibling.where_known:
        return _("Where is not yours to see.")
    if sibling.stays_in is None or sibling.since is None:
        return _("No place is on record yet.")
    if sibling.together:
        return _("In the same home.")
    since = str(_HOME_SINCE[sibling.stays_in]) % {"day": words.day(sibling.since)}
    return _("%(since)s.") % {"since": since}


def deciders(adults: tuple[Adult, ...]) -> str:
    """“A grandparent, and the child.” in relation words; or that nobody is named yet."""
    named = [str(_KIN[adult.kin]) for adult in adults if adult.may_decide]
    if not named:
        return _("Nobody is named yet.")
    return words.opening(_("%(adults)s.") % {"adults": words.joined(named)})


def told(adults: tuple[Adult, ...]) -> str:
    """“May be told: an aunt or uncle.”, of those who may not decide; or nothing."""
    named = [str(_KIN[one.kin]) for one in adults if one.may_be_told and not one.may_decide]
    if not named:
        return ""
    return _("May be told: %(adults)s.") % {"adults": words.joined(named)}


def not_told(adults: tuple[Adult, ...]) -> int:
    """How many must not be told."""
    return sum(not adult.may_be_told for adult in adults)


def holders_answer(page: ChildPage) -> str:
    """“You, with Ben Torres. One person must not be told.”, for a closed fold."""
    manager = _("You") if page.holders.mine else page.holders.manager or _("Nobody is named")
    if page.holders.supervisors:
        said = _("%(manager)s, with %(supervisors)s.") % {
            "manager": manager,
            "supervisors": words.joined(page.holders.supervisors),
        }
    else:
        said = _("%(manager)s.") % {"manager": manager}
    silent = not_told(page.adults)
    if not silent:
        return said
    return f"{said} {must_not_be_told(silent)}"


def must_not_be_told(number: int) -> str:
    """“One person must not be told.”"""
    return ngettext(
        "One person must not be told.", "%(number)s persons must not be told.", number
    ) % {"number": number}


def card_answer(card: Card) -> str:
    """What stands on the card, for a closed fold."""
    said = [
        (_("Allergies: %(what)s.") % {"what": card.allergies}) if card.allergies else "",
        (_("Medicine: %(what)s.") % {"what": card.medicine}) if card.medicine else "",
    ]
    return " ".join(filter(None, said)) or _("No allergy and no medicine on record.")


def pane_holds(part: Compartment) -> str:
    """What is in a closed pane."""
    return str(_PANES[part])


# -- what happened -----------------------------------------------------------------------------


def happened(entry: Entry) -> str:
    """What happened, in one sentence without any name of a place or person."""
    said = _version(entry.what, entry.stands)
    if entry.taken_back_on is None:
        return said
    return _("%(entry)s Taken back on %(day)s: it was a mistake.") % {
        "entry": said,
        "day": words.day(entry.taken_back_on),
    }


def known(entry: Entry) -> str:
    """When this was learned, and what stood before."""
    said = [_since_when(entry.stands)]
    for version in reversed(entry.before):
        said.append(_stood(entry.what, version))
    return " ".join(said)


def day_of(version: Version, what: What) -> str:
    """The day of an entry, known in part or exactly."""
    if what is What.REMOVAL:
        return words.span(version.first, version.last or version.first)
    return words.day(version.first)


def _since_when(version: Version) -> str:
    if version.known_on == version.first:
        return _("Known the same day.")
    return _("We learned this on %(day)s.") % {"day": words.day(version.known_on)}


def _stood(what: What, version: Version) -> str:
    stood = day_of(version, what) if what is What.REMOVAL else _version(what, version).rstrip(".")
    days = {
        "stood": stood,
        "first": words.day(version.known_on),
        "last": words.day(version.replaced_on or version.known_on),
    }
    if days["first"] == days["last"]:
        return _("Before this, %(stood)s, as known on %(first)s.") % days
    return _("Before this, %(stood)s, as known from %(first)s to %(last)s.") % days


def _version(what: What, version: Version) -> str:
    if what is What.REMOVAL:
        return str(_BROUGHT[HowSafe(version.code)])
    if what is What.STATUS:
        said = str(_DECIDED[DecidedBy(version.more)])
        return said % {"status": str(_STATUS[Status(version.code)])}
    if what is What.STAY:
        return str(_STAYED[FacilityKind(version.code)])
    if what is What.STAY_END:
        return str(_ENDED[StayEnd(version.code)])
    if what is What.BASIS:
        return _basis(version)
    return _contact(version)


def _basis(version: Version) -> str:
    parts = words.compartments([Compartment(code) for code in version.more.split()])
    said = str(_BASIS[BasisKind(version.code)]) % {"parts": parts}
    if version.last is None:
        return said
    return _("%(basis)s Until %(day)s.") % {"basis": said, "day": words.day(version.last)}


def _contact(version: Version) -> str:
    adult = {"adult": words.opening(str(_KIN[Kin(version.code)]))}
    if version.more == DECIDES:
        return _("%(adult)s may decide and be told.") % adult
    if version.more == NOT_TOLD:
        return _("%(adult)s must not be told.") % adult
    return _("%(adult)s may be told.") % adult


# -- who can see what --------------------------------------------------------------------------


def sees(sight: Sight) -> str:
    """“All but Therapy”, “Care and Health”, “The card alone”."""
    parts = [part for part in sight.compartments if part is not Compartment.CARD]
    if not parts:
        return _("The card alone")
    missing = [p for p in Compartment if p is not Compartment.CARD and p not in parts]
    if len(missing) == 1:
        return _("All but %(part)s") % {"part": words.compartments(missing)}
    return words.compartments(parts)


_OF_THE_HOME: dict[TeamKind, Words] = {
    TeamKind.FACILITY_STAFF: lazy("The home’s social workers"),
    TeamKind.FACILITY_CLINIC: lazy("The home’s clinic"),
    TeamKind.FACILITY_HOUSE: lazy("The home’s house parents"),
}


def seer(sight: Sight) -> str:
    """Who sees: a team by its name, a home by its part alone. Which home stands in Whereabouts."""
    name = sight.name or str(_OF_THE_HOME[sight.kind])
    return _("%(team)s (yours)") % {"team": name} if sight.mine else name


def sights_answer(sights: tuple[Sight, ...]) -> str:
    """“The home’s clinic and Ginhawa therapists, each some parts.”, for a closed fold."""
    others = [seer(sight) for sight in sights if not sight.mine]
    if not others:
        return _("Your team alone.")
    if len(others) > 3:
        number = len(others)
        said = ngettext("%(count)s other team.", "%(count)s other teams.", number)
        return words.opening(said % {"count": words.count(number)})
    return _("Your team; %(teams)s, each some parts.") % {"teams": words.joined(others)}


def way_so_far_answer(page: ChildPage) -> str:
    """How many entries, and the last of them, for a closed fold."""
    if not page.entries:
        return _("Nothing is on record yet.")
    last = page.entries[0]
    return _("%(all)s entries, the last on %(day)s: %(entry)s") % {
        "all": len(page.entries),
        "day": day_of(last.stands, last.what),
        "entry": happened(last),
    }


def until(sight: Sight) -> str:
    """Until when a team sees what it sees."""
    if sight.until_on is not None:
        return words.day(sight.until_on)
    if sight.kind in FACILITY_TEAMS:
        return _("the stay ends")
    return _("the case is closed, or it is taken back")
