"""The words of every code a child's file holds, as they stand in a form or a sentence."""

from __future__ import annotations

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tahanan.casework.operations import HowKnown
from tahanan.records.vocabulary import (
    Answer,
    BasisKind,
    Bond,
    Charge,
    Compartment,
    CourtLevel,
    DecidedBy,
    Depiction,
    Element,
    FacilityKind,
    Finding,
    Kin,
    Outcome,
    Part,
    Plea,
    Purpose,
    Sentence,
    Sex,
    Status,
    StayEnd,
    StayMode,
    SuspectKin,
)

Words = str | Promise

_WORDS: dict[type[StrEnum], dict[str, Words]] = {
    Compartment: {
        Compartment.CARD: _("Card"),
        Compartment.IDENTITY: _("Identity"),
        Compartment.CARE: _("Care"),
        Compartment.HEALTH: _("Health"),
        Compartment.THERAPY: _("Therapy"),
        Compartment.JUSTICE: _("Justice"),
        Compartment.WHEREABOUTS: _("Whereabouts"),
    },
    Sex: {
        Sex.GIRL: _("Girl"),
        Sex.BOY: _("Boy"),
        Sex.UNKNOWN: _("Not known yet"),
    },
    Status: {
        Status.AT_RISK: _("At risk"),
        Status.VICTIM: _("Victim"),
        Status.NOT_VICTIM: _("Not a victim"),
    },
    DecidedBy: {
        DecidedBy.SOCIAL_WORKER: _("A social worker"),
        DecidedBy.CASE_CONFERENCE: _("A case conference"),
        DecidedBy.PROSECUTOR: _("A prosecutor"),
        DecidedBy.COURT: _("A court"),
    },
    Element: {
        Element.MINOR: _("A child"),
        Element.PRODUCTION: _("Something was produced"),
        Element.DEPICTION: _("It shows the abuse"),
        Element.ONLINE: _("Published or sent online"),
        Element.THIRD_PARTY_ABSENT: _("For somebody who was not there"),
        Element.COMPENSATION: _("In exchange for something"),
        Element.CONTACT_ABUSE: _("Abuse of the body, not through a screen alone"),
    },
    Finding: {
        Finding.ESTABLISHED: _("Established"),
        Finding.SUSPECTED: _("Suspected"),
        Finding.NOT_FOUND: _("Not found"),
    },
    Depiction: {
        Depiction.PHOTO: _("Photograph"),
        Depiction.VIDEO: _("Video"),
        Depiction.LIVE: _("Live stream"),
        Depiction.SEVERAL: _("More than one kind"),
        Depiction.UNKNOWN: _("Kind not known"),
    },
    Bond: {
        Bond.FULL: _("Same mother and father"),
        Bond.HALF: _("One parent in common"),
        Bond.RAISED_TOGETHER: _("Raised together, not by blood"),
        Bond.NOT_SURE: _("Not sure yet"),
    },
    BasisKind: {
        BasisKind.CONSENT: _("Consent"),
        BasisKind.PROTECTIVE_CUSTODY: _("Protective custody"),
        BasisKind.MANDATED_REPORT: _("Mandated report"),
        BasisKind.COURT_ORDER: _("Court order"),
        BasisKind.VITAL_INTEREST: _("Life or health in danger"),
    },
    Purpose: {
        Purpose.CARE: _("Care"),
        Purpose.PLACEMENT: _("A place to stay"),
        Purpose.HEALTH: _("Health"),
        Purpose.THERAPY: _("Therapy"),
        Purpose.JUSTICE: _("Justice"),
        Purpose.PROTECTION: _("Protection"),
    },
    Kin: {
        Kin.PARENT: _("Parent"),
        Kin.STEP_PARENT: _("Step-parent"),
        Kin.SIBLING: _("Sister or brother"),
        Kin.GRANDPARENT: _("Grandparent"),
        Kin.AUNT_UNCLE: _("Aunt or uncle"),
        Kin.OTHER_RELATIVE: _("Another relative"),
        Kin.GUARDIAN: _("Guardian"),
        Kin.FAMILY_FRIEND: _("Family friend"),
        Kin.SOCIAL_WELFARE_OFFICER: _("Social welfare officer"),
        Kin.THE_CHILD: _("The child herself or himself"),
        Kin.OTHER: _("Somebody else"),
    },
    FacilityKind: {
        FacilityKind.ASSESSMENT_CENTER: _("Assessment center"),
        FacilityKind.SHELTER: _("Shelter"),
        FacilityKind.FAMILY_HOME: _("Foster or kin home"),
        FacilityKind.SURVIVOR_CENTER: _("Survivor center"),
    },
    StayMode: {
        StayMode.ORDINARY: _("Ordinary stay"),
        StayMode.EMERGENCY: _("Emergency stay, 72 hours"),
    },
    StayEnd: {
        StayEnd.MOVED: _("Moved to another home"),
        StayEnd.REUNITED: _("Back with the family"),
        StayEnd.KIN: _("With safe kin"),
        StayEnd.INDEPENDENT: _("Living independently"),
        StayEnd.LEFT: _("Left"),
        StayEnd.OTHER: _("Another reason"),
    },
    SuspectKin: {
        SuspectKin.PARENT: _("Parent"),
        SuspectKin.STEP_PARENT: _("Step-parent"),
        SuspectKin.PARENTS_PARTNER: _("Partner of a parent"),
        SuspectKin.SIBLING: _("Sister or brother"),
        SuspectKin.GRANDPARENT: _("Grandparent"),
        SuspectKin.AUNT_UNCLE: _("Aunt or uncle"),
        SuspectKin.COUSIN: _("Cousin"),
        SuspectKin.OTHER_RELATIVE: _("Another relative"),
        SuspectKin.GUARDIAN: _("Guardian"),
        SuspectKin.CLOSE_FAMILY_FRIEND: _("Close family friend"),
        SuspectKin.NEIGHBOUR: _("Neighbour"),
        SuspectKin.ACQUAINTANCE: _("Acquaintance"),
        SuspectKin.PEER: _("Another child of about the same age"),
        SuspectKin.STRANGER: _("Stranger"),
        SuspectKin.UNKNOWN: _("Not known"),
    },
    Part: {
        Part.FACILITATOR: _("Made the abuse possible, or did it"),
        Part.RECRUITER: _("Brought children in"),
        Part.COLLECTOR: _("Collected the money"),
        Part.LOOKOUT: _("Kept watch"),
        Part.DEMAND_SIDE: _("Paid, or watched from elsewhere"),
        Part.UNKNOWN: _("Not known"),
    },
    Answer: {
        Answer.YES: _("Yes"),
        Answer.NO: _("No"),
        Answer.UNKNOWN: _("Not known"),
    },
    Charge: {
        Charge.TRAFFICKING: _("Trafficking in persons"),
        Charge.CHILD_ABUSE: _("Child abuse"),
        Charge.CHILD_PORNOGRAPHY: _("Child abuse materials, under the law of 2009"),
        Charge.OSAEC: _("Online sexual abuse, under the law of 2022"),
        Charge.CYBERCRIME: _("Cybercrime"),
        Charge.OTHER: _("Another charge"),
    },
    Outcome: {
        Outcome.CONVICTED: _("Convicted"),
        Outcome.ACQUITTED: _("Acquitted"),
        Outcome.DISMISSED: _("Dismissed"),
        Outcome.UPHELD: _("Upheld on appeal"),
        Outcome.REVERSED: _("Reversed on appeal"),
    },
    Plea: {
        Plea.NONE: _("No plea"),
        Plea.NOT_GUILTY: _("Not guilty"),
        Plea.GUILTY: _("Guilty"),
        Plea.GUILTY_OF_LESSER: _("Guilty of a lesser charge"),
    },
    Sentence: {
        Sentence.NONE: _("No sentence"),
        Sentence.PRISON: _("Prison"),
        Sentence.SUSPENDED: _("Suspended"),
        Sentence.PROBATION: _("Probation"),
        Sentence.FINE: _("A fine alone"),
        Sentence.UNKNOWN: _("Not known"),
    },
    CourtLevel: {
        CourtLevel.TRIAL: _("Trial court"),
        CourtLevel.APPEAL: _("Court of appeal"),
        CourtLevel.SUPREME: _("Supreme court"),
    },
    HowKnown: {
        HowKnown.PAPER: _("A paper I have seen"),
        HowKnown.TOLD: _("Somebody told me"),
        HowKnown.MISTYPED: _("It was typed wrongly"),
    },
}


def words_of(code: StrEnum) -> str:
    """“Protective custody” for BasisKind.PROTECTIVE_CUSTODY, in the active language."""
    return str(_WORDS[type(code)][code])


def choices(codes: type[StrEnum], *without: StrEnum) -> list[tuple[str, Words]]:
    """Every code of a kind with its words, for a form; but for those named."""
    return [(code.value, _WORDS[codes][code]) for code in codes if code not in without]
