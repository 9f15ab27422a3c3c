"""Every command and query × everybody, by hand, in the first two runs of security.md §9.1.

As it is: on PostgreSQL as the application's role under row-level security, and on SQLite. With
every key in the world at hand: the policy alone must refuse. (The third, without a policy, is
`test_keys_alone.py`.)

What is done leaves one entry, which names whom it was about and what was opened; what is refused
leaves one, and not a byte changed in any other table.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.access import scenes
from tests.access.test_entries import ENTRIES
from tests.access.tried import ROWS
from tests.access.tried.rows import PEOPLE
from tests.access.trying import BY_SCENE, DOORS, Ground, Try

from tahanan.access.actor import Actor, Keyring


def test_every_act_of_the_door_stands_in_the_table_and_nothing_else() -> None:
    tried = {name.partition("#")[0] for name in ROWS}
    # Who comes in is not yet anybody: the other entries are tried in `test_entries.py`.
    assert tried == set(DOORS) - set(ENTRIES)
    assert {row.scene for row in ROWS.values()} == set(scenes.SCENES)


def test_everybody_of_the_cast_is_tried(cast: Any) -> None:
    assert {*PEOPLE} == {*cast.everybody, "locked", "system"}


@pytest.mark.parametrize("scene", BY_SCENE)
def test_everybody_is_told_what_the_table_says(ground: Ground, scene: str) -> None:
    ground.stand(scene)
    wrong = []
    for name in BY_SCENE[scene]:
        # Who is refused comes first: nothing may be different after all of them, and before
        # somebody's change puts the scene back.
        for mark in ("refused", "done"):
            for person in PEOPLE:
                if (ROWS[name].mark(person) == "+") is (mark == "done"):
                    tried = Try(ground, name, ground.actor(person))
                    wrong += [f"{name}, {person}: {fault}" for fault in tried.faults(person)]
                    if tried.done:
                        ground.stand(scene)
            wrong += _changed(ground, name)
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("scene", BY_SCENE)
def test_with_every_key_at_hand_the_policy_alone_still_refuses(ground: Ground, scene: str) -> None:
    ground.stand(scene)
    wrong = []
    for name in BY_SCENE[scene]:
        for person in PEOPLE:
            actor = ground.actor(person)
            if ROWS[name].mark(person) == "+" or actor.keys is None:
                continue
            tried = Try(ground, name, _armed(ground, actor))
            wrong += [f"{name}, {person}: {fault}" for fault in tried.faults(person)]
        wrong += _changed(ground, name)
    assert not wrong, "\n" + "\n".join(wrong)


def _changed(ground: Ground, name: str) -> list[str]:
    """What the looks and the refused changed, who must have changed nothing."""
    changed = ground.changed()
    if changed:
        ground.stand(ground.scene)
    return [f"{name}: a look, or a refused try, changed {changed}"] if changed else []


def _armed(ground: Ground, actor: Actor) -> Actor:
    """The same person with the key of every team there is."""
    assert actor.keys is not None
    everything = {team: (key,) for team, key in ground.here.cast.office.team_keys.items()}
    return replace(actor, keys=Keyring(actor.keys.private, everything))
