"""Places asked for and taken, stays reviewed and ended, exclusions, and the homes themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.access.scenes import MANDAUE, Scene
from tests.access.tried.rows import EACH, HOLDERS, TAKERS, Row

from tahanan.base import clock
from tahanan.casework.facilities import Places
from tahanan.records.vocabulary import FacilityKind, Permit, Sex, StayEnd

# Those who look for a home for a child, work in one, or look after those who do.
SEE_HOMES = "++x ++xxx x+x+ xxx++ Lx"
# Who may bring in a history, of a case that she holds.
IMPORTERS = "++x xxxxx xxxx xxxx0 Lx"
# Bahay Amihan is kept by its own head; Silungan's administrator keeps Silungan's homes.
KEEP = "xxx +xxxx xxxx xxxxx Lx"


def maya(here: Scene) -> dict[str, Any]:
    """Maya's case."""
    return {"case": here["maya"]}


def home(here: Scene) -> dict[str, Any]:
    """Bahay Amihan."""
    return {"facility": here.cast.home()}


def _asked(name: str, *children: str, **more: Any) -> Any:
    """A request and the children of it who shall go to Bahay Amihan."""
    return lambda here: {
        "request": here[name], "facility": here.cast.home(),
        "cases": tuple(here[child] for child in children), **more,
    }  # fmt: skip


ROWS: dict[str, Row] = {
    "admissions.requests.waiting": Row(
        "asked", EACH, lambda s: {},
        {"ana": "maya=c jun=c nene=c", "fe": "luz=c", "": ""},
    ),
    "admissions.requests.asking": Row(
        "asked", HOLDERS, lambda s: {"cases": (s["maya"],)}, "maya=c jun=c"
    ),
    "admissions.requests.placement": Row(
        "asked", TAKERS, lambda s: {"request": s["request_of_both"]}, "maya=c jun=c"
    ),
    "admissions.requests.ask_for_place": Row(
        "asked", HOLDERS, lambda s: {"cases": (s["maya"],), "region": "1300000000"}, "maya=c"
    ),
    "admissions.viewing.confirming": Row(
        "asked", TAKERS, _asked("request_of_both", "maya", "jun"), "maya=c jun=c"
    ),
    "admissions.history.record_stay": Row(
        "asked", IMPORTERS,
        lambda s: maya(s) | home(s) | {
            "from_on": date(2020, 1, 3), "until_on": date(2020, 5, 4), "end": StayEnd.KIN,
        },
        "maya=w",
    ),
    "admissions.taking.admit_to_facility": Row(
        "asked", TAKERS, _asked("request_of_both", "maya", "jun"),
        "maya=cahw jun=cahw",
    ),
    "admissions.taking.admit_to_facility#emergency": Row(
        "asked", TAKERS,
        _asked("request_of_maya", "maya", parting_reason="One bed.", emergency_reason="Tonight."),
        "maya=cahw",
    ),
    "admissions.taking.move_to_facility": Row(
        "housed", TAKERS,
        lambda s: _asked("request_to_move", "maya", "jun", moving_reason="Nearer to school.")(s)
        | {"facility": s["sampaguita"]},
        "maya=cahw jun=cahw",
    ),
    "admissions.viewing.admitted": Row(
        "housed", TAKERS, lambda s: home(s) | {"request": s["request"]}, "maya=cw jun=cw"
    ),
    "admissions.viewing.arrivals": Row(
        "housed", "xxx ++xxx xxxx xxxxx Lx", lambda s: {}, "maya=c jun=c"
    ),
    # Bahay Amihan's clinic lacks the key of Jun-jun's health.
    "admissions.handing.waiting_for_keys": Row(
        "housed", EACH, lambda s: {}, {"ana": "jun=cw", "ben": "jun=cw", "cora": "jun=cw", "": ""}
    ),
    "admissions.handing.hand_keys_over": Row(
        "housed",
        "++0 +xxxx 000x 00000 L0",
        lambda s: {"team": s.cast.team("clinic"), "cases": (s["jun"],)},
        "jun=ch",
    ),
    "admissions.leaving.leaving": Row("housed", "++x +xxxx xxxx 00000 L0", maya, "maya=cw"),
    "admissions.leaving.reviewing": Row("housed", HOLDERS, maya, "maya=ca"),
    "admissions.leaving.discharge": Row(
        "housed", "++x +xxxx xxxx 00000 L0",
        lambda s: maya(s) | {
            "on": clock.today(), "end": StayEnd.REUNITED, "why": "Her aunt was found.",
        },
        {"cora": "maya=a", "": "maya=cahw"},
    ),
    "admissions.leaving.receive_admission": Row(
        "housed", "xxx ++xxx xxxx 00000 L0", maya, about="maya", keyless=True
    ),
    "admissions.leaving.review_stay": Row(
        "housed", HOLDERS, lambda s: maya(s) | {"words": "She goes to school."}, "maya=a"
    ),
    "admissions.ordinary.make_stay_ordinary": Row(
        "emergency", HOLDERS, maya, "maya=c", keyless=True
    ),
    "admissions.declaring.declaring": Row(
        "asked", "xxx xxxxx x+x+ 00000 L0", maya, {"leo": "maya=c", "": "maya=c jun=c"}
    ),
    "admissions.declaring.declare_exclusion": Row(
        "asked", "xxx xxxxx x+x+ 00000 L0",
        lambda s: maya(s) | home(s) | {"reason": "Her uncle works there."},
        {"leo": "maya=j", "": "maya=j jun=j"},
    ),
    "admissions.declaring.lifting": Row(
        "asked", "xx0 00000 000+ 00000 L0", lambda s: {"case": s["nene"]}, "nene=c"
    ),
    "admissions.declaring.lift_exclusion": Row(
        "asked", "xx0 00000 000+ 00000 L0",
        lambda s: {"case": s["nene"]} | home(s) | {"reason": "Another of that name."}, "nene=j",
    ),
    # A guard of Amihan bears the name of him who is named for Maya; nobody compared that yet.
    "comparing.homes_to_compare": Row("twice", EACH, lambda s: {}, keyless=True),
    "comparing.exclude_bearer": Row(
        "twice", "++x xxxxx x+x+ 00000 L0",
        lambda s: maya(s) | home(s) | {"who": s["bearer"]},
        {"leo": "maya=j", "": "maya=j jun=j"},
    ),
    "comparing.exclude_bearer#nobody": Row(
        "twice", "00x xxxxx x0x0 00000 L0", lambda s: maya(s) | home(s) | {"who": s["maya"]}
    ),
    "admissions.hearing.neutral_noes": Row(
        "asked", "xxx xxxxx xxx+ xxxxx Lx", lambda s: {}, "nene=c"
    ),
    "facilities.queries.facilities": Row("office", SEE_HOMES, lambda s: {}, keyless=True),
    "facilities.queries.facility": Row("office", SEE_HOMES, home, keyless=True),
    "facilities.queries.about_to_keep": Row("office", KEEP, home, keyless=True),
    "facilities.queries.about_to_add": Row(
        "office", "xxx xxxxx xxxx xxx+x Lx", lambda s: {}, keyless=True
    ),
    "facilities.commands.add_facility": Row(
        "office", "xxx xxxxx xxxx xxx+x Lx",
        lambda s: {
            "organisation": s.cast.office.organisations["silungan"], "name": "Bahay Ipil",
            "kind": FacilityKind.SHELTER, "city": MANDAUE, "address": "2 Road",
        },
        keyless=True,
    ),
    "facilities.commands.record_permit": Row(
        "office", KEEP,
        lambda s: home(s) | {
            "kind": Permit.LICENCE, "valid_from": date(2020, 1, 6), "valid_until": clock.today(),
        },
        keyless=True,
    ),
    "facilities.commands.set_capacity": Row(
        "office", KEEP, lambda s: home(s) | {"lines": (Places(Sex.GIRL, 0, 17, 5, line=1),)},
        keyless=True,
    ),
    "facilities.commands.take_out_of_use": Row(
        "office", KEEP,
        lambda s: home(s) | {"line": 1, "places": 2, "reason": "A wall is wet."}, keyless=True,
    ),
    "facilities.commands.put_back_in_use": Row(
        "office", KEEP, lambda s: home(s) | {"out_of_use": s["broken"]}, keyless=True
    ),
    "facilities.household.add_household_member": Row(
        "office", KEEP,
        lambda s: home(s) | {"name": "Pilar Ocampo", "since_on": clock.today()}, keyless=True,
    ),
    "facilities.household.household_member_left": Row(
        "twice", KEEP, lambda s: home(s) | {"member": s["bearer"]}, keyless=True
    ),
    "facilities.commands.pause_facility": Row("asked", KEEP, home, keyless=True),
    "facilities.commands.end_pause": Row("office", KEEP, home, keyless=True),
}  # fmt: skip
