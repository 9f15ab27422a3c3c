"""An intake is its team's: to everybody else there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.access.scenes import Scene
from tests.access.tried.rows import TAKERS, Row

from tahanan.casework import cases, operations
from tahanan.records.vocabulary import Bond, HowSafe, Sex

# By the name of a team that everybody knows: who is not in it is told why.
# Their own, for whoever takes children in anywhere.
OF_TAKERS = "++x xxxxx xxxx xxxx+ Lx"
OF_THE_TEAM = "++x xxxxx xxxx xxxxx Lx"


def at(kid: str = "", **more: Any) -> Any:
    """The intake under way, and a child of it."""
    child = (lambda here: {"child": here[kid]}) if kid else (lambda _here: {})
    return lambda here: {"intake": here["intake"]} | child(here) | more


def family(here: Scene) -> dict[str, Any]:
    """The two who are drawn as sisters."""
    return {"intake": here["intake"], "children": (here["amihan"], here["bituin"])}


def _team(here: Scene) -> dict[str, Any]:
    return {"team": here.cast.team("casework")}


def _printed(here: Scene) -> int:
    from tahanan.casework import intake

    return intake.pack(here.cast.ana, pack=here["pack"]).number


def _was(here: Scene) -> dict[str, Any]:
    """A day long ago, in a region of ours."""
    then = operations.Happening(date(2019, 4, 2), date(2019, 4, 2))
    return _team(here) | {"happened": then, "region": "0700000000"}


def _was_there(here: Scene) -> dict[str, Any]:
    """A girl of that day."""
    card = cases.Card(chosen="Tala", sex=Sex.GIRL)
    return _was(here) | {
        "operation": None, "how": HowSafe.REMOVED, "card": card, "name": None, "supported": True,
    }  # fmt: skip


BOTH = "file_amihan=c file_bituin=c"
ROWS: dict[str, Row] = {
    "intake.commands.open_intake": Row("night", OF_THE_TEAM, _team, keyless=True),
    "intake.commands.answer_shared": Row(
        "night", TAKERS, at(step="who", typed={"unit": "Bantay Desk"}, seen=99), "?"
    ),
    "intake.commands.add_child": Row(
        "night", TAKERS,
        at(step="tonight", typed={"name": "Hiraya", "sex": "girl", "age-years": "7"}), "?",
    ),
    "intake.commands.add_several": Row("night", TAKERS, at(how_many=2), "?"),
    "intake.commands.answer_child": Row(
        "night", TAKERS, at("amihan", step="needs", typed={"allergies": "Shrimp"}, seen=99), "?"
    ),
    "intake.commands.say_known": Row("night", TAKERS, at("perhaps_maya", same=None), "?"),
    "intake.commands.meet_need": Row("night", TAKERS, at("amihan"), "?"),
    "intake.commands.remove_child": Row("night", TAKERS, at("empty"), "?"),
    "intake.commands.finish_intake": Row(
        "night", TAKERS, lambda s: {"intake": s["done"]}, "?"
    ),
    "intake.families.draw_family": Row(
        "night", TAKERS, lambda s: family(s) | {"bond": Bond.HALF, "anew": True}, "?"
    ),
    "intake.families.part_family": Row("night", TAKERS, family, "?"),
    "intake.history.record_operation": Row("night", OF_THE_TEAM, _was, keyless=True),
    "intake.history.record_child": Row("night", OF_THE_TEAM, _was_there, "?", keyless=True),
    "intake.packs.print_pack": Row(
        "night", OF_THE_TEAM, lambda s: _team(s) | {"sheets": 3}, keyless=True
    ),
    "intake.packs.attach_pack": Row(
        "night", TAKERS, lambda s: {"intake": s["intake"], "pack": _printed(s)}, "?"
    ),
    "intake.packs.packs": Row("night", OF_TAKERS, lambda s: {}, keyless=True),
    "intake.packs.pack": Row("night", TAKERS, lambda s: {"pack": s["pack"]}, keyless=True),
    "intake.queries.board": Row("night", TAKERS, at(), BOTH),
    "intake.queries.shared": Row("night", TAKERS, at(), about="file_amihan file_bituin"),
    "intake.queries.child": Row("night", TAKERS, at("amihan"), about="file_amihan file_bituin"),
    "intake.queries.likenesses": Row(
        "night", TAKERS, at("perhaps_maya"), "maya=c jun=c", about="file_amihan file_bituin"
    ),
    "intake.queries.unfinished_intakes": Row("night", OF_TAKERS, lambda s: {}, keyless=True),
}  # fmt: skip
