"""What every home says to one group: worked out once, kept sealed, read back as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tahanan.access import installation
from tahanan.access.visit import Visit
from tahanan.base.ages import Ages, age_at
from tahanan.casework import comparing, exclusions, stays, survivors
from tahanan.casework.admissions import suitability
from tahanan.casework.admissions.suitability import Answer, Broken, Child, Home, Line, Rule, Term
from tahanan.casework.cases import CardSeen
from tahanan.casework.facilities import FacilityShape
from tahanan.records.vocabulary import FacilityKind, Permit, Sex
from tahanan.vault import suites

# Room for the answers of some forty homes; more take the next multiple.
STEP = 16_384


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, and what every home said."""

    from_on: date
    region: str
    children: tuple[Child, ...]
    answers: tuple[Answer, ...]


def children_of(visit: Visit, seen: Iterable[CardSeen], on: date) -> list[Child]:
    """What the rules need to know of each child on a day.

    A child is excluded from a home when any of her family is: it was declared for all. Suspects are
    compared with who runs each home today, whatever was declared.
    """
    listed = list(seen)
    here = stays.open_stays(each.case for each in listed)
    family = survivors.family_cases(visit, [each.case for each in listed])
    excluded = exclusions.read_many({case for cases in family.values() for case in cases})
    compared = comparing.cannot(visit, family)
    return [
        Child(
            each.case,
            each.card.sex,
            _ages(each, on),
            compared[each.case].union(*(excluded[case] for case in family[each.case])),
            stays.home_of(here[each.case].id) if each.case in here else None,
        )
        for each in listed
    ]


def keep_excluded(visit: Visit, children: Iterable[Child]) -> None:
    """Keep what was found for each child's whole family. Written anew whether it changed or not.

    The note that says why is written later, by who comes in next: written here, a question that
    finds a relation would cost more than one that finds a court's bar.
    """
    excluded = {each.case: each.excluded for each in children}
    families = survivors.family_cases(visit, excluded)
    homes: dict[UUID, frozenset[UUID]] = {}
    for case, family in families.items():
        for each in family:
            homes[each] = homes.get(each, frozenset()) | excluded[case]
    exclusions.put_each(homes)


def home_of(shape: FacilityShape) -> Home:
    """A facility as the rules see it."""
    return Home(
        shape.id,
        shape.kind,
        _terms(shape, Permit.LICENCE),
        _terms(shape, Permit.ACCREDITATION),
        tuple(
            Line(x.line, x.sex, x.age_from, x.age_until, x.places, x.out_of_use, x.taken)
            for x in shape.lines
        ),
        shape.paused,
    )


def compute(
    homes: Iterable[FacilityShape], children: list[Child], on: date, region: str
) -> tuple[Answer, ...]:
    """Every home's answer, in the order in which they are proposed."""
    listed = list(homes)
    said = [suitability.answer(home_of(shape), children, on) for shape in listed]
    near = frozenset(shape.id for shape in listed if shape.region == region)
    return tuple(suitability.in_order(said, near))


def seal(request: UUID, asked: Asked) -> bytes:
    """The answers under the server's key: no team's key may open what another team was told."""
    children = [each.case for each in asked.children]
    kept = {
        "version": suitability.VERSION,
        "from_on": asked.from_on.isoformat(),
        "region": asked.region,
        "children": [
            [str(x.case), x.sex, [x.ages.youngest, x.ages.oldest] if x.ages else None]
            for x in asked.children
        ],
        "answers": [_kept(said, children) for said in asked.answers],
    }
    plaintext = json.dumps(kept, separators=(",", ":")).encode()
    key = installation.roots().server_key
    return suites.seal(key, plaintext, _context(request), step=STEP)


def unseal(request: UUID, sealed: bytes) -> Asked:
    """What `seal` kept. Where each child lived and what she is excluded from is not in it."""
    key = installation.roots().server_key
    kept = json.loads(suites.open_sealed(key, sealed, _context(request)))
    children = tuple(
        Child(UUID(case), Sex(sex), Ages(*ages) if ages else None)
        for case, sex, ages in kept["children"]
    )
    cases = [child.case for child in children]
    return Asked(
        date.fromisoformat(kept["from_on"]),
        kept["region"],
        children,
        tuple(_said(each, cases) for each in kept["answers"]),
    )


def outcomes(answers: Iterable[Answer]) -> list[str]:
    """Each home and one letter for the ledger: all, some, no, the neutral no; never a reason."""
    return [f"{_outcome(said)}{said.home.hex}" for said in answers]


def _outcome(said: Answer) -> str:
    if any(broken.rule is Rule.CANNOT for broken in said.broken):
        return "x"
    if not said.takes:
        return "n"
    return "s" if said.broken else "a"


def _ages(seen: CardSeen, on: date) -> Ages | None:
    birth = seen.card.birth
    if birth is None or birth.first > on:
        return None
    return age_at(birth.first, birth.last, on, on)


def _terms(shape: FacilityShape, kind: Permit) -> tuple[Term, ...]:
    return tuple(Term(x.valid_from, x.valid_until) for x in shape.permits if x.kind is kind)


def _kept(said: Answer, children: list[UUID]) -> list[Any]:
    return [
        said.home.hex,
        said.kind,
        [said.places, said.taken, said.out_of_use],
        [[children.index(case), line] for case, line in said.takes.items()],
        [
            [
                broken.rule,
                children.index(broken.case) if broken.case else None,
                broken.day.isoformat() if broken.day else None,
                broken.sex,
                broken.low,
                broken.high,
                broken.places,
                broken.left,
                broken.every,
                broken.out_of_use,
            ]
            for broken in said.broken
        ],
    ]


def _said(kept: list[Any], children: list[UUID]) -> Answer:
    home, kind, (places, taken, out_of_use), takes, reasons = kept
    broken = tuple(
        Broken(
            Rule(rule),
            None if child is None else children[child],
            date.fromisoformat(day) if day else None,
            Sex(sex),
            *numbers,
        )
        for rule, child, day, sex, *numbers in reasons
    )
    return Answer(
        UUID(hex=home),
        FacilityKind(kind),
        {children[child]: line for child, line in takes},
        broken,
        places,
        taken,
        out_of_use,
    )


def _context(request: UUID) -> bytes:
    return suites.context("placement", request)
