"""Who and what a demonstration is built of: the office, or that and the agencies before it."""

from __future__ import annotations

from dataclasses import dataclass

from tahanan.world import agencies, people, places
from tahanan.world.people import SEED, Account, OrganisationPlan, PersonPlan, account_of
from tahanan.world.places import HomePlan


@dataclass(frozen=True, slots=True)
class Cast:
    """Organisations, people and homes, each in the order they are made."""

    organisations: tuple[OrganisationPlan, ...]
    people: tuple[PersonPlan, ...]
    homes: tuple[HomePlan, ...]

    def administrator(self, organisation: str) -> str:
        """The key of the first administrator of an organisation."""
        return next(o.administrator for o in self.organisations if o.key == organisation)


OFFICE = Cast(people.ORGANISATIONS, people.PEOPLE, places.HOMES)
WHOLE = Cast(
    OFFICE.organisations + agencies.ORGANISATIONS,
    OFFICE.people + agencies.PEOPLE,
    OFFICE.homes + agencies.HOMES,
)


def cast_of(*, history: bool) -> Cast:
    """With the agencies that were there before, or without."""
    return WHOLE if history else OFFICE


def accounts(seed: int = SEED, *, history: bool = False) -> tuple[Account, ...]:
    """Everybody's way in: the same for the same seed, on every machine."""
    cast = cast_of(history=history)
    names = {plan.key: plan.name for plan in cast.organisations}
    return tuple(account_of(plan, names[plan.organisation], seed) for plan in cast.people)
