"""From what was typed to a child's file: her case, her removal, each later change a correction.

Steps: they take the visit, and the intake as loaded and locked.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys, scope
from tahanan.access.rules import Act, Action, compartments_of
from tahanan.access.visit import Visit
from tahanan.base.days import PartialDate
from tahanan.base.errors import Conflict
from tahanan.base.names import LegalName, placeholder
from tahanan.casework import cases, index, justice, legal_basis, notes, operations, survivors, texts
from tahanan.casework.intake.answers import Child, born_after
from tahanan.casework.intake.drafts import Kid, Night, as_on_paper
from tahanan.matching.index import Row
from tahanan.matching.screen import LOOK, SAME, SIBLING, screen
from tahanan.records.models import LegalBasis, Note
from tahanan.records.vocabulary import BasisKind, ClockKind, Compartment, Purpose, Sex, TeamKind

# What a later answer may change of the card, by the name it has there.
_ON_CARD = ("chosen", "sex", "birth", "language", "allergies", "medicine", "needs")
# An answer that cannot be read leaves what was filed before as it stands.
_OF_FIELD = {"name": "chosen", "age": "birth", "born": "birth", "full_name": "full"}
LIKELY_AT_MOST = 5
NEW = "new"
# What is taken in at night is the programme's own: its operation, and each child of it.
SUPPORTED = True


def settle(visit: Visit, night: Night, kid: Kid) -> None:
    """Open the child's file when what is needed is there; mend it when it is open already."""
    if kid.case is not None:
        _mend(visit, night, kid)
    elif _ready(night, kid):
        _open(visit, night, kid)


def settle_shared(visit: Visit, night: Night) -> None:
    """The shared facts as they stand now, in every open file; and files that waited for them."""
    if night.shared.enough and night.operation is not None:
        _restate(visit, night)
    for kid in night.kids:
        settle(visit, night, kid)


def look_for(visit: Visit, night: Night, kid: Kid) -> None:
    """Search before create: mark who of the known children this may be, and what was said before.

    A likeness that was answered stays answered until it points to others.
    """
    row = _row(night, kid)
    tonight = {each.case for each in night.kids}
    found: dict[UUID, tuple[str, float, list[str]]] = {}
    for partition in index.partitions(visit):
        for like in screen(partition, row):
            if like.id not in tonight:
                codes = [reason.code for reason in like.reasons if reason.weight > 0]
                found[like.id] = (like.verdict, like.weight, codes)
    order = {SAME: 0, LOOK: 1, SIBLING: 2}
    ranked = sorted(found.items(), key=lambda each: (order[each[1][0]], -each[1][1]))
    likely = [[str(case), verdict, codes] for case, (verdict, _w, codes) in ranked]
    if [each[0] for each in likely] != [each[0] for each in kid.draft.marks.get("likely", [])]:
        kid.draft.marks.pop("answer", None)
    kid.draft.marks["likely"] = likely[:LIKELY_AT_MOST]


def asks_again(kid: Kid) -> bool:
    """Whether somebody must say first if she is a child already known."""
    verdicts = {verdict for _case, verdict, _codes in kid.draft.marks.get("likely", [])}
    return kid.case is None and "answer" not in kid.draft.marks and bool(verdicts & {SAME, LOOK})


def verdicts(kid: Kid) -> list[tuple[UUID, str, tuple[str, ...]]]:
    """Who she may be: case, verdict, reasons."""
    marks = kid.draft.marks.get("likely", [])
    return [(UUID(case), verdict, tuple(codes)) for case, verdict, codes in marks]


def _ready(night: Night, kid: Kid) -> bool:
    happened = night.shared.happened
    if happened is None or not night.shared.enough or (night.late and night.shared.known is None):
        return False
    asked = bool(kid.draft.typed) and kid.said.fit and not asks_again(kid)
    return asked and born_after(kid.said, happened) is None


def _row(night: Night, kid: Kid) -> Row:
    said, city = kid.said, night.shared.city
    return Row.of(
        kid.id,
        said.full or LegalName(),
        chosen=said.name,
        birth=said.birth,
        region=city.region if city else "",
        sex={Sex.GIRL: "f", Sex.BOY: "m"}.get(said.sex or Sex.UNKNOWN, ""),
    )


# ── a file is opened ────────────────────────────────────────────────────────────────────────


def _open(visit: Visit, night: Night, kid: Kid) -> None:
    shared = night.shared
    assert shared.happened is not None
    assert shared.city is not None
    card, survivor = _card(visit, kid)
    with as_on_paper(visit, night):
        if night.operation is None:
            night.operation = operations.add_operation(
                visit, happened=shared.happened, region=shared.city.region, supported=SUPPORTED
            )
        opening = cases.Opening(
            team=night.team, region=shared.city.region, card=card, name=_legal_name(kid),
            survivor=survivor, since=shared.happened.last,
        )  # fmt: skip
        kid.case = cases.open_case(visit, opening)
        operations.add_removal(
            visit, case=kid.case, operation=night.operation, happened=shared.happened,
            region=shared.city.region, sex=card.sex, birth=card.birth, how=shared.how,
        )  # fmt: skip
        operations.copy_shared(visit, kid.case, night.operation, _shared_facts(night))
        if SUPPORTED:
            justice.steps.support_case(visit, case=kid.case, from_on=shared.happened.last)
        _custody(visit, night, kid)
        _tell(visit, night, kid)
    _remind(visit, night, kid.case)
    kid.draft.marks["filed"] = _derived(kid)


def _card(visit: Visit, kid: Kid) -> tuple[cases.Card, UUID | None]:
    """Her card; for a child already known, with what her last card says and nobody said anew."""
    said = kid.said
    base, survivor = cases.Card(), None
    answer = kid.draft.marks.get("answer", NEW)
    if answer != NEW:
        known = UUID(answer)
        passed = scope.among(visit, [known])
        base = cases.cards(visit, passed.values())[known].card
        survivor = survivors.survivors_of(passed)[known]
    return replace(
        base,
        chosen=said.name or base.chosen,
        number=kid.position,
        sex=said.sex or base.sex,
        birth=said.birth or base.birth,
        language=said.language or base.language,
        allergies=said.allergies or base.allergies,
        medicine=said.medicine or base.medicine,
        needs=_needs(said) or base.needs,
    ), survivor


def _legal_name(kid: Kid) -> LegalName | None:
    if kid.said.full is not None:
        return kid.said.full
    return None if kid.said.name else placeholder(kid.position)


def _remind(visit: Visit, night: Night, case: UUID) -> None:
    """One clock for the whole intake, on its first child: home says it is unfinished tomorrow."""
    if not night.draft.marks.get("reminds"):
        due = visit.today + timedelta(days=1)
        legal_basis.start_clock(visit, case, ClockKind.INTAKE_UNFINISHED, due, because=night.id)
        night.draft.marks["reminds"] = True


# ── a file is mended ────────────────────────────────────────────────────────────────────────


def _mend(visit: Visit, night: Night, kid: Kid) -> None:
    case = _case(kid)
    was = kid.draft.marks["filed"]
    now = was | _derived(kid)
    happened = night.shared.happened
    if happened is not None and born_after(kid.said, happened) is not None:
        now["birth"] = was["birth"]
    changed = {name for name, value in now.items() if value != was.get(name)}
    gate.act(visit, case, Act.ANSWER_INTAKE)
    if changed & set(_ON_CARD):
        _change_card(visit, case, {name: now[name] for name in changed & set(_ON_CARD)})
    if changed & {"sex", "birth"}:
        cases.restate_child(visit, case=case, sex=Sex(now["sex"]), birth=_birth(now["birth"]))
    if "full" in changed and kid.said.full is not None:
        _change_name(visit, case, kid.said.full)
    kid.draft.marks["filed"] = now
    with as_on_paper(visit, night):
        _custody(visit, night, kid)
        _tell(visit, night, kid)


def _change_card(visit: Visit, case: UUID, changed: dict[str, Any]) -> None:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.CARD, Action.WRITE))
    piece = texts.read(secret, kind=cases.CARD)[-1]
    content = piece.content | changed
    texts.write(visit, secret, cases.CARD, case, content, replaces=piece.id)


def _change_name(visit: Visit, case: UUID, name: LegalName) -> None:
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    stands = cases.identity(secret)
    seen = stands[0] if stands else None
    texts.write(visit, secret, cases.IDENTITY, case, asdict(name), replaces=seen)


def _restate(visit: Visit, night: Night) -> None:
    shared = night.shared
    assert shared.happened is not None
    assert shared.city is not None
    assert night.operation is not None
    night.operation = operations.restate(
        visit, night.operation, how=shared.how, region=shared.city.region,
        happened_on=shared.happened.first, happened_until=shared.happened.last,
    )  # fmt: skip
    facts = _shared_facts(night)
    for kid in night.kids:
        if kid.case is None:
            continue
        gate.act(visit, kid.case, Act.ANSWER_INTAKE)
        secret = keys.open(visit, gate.pass_(visit, kid.case, Compartment.JUSTICE, Action.WRITE))
        stands = operations.shared_facts(secret)
        if stands is None or stands[1] != facts:
            seen = stands[0] if stands else None
            operations.copy_shared(visit, kid.case, night.operation, facts, seen)


# ── what both do ────────────────────────────────────────────────────────────────────────────


def _derived(kid: Kid) -> dict[str, Any]:
    """What the file takes from her answers; without those that cannot be read as they stand."""
    said = kid.said
    sex = said.sex or Sex.UNKNOWN
    card = cases.Card(sex=sex, birth=said.birth).content()
    found = {
        "chosen": said.name, "sex": card["sex"], "birth": card["birth"],
        "language": said.language, "allergies": said.allergies, "medicine": said.medicine,
        "needs": _needs(said), "full": asdict(said.full) if said.full else None,
    }  # fmt: skip
    wrong = {_OF_FIELD.get(mend.field, mend.field) for mend in said.mends}
    if "need_by" in wrong:
        wrong.add("needs")
    return {name: value for name, value in found.items() if name not in wrong}


def _needs(said: Child) -> str:
    if said.needs and said.need_by:
        return _("%(need)s (before %(hour)s)") % {"need": said.needs, "hour": said.need_by}
    return said.needs


def _birth(days: list[str] | None) -> PartialDate | None:
    if days is None:
        return None
    return PartialDate(date.fromisoformat(days[0]), date.fromisoformat(days[1]), days[2])


def _shared_facts(night: Night) -> operations.SharedFacts:
    shared = night.shared
    return operations.SharedFacts(
        city=shared.city.code if shared.city else "", unit=shared.unit, source=shared.source,
        reference=shared.authority.reference, hour=shared.hour,
    )  # fmt: skip


def _custody(visit: Visit, night: Night, kid: Kid) -> None:
    """One answer serves all: who ordered protective custody is the legal basis of each file."""
    if not night.shared.custody or night.shared.happened is None:
        return
    case, authority = _case(kid), night.shared.authority
    from_on = night.shared.happened.first
    marks, says = kid.draft.marks, asdict(authority) | {"from": from_on.isoformat()}
    if marks.get("custody") == says:
        return
    if "basis" not in marks:
        compartments = tuple(sorted(compartments_of(TeamKind.CASEWORK)))
        basis = legal_basis.add_basis(
            visit, case, BasisKind.PROTECTIVE_CUSTODY, compartments, Purpose.PROTECTION,
            authority, from_on, None,
        )  # fmt: skip
    else:
        stands = UUID(marks["basis"])
        if not LegalBasis.objects.filter(id=stands, replaced_at__isnull=True).exists():
            return  # corrected on her own page since: that word stands
        basis = legal_basis.restate_basis(visit, case, stands, authority, from_on)
    marks["basis"], marks["custody"] = str(basis), says


def _tell(visit: Visit, night: Night, kid: Kid) -> None:
    """Who brought her, with whom she says she belongs, how her birth is known: a note in Care."""
    text, marks = _told(kid.said), kid.draft.marks
    if not text or marks.get("told") == text or night.shared.happened is None:
        return
    case, happened = _case(kid), night.shared.happened
    if "note" not in marks:
        note = notes.add(visit, case, Compartment.CARE, text, happened)
    else:
        stands = UUID(marks["note"])
        if not Note.objects.filter(id=stands, replaced_at__isnull=True).exists():
            return
        note = stands
        with suppress(Conflict):  # written anew on her own page since: that word stands
            note = notes.put_after(visit, case, stands, text, happened)
    marks["note"], marks["told"] = str(note), text


def _told(said: Child) -> str:
    how = {
        "certificate": _("The day of birth was read on a certificate or another paper."),
        "told": _("The child or the family told the day of birth."),
        "estimated": _("The day of birth is an estimate."),
    }
    lines = [
        _("Brought by: %(who)s") % {"who": said.brought} if said.brought else "",
        _("Says she belongs with: %(who)s") % {"who": said.belongs} if said.belongs else "",
        how.get(said.how_known, "") if said.birth and not said.birth.estimated else "",
    ]
    told = [line for line in lines if line]
    return "\n".join([_("At intake."), *told]) if told else ""


def _case(kid: Kid) -> UUID:
    assert kid.case is not None
    return kid.case
