"""People, teams and cards; what a person sees of her own; what only the system does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.access.scenes import Scene
from tests.access.tried.rows import EACH, Row

from tahanan.base import clock
from tahanan.casework.copies import Block
from tahanan.records.vocabulary import OrganisationKind, Relation, TeamKind

ADMINISTRATORS = "xxx xxxxx xxxx xxx+x Lx"
# No person at all: it is not said that there is such a thing.
THE_SYSTEM = "000 00000 0000 00000 0+"


def _none(_here: Scene) -> dict[str, Any]:
    return {}


def _ben(here: Scene) -> dict[str, Any]:
    return {"person": here.cast.ben.person}


ROWS: dict[str, Row] = {
    "people.commands.found_organisation": Row(
        "office", THE_SYSTEM,
        lambda s: {
            "name": "Bukid", "kind": OrganisationKind.NGO, "region": "0700000000",
            "administrator": "Berta Ong",
        },
        keyless=True,
    ),
    "people.commands.open_team": Row(
        "office", ADMINISTRATORS, lambda s: {"name": "Night team", "kind": TeamKind.CASEWORK},
        keyless=True,
    ),
    "people.commands.invite": Row(
        "office", ADMINISTRATORS,
        lambda s: {
            "name": "Olga Sy", "title": "", "team": s.cast.team("casework"),
            "role": Relation.CASE_MANAGER,
        },
        keyless=True,
    ),
    "people.commands.add_to_team": Row(
        "office", ADMINISTRATORS,
        lambda s: _ben(s) | {"team": s.cast.team("direction"), "role": Relation.DIRECTOR},
        keyless=True,
    ),
    "people.commands.end_membership": Row(
        "office", ADMINISTRATORS, lambda s: {"membership": s["bens_place"]}, keyless=True
    ),
    "people.commands.leave": Row("office", ADMINISTRATORS, _ben, keyless=True),
    # Of a team she is not in, nobody waits as far as she is told.
    "people.commands.confirm_colleague": Row(
        "office", "++0 00000 0000 00000 LL", lambda s: {"membership": s["noras_place"]}
    ),
    # The first card of an organisation is made by the system.
    "people.cards.make_card": Row(
        "office",
        "xxx xxxxx xxxx xxx+x L+",
        lambda s: {"person": s["nora"], "sign_in_name": "nora.abad"},
        keyless=True,
    ),
    "people.queries.people_and_teams": Row("office", ADMINISTRATORS, _none, keyless=True),
    "people.queries.colleague": Row("office", ADMINISTRATORS, _ben, keyless=True),
    "people.queries.about_to_leave": Row("office", ADMINISTRATORS, _ben, keyless=True),
    "people.queries.about_to_open_team": Row("office", ADMINISTRATORS, _none, keyless=True),
    "people.queries.newcomers": Row("office", EACH, _none, keyless=True),
    # Nobody of the cast has an account: the gate's own tests know those who do.
    "entry.own.own_account": Row("office", "000 00000 0000 00000 0L", _none),
    "home.home": Row(
        "housed", EACH, _none,
        {
            "ana": "maya=c jun=c nene=c", "fe": "luz=c", "ben": "maya=c jun=c",
            "cora": "maya=c jun=c", "sol": "maya=c jun=c", "": "",
        },
    ),
    "home.caseload": Row(
        "written", EACH, lambda s: {"mine": False},
        {
            "ana": "maya=c jun=c nene=c", "ben": "maya=c jun=c nene=c",
            "sela": "maya=c jun=c nene=c", "fe": "luz=c",
            "lito": "", "gary": "", "eli": "", "gil": "", "dora": "", "ada": "", "system": "",
            "": "maya=c",
        },
    ),
    "search.find": Row(
        "written", "+++ +++++ ++++ +++++ LL", lambda s: {"words": "Maya"},
        {
            "ana": "maya=c", "ben": "maya=c", "fe": "", "lito": "", "gary": "", "eli": "",
            "gil": "", "dora": "", "ada": "", "": "maya=c",
        },
    ),
    "search.warm": Row("written", EACH, _none, keyless=True),
    "upkeep.timing.tick": Row("office", THE_SYSTEM, _none, keyless=True, idle=True),
    "upkeep.timing.sweep": Row("office", THE_SYSTEM, _none, keyless=True, idle=True),
    "upkeep.timing.close_days": Row(
        "office", THE_SYSTEM, lambda s: {"day": clock.today() - timedelta(days=9)}, keyless=True
    ),
    # This is no demonstration: nobody copies anybody, not even the system.
    "copies.reading.read_block": Row(
        "office", "xxx xxxxx xxxx xxxxx xx", lambda s: {"team_keys": {}},
    ),
    "copies.commands.copy_block": Row(
        "office", "xxx xxxxx xxxx xxxxx xx",
        lambda s: {"block": Block({}, {}, 0), "times": 1, "teams": {}},
    ),
}  # fmt: skip
