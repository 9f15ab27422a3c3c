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
)
from tahanan.records.grants import CompartmentKey, Grant, Sealed
from tahanan.records.intake import Intake, IntakeChild, PaperPack
from tahanan.records.notes import Note
from tahanan.records.operations import Operation, Removal
from tahanan.records.people import (
    Installation,
    Membership,
    Organisation,
    Person,
    Team,
    TeamKeyShare,
)
from tahanan.records.stays import PlacementRequest, PlacementRequestCase, Stay

__all__ = [
    "Account",
    "Case",
    "CaseStatus",
    "Clock",
    "CompartmentKey",
    "Contact",
    "Device",
    "Erasure",
    "Facility",
    "FacilityCapacity",
    "FacilityOutOfUse",
    "FacilityPause",
    "FacilityPermit",
    "Grant",
    "Installation",
    "Intake",
    "IntakeChild",
    "Invitation",
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
    "Removal",
    "Run",
    "Sealed",
    "Session",
    "SiblingLink",
    "Stay",
    "Survivor",
    "Team",
    "TeamKeyShare",
    "Tries",
    "UnlockMethod",
]
