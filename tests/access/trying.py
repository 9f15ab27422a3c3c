"""One person tries one act in a scene: what she is told, and what it left behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.access import doors, scenes, traces
from tests.access.scenes import Scene
from tests.access.test_matrix import LETTER
from tests.access.tried import ROWS
from tests.access.tried.rows import STATUS
from tests.house import House

from tahanan.access.actor import Actor, system
from tahanan.base.errors import Refusal
from tahanan.casework.door import Command, Entry, Query

DOORS = doors.every()
OUTCOME = {Command: "change", Query: "look", Entry: "entry"}
BY_SCENE = {
    scene: [name for name, row in ROWS.items() if row.scene == scene] for scene in scenes.SCENES
}


class Ground:
    """A house, the scene that stands in it, and a watch over its tables."""

    def __init__(self) -> None:
        self.house, self.watch = House(), traces.Watch()
        self.here: Scene
        self.scene = ""
        self.before: dict[str, str] = {}
        self._actors: dict[str, Actor] = {}

    def stand(self, scene: str) -> Scene:
        """That scene, fresh."""
        self.watch.close()
        self.scene = scene
        self.here = scenes.stand(self.house, scene)
        self.before = self.watch.tables()
        return self.here

    def changed(self) -> list[str]:
        """Tables that are not as they stood when the scene was set."""
        now = self.watch.tables()
        return sorted(table for table in now if now[table] != self.before[table])

    def actor(self, person: str) -> Actor:
        """One column of the matrix: the same in every copy of the scene."""
        if person not in self._actors:
            self._actors[person] = actor_of(self.here, person)
        return self._actors[person]


def actor_of(here: Scene, person: str) -> Actor:
    """One column of the matrix."""
    if person == "system":
        return system("tests")
    if person == "locked":
        return here.cast.locked(here.cast.ana)
    return getattr(here.cast, person)  # type: ignore[no-any-return]


def act_of(name: str) -> Any:
    """The act of a row: `notes.note#therapy` is one more way to try `notes.note`."""
    return DOORS[name.partition("#")[0]]


class Try:
    """One person tries one act: what she is told, and what it left behind."""

    def __init__(self, ground: Ground, name: str, actor: Actor) -> None:
        self.row, self.act, self.here = ROWS[name], act_of(name), ground.here
        stood = traces.standing()
        self.actor = actor
        self.mark, self.code, self.result = self._told(actor)
        self.entries = ground.watch.entries_since(stood)
        # A command that was done is looked over at once; all that must change nothing, together.
        self.done = self.mark == "+" and not isinstance(self.act, Query)
        self.changed = ground.changed() if self.done else []

    def _told(self, actor: Actor) -> tuple[str, str, object]:
        arguments = dict(self.row.args(self.here))
        try:
            return "+", "", self.act(actor, **arguments)
        except Refusal as refusal:
            assert refusal.sentence, "a refusal says why"
            marks = {status: mark for mark, status in STATUS.items()}
            return marks.get(refusal.status, str(refusal.status)), refusal.code, None

    def faults(self, person: str) -> list[str]:
        """What is not as the table says."""
        wanted = self.row.mark(person)
        if self.mark != wanted:
            return [f"{self.mark} ({self.code}) and not {wanted}"]
        if self.mark == "+":
            return [*self._done(person)]
        return [*self._refused()]

    def _refused(self) -> Iterator[str]:
        if [(said.outcome, said.code) for said in self.entries] != [("refused", self.code)]:
            yield f"refused, and the ledger says {self.entries}"

    def _done(self, person: str) -> Iterator[str]:
        looks = isinstance(self.act, Query)
        opened = self.row.opened(person) if self.row.opens != "?" else None
        if not looks and not self.changed and not self.row.idle:
            yield "nothing was changed"
        if looks and not opened and not self.act.always:
            if self.entries:
                yield f"nothing was opened, and the ledger says {self.entries}"
            return
        if len(self.entries) != 1:
            yield f"{len(self.entries)} entries"
            return
        yield from self._entry(self.entries[0], opened)

    def _entry(self, said: traces.Said, opened: dict[str, str] | None) -> Iterator[str]:
        if (said.outcome, said.verb) != (OUTCOME[type(self.act)], self.act.verb):
            yield f"the ledger says {said.verb}, {said.outcome}"
        if (said.actor, said.system) != (self.actor.person, self.actor.system):
            yield f"the ledger names {said.actor} {said.system}"
        if isinstance(self.act, Command) and said.result != str(self.result):
            yield f"the ledger gives {said.result}"
        if opened is None:
            return
        name_of = {id: name for name, id in self.here.cases().items()}
        there = {
            name_of[case]: "".join(LETTER[part] for part in LETTER if part in parts)
            for case, parts in said.parts.items() if parts
        }  # fmt: skip
        wanted = {child: "".join(sorted(letters)) for child, letters in opened.items()}
        if {child: "".join(sorted(letters)) for child, letters in there.items()} != wanted:
            yield f"the ledger says {there} was opened, and not {opened}"
        named = {name_of[case] for case in said.subjects}
        if named != set(opened) | set(self.row.about.split()):
            yield f"the ledger is about {named}"
