"""Who may see and do what: one pure table, relation × compartment × action (DESIGN §4).

Default: nothing. A right holds only where a grant row of that case and compartment stands as well;
`gate`, `scope` and `keys` read this table mechanically, and nothing else decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tahanan.base.names import N_
from tahanan.records.vocabulary import Compartment as C
from tahanan.records.vocabulary import Relation as R
from tahanan.records.vocabulary import TeamKind as T


class Action(StrEnum):
    """What is done with a compartment."""

    READ = "read"
    WRITE = "write"


class Act(StrEnum):
    """What is done with a case as a whole, beside reading and writing a compartment."""

    ANSWER_INTAKE = "answer_intake"
    DRAW_SIBLINGS = "draw_siblings"
    JOIN_CHILD = "join_child"
    DECIDE_STATUS = "decide_status"
    RECORD_ELEMENT = "record_element"
    NAME_SUSPECT = "name_suspect"
    RECORD_ARREST = "record_arrest"
    RECORD_JUDGMENT = "record_judgment"
    RECORD_DEMAND = "record_demand"
    SUPPORT_CASE = "support_case"
    RECORD_BASIS = "record_basis"
    RECORD_CONTACT = "record_contact"
    ASK_FOR_PLACE = "ask_for_place"
    ADMIT = "admit"
    DISCHARGE = "discharge"
    RECEIVE = "receive"
    HAND_KEYS = "hand_keys"
    REVIEW_STAY = "review_stay"
    SUPERVISE_STAY = "supervise_stay"
    DECLARE_EXCLUSION = "declare_exclusion"
    LIFT_EXCLUSION = "lift_exclusion"
    SEE_WAY = "see_way"
    SEE_GRANTS = "see_grants"
    SEE_LOOKS = "see_looks"
    CALL_THERAPIST = "call_therapist"


class OfficeAct(StrEnum):
    """What is done without any case."""

    OPEN_INTAKE = "open_intake"
    IMPORT_HISTORY = "import_history"
    PRINT_PAPER_PACK = "print_paper_pack"
    INVITE = "invite"
    CONFIRM_COLLEAGUE = "confirm_colleague"
    EDIT_FACILITY = "edit_facility"
    SEE_FACILITIES = "see_facilities"
    SEE_ADMISSIONS = "see_admissions"
    HEAR_NEUTRAL_NO = "hear_neutral_no"
    READ_LEDGER = "read_ledger"
    SEE_FIGURES = "see_figures"
    PUBLISH_FIGURES = "publish_figures"


_PANES = frozenset({C.IDENTITY, C.CARE, C.HEALTH, C.JUSTICE, C.WHEREABOUTS})
_CASEWORK = frozenset({C.CARD}) | _PANES
_FACILITY = frozenset({C.CARD, C.CARE, C.HEALTH, C.WHEREABOUTS})
_NOTHING: frozenset[C] = frozenset()

READS: dict[R, frozenset[C]] = {
    R.CASE_MANAGER: _CASEWORK,
    R.SUPERVISOR: _CASEWORK,
    R.COWORKER: _CASEWORK,
    R.FACILITY_HEAD: _FACILITY,
    R.FACILITY_SOCIAL_WORKER: _FACILITY,
    R.NURSE: frozenset({C.CARD, C.HEALTH}),
    R.HOUSE_PARENT: frozenset({C.CARD}),
    R.GUARD: _NOTHING,
    R.THERAPIST: frozenset({C.CARD, C.CARE, C.THERAPY}),
    R.LEGAL_LIAISON: frozenset({C.CARD, C.IDENTITY, C.JUSTICE}),
    R.LAW_ENFORCEMENT: frozenset({C.JUSTICE}),
    R.CHURCH_FOCAL: _NOTHING,
    R.SAFEGUARDING_LEAD: frozenset({C.CARD, C.JUSTICE}),
    R.PROTECTION_OFFICER: _NOTHING,
    R.DIRECTOR: _NOTHING,
    R.ADMINISTRATOR: _NOTHING,
    R.SURVIVOR: _NOTHING,
    R.STRANGER: _NOTHING,
}

WRITES: dict[R, frozenset[C]] = {
    R.CASE_MANAGER: _CASEWORK,
    R.SUPERVISOR: _CASEWORK,
    R.COWORKER: frozenset({C.CARE, C.HEALTH}),
    R.FACILITY_HEAD: frozenset({C.CARD, C.CARE, C.HEALTH}),
    R.FACILITY_SOCIAL_WORKER: frozenset({C.CARD, C.CARE, C.HEALTH}),
    R.NURSE: frozenset({C.CARD, C.HEALTH}),
    R.HOUSE_PARENT: _NOTHING,
    R.GUARD: _NOTHING,
    R.THERAPIST: frozenset({C.CARE, C.THERAPY}),
    R.LEGAL_LIAISON: frozenset({C.JUSTICE}),
    R.LAW_ENFORCEMENT: _NOTHING,
    R.CHURCH_FOCAL: _NOTHING,
    R.SAFEGUARDING_LEAD: frozenset({C.JUSTICE}),
    R.PROTECTION_OFFICER: _NOTHING,
    R.DIRECTOR: _NOTHING,
    R.ADMINISTRATOR: _NOTHING,
    R.SURVIVOR: _NOTHING,
    R.STRANGER: _NOTHING,
}

_PURSUES = frozenset({Act.NAME_SUSPECT, Act.RECORD_ARREST, Act.RECORD_JUDGMENT, Act.RECORD_DEMAND})
_MANAGES = _PURSUES | frozenset(
    {
        Act.ANSWER_INTAKE,
        Act.DRAW_SIBLINGS,
        Act.JOIN_CHILD,
        Act.DECIDE_STATUS,
        Act.RECORD_ELEMENT,
        Act.SUPPORT_CASE,
        Act.RECORD_BASIS,
        Act.RECORD_CONTACT,
        Act.ASK_FOR_PLACE,
        Act.ADMIT,
        Act.DISCHARGE,
        Act.HAND_KEYS,
        Act.SEE_WAY,
        Act.REVIEW_STAY,
        Act.SEE_GRANTS,
        Act.SEE_LOOKS,
        Act.CALL_THERAPIST,
    }
)

ACTS: dict[R, frozenset[Act]] = {
    R.CASE_MANAGER: _MANAGES,
    R.SUPERVISOR: _MANAGES | {Act.SUPERVISE_STAY},
    R.COWORKER: frozenset({Act.SEE_WAY, Act.SEE_GRANTS}),
    R.FACILITY_HEAD: frozenset({Act.RECEIVE, Act.DISCHARGE, Act.HAND_KEYS, Act.SEE_WAY}),
    R.FACILITY_SOCIAL_WORKER: frozenset({Act.RECEIVE, Act.SEE_WAY}),
    R.THERAPIST: frozenset({Act.SEE_WAY}),
    R.LEGAL_LIAISON: _PURSUES | frozenset({Act.DECLARE_EXCLUSION, Act.RECORD_ELEMENT, Act.SEE_WAY}),
    R.SAFEGUARDING_LEAD: frozenset({Act.DECLARE_EXCLUSION, Act.LIFT_EXCLUSION, Act.SEE_WAY}),
    R.PROTECTION_OFFICER: frozenset({Act.SEE_GRANTS, Act.SEE_LOOKS}),
}

# What an import may do while its keys are shut: what is made is sealed to a team's public half.
WITHOUT_KEYS = frozenset({OfficeAct.IMPORT_HISTORY})

_COLLEAGUES = frozenset({OfficeAct.CONFIRM_COLLEAGUE})
_TAKES_IN = _COLLEAGUES | {
    OfficeAct.OPEN_INTAKE,
    OfficeAct.IMPORT_HISTORY,
    OfficeAct.PRINT_PAPER_PACK,
    OfficeAct.SEE_FACILITIES,
    OfficeAct.SEE_FIGURES,
}

OFFICE_ACTS: dict[R, frozenset[OfficeAct]] = {
    R.CASE_MANAGER: _TAKES_IN,
    R.SUPERVISOR: _TAKES_IN,
    R.COWORKER: _COLLEAGUES,
    R.FACILITY_HEAD: _COLLEAGUES
    | {OfficeAct.EDIT_FACILITY, OfficeAct.SEE_FACILITIES, OfficeAct.SEE_ADMISSIONS},
    R.FACILITY_SOCIAL_WORKER: _COLLEAGUES | {OfficeAct.SEE_FACILITIES, OfficeAct.SEE_ADMISSIONS},
    R.NURSE: _COLLEAGUES,
    R.THERAPIST: _COLLEAGUES,
    R.LEGAL_LIAISON: _COLLEAGUES | {OfficeAct.SEE_FACILITIES},
    R.SAFEGUARDING_LEAD: _COLLEAGUES | {OfficeAct.SEE_FACILITIES, OfficeAct.HEAR_NEUTRAL_NO},
    # Whoever holds a team's key can hand it on, or a team of one kind would stay one person.
    R.HOUSE_PARENT: _COLLEAGUES,
    R.LAW_ENFORCEMENT: _COLLEAGUES,
    R.CHURCH_FOCAL: _COLLEAGUES,
    R.DIRECTOR: _COLLEAGUES | {OfficeAct.SEE_FIGURES, OfficeAct.PUBLISH_FIGURES},
    R.PROTECTION_OFFICER: _COLLEAGUES | {OfficeAct.READ_LEDGER},
    R.ADMINISTRATOR: _COLLEAGUES
    | {OfficeAct.INVITE, OfficeAct.EDIT_FACILITY, OfficeAct.SEE_FACILITIES},
}

# Who holds cases can count them child by child, so an exact figure tells her nothing new. Whoever
# else may see figures is told none that is so small that it could point at somebody.
COUNTS_EXACTLY = frozenset({R.CASE_MANAGER, R.SUPERVISOR})

# A role means something only in a team of the right kind: a facility's head who is also a guest in
# a legal team is no legal liaison there.
_RELATION: dict[T, dict[R, R]] = {
    T.CASEWORK: {R.CASE_MANAGER: R.CASE_MANAGER, R.SUPERVISOR: R.SUPERVISOR},
    T.COWORK: {
        R.CASE_MANAGER: R.COWORKER,
        R.SUPERVISOR: R.COWORKER,
        R.COWORKER: R.COWORKER,
    },
    T.FACILITY_STAFF: {
        R.FACILITY_HEAD: R.FACILITY_HEAD,
        R.FACILITY_SOCIAL_WORKER: R.FACILITY_SOCIAL_WORKER,
    },
    T.FACILITY_CLINIC: {R.NURSE: R.NURSE},
    T.FACILITY_HOUSE: {R.HOUSE_PARENT: R.HOUSE_PARENT, R.GUARD: R.GUARD},
    T.THERAPY: {R.THERAPIST: R.THERAPIST},
    T.LEGAL: {R.LEGAL_LIAISON: R.LEGAL_LIAISON},
    T.POLICE: {R.LAW_ENFORCEMENT: R.LAW_ENFORCEMENT},
    T.SAFEGUARDING: {R.SAFEGUARDING_LEAD: R.SAFEGUARDING_LEAD},
    T.PROTECTION: {R.PROTECTION_OFFICER: R.PROTECTION_OFFICER},
    T.DIRECTION: {R.DIRECTOR: R.DIRECTOR},
    T.ADMINISTRATION: {R.ADMINISTRATOR: R.ADMINISTRATOR},
    T.CHURCH: {R.CHURCH_FOCAL: R.CHURCH_FOCAL},
}

WHY_NOT: dict[C, str] = {
    C.CARD: N_("This card is for those who care for the child."),
    C.IDENTITY: N_("Legal names and contacts are for those who hold the case."),
    C.CARE: N_("Care is for those who plan and give it."),
    C.HEALTH: N_("Health is for those who treat the child and those who hold the case."),
    C.THERAPY: N_("This part is the therapist’s. You can read the summary in Care."),
    C.JUSTICE: N_("Justice is for those who hold the case and its lawyers."),
    C.WHEREABOUTS: N_("Where the child sleeps is for those who hold the case and the home."),
}
WHY_NOT_WRITE = N_("You may read this. It is written by those who answer for it.")
WHY_NOT_ACT = N_("This is done by those who hold the case.")
WHY_NOT_OFFICE = N_("This is not part of your work here. Ask your organisation’s administrator.")


@dataclass(frozen=True, slots=True)
class Ruling:
    """Allowed, or the sentence that says why not."""

    allowed: bool
    why_not: str = ""


def relation_of(via: T, role: R) -> R:
    """What a member with `role` in a team of kind `via` is to the cases that team holds."""
    return _RELATION[via].get(role, R.STRANGER)


def may(relation: R, compartment: C, action: Action) -> Ruling:
    """Whether `relation` may `action` `compartment`, where a grant for it stands."""
    table = READS if action is Action.READ else WRITES
    if compartment in table[relation]:
        return Ruling(True)
    reads = action is Action.WRITE and compartment in READS[relation]
    return Ruling(False, WHY_NOT_WRITE if reads else WHY_NOT[compartment])


def may_act(relation: R, act: Act) -> Ruling:
    """Whether `relation` may do `act` on a case."""
    if act in ACTS.get(relation, frozenset()):
        return Ruling(True)
    return Ruling(False, WHY_NOT_ACT)


def may_in_office(relation: R, act: OfficeAct) -> Ruling:
    """Whether `relation` may do `act`, which concerns no case."""
    if act in OFFICE_ACTS.get(relation, frozenset()):
        return Ruling(True)
    return Ruling(False, WHY_NOT_OFFICE)


def counts_exactly(relations: Iterable[R]) -> bool:
    """Whether figures are told to the digit, as known on any day, to one with these relations."""
    return not COUNTS_EXACTLY.isdisjoint(relations)


def compartments_of(via: T) -> frozenset[C]:
    """The widest set of compartments any member of such a team may read: what may be granted."""
    relations = set(_RELATION[via].values())
    return frozenset().union(*(READS[relation] for relation in relations))
