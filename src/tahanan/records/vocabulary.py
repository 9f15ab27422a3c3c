"""The codes that rows and rules share: plain enumerations, no Django (see the glossary)."""

from __future__ import annotations

from enum import StrEnum


class Compartment(StrEnum):
    """The card, and the six panes of a child's record (DESIGN §4)."""

    CARD = "card"
    IDENTITY = "identity"
    CARE = "care"
    HEALTH = "health"
    THERAPY = "therapy"
    JUSTICE = "justice"
    WHEREABOUTS = "whereabouts"


class Relation(StrEnum):
    """What a person is to a case, or to the programme (DESIGN §4)."""

    CASE_MANAGER = "case_manager"
    SUPERVISOR = "supervisor"
    COWORKER = "coworker"
    FACILITY_HEAD = "facility_head"
    FACILITY_SOCIAL_WORKER = "facility_social_worker"
    NURSE = "nurse"
    HOUSE_PARENT = "house_parent"
    GUARD = "guard"
    THERAPIST = "therapist"
    LEGAL_LIAISON = "legal_liaison"
    LAW_ENFORCEMENT = "law_enforcement"
    CHURCH_FOCAL = "church_focal"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    PROTECTION_OFFICER = "protection_officer"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    SURVIVOR = "survivor"
    STRANGER = "stranger"


class TeamKind(StrEnum):
    """What a team is for; with a member's role it gives the relation (access.rules.relation_of)."""

    CASEWORK = "casework"
    COWORK = "cowork"
    FACILITY_STAFF = "facility_staff"
    FACILITY_CLINIC = "facility_clinic"
    FACILITY_HOUSE = "facility_house"
    THERAPY = "therapy"
    LEGAL = "legal"
    POLICE = "police"
    SAFEGUARDING = "safeguarding"
    PROTECTION = "protection"
    DIRECTION = "direction"
    ADMINISTRATION = "administration"
    CHURCH = "church"


FACILITY_TEAMS = frozenset(
    {TeamKind.FACILITY_STAFF, TeamKind.FACILITY_CLINIC, TeamKind.FACILITY_HOUSE}
)


class OrganisationKind(StrEnum):
    """HTCDS 2.0 organisation types, and churches."""

    NGO = "ngo"
    LAW_ENFORCEMENT = "law_enforcement"
    HEALTH_SERVICE = "health_service"
    CENTRAL_GOVERNMENT = "central_government"
    LOCAL_GOVERNMENT = "local_government"
    LEGAL_SERVICE = "legal_service"
    CHURCH = "church"


class Sex(StrEnum):
    """Sex as recorded; unknown is an answer."""

    GIRL = "girl"
    BOY = "boy"
    UNKNOWN = "unknown"


class HowSafe(StrEnum):
    """How the child came to safety."""

    REMOVED = "removed"
    SAFEGUARDED = "safeguarded"
    SURRENDERED = "surrendered"


class Status(StrEnum):
    """The changing status of a case."""

    AT_RISK = "at_risk"
    VICTIM = "victim"
    NOT_VICTIM = "not_victim"


class DecidedBy(StrEnum):
    """Who decided a status."""

    SOCIAL_WORKER = "social_worker"
    CASE_CONFERENCE = "case_conference"
    PROSECUTOR = "prosecutor"
    COURT = "court"


class Element(StrEnum):
    """The elements of OSEC, one by one (DESIGN §2)."""

    MINOR = "minor"
    PRODUCTION = "production"
    DEPICTION = "depiction"
    ONLINE = "online"
    THIRD_PARTY_ABSENT = "third_party_absent"
    COMPENSATION = "compensation"
    # Not an element of the definition: whether the abuse was of the body too, not through a screen.
    CONTACT_ABUSE = "contact_abuse"


OSEC = tuple(each for each in Element if each is not Element.CONTACT_ABUSE)


class Finding(StrEnum):
    """What was found of an element."""

    ESTABLISHED = "established"
    SUSPECTED = "suspected"
    NOT_FOUND = "not_found"


class Depiction(StrEnum):
    """Class of depiction; a code, never content."""

    PHOTO = "photo"
    VIDEO = "video"
    LIVE = "live"
    SEVERAL = "several"
    UNKNOWN = "unknown"


class Bond(StrEnum):
    """How two survivors belong together."""

    FULL = "full"
    HALF = "half"
    RAISED_TOGETHER = "raised_together"
    NOT_SURE = "not_sure"


class BasisKind(StrEnum):
    """The legal basis of sight (DESIGN §4)."""

    CONSENT = "consent"
    PROTECTIVE_CUSTODY = "protective_custody"
    MANDATED_REPORT = "mandated_report"
    COURT_ORDER = "court_order"
    VITAL_INTEREST = "vital_interest"


class OperationKind(StrEnum):
    """Who led an operation."""

    LAW_ENFORCEMENT = "law_enforcement"
    WELFARE = "welfare"


class SuspectKin(StrEnum):
    """What a suspect is to the child; unknown is an answer, and is counted."""

    PARENT = "parent"
    STEP_PARENT = "step_parent"
    PARENTS_PARTNER = "parents_partner"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    AUNT_UNCLE = "aunt_uncle"
    COUSIN = "cousin"
    OTHER_RELATIVE = "other_relative"
    GUARDIAN = "guardian"
    CLOSE_FAMILY_FRIEND = "close_family_friend"
    NEIGHBOUR = "neighbour"
    ACQUAINTANCE = "acquaintance"
    PEER = "peer"
    STRANGER = "stranger"
    UNKNOWN = "unknown"


class Part(StrEnum):
    """A suspect's part in the offence."""

    FACILITATOR = "facilitator"
    RECRUITER = "recruiter"
    COLLECTOR = "collector"
    LOOKOUT = "lookout"
    DEMAND_SIDE = "demand_side"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Charge(StrEnum):
    """Under which law somebody is charged, by the law's short name in the glossary."""

    TRAFFICKING = "trafficking"
    CHILD_ABUSE = "child_abuse"
    CHILD_PORNOGRAPHY = "child_pornography"
    OSAEC = "osaec"
    CYBERCRIME = "cybercrime"
    OTHER = "other"


class Outcome(StrEnum):
    """What a court decided. On appeal: reversed, or upheld."""

    CONVICTED = "convicted"
    ACQUITTED = "acquitted"
    DISMISSED = "dismissed"
    UPHELD = "upheld"
    REVERSED = "reversed"


class Plea(StrEnum):
    """How the accused answered the charge."""

    NONE = "none"
    NOT_GUILTY = "not_guilty"
    GUILTY = "guilty"
    GUILTY_OF_LESSER = "guilty_of_lesser"


class Sentence(StrEnum):
    """The class of a sentence."""

    NONE = "none"
    PRISON = "prison"
    SUSPENDED = "suspended"
    PROBATION = "probation"
    FINE = "fine"
    UNKNOWN = "unknown"


class CourtLevel(StrEnum):
    """Which court spoke."""

    TRIAL = "trial"
    APPEAL = "appeal"
    SUPREME = "supreme"


class Sameness(StrEnum):
    """Whether two records are of one child: said by one person, counted once a second agrees."""

    PROPOSED = "proposed"
    JOINED = "joined"
    PARTING = "parting"


class Purpose(StrEnum):
    """Why a compartment is opened or shared."""

    CARE = "care"
    PLACEMENT = "placement"
    HEALTH = "health"
    THERAPY = "therapy"
    JUSTICE = "justice"
    PROTECTION = "protection"


class Kin(StrEnum):
    """What an adult is to the child."""

    PARENT = "parent"
    STEP_PARENT = "step_parent"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    AUNT_UNCLE = "aunt_uncle"
    OTHER_RELATIVE = "other_relative"
    GUARDIAN = "guardian"
    FAMILY_FRIEND = "family_friend"
    SOCIAL_WELFARE_OFFICER = "social_welfare_officer"
    THE_CHILD = "the_child"
    OTHER = "other"


class FacilityKind(StrEnum):
    """The four kinds of facility."""

    ASSESSMENT_CENTER = "assessment_center"
    SHELTER = "shelter"
    FAMILY_HOME = "family_home"
    SURVIVOR_CENTER = "survivor_center"


class Permit(StrEnum):
    """What a facility must hold."""

    LICENCE = "licence"
    ACCREDITATION = "accreditation"


class StayMode(StrEnum):
    """Ordinary, or a 72-hour emergency stay."""

    ORDINARY = "ordinary"
    EMERGENCY = "emergency"


class StayEnd(StrEnum):
    """Why a stay ended."""

    MOVED = "moved"
    REUNITED = "reunited"
    KIN = "kin"
    INDEPENDENT = "independent"
    LEFT = "left"
    OTHER = "other"


class ClockKind(StrEnum):
    """What falls due."""

    EMERGENCY_REVIEW = "emergency_review"
    EMERGENCY_ENDS = "emergency_ends"
    STAY_REVIEW = "stay_review"
    STAY_TARGET = "stay_target"
    BASIS_EXPIRES = "basis_expires"
    INTAKE_UNFINISHED = "intake_unfinished"
    ADMISSION_TOLD = "admission_told"
    SIBLINGS_PARTED = "siblings_parted"
