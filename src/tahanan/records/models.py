"""Where Django looks for tables: every noun's module, gathered."""

from tahanan.records.accounts import (
    Account,
    Device,
    Invitation,
    PendingUnlock,
    Session,
    Tries,
    UnlockMethod,
)
from tahanan.records.cases import (
    Case,
    CaseStatus,
    Clock,
    Contact,
    LegalBasis,
    OsecElement,
    SameChild,
    SiblingLink,
    Survivor,
)
from tahanan.records.door import Erasure, LedgerEntry, LedgerHead, LedgerSeal, Run
from tahanan.records.facilities import (
    Facility,
    FacilityCapacity,
    FacilityOutOfUse,
    FacilityPause,
    FacilityPermit,
    HouseholdMember,
)
from tahanan.records.grants import CompartmentKey, Grant, Sealed
from tahanan.records.intake import Intake, IntakeChild, PaperPack
from tahanan.records.justice import (
    Arrest,
    DemandSide,
    Judgment,
    Support,
    Suspicion,
)
from tahanan.records.notes import Note
from tahanan.records.operations import Operation, Removal
from tahanan.records.people import (
    Installation,
    Membership,
    Organisation,
    Person,
    Publication,
    Team,
    TeamKeyShare,
)
from tahanan.records.stays import PlacementRequest, PlacementRequestCase, Stay
from tahanan.records.suspects import Suspect

__all__ = [
    "Account",
    "Arrest",
    "Case",
    "CaseStatus",
    "Clock",
    "CompartmentKey",
    "Contact",
    "DemandSide",
    "Device",
    "Erasure",
    "Facility",
    "FacilityCapacity",
    "FacilityOutOfUse",
    "FacilityPause",
    "FacilityPermit",
    "Grant",
    "HouseholdMember",
    "Installation",
    "Intake",
    "IntakeChild",
    "Invitation",
    "Judgment",
    "LedgerEntry",
    "LedgerHead",
    "LedgerSeal",
    "LegalBasis",
    "Membership",
    "Note",
    "Operation",
    "Organisation",
    "OsecElement",
    "PaperPack",
    "PendingUnlock",
    "Person",
    "PlacementRequest",
    "PlacementRequestCase",
    "Publication",
    "Removal",
    "Run",
    "SameChild",
    "Sealed",
    "Session",
    "SiblingLink",
    "Stay",
    "Support",
    "Survivor",
    "Suspect",
    "Suspicion",
    "Team",
    "TeamKeyShare",
    "Tries",
    "UnlockMethod",
]
