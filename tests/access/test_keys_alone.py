"""Every command and query × everybody, with the policy taken away (security.md §9.1, third run).

A policy that says yes to all, and takes everybody for a member of every team: on PostgreSQL the
walls then open too. What is left between a person and a child's words is the key she does not hold.
Acts that need no key are named in the table one by one (`keyless`): there the policy stands alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.access.test_matrix import LETTER
from tests.access.traces import Said, standing
from tests.access.tried import ROWS
from tests.access.tried.rows import PEOPLE
from tests.access.trying import BY_SCENE, Ground, act_of
from tests.cast.cast import Cast

from tahanan.access import rules
from tahanan.access.actor import Actor, Membership
from tahanan.access.rules import Ruling
from tahanan.base.errors import Locked, Refusal
from tahanan.casework.door import Query
from tahanan.casework.people.steps import roles_in
from tahanan.records.models import Team
from tahanan.records.vocabulary import TeamKind
from tahanan.vault.suites import Unopenable

# Which parts of whose case a team's key opens, whatever its people may read. By hand.
OPENS = {
    "casework": {"maya": "ciahjw", "jun": "ciahjw", "nene": "ciahjw"},
    "safeguarding": {"maya": "cj", "jun": "cj", "nene": "cj"},
    "staff": {"maya": "cahw", "jun": "cahw"},
    "clinic": {"maya": "ch", "jun": "ch"},
    "house": {"maya": "c", "jun": "c"},
    "therapy": {"maya": "cat"},
    "legal": {"maya": "cij"},
    "police": {"maya": "j"},
    "cowork": {"maya": "ca"},
    "agapay": {"luz": "ciahjw"},
}
TEAM_OF = {
    "ana": "casework", "ben": "casework", "coby": "cowork", "cora": "staff", "sol": "staff",
    "nilda": "clinic", "hana": "house", "gary": "house", "dan": "therapy", "leo": "legal",
    "lito": "police", "sela": "safeguarding", "eli": "church", "gil": "protection",
    "dora": "direction", "ada": "administration", "fe": "agapay",
}  # fmt: skip


@pytest.fixture
def yes_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """A policy that says yes, wherever it is asked."""
    for name, module in list(sys.modules.items()):
        if name.startswith("tahanan."):
            for asked in ("may", "may_act", "may_in_office"):
                if getattr(module, asked, None) is getattr(rules, asked):
                    monkeypatch.setattr(module, asked, lambda *_: Ruling(True))


def everywhere(actor: Actor) -> Actor:
    """The same person with her own keys, taken for a member of every team."""
    own = {each.team for each in actor.memberships}
    rows = Team.objects.exclude(id__in=own).order_by("name")
    columns = ("id", "organisation_id", "kind", "facility_id")
    others = [
        Membership(team, of, TeamKind(kind), roles_in(TeamKind(kind))[0], home)
        for team, of, kind, home in rows.values_list(*columns)
    ]
    return replace(actor, memberships=(*actor.memberships, *others))


@pytest.mark.parametrize("scene", BY_SCENE)
def test_with_a_policy_that_says_yes_the_missing_key_alone_still_refuses(
    ground: Ground, scene: str, yes_to_all: None
) -> None:
    ground.stand(scene)
    wrong, closed = [], 0
    dressed = {person: everywhere(ground.actor(person)) for person in PEOPLE[:-2]}
    for name in BY_SCENE[scene]:
        for person, actor in dressed.items():
            if ROWS[name].mark(person) != "+":
                faults, shut = _tried(ground, name, person, actor)
                wrong += [f"{name}, {person}: {fault}" for fault in faults]
                closed += shut
    assert not wrong, "\n" + "\n".join(wrong)
    keyed = [name for name in BY_SCENE[scene] if not ROWS[name].keyless]
    assert closed or not keyed, "nothing was kept by a key: more than the policy was taken away"


def _tried(ground: Ground, name: str, person: str, actor: Actor) -> tuple[list[str], bool]:
    """What is wrong, and whether a missing key closed it."""
    stood = standing()
    try:
        act_of(name)(actor, **ROWS[name].args(ground.here))
    except (Unopenable, Refusal) as shut:
        changed = ground.changed()
        if changed:
            ground.stand(ground.scene)
        faults = [f"shut, and changed {changed}"] if changed else []
        return faults, isinstance(shut, Unopenable | Locked)
    entries = ground.watch.entries_since(stood)
    faults = list(_beyond_her_keys(ground, person, entries))
    # With a key of her own it is the policy that stops her, and it was taken away.
    if not ROWS[name].keyless and not _opened(entries):
        faults.append(f"done without a key; changed {ground.changed()}")
    if not isinstance(act_of(name), Query) and ground.changed():
        ground.stand(ground.scene)
    return faults, False


def _opened(entries: list[Said]) -> bool:
    return any(said.parts for said in entries)


def _beyond_her_keys(ground: Ground, person: str, entries: list[Said]) -> Iterator[str]:
    """Every part that was opened and that no key of hers opens."""
    name_of: dict[Any, str] = {id: name for name, id in ground.here.cases().items()}
    hers = OPENS.get(TEAM_OF[person], {})
    for said in entries:
        for case, parts in said.parts.items():
            letters = {LETTER[part] for part in LETTER if part in parts}
            beyond = letters - set(hers.get(name_of[case], ""))
            if beyond:
                yield f"opened {''.join(sorted(beyond))} of {name_of[case]}"


def test_everybody_of_the_cast_has_a_team_here(cast: Cast) -> None:
    assert set(TEAM_OF) == set(cast.everybody)
    for person, team in TEAM_OF.items():
        assert [each.team for each in getattr(cast, person).memberships] == [cast.team(team)]
    assert set(OPENS) <= set(TEAM_OF.values())
