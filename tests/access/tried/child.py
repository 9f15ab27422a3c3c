"""The child's page, her case, her operation, her sisters and brothers, her legal basis."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.access.scenes import Scene
from tests.access.tried.rows import EACH, HOLDERS, Row

from tahanan.access.rules import Act
from tahanan.base import clock
from tahanan.base.names import LegalName
from tahanan.casework.cases import Card, Care
from tahanan.casework.legal_basis import Authority
from tahanan.casework.operations import Happening
from tahanan.casework.survivors import Pair
from tahanan.records.vocabulary import (
    BasisKind,
    Bond,
    Compartment,
    DecidedBy,
    Element,
    Finding,
    Kin,
    Purpose,
    Sex,
    Status,
)

MONTH_AGO = timedelta(days=30)


def maya(here: Scene) -> dict[str, Any]:
    """Maya's case."""
    return {"case": here["maya"]}


def part(code: Compartment) -> Any:
    """A part of Maya's."""
    return lambda here: {"case": here["maya"], "part": code}


def _earlier() -> Happening:
    day = clock.today() - timedelta(days=42)
    return Happening(day, day)


# Her page shows the cards of her sisters and brothers to those who may read them.
# Ana's team may know where Jun-jun is as well; the safeguarding lead has his card, not that.
WITH_JUN = {
    "ana": "maya=c jun=cw", "ben": "maya=c jun=cw", "sela": "maya=c jun=c", "lito": "",
    "": "maya=c",
}  # fmt: skip

ROWS = {
    "child_page.queries.child": Row(
        "written", "+++ ++++x ++++ 00000 L0", maya, WITH_JUN, about="maya"
    ),
    "child_page.queries.opened#card": Row(
        "written", "+++ ++++x ++x+ 00000 L0", part(Compartment.CARD), WITH_JUN
    ),
    "child_page.queries.opened#identity": Row(
        "written", "++x xxxxx x+xx 00000 L0", part(Compartment.IDENTITY),
        {"leo": "maya=ci", "": "maya=ci jun=cw"},
    ),
    "child_page.queries.opened#care": Row(
        "written", "+++ ++xxx +xxx 00000 L0", part(Compartment.CARE),
        {"ana": "maya=ca jun=cw", "ben": "maya=ca jun=cw", "": "maya=ca"},
    ),
    "child_page.queries.opened#health": Row(
        "written", "++x +++xx xxxx 00000 L0", part(Compartment.HEALTH),
        {"ana": "maya=ch jun=cw", "ben": "maya=ch jun=cw", "": "maya=ch"},
    ),
    "child_page.queries.opened#therapy": Row(
        "written", "xxx xxxxx +xxx 00000 L0", part(Compartment.THERAPY), "maya=ct"
    ),
    "child_page.queries.opened#justice": Row(
        "written", "++x xxxxx x+++ 00000 L0", part(Compartment.JUSTICE),
        {"ana": "maya=cj jun=cw", "ben": "maya=cj jun=cw", "lito": "maya=j",
         "sela": "maya=cj jun=c", "": "maya=cj"},
    ),
    "child_page.queries.opened#whereabouts": Row(
        "written", "++x ++xxx xxxx 00000 L0", part(Compartment.WHEREABOUTS),
        {"ana": "maya=cw jun=cw", "ben": "maya=cw jun=cw", "": "maya=cw"},
    ),
    "child_page.queries.whole_way": Row("written", "+++ ++xxx ++x+ 00000 L0", maya, "maya=c"),
    "child_page.queries.looks": Row("written", HOLDERS, maya, "maya=c"),
    # To be written anew: for those who write, not for all who read.
    "cases.queries.by_reference": Row(
        "written", EACH, lambda s: {"references": ("AAAA-AAAA",)}, keyless=True
    ),
    "cases.queries.card": Row("written", "++x +++xx xxxx 00000 L0", maya, "maya=c"),
    "cases.queries.about_to": Row(
        "written", HOLDERS, lambda s: maya(s) | {"what": Act.RECORD_CONTACT}, "maya=c"
    ),
    "cases.queries.about_to_decide": Row("written", HOLDERS, maya, "maya=c"),
    "cases.queries.about_to_record": Row(
        "written", "++x xxxxx x+xx 00000 L0", lambda s: maya(s) | {"element": Element.MINOR},
        "maya=cj",
    ),
    "cases.queries.identity_as_written": Row("written", HOLDERS, maya, "maya=i"),
    "cases.queries.care_as_written": Row("written", "+++ ++xxx +xxx 00000 L0", maya, "maya=a"),
    "cases.queries.two_versions": Row(
        "written", "+++ ++xxx +xxx 00000 L0",
        lambda s: maya(s) | {"kind": "care", "seen": s["care"]}, "maya=a",
    ),
    "cases.commands.change_card": Row(
        "written", "++x +++xx xxxx 00000 L0",
        lambda s: maya(s) | {"card": Card(chosen="Maya", sex=Sex.GIRL), "seen": s["card"]},
        "maya=c",
    ),
    "cases.commands.set_identity": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {"name": LegalName("Maria", "", "Bulan"), "seen": s["identity"]},
        "maya=i",
    ),
    "cases.commands.say_what_helps": Row(
        "written", "+++ ++xxx +xxx 00000 L0",
        lambda s: maya(s) | {"care": Care("A lamp."), "seen": s["care_again"]}, "maya=a",
    ),
    "cases.commands.decide_status": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {
            "status": Status.VICTIM, "decided_by": DecidedBy.PROSECUTOR, "decider": "The office",
            "from_on": clock.today(),
        },
        "maya=a",
    ),
    "cases.commands.record_element": Row(
        "written", "++x xxxxx x+xx 00000 L0",
        lambda s: maya(s) | {
            "element": Element.ONLINE, "finding": Finding.SUSPECTED, "from_on": clock.today(),
        },
        about="maya", keyless=True,
    ),
    "legal_basis.about_to_change": Row(
        "written", HOLDERS, lambda s: maya(s) | {"contact": s["adult_of_maya"]}, "maya=i"
    ),
    "legal_basis.stands_now": Row(
        "written", HOLDERS, lambda s: maya(s) | {"contact": s["adult_of_maya"]}, "maya=i"
    ),
    "legal_basis.record_basis": Row(
        "written", HOLDERS,
        lambda s: {
            "cases": (s["maya"],), "kind": BasisKind.COURT_ORDER, "purpose": Purpose.CARE,
            "compartments": (Compartment.CARE,), "from_on": clock.today(),
            "until_on": clock.today() + MONTH_AGO, "authority": Authority("A judge", "The court"),
        },
        "maya=i",
    ),
    "legal_basis.record_contact": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {
            "kin": Kin.PARENT, "may_decide": False, "may_be_told": False, "name": "Her mother",
        },
        "maya=i",
    ),
    "legal_basis.change_contact": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {
            "contact": s["adult_of_maya"], "may_decide": False, "may_be_told": False,
        },
        "maya=i",
    ),
    "operations.day_brought_to_safety": Row(
        "written", HOLDERS, lambda s: maya(s) | {"removal": s["removal_of_maya"]},
        "maya=cj jun=c",
    ),
    "operations.brought_together": Row(
        "written", HOLDERS, lambda s: maya(s) | {"what": Act.RECORD_BASIS}, "maya=c jun=c"
    ),
    "operations.two_days": Row(
        "corrected", HOLDERS, lambda s: maya(s) | {"removal": s["removal_before"]},
        "maya=cj jun=c",
    ),
    "operations.correct_removal": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {"removal": s["removal_of_maya"], "happened": _earlier()}, "maya=c",
    ),
    "operations.correct_operation": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {"operation": s["operation_of_maya"], "happened": _earlier()},
        "maya=c jun=c",
    ),
    "survivors.belonging": Row("written", HOLDERS, maya, "maya=c jun=c"),
    "survivors.settle_siblings": Row(
        "written", HOLDERS,
        lambda s: maya(s) | {"others": ((s["jun"], Bond.HALF),), "from_on": clock.today()},
        about="maya jun", keyless=True,
    ),
    "survivors.draw_siblings": Row(
        "written", HOLDERS,
        lambda s: {
            "pairs": (Pair(s["maya"], s["nene"], Bond.NOT_SURE),), "from_on": clock.today(),
        },
        about="maya nene", keyless=True,
    ),
    "survivors.part_siblings": Row(
        "written", HOLDERS, lambda s: {"one": s["maya"], "other": s["jun"]},
        about="maya jun", keyless=True,
    ),
    "survivors.join_siblings": Row(
        "written",
        HOLDERS,
        lambda s: maya(s) | {"other": s["nene"], "bond": Bond.HALF, "from_on": clock.today()},
        about="maya nene",
        keyless=True,
    ),
    "survivors.split_siblings": Row(
        "written",
        HOLDERS,
        lambda s: maya(s) | {"others": (s["jun"],), "on": clock.today(), "reason": "By blood."},
        "maya=a jun=a",
    ),
    "search.near": Row("written", HOLDERS, lambda s: maya(s) | {"words": "Nene"}, "maya=c nene=c"),
    "grants.who_can_see": Row("written", "+++ xxxxx xxxx 00000 L0", maya, keyless=True),
    # Maya has a therapist; Jun-jun, whom only Ana's team and the safeguarding lead hold, has none.
    "grants.therapists": Row(
        "written", "++0 00000 000x 00000 L0", lambda s: {"case": s["jun"]}, keyless=True,
    ),
    "grants.therapists#again": Row("written", "xxx xxxxx xxxx 00000 L0", maya),
    "grants.call_therapist": Row(
        "written", "++0 00000 000x 00000 L0",
        lambda s: {"case": s["jun"], "team": s.cast.team("therapy")}, "jun=ca",
    ),
    "grants.call_therapist#again": Row(
        "written", "xxx xxxxx xxxx 00000 L0",
        lambda s: {"case": s["maya"], "team": s.cast.team("therapy")},
    ),
    # What is due is locked anew by whoever may write it; for everybody else it does nothing.
    "grants.renew_keys#nothing_due": Row(
        "written", "+++ +++++ ++++ 00000 L0", maya, about="maya", keyless=True, idle=True
    ),
    "grants.renew_keys": Row(
        "corrected", "+++ +++++ ++++ 00000 L0", maya,
        {"ana": "maya=h", "ben": "maya=h", "cora": "maya=h", "sol": "maya=h", "": ""},
        about="maya", idle=True,
    ),
}  # fmt: skip
