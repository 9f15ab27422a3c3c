"""Who works in the demonstration: four organisations, their teams, people and way in. Invented."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass, field

from tahanan.records.vocabulary import OrganisationKind, Relation, TeamKind
from tahanan.vault import passphrase

SEED = 2011
REGION = "0700000000"

_T, _R = TeamKind, Relation


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    """An organisation, its first administrator, and its teams: key → (name, kind)."""

    key: str
    name: str
    kind: OrganisationKind
    administrator: str
    teams: dict[str, tuple[str, TeamKind]]
    region: str = REGION


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody: her organisation, her places (team → role), and what she may see, in words."""

    key: str
    name: str
    title: str
    organisation: str
    places: dict[str, Relation]
    sees: str


@dataclass(frozen=True, slots=True)
class Account:
    """How one person of the demonstration signs in. Printed openly: nothing here is real."""

    key: str
    name: str
    organisation: str
    sign_in: str
    sees: str
    passphrase: str = field(repr=False)
    totp_secret: str = field(repr=False)


ORGANISATIONS: tuple[OrganisationPlan, ...] = (
    OrganisationPlan(
        "silungan",
        "Silungan ng Bata",
        OrganisationKind.NGO,
        "nestor",
        {
            "casework": ("Silungan casework, Cebu", _T.CASEWORK),
            "safeguarding": ("Silungan safeguarding", _T.SAFEGUARDING),
            "protection": ("Silungan data protection", _T.PROTECTION),
            "direction": ("Silungan direction", _T.DIRECTION),
        },
    ),
    OrganisationPlan("banaba", "Bahay Banaba", OrganisationKind.NGO, "ofelia", {}),
    OrganisationPlan(
        "bukluran",
        "Bukluran",
        OrganisationKind.NGO,
        "cecilia",
        {
            "bukluran": ("Bukluran casework", _T.CASEWORK),
            "therapy": ("Bukluran therapists", _T.THERAPY),
        },
    ),
    OrganisationPlan(
        "katarungan",
        "Katarungan Law Center",
        OrganisationKind.LEGAL_SERVICE,
        "saldua",
        {"legal": ("Katarungan liaison", _T.LEGAL)},
    ),
)

PEOPLE: tuple[PersonPlan, ...] = (
    PersonPlan(
        "lorna", "Lorna Abad", "RSW", "silungan", {"casework": _R.CASE_MANAGER},
        "The children she holds and those of her team, all parts but therapy.",
    ),
    PersonPlan(
        "perla", "Perla Dacanay", "RSW", "silungan", {"casework": _R.CASE_MANAGER},
        "The same team; she works the nights and has one intake unfinished.",
    ),
    PersonPlan(
        "ruth", "Ruth Tabanao", "RSW", "silungan", {"casework": _R.SUPERVISOR},
        "All children of the team, and what is late; therapy is not hers.",
    ),
    PersonPlan(
        "amelia", "Sr. Amelia Roque", "", "silungan", {"safeguarding": _R.SAFEGUARDING_LEAD},
        "Cards and justice; she says which home cannot take a child, and why.",
    ),
    PersonPlan(
        "gregorio", "Gregorio Lim", "", "silungan", {"protection": _R.PROTECTION_OFFICER},
        "No child. His desk comes with a later issue.",
    ),
    PersonPlan(
        "teresa", "Teresa Villarin", "", "silungan", {"direction": _R.DIRECTOR},
        "No child and no name: the programme’s figures, as known on any month’s end.",
    ),
    PersonPlan(
        "nestor", "Nestor Quial", "", "silungan", {},
        "People and teams of Silungan, its facilities; no child.",
    ),
    PersonPlan(
        "ofelia", "Ofelia Sarmiento", "RSW", "banaba", {"staff": _R.FACILITY_HEAD},
        "The children who live in her homes: card, care, health and whereabouts.",
    ),
    PersonPlan(
        "jonas", "Jonas Bulawan", "RSW", "banaba", {"staff": _R.FACILITY_SOCIAL_WORKER},
        "The same homes.",
    ),
    PersonPlan(
        "mila", "Mila Reyno", "RN", "banaba", {"clinic": _R.NURSE},
        "Card and health of the children of the assessment center.",
    ),
    PersonPlan(
        "dolores", "Dolores Pepito", "", "banaba", {"house": _R.HOUSE_PARENT},
        "The cards of the children of the assessment center.",
    ),
    PersonPlan(
        "cecilia", "Cecilia Andrade", "RPsy", "bukluran", {"therapy": _R.THERAPIST},
        "Card, care and therapy of the children whose team called her.",
    ),
    PersonPlan(
        "fe", "Fe Navarro", "RSW", "bukluran", {"bukluran": _R.CASE_MANAGER},
        "Another agency’s children; of Silungan’s, nothing.",
    ),
    PersonPlan(
        "saldua", "Atty. Ben Saldua", "", "katarungan", {"legal": _R.LEGAL_LIAISON},
        "Nothing yet: sharing with lawyers comes with a later issue.",
    ),
)  # fmt: skip


def account_of(plan: PersonPlan, organisation: str, seed: int) -> Account:
    """Somebody's way in: the same for the same seed, on every machine."""
    drawn = random.Random(f"{seed}/{plan.key}")  # noqa: S311  printed beside the account
    secret = base64.b32encode(bytes(drawn.randrange(256) for _ in range(20))).decode()
    phrase = passphrase.generate(6, drawn)
    return Account(plan.key, plan.name, organisation, plan.key, plan.sees, phrase, secret)
