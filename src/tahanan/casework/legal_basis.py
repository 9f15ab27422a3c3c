"""Legal basis, not only consent; and who of the child's adults may decide and may be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access import gate, keys
from tahanan.access.keys import CompartmentSecret
from tahanan.access.rules import Act, Action
from tahanan.access.visit import Visit
from tahanan.base import ids
from tahanan.base.errors import Invalid, NotFound
from tahanan.casework import facts, texts
from tahanan.casework.door import command, query
from tahanan.records.models import Clock, Contact, LegalBasis
from tahanan.records.vocabulary import BasisKind, ClockKind, Compartment, Kin, Purpose

BASIS, CONTACT = "basis", "contact"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decided, by what authority, under what reference, and who must be left out. Sealed."""

    decider: str
    authority: str
    reference: str = ""
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class BasisShape:
    """One legal basis as it stands; `authority` where Identity is open."""

    id: UUID
    kind: BasisKind
    compartments: tuple[Compartment, ...]
    purpose: Purpose
    from_on: date
    until_on: date | None
    authority: Authority | None


@dataclass(frozen=True, slots=True)
class ContactShape:
    """One adult of the child's; the name where Identity is open."""

    id: UUID
    kin: Kin
    may_decide: bool
    may_be_told: bool
    name: str
    phone: str


@query("about_to")
def about_to_change(visit: Visit, *, case: UUID, contact: UUID) -> ContactShape:
    """An adult of the child's, for one who may change what that adult may."""
    gate.act(visit, case, Act.RECORD_CONTACT)
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.READ))
    found = next((adult for adult in contacts(case, secret) if adult.id == contact), None)
    if found is None:
        raise NotFound
    return found


@query("about_to")
def stands_now(visit: Visit, *, case: UUID, contact: UUID) -> tuple[ContactShape, ContactShape]:
    """An adult as a page showed her, and as she stands by now."""
    gate.act(visit, case, Act.RECORD_CONTACT)
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.READ))
    before = Contact.objects.filter(id=contact, case=case, tenant=visit.tenant).first()
    row = before
    while row is not None and row.replaced_at is not None:
        row = Contact.objects.filter(replaces=row.id).first()
    theirs = next((adult for adult in contacts(case, secret) if row and adult.id == row.id), None)
    if before is None or theirs is None:
        raise NotFound
    was = replace(theirs, may_decide=before.may_decide, may_be_told=before.may_be_told)
    return was, theirs


@command("record_basis")
def record_basis(
    visit: Visit,
    *,
    cases: tuple[UUID, ...],
    kind: BasisKind,
    compartments: tuple[Compartment, ...],
    purpose: Purpose,
    authority: Authority,
    from_on: date,
    until_on: date | None,
) -> UUID:
    """One answer for one child or for all of a removal; each gets her own row and copy."""
    if not cases:
        raise Invalid({"cases": _("Choose at least one child.")})
    if until_on is not None and until_on < from_on:
        raise Invalid({"until_on": _("The last day is before the first. Give a later last day.")})
    added: list[UUID] = []
    for case in cases:
        gate.act(visit, case, Act.RECORD_BASIS)
        added.append(
            add_basis(visit, case, kind, compartments, purpose, authority, from_on, until_on)
        )
    return added[0]


@command("record_contact")
def record_contact(
    visit: Visit,
    *,
    case: UUID,
    kin: Kin,
    may_decide: bool,
    may_be_told: bool,
    name: str,
    phone: str = "",
    from_on: date | None = None,
) -> UUID:
    """Put an adult on the child's list. Who may not be told may not decide: it is refused."""
    gate.act(visit, case, Act.RECORD_CONTACT)
    if may_decide and not may_be_told:
        raise Invalid({"may_decide": _("Who decides must be told. Tick both, or neither.")})
    id = facts.add(
        visit,
        Contact,
        case_id=case,
        kin=kin,
        may_decide=may_decide,
        may_be_told=may_be_told,
        from_on=from_on or visit.today,
    )
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    texts.write(visit, secret, CONTACT, id, {"name": name, "phone": phone})
    return id


@command("change_contact")
def change_contact(
    visit: Visit, *, case: UUID, contact: UUID, may_decide: bool, may_be_told: bool
) -> UUID:
    """Change what an adult may decide or be told; what stood stays on record."""
    gate.act(visit, case, Act.RECORD_CONTACT)
    # An adult of another child's, named beside a case of the actor's own.
    if not Contact.objects.filter(id=contact, case=case).exists():
        raise NotFound
    if may_decide and not may_be_told:
        raise Invalid({"may_decide": _("Who decides must be told. Tick both, or neither.")})
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    name = next((p.content for p in texts.read(secret, kind=CONTACT, of=contact)), {})
    id = facts.correct(visit, Contact, contact, may_decide=may_decide, may_be_told=may_be_told)
    texts.write(visit, secret, CONTACT, id, name)
    return id


def add_basis(
    visit: Visit,
    case: UUID,
    kind: BasisKind,
    compartments: tuple[Compartment, ...],
    purpose: Purpose,
    authority: Authority,
    from_on: date,
    until_on: date | None,
) -> UUID:
    """One basis on one case, its authority sealed in Identity, and a clock where it expires."""
    id = facts.add(
        visit,
        LegalBasis,
        case_id=case,
        kind=kind,
        compartments=" ".join(sorted(compartments)),
        purpose=purpose,
        from_on=from_on,
        until_on=until_on,
    )
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    texts.write(visit, secret, BASIS, id, asdict(authority))
    if until_on is not None:
        start_clock(visit, case, ClockKind.BASIS_EXPIRES, until_on, because=id)
    outlasted = _outlasted_by(LegalBasis.objects.get(id=id))
    stop_clocks(visit, outlasted, ClockKind.BASIS_EXPIRES)
    return id


def _outlasted_by(new: LegalBasis) -> list[UUID]:
    """Bases whose end is nothing to watch any more: this one covers their parts, without a gap.

    They stay on record with their last day; only *what is due* no longer asks about them.
    """
    older = facts.standing(LegalBasis).filter(
        case=new.case_id, purpose=new.purpose, until_on__isnull=False
    )
    covered = set(new.compartments.split())
    return [
        old.id
        for old in older.exclude(id=new.id)
        if old.until_on is not None
        and set(old.compartments.split()) <= covered
        and old.from_on <= new.from_on <= old.until_on + timedelta(days=1)
        and (new.until_on is None or new.until_on > old.until_on)
    ]


def restate_basis(
    visit: Visit, case: UUID, basis: UUID, authority: Authority, from_on: date
) -> UUID:
    """A basis corrected: who decided and since when, as now known. What stood stays on record."""
    id = facts.correct(visit, LegalBasis, basis, from_on=from_on)
    secret = keys.open(visit, gate.pass_(visit, case, Compartment.IDENTITY, Action.WRITE))
    texts.write(visit, secret, BASIS, id, asdict(authority))
    return id


def bases(case: UUID, secret: CompartmentSecret | None = None) -> list[BasisShape]:
    """The legal bases of a case as they stand; with an opened Identity, their authority too."""
    sealed = {p.of: p.content for p in texts.read(secret, kind=BASIS)} if secret else {}
    rows = facts.standing(LegalBasis).filter(case=case).order_by("from_on", "id")
    columns = ("id", "kind", "compartments", "purpose", "from_on", "until_on")
    return [
        BasisShape(
            id,
            BasisKind(kind),
            tuple(Compartment(code) for code in codes.split()),
            Purpose(purpose),
            from_on,
            until_on,
            Authority(**sealed[id]) if id in sealed else None,
        )
        for id, kind, codes, purpose, from_on, until_on in rows.values_list(*columns)
    ]


def contacts(case: UUID, secret: CompartmentSecret | None = None) -> list[ContactShape]:
    """The adults of a child; with an opened Identity, their names."""
    sealed = {p.of: p.content for p in texts.read(secret, kind=CONTACT)} if secret else {}
    rows = facts.standing(Contact).filter(case=case, until_on__isnull=True).order_by("id")
    columns = ("id", "kin", "may_decide", "may_be_told")
    return [
        ContactShape(
            id,
            Kin(kin),
            decides,
            told,
            sealed.get(id, {}).get("name", ""),
            sealed.get(id, {}).get("phone", ""),
        )
        for id, kin, decides, told in rows.values_list(*columns)
    ]


def start_clock(visit: Visit, case: UUID, kind: ClockKind, due_on: date, *, because: UUID) -> UUID:
    """Something falls due on a case because of a row."""
    id = ids.uuid7()
    Clock(id=id, tenant=visit.tenant, case_id=case, kind=kind, due_on=due_on, because=because).save(
        force_insert=True
    )
    return id


def stop_clocks(visit: Visit, because: Iterable[UUID], *kinds: ClockKind) -> None:
    """What these rows set running is done today; of all kinds, or of those named."""
    rows = Clock.objects.filter(because__in=list(because), closed_on__isnull=True)
    (rows.filter(kind__in=kinds) if kinds else rows).update(closed_on=visit.today)
