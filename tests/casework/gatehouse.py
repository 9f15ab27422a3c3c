"""A small house for the gate's tests: one organisation, its administrator Ada, two of a team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tahanan.access.actor import Actor, system
from tahanan.base import clock, ids
from tahanan.casework import entry, people
from tahanan.casework.entry import factors
from tahanan.records.models import Installation
from tahanan.records.vocabulary import OrganisationKind, Relation, TeamKind

HERE = entry.Where(source="192.0.2.7")
ELSEWHERE = entry.Where(source="198.51.100.9")
BUILDER = system("tests")


@dataclass(frozen=True)
class Someone:
    """A person and what is on her card."""

    person: UUID
    name: str
    phrase: str
    recovery: str
    secret: str
    spare: tuple[str, ...]


def build(house: Any) -> dict[str, Any]:
    """The house's people by name, and the team's id."""
    install()
    ada = people.found_organisation(
        BUILDER,
        name="Silungan",
        kind=OrganisationKind.NGO,
        region="0700000000",
        administrator="Ada Cruz",
    )
    staff: dict[str, Any] = {"ada": account(ada, "ada.cruz")}
    cookies = sign_in(staff["ada"]).cookies
    admin = opened(cookies).actor
    staff["team"] = people.open_team(admin, name="Cebu casework", kind=TeamKind.CASEWORK)
    for first, role in (("ana", Relation.CASE_MANAGER), ("ben", Relation.SUPERVISOR)):
        person = people.invite(
            admin, name=f"{first.title()} Reyes", title="", team=staff["team"], role=role
        )
        staff[first] = account(person, f"{first}.reyes")
    entry.sign_out(entry.GATE, cookies=cookies)
    return staff


def install() -> None:
    """The one row without which nothing starts."""
    from tahanan.access import installation, links

    roots = installation.roots()
    from tahanan.vault.links import check_value

    Installation(
        id=ids.uuid4(),
        name="Test house",
        links_check=check_value(roots.links_root),
        registrar_public=installation.registrar_public(),
    ).save(force_insert=True)
    installation.forget()
    links.forget()


def account(person: UUID, name: str) -> Someone:
    """An account with fresh secrets."""
    words, secret = entry.methods.new_words(), factors.new_secret()
    made = people.set_up(BUILDER, person=person, sign_in_name=name, words=words, secret=secret)
    return Someone(person, name, words.phrase, words.recovery, secret, made.spare_codes)


def code(someone: Someone) -> str:
    """What her phone shows now."""
    return factors.code_now(someone.secret)


def first_step(someone: Someone, where: entry.Where = HERE) -> entry.Cookies:
    """Name and passphrase; the cookies that wait for the code."""
    waiting = entry.sign_in(entry.GATE, name=someone.name, phrase=someone.phrase, where=where)
    assert isinstance(waiting, entry.Waiting)
    return waiting.cookies


def sign_in(someone: Someone, where: entry.Where = HERE) -> entry.SignedIn:
    """Both steps."""
    cookies = first_step(someone, where)
    done = entry.second_factor(entry.GATE, cookies=cookies, code=code(someone), where=where)
    assert isinstance(done, entry.SignedIn)
    return done


def opened(cookies: entry.Cookies) -> entry.Opened:
    """Who these cookies are, which must be somebody."""
    found = entry.open_session(cookies)
    assert found is not None
    return found


def actor(someone: Someone) -> Actor:
    """Somebody signed in and unlocked, by way of the gate. A code is good once: later each time."""
    from datetime import timedelta

    global _late
    _late += 1
    with clock.frozen(clock.real() + timedelta(seconds=31 * _late)):
        return opened(sign_in(someone).cookies).actor


_late = 0
