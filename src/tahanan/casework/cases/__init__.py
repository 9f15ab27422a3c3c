"""Cases: opened with their compartments and grants, their card, identity, status and elements."""

from tahanan.casework.cases.commands import (
    change_card,
    decide_status,
    record_element,
    say_what_helps,
    set_identity,
)
from tahanan.casework.cases.queries import (
    card,
    care_as_written,
    identity_as_written,
    two_versions,
)
from tahanan.casework.cases.shapes import (
    CARD,
    CARE,
    IDENTITY,
    STATUS,
    Card,
    CardSeen,
    Care,
    ElementShape,
    Opening,
    Seen,
    StatusShape,
    TwoVersions,
)
from tahanan.casework.cases.steps import (
    bands_at,
    cards,
    elements,
    identity,
    open_case,
    restate_child,
    statuses,
)

__all__ = [
    "CARD",
    "CARE",
    "IDENTITY",
    "STATUS",
    "Card",
    "CardSeen",
    "Care",
    "ElementShape",
    "Opening",
    "Seen",
    "StatusShape",
    "TwoVersions",
    "bands_at",
    "card",
    "cards",
    "care_as_written",
    "change_card",
    "decide_status",
    "elements",
    "identity",
    "identity_as_written",
    "open_case",
    "record_element",
    "restate_child",
    "say_what_helps",
    "set_identity",
    "statuses",
    "two_versions",
]
