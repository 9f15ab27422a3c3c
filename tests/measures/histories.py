"""Random histories of a small programme: rows as the office would leave them behind, corrections,
withdrawals, late words and joined records among them. All of it invented.

The rows are put down directly, at instants of our choosing: many of them on the very second at
which a day ends in Manila.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from tests.house import House

from tahanan.access import links
from tahanan.base import clock, ids
from tahanan.records import models as tables
from tahanan.records import vocabulary as words
from tahanan.records.fields import FacilityLink, PersonLink, SuspectLink

FIRST = date(2020, 3, 1)
DAYS = 40
TABLES: dict[str, type[models.Model]] = {
    model.__name__.lower(): model
    for model in (
        tables.Survivor, tables.Case, tables.SiblingLink, tables.SameChild, tables.CaseStatus,
        tables.OsecElement, tables.Support, tables.Operation, tables.Removal, tables.Suspicion,
        tables.Arrest, tables.Judgment, tables.DemandSide, tables.Stay,
    )
}  # fmt: skip
# What may stand once: the columns, and whether only while it is open.
ONCE: dict[str, tuple[tuple[str, ...], bool]] = {
    "siblinglink": (("survivor_id", "sibling_id"), True),
    "samechild": (("survivor_id", "same_id"), False),
    "casestatus": (("case_id",), True),
    "osecelement": (("case_id", "element"), True),
    "support": (("case_id",), True),
    "stay": (("case_id",), True),
    "suspicion": (("case_id", "suspect"), False),
    "judgment": (("suspect", "docket", "charge", "level"), False),
}
KIN = ("parent", "guardian", "parents_partner", "cousin", "neighbour", "stranger", "unknown")


class History:
    """A programme's rows in the making."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.tenant = links.tenant()
        self.cases: list[tuple[UUID, UUID]] = []
        self.suspects = [SuspectLink(int=ids.uuid4().int) for _ in range(5)]
        self.dockets = [ids.uuid4() for _ in range(3)]

    # ── the three ways of dated rows ────────────────────────────────────────────────────────

    def add(self, table: str, **fields: Any) -> None:
        """A new row; where one stands that may stand once, its correction."""
        same = self._standing_same(table, fields)
        if same is not None:
            self.correct(table, same, **fields)
        else:
            self._put(table, self.instant(), fields)

    def correct(self, table: str, row: dict[str, Any], withdrawn: bool = False, **to: Any) -> None:
        """A successor; left alone where another row would then stand twice."""
        kept = {k: v for k, v in row.items() if k not in _OURS} | to
        other = None if withdrawn else self._standing_same(table, kept)
        if other is not None and other is not row:
            return
        at = max(self.instant(), row["known_at"])
        row["replaced_at"], row["replaced_day"] = at, clock.manila_day(at)
        self._put(table, at, kept, replaces_id=row["id"], withdrawn=withdrawn)

    def some(self, table: str) -> dict[str, Any] | None:
        """Some row that stands."""
        standing = [row for row in self.rows[table] if row["replaced_at"] is None]
        standing = [row for row in standing if not row["withdrawn"]]
        return self.random.choice(standing) if standing else None

    def _put(self, table: str, at: datetime, fields: Mapping[str, Any], **more: Any) -> None:
        row = {
            "id": ids.uuid7(), "tenant": self.tenant, "known_at": at,
            "known_day": clock.manila_day(at), "recorded_at": at,
            "recorded_by": PersonLink(int=ids.uuid4().int), "replaces_id": None,
            "replaced_at": None, "replaced_day": None, "withdrawn": False, **fields, **more,
        }  # fmt: skip
        self.rows[table].append(row)

    def _standing_same(self, table: str, fields: Mapping[str, Any]) -> dict[str, Any] | None:
        columns, only_open = ONCE.get(table, ((), False))
        if not columns or (only_open and fields.get("until_on") is not None):
            return None
        for row in self.rows[table]:
            stands = row["replaced_at"] is None and not row["withdrawn"]
            still = not only_open or row["until_on"] is None
            if stands and still and all(row[each] == fields[each] for each in columns):
                return row
        return None

    # ── chance ──────────────────────────────────────────────────────────────────────────────

    def day(self) -> date:
        """Some day of the few in question."""
        return FIRST + timedelta(days=self.random.randrange(DAYS))

    def instant(self) -> datetime:
        """Some instant, often just when a day ends in Manila."""
        at = datetime.combine(self.day(), datetime.min.time(), UTC) + timedelta(hours=16)
        return at + self.random.choice(
            (timedelta(), timedelta(microseconds=-1), timedelta(hours=-7), timedelta(hours=5))
        )

    def happened(self) -> dict[str, date]:
        """A day, or some days between which it was."""
        first = self.day()
        wide = self.random.choice((0, 0, 0, 1, 6))
        return {"happened_on": first, "happened_until": first + timedelta(days=wide)}

    def held(self) -> dict[str, date | None]:
        """From a day, until another or open."""
        first = self.day()
        until = self.random.choice((None, None, None, first, first + timedelta(days=9)))
        return {"from_on": first, "until_on": until}

    def any(self, codes: Iterable[Any]) -> str:
        """Some code."""
        return str(self.random.choice([str(code) for code in codes]))

    def case(self) -> UUID:
        """Some case."""
        return self.random.choice(self.cases)[0]

    def two(self) -> tuple[UUID, UUID] | None:
        """Two survivors, in their order."""
        survivors = sorted({survivor for _, survivor in self.cases}, key=lambda each: each.bytes)
        if len(survivors) < 2:
            return None
        first, second = sorted(self.random.sample(range(len(survivors)), 2))
        return survivors[first], survivors[second]


_OURS = {
    "id", "known_at", "known_day", "recorded_at", "recorded_by", "replaces_id", "replaced_at",
    "replaced_day", "withdrawn",
}  # fmt: skip


# ── what happens ────────────────────────────────────────────────────────────────────────────


def child(of: History) -> None:
    """A child comes: supported and removed as a rule, a victim more often than not."""
    survivor, case = ids.uuid7(), ids.uuid7()
    if of.cases and of.random.random() < 0.15:
        survivor = of.random.choice(of.cases)[1]
    else:
        of.rows["survivor"].append({"id": survivor, "tenant": of.tenant})
    of.rows["case"].append(
        {
            "id": case, "tenant": of.tenant, "survivor_id": survivor,
            "reference": ids.reference(case), "region": "13", "opened_on": FIRST,
            "exclusions": bytes(256),
        }
    )  # fmt: skip
    of.cases.append((case, survivor))
    if of.random.random() < 0.85:
        of.add("support", case_id=case, from_on=of.day(), until_on=None)
    if of.random.random() < 0.9:
        removal(of, case)
    if of.random.random() < 0.7:
        of.add("casestatus", case_id=case, status="victim", decided_by="court", **of.held())


def removal(of: History, case: UUID | None = None) -> None:
    """Somebody is brought to safety, mostly in an operation of a version that need not stand."""
    young = of.random.choice((None, 0, 3, 3, 4, 6))
    old = None if young is None else min(6, young + of.random.choice((0, 0, 1)))
    operations = of.rows["operation"]
    operation = of.random.choice(operations)["id"] if operations else None
    of.add(
        "removal", case_id=case or of.case(),
        operation_id=operation if of.random.random() < 0.8 else None,
        how=of.any(("removed", "removed", "surrendered", "safeguarded")), sex="girl", region="13",
        youngest_band=young, oldest_band=old, **of.happened(),
    )  # fmt: skip


def operation(of: History) -> None:
    """An operation, mostly supported and led by law enforcement."""
    of.add(
        "operation", region="13", supported=of.random.random() < 0.85,
        kind=of.any(("law_enforcement", "law_enforcement", "welfare")), **of.happened(),
    )  # fmt: skip


def status(of: History) -> None:
    """A status is decided."""
    of.add(
        "casestatus", case_id=of.case(), status=of.any(words.Status), decided_by="court",
        **of.held(),
    )  # fmt: skip


def support(of: History) -> None:
    """Support begins, or has ended."""
    of.add("support", case_id=of.case(), **of.held())


def siblings(of: History) -> None:
    """Two are drawn as siblings, late or not."""
    if two := of.two():
        of.add(
            "siblinglink", case_id=of.case(), survivor_id=two[0], sibling_id=two[1],
            bond=of.any(words.Bond), **of.held(),
        )  # fmt: skip


def same(of: History) -> None:
    """Two records are of one child: proposed, joined, to be parted."""
    if two := of.two():
        of.add(
            "samechild", case_id=of.case(), survivor_id=two[0], same_id=two[1],
            word=of.any(words.Sameness), from_on=of.day(), until_on=None,
        )  # fmt: skip


def suspicion(of: History) -> None:
    """A suspect is named for a child."""
    of.add(
        "suspicion", case_id=of.case(), suspect=of.random.choice(of.suspects), kin=of.any(KIN),
        part=of.any(("facilitator",) * 5 + ("demand_side",)),
        minor=of.any(("no", "no", "unknown", "unknown", "yes")), lives_with="unknown",
        **of.happened(),
    )  # fmt: skip


def arrest(of: History) -> None:
    """An arrest, perhaps the second of the same man."""
    operations = of.rows["operation"]
    of.add(
        "arrest", suspect=of.random.choice(of.suspects),
        operation_id=of.random.choice(operations)["id"] if operations else None,
        country=of.any(("PH", "PH", "PH", "AU")), supported=of.random.random() < 0.85,
        **of.happened(),
    )  # fmt: skip


def judgment(of: History) -> None:
    """A court speaks: of trial, of appeal, or the last one."""
    of.add(
        "judgment", suspect=of.random.choice(of.suspects[:3]), docket=of.random.choice(of.dockets),
        charge=of.any(("trafficking", "cybercrime")),
        outcome=of.any((*words.Outcome, "convicted", "convicted")), plea=of.any(words.Plea),
        sentence=of.any(words.Sentence), level=of.any(("trial", "trial", "appeal", "supreme")),
        country=of.any(("PH", "PH", "PH", "AU")), supported=of.random.random() < 0.85,
        **of.happened(),
    )  # fmt: skip


def element(of: History) -> None:
    """Something is found of one element."""
    of.add(
        "osecelement", case_id=of.case(), element=of.any(words.Element),
        finding=of.any((*words.Finding, "established", "established")), depiction="", **of.held(),
    )  # fmt: skip


def elements(of: History) -> None:
    """All six elements are found established at once."""
    case = of.case()
    for each in words.OSEC:
        of.add(
            "osecelement", case_id=case, element=str(each), finding="established", depiction="",
            from_on=FIRST, until_on=None,
        )  # fmt: skip


def demand(of: History) -> None:
    """Somebody who paid is known of."""
    of.add("demandside", case_id=of.case(), country=of.any(("AU", "US", "ZZ")), **of.happened())


def stay(of: History) -> None:
    """A child is admitted, or has left."""
    held = of.held()
    of.add(
        "stay", case_id=of.case(), home=FacilityLink(int=ids.uuid4().int), kind="shelter", line=1,
        mode="ordinary", end="other" if held["until_on"] else "", **held,
    )  # fmt: skip


def correction(of: History) -> None:
    """Some row is corrected: other days, and what else may change."""
    table = of.any(each for each in TABLES if each not in ("survivor", "case"))
    row = of.some(table)
    if row is None:
        return
    to: dict[str, Any] = of.happened() if "happened_on" in row else {"from_on": of.day()}
    until = row.get("until_on")
    if until is not None and to["from_on"] > until:
        to = {}
    if "kin" in row:
        to["kin"] = of.any(KIN)
    if "word" in row:
        to["word"] = of.any(words.Sameness)
    if "outcome" in row:
        to["outcome"] = of.any(words.Outcome)
    of.correct(table, row, **to)


def withdrawal(of: History) -> None:
    """Some row is taken back."""
    table = of.any(each for each in TABLES if each not in ("survivor", "case"))
    row = of.some(table)
    if row is not None:
        of.correct(table, row, withdrawn=True)


# Each as often as it is listed.
ACTS = (
    *(child,) * 6, *(removal,) * 3, *(operation,) * 3, *(status,) * 4, support,
    *(siblings,) * 6, *(same,) * 3, *(suspicion,) * 6, *(arrest,) * 3, *(judgment,) * 5,
    *(element,) * 2, *(elements,) * 2, demand, *(stay,) * 2, *(correction,) * 10,
    *(withdrawal,) * 3,
)  # fmt: skip


def history(random: Random, acts: int) -> History:
    """A programme in which so many things happened."""
    made = History(random)
    operation(made)
    for _ in range(3):
        child(made)
    for _ in range(acts):
        random.choice(ACTS)(made)
    return made


# ── put down, read back ─────────────────────────────────────────────────────────────────────


@contextmanager
def written(house: House, made: History) -> Iterator[None]:
    """The rows stand in the database, until the end of the block."""
    with _owner(house), transaction.atomic():
        for name, model in TABLES.items():
            model._default_manager.bulk_create(model(**row) for row in made.rows[name])
        yield
        transaction.set_rollback(True)


@contextmanager
def _owner(house: House) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with house.as_role("owner"):
        yield


def all_rows() -> dict[str, list[dict[str, Any]]]:
    """Every version of every row that is counted, as plain dictionaries."""
    return {name: list(model._default_manager.values()) for name, model in TABLES.items()}
