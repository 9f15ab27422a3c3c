"""Suspects, arrests, judgments, demand and support as lines of a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tahanan.access.actor import Actor
from tahanan.casework import justice
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)
from tahanan.replay import kinds
from tahanan.replay.format import Field, Spec
from tahanan.replay.kinds import CHILD, DAY_KIND, HAPPENED, LONG, OPERATION, SHORT, YES

Given = Mapping[str, Any]
SUSPECT = kinds.name_of("suspect", "a suspect: as named by `name_suspect`, or his id")
ARREST = kinds.name_of("arrest", "an arrest: as named by `record_arrest`, or its id")
JUDGMENT = kinds.name_of("judgment", "a judgment: as named by `record_judgment`, or its id")
DEMAND = kinds.name_of("demand", "what `record_demand` named, or its id")
COURT_CASE = kinds.name_of(
    kinds.DOCKET, "a court case: any name this file gives it, the same for every judgment in it"
)
_CHILD = Field("child", CHILD, "A child he is named for.", required=True, given="case")
_HERS = Field("child", CHILD, "Whom it is about.", required=True, given="case")
_SUSPECT = Field("suspect", SUSPECT, "Who.", required=True)
_WHEN = Field("happened", HAPPENED, "When.", required=True)
_LATER = Field("happened", HAPPENED, "When, as now known.")
_WHO = ("name", "aliases", "words")


def _name(actor: Actor, given: Given) -> UUID:
    said = dict(given)
    who = {part: said.pop(part) for part in _WHO if part in said}
    lives = said.pop("lives_with", Answer.UNKNOWN)
    return justice.name_suspect(
        actor,
        of=(justice.Named(said["case"], said["kin"], lives),),
        who=justice.Who(**who),
        part=said.get("part", Part.UNKNOWN),
        minor=said.get("minor", Answer.UNKNOWN),
        named=said["happened"],
        suspect=said.get("suspect"),
    )


def _arrest(actor: Actor, given: Given) -> UUID:
    return justice.record_arrest(actor, **({"operation": None} | dict(given)))


def _judgment(actor: Actor, given: Given) -> UUID:
    unsaid = {"docket": None, "plea": Plea.NONE, "sentence": Sentence.NONE}
    return justice.record_judgment(actor, **(unsaid | dict(given)))


OF_JUSTICE: tuple[Spec, ...] = (
    Spec(
        "name_suspect",
        "A suspect named for one child. With `suspect`, one who was named for another before.",
        (
            _HERS,
            Field("kin", kinds.code(SuspectKin), "What he is to her.", required=True),
            Field("happened", HAPPENED, "When he was named.", required=True),
            Field("suspect", SUSPECT, "Who, where he was named before."),
            Field("part", kinds.code(Part), "His part; unknown where not said."),
            Field("minor", kinds.code(Answer), "Under 18 then; unknown where not said."),
            Field("lives_with", kinds.code(Answer), "Whether he lives with her."),
            Field("name", SHORT, "His name; sealed in her Justice."),
            Field("aliases", SHORT, "What else he is called; sealed too."),
            Field("words", LONG, "What is said of him; sealed too."),
        ),
        _name,
        {"do": "name_suspect", "as": "suspect-1", "known_at": "2019-04-05", "child": "child-1",
         "kin": "aunt_uncle", "happened": "2019-04-02", "part": "facilitator", "minor": "no",
         "name": "(invented)"},
        gives="suspect",
    ),
    Spec(
        "record_arrest",
        "One suspect arrested once. A second arrest is a second line.",
        (
            _CHILD,
            _SUSPECT,
            _WHEN,
            Field("operation", OPERATION, "In which operation, if in one."),
            Field("country", kinds.COUNTRY, "Where; PH where not said."),
            Field("supported", YES, "Whether the programme supported it; true where not said."),
        ),
        _arrest,
        {"do": "record_arrest", "as": "arrest-1", "known_at": "2019-04-05", "child": "child-1",
         "suspect": "suspect-1", "happened": "2019-04-02", "operation": "raid-1"},
        gives="arrest",
    ),
    Spec(
        "record_judgment",
        "What one court decided of one suspect on one charge.",
        (
            _CHILD,
            _SUSPECT,
            _WHEN,
            Field("charge", kinds.code(Charge), "On what.", required=True),
            Field("outcome", kinds.code(Outcome), "What.", required=True),
            Field("level", kinds.code(CourtLevel), "Which court.", required=True),
            Field("court_case", COURT_CASE, "Which court case; a new one where not said.",
                  given="docket"),
            Field("plea", kinds.code(Plea), "How he answered; none where not said."),
            Field("sentence", kinds.code(Sentence), "Its class; none where not said."),
            Field("country", kinds.COUNTRY, "Where; PH where not said."),
            Field("supported", YES, "Whether the programme supported it; true where not said."),
            Field("court_number", SHORT, "The court’s own number; sealed."),
        ),
        _judgment,
        {"do": "record_judgment", "as": "judgment-1", "known_at": "2020-02-12",
         "child": "child-1", "suspect": "suspect-1", "happened": "2020-02-10",
         "charge": "trafficking", "outcome": "convicted", "level": "trial",
         "court_case": "case-1", "plea": "not_guilty", "sentence": "prison"},
        gives="judgment",
    ),
    Spec(
        "record_demand",
        "Somebody paid from a country.",
        (_HERS, Field("country", kinds.COUNTRY, "Which.", required=True), _WHEN),
        lambda actor, given: justice.record_demand(actor, **given),
        {"do": "record_demand", "as": "demand-1", "known_at": "2019-06-03", "child": "child-1",
         "country": "GB", "happened": "2019-06-01"},
        gives="demand",
    ),
    Spec(
        "support_case",
        "The programme supports her, from a day on: for a child recorded without it.",
        (_HERS, Field("from", DAY_KIND, "From which day.", required=True, given="from_on")),
        lambda actor, given: justice.support_case(actor, **given),
        {"do": "support_case", "known_at": "2019-10-02", "child": "child-3",
         "from": "2019-10-01"},
    ),
    Spec(
        "end_support",
        "The programme supports her no longer, from a day on.",
        (_HERS, Field("on", DAY_KIND, "From which day.", required=True)),
        lambda actor, given: justice.end_support(actor, **given),
        {"do": "end_support", "known_at": "2020-10-02", "child": "child-3", "on": "2020-10-01"},
    ),
    Spec(
        "correct_arrest",
        "An arrest as now known; what is not said stays. One that was corrected already is "
        "refused: name what its correction gave.",
        (
            _CHILD,
            Field("arrest", ARREST, "Which.", required=True),
            _LATER,
            Field("operation", OPERATION, "In which operation."),
            Field("country", kinds.COUNTRY, "Where."),
            Field("supported", YES, "Whether the programme supported it."),
        ),
        lambda actor, given: justice.correct_arrest(actor, **given),
        {"do": "correct_arrest", "as": "arrest-1b", "known_at": "2019-05-06",
         "child": "child-1", "arrest": "arrest-1", "happened": "2019-04-03"},
        gives="arrest",
    ),
    Spec(
        "correct_judgment",
        "A judgment as now known; what is not said stays.",
        (
            _CHILD,
            Field("judgment", JUDGMENT, "Which.", required=True),
            _LATER,
            Field("charge", kinds.code(Charge), "On what."),
            Field("outcome", kinds.code(Outcome), "What."),
            Field("plea", kinds.code(Plea), "How he answered."),
            Field("sentence", kinds.code(Sentence), "Its class."),
            Field("level", kinds.code(CourtLevel), "Which court."),
            Field("supported", YES, "Whether the programme supported it."),
            Field("court_number", SHORT, "The court’s own number; sealed."),
        ),
        lambda actor, given: justice.correct_judgment(actor, **given),
        {"do": "correct_judgment", "as": "judgment-1b", "known_at": "2020-03-01",
         "child": "child-1", "judgment": "judgment-1", "sentence": "suspended"},
        gives="judgment",
    ),
    Spec(
        "withdraw_arrest",
        "It was another’s, or there was none. That it was said stays known.",
        (_CHILD, Field("arrest", ARREST, "Which.", required=True)),
        lambda actor, given: justice.withdraw_arrest(actor, **given),
        {"do": "withdraw_arrest", "known_at": "2020-06-01", "child": "child-1",
         "arrest": "arrest-1b"},
    ),
    Spec(
        "withdraw_judgment",
        "It was another’s, or there was none.",
        (_CHILD, Field("judgment", JUDGMENT, "Which.", required=True)),
        lambda actor, given: justice.withdraw_judgment(actor, **given),
        {"do": "withdraw_judgment", "known_at": "2020-06-02", "child": "child-1",
         "judgment": "judgment-1b"},
    ),
    Spec(
        "withdraw_demand",
        "Nobody paid from there after all.",
        (_HERS, Field("demand", DEMAND, "Which.", required=True)),
        lambda actor, given: justice.withdraw_demand(actor, **given),
        {"do": "withdraw_demand", "known_at": "2020-06-03", "child": "child-1",
         "demand": "demand-1"},
    ),
)  # fmt: skip
