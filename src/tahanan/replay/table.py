"""The commands of the format, written once: runs, refusals, schema and page are made from here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.base.names import LegalName
from tahanan.casework import admissions, cases, duplicates, intake, notes, operations, survivors
from tahanan.records.vocabulary import (
    Bond,
    Compartment,
    DecidedBy,
    Depiction,
    Element,
    Finding,
    HowSafe,
    OperationKind,
    Sex,
    Status,
    StayEnd,
)
from tahanan.replay import kinds
from tahanan.replay.format import Field, Spec
from tahanan.replay.kinds import CHILD, DAY_KIND, HAPPENED, LONG, NUMBER, OPERATION, SHORT, YES
from tahanan.replay.of_justice import OF_JUSTICE

Given = Mapping[str, Any]
_NAMES = ("given", "middle", "surname", "suffix")
_CARD = ("chosen", "number", "sex", "birth", "language", "allergies", "medicine", "needs")
_SHARED = ("city", "unit", "source", "reference", "hour")
_CHILD = Field("child", CHILD, "Whom it is about.", required=True, given="case")
_WHEN = Field("happened", HAPPENED, "When it happened, as far as that is known.", required=True)


def _operation(actor: Actor, given: Given) -> UUID:
    return intake.record_operation(actor, **given)


def _child(actor: Actor, given: Given) -> UUID:
    said = dict(given)
    name = {part: said.pop(part) for part in _NAMES if part in said}
    card = {part: said.pop(part) for part in _CARD if part in said}
    shared = {part: said.pop(part) for part in _SHARED if part in said}
    said.setdefault("supported", True)
    return intake.record_child(
        actor,
        operation=said.pop("operation", None),
        card=cases.Card(**card),
        name=LegalName(**name) if name else None,
        shared=operations.SharedFacts(**shared),
        **said,
    )


def _status(actor: Actor, given: Given) -> UUID:
    return cases.decide_status(actor, **({"decider": ""} | dict(given)))


def _element(actor: Actor, given: Given) -> UUID:
    return cases.record_element(actor, **given)


def _draw(actor: Actor, given: Given) -> UUID:
    pair = survivors.Pair(given["case"], given["other"], given["bond"])
    return survivors.draw_siblings(actor, pairs=(pair,), from_on=given["from_on"])


def _part(actor: Actor, given: Given) -> UUID:
    return survivors.part_siblings(actor, one=given["case"], other=given["other"])


def _stay(actor: Actor, given: Given) -> UUID:
    return admissions.record_stay(actor, **given)


def _stay_is_sound(given: Given) -> tuple[str, str] | None:
    if ("until_on" in given) is not ("end" in given):
        return "end", "A stay that is over has a last day and says why it ended."
    return None


def _name_is_whole(given: Given) -> tuple[str, str] | None:
    if any(part in given for part in ("given", "middle", "suffix")) and "surname" not in given:
        return "surname", "A legal name has a surname. What she goes by is said as chosen."
    return None


BEGINNINGS: tuple[Spec, ...] = (
    Spec(
        "record_operation",
        "One operation to bring children to safety. Its children follow, each on a line.",
        (
            _WHEN,
            Field("region", kinds.REGION, "Where.", required=True),
            Field("kind", kinds.code(OperationKind), "Who led it; law enforcement where not said."),
            Field("supported", YES, "Whether the programme supported it; true where not said."),
        ),
        _operation,
        {"do": "record_operation", "as": "raid-1", "known_at": "2019-04-03",
         "happened": "2019-04-02", "region": "0700000000"},
        gives="operation",
        opens=False,
    ),
    Spec(
        "record_child",
        "A child who was brought to safety: her file is opened, at risk, with the day and her age "
        "then. It needs no open keys: the file is sealed to the team’s public key.",
        (
            _WHEN,
            Field("region", kinds.REGION, "Where.", required=True),
            Field("how", kinds.code(HowSafe), "How she came to safety.", required=True),
            Field("operation", OPERATION, "The operation, if there was one."),
            Field("sex", kinds.code(Sex), "As recorded; unknown where not said."),
            Field("born", kinds.BORN, "When she was born, as far as that is known.", given="birth"),
            Field("chosen", SHORT, "The name she chose or goes by."),
            Field("number", NUMBER, "For *Child 5*, where nobody knows her name."),
            Field("given", SHORT, "Legal name: given names."),
            Field("middle", SHORT, "Legal name: middle name."),
            Field("surname", SHORT, "Legal name: surname."),
            Field("suffix", SHORT, "Legal name: Jr. and the like."),
            Field("language", SHORT, "What she speaks."),
            Field("allergies", SHORT, "Allergies."),
            Field("medicine", SHORT, "Medicine due."),
            Field("needs", SHORT, "What else whoever has her tonight must know."),
            Field("supported", YES, "Whether the programme supports her; true where not said."),
            Field("supported_from", DAY_KIND, "Since when; since that day where not said.",
                  given="since"),
            Field("city", kinds.CITY, "Sealed in Justice: where exactly."),
            Field("unit", SHORT, "Sealed in Justice: the unit that led."),
            Field("source", SHORT, "Sealed in Justice: who referred."),
            Field("reference", SHORT, "Sealed in Justice: the reference of the order."),
            Field("hour", SHORT, "Sealed in Justice: the hour, HH:MM."),
        ),
        _child,
        {"do": "record_child", "as": "child-1", "known_at": "2019-04-03",
         "happened": "2019-04-02", "region": "0700000000", "how": "removed",
         "operation": "raid-1", "sex": "girl", "born": "2009-06", "chosen": "Tala",
         "given": "Cristala", "surname": "Invented"},
        gives="child",
        opens=False,
        rules=(_name_is_whole,),
    ),
)  # fmt: skip

ABOUT_CHILDREN: tuple[Spec, ...] = (
    Spec(
        "decide_status",
        "At risk, victim or not a victim, from a day; the status before ends that day.",
        (
            _CHILD,
            Field("status", kinds.code(Status), "What was decided.", required=True),
            Field("decided_by", kinds.code(DecidedBy), "Who decided.", required=True),
            Field("decider", SHORT, "Their name or office; sealed in Care."),
            Field("from", DAY_KIND, "From which day.", required=True, given="from_on"),
        ),
        _status,
        {"do": "decide_status", "known_at": "2019-04-20", "child": "child-1", "status": "victim",
         "decided_by": "case_conference", "from": "2019-04-18"},
    ),
    Spec(
        "record_element",
        "One element of OSEC: established, suspected or not found.",
        (
            _CHILD,
            Field("element", kinds.code(Element), "Which.", required=True),
            Field("finding", kinds.code(Finding), "What was found.", required=True),
            Field("depiction", kinds.code(Depiction), "Class of depiction: a code, no content."),
            Field("from", DAY_KIND, "From which day.", required=True, given="from_on"),
        ),
        _element,
        {"do": "record_element", "known_at": "2019-04-20", "child": "child-1",
         "element": "online", "finding": "established", "from": "2019-04-18"},
    ),
    Spec(
        "draw_siblings",
        "Two children belong together. A pair drawn before with another bond is corrected.",
        (
            _CHILD,
            Field("other", CHILD, "With whom.", required=True),
            Field("bond", kinds.code(Bond), "How.", required=True),
            Field("from", DAY_KIND, "From which day.", required=True, given="from_on"),
        ),
        _draw,
        {"do": "draw_siblings", "known_at": "2019-05-02", "child": "child-1", "other": "child-2",
         "bond": "full", "from": "2019-04-02"},
    ),
    Spec(
        "part_siblings",
        "They turned out not to be siblings: the link is withdrawn, what was known stays known.",
        (_CHILD, Field("other", CHILD, "With whom.", required=True)),
        _part,
        {"do": "part_siblings", "known_at": "2019-08-02", "child": "child-1",
         "other": "child-2"},
    ),
    Spec(
        "propose_same",
        "Two records are of one child, says one person. A second one agrees in a file of her own.",
        (
            _CHILD,
            Field("other", CHILD, "The other record.", required=True),
            Field("reason", LONG, "Why; sealed in both files.", required=True),
        ),
        lambda actor, given: duplicates.propose_same(actor, **given),
        {"do": "propose_same", "as": "same-1", "known_at": "2019-09-01", "child": "child-1",
         "other": "child-3", "reason": "The same birth certificate (invented)."},
        gives="same",
    ),
    Spec(
        "agree_same",
        "The second person agrees, in a file of her own: counted once from now on.",
        (_CHILD, Field("same", kinds.SAME, "What was proposed.", required=True)),
        lambda actor, given: duplicates.agree_same(actor, **given),
        {"do": "agree_same", "as": "same-2", "known_at": "2019-09-03", "child": "child-1",
         "same": "same-1"},
        gives="same",
    ),
    Spec(
        "record_stay",
        "Where she lived, or lives since a day. With a last day no rule of today is asked; without "
        "one she is admitted, every rule holds, and the home is told.",
        (
            _CHILD,
            Field("home", kinds.HOME, "Where.", required=True, given="facility"),
            Field("from", DAY_KIND, "Her first day.", required=True, given="from_on"),
            Field("until", DAY_KIND, "Her last day; none while she lives there.", given="until_on"),
            Field("end", kinds.code(StayEnd), "Why it ended."),
            Field("parting_reason", LONG, "Why siblings part, where she is admitted without them."),
        ),
        _stay,
        {"do": "record_stay", "known_at": "2019-07-02", "child": "child-1",
         "home": "Bahay Amihan", "from": "2019-04-03", "until": "2019-07-01", "end": "kin"},
        rules=(_stay_is_sound,),
    ),
    Spec(
        "write_note",
        "A note in one part of her file.",
        (
            _CHILD,
            Field("part", kinds.code(Compartment, Compartment.CARD, Compartment.THERAPY), "Where.",
                  required=True, given="compartment"),
            Field("text", LONG, "What was written.", required=True),
            _WHEN,
        ),
        lambda actor, given: notes.write_note(actor, **given),
        {"do": "write_note", "as": "note-1", "known_at": "2019-04-04", "child": "child-1",
         "part": "care", "text": "She sleeps with the light on (invented).",
         "happened": "2019-04-03"},
        gives="note",
    ),
    Spec(
        "take_back_note",
        "A note that should not stand. That it was written stays known.",
        (_CHILD, Field("note", kinds.NOTE, "Which.", required=True)),
        lambda actor, given: notes.take_back_note(actor, **given),
        {"do": "take_back_note", "known_at": "2019-04-06", "child": "child-1", "note": "note-1"},
    ),
)  # fmt: skip

CORRECTIONS: tuple[Spec, ...] = (
    Spec(
        "correct_removal",
        "The day she was brought to safety, as now known. What was known stays known.",
        (_CHILD, _WHEN),
        lambda actor, given: operations.correct_removal(actor, **given),
        {"do": "correct_removal", "known_at": "2019-06-01", "child": "child-1",
         "happened": "2019-04-01"},
    ),
    Spec(
        "correct_operation",
        "The day of an operation, asked through one of its children; every removal follows. An "
        "operation that was corrected already is refused: name what its correction gave.",
        (_CHILD, Field("operation", OPERATION, "Which.", required=True), _WHEN),
        lambda actor, given: operations.correct_operation(actor, **given),
        {"do": "correct_operation", "as": "raid-1b", "known_at": "2019-06-02",
         "child": "child-1", "operation": "raid-1", "happened": "2019-04-02"},
        gives="operation",
    ),
)  # fmt: skip

TABLE: dict[str, Spec] = {
    spec.do: spec for spec in (*BEGINNINGS, *ABOUT_CHILDREN, *OF_JUSTICE, *CORRECTIONS)
}
