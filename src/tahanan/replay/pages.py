"""The format described: its page, its JSON Schema, and a file with an example of every command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tahanan.replay.format import LONGEST_LINE, Spec
from tahanan.replay.kinds import KNOWN, NAME
from tahanan.replay.table import TABLE

SCHEMA = "replay.schema.json"
EXAMPLE = "replay-example.jsonl"
# Said by a second person, in a file of her own.
_ANOTHERS = {"agree_same"}
# Whom the examples name beside the first child: one of the same family, one entered apart.
_OTHERS: tuple[Mapping[str, Any], ...] = (
    {
        "do": "record_child", "as": "child-2", "known_at": "2019-04-03",
        "happened": "2019-04-02", "region": "0700000000", "how": "removed",
        "operation": "raid-1", "sex": "boy", "born": "2012",
    },
    {
        "do": "record_child", "as": "child-3", "known_at": "2019-05-06",
        "happened": {"from": "2019-05-01", "until": "2019-05-04"}, "region": "0700000000",
        "how": "surrendered", "supported": False, "chosen": "Tala",
    },
)  # fmt: skip


def example() -> str:
    """A file that can be run as it stands: one line of each command, everything in it invented."""
    lines: list[Mapping[str, Any]] = []
    for spec in TABLE.values():
        if spec.do not in _ANOTHERS:
            lines.append(spec.example)
        if spec.do == "record_child":
            lines.extend(_OTHERS)
    return "".join(_line(line) + "\n" for line in lines)


def schema() -> str:
    """One line of the format as a JSON Schema, draft 2020-12."""
    said = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of a history for tahanan replay",
        "type": "object",
        "required": ["do"],
        "oneOf": [_schema_of(spec) for spec in TABLE.values()],
    }
    return json.dumps(said, indent=2, ensure_ascii=False) + "\n"


def reference() -> str:
    """The page of the format."""
    return "\n".join([*_HEAD, *(each for spec in TABLE.values() for each in _section(spec))])


def _schema_of(spec: Spec) -> dict[str, Any]:
    shared: dict[str, Any] = {"do": {"const": spec.do}, "known_at": dict(KNOWN.schema)}
    if spec.gives:
        shared["as"] = {"type": "string", "pattern": f"^{NAME.pattern}$"}
    fields = {
        each.name: dict(each.kind.schema) | {"description": each.said} for each in spec.fields
    }
    return {
        "title": spec.do,
        "description": spec.said,
        "properties": shared | fields,
        "required": ["do", *(each.name for each in spec.fields if each.required)],
        "additionalProperties": False,
    }


def _section(spec: Spec) -> list[str]:
    gives = f" `as` names the {spec.gives}." if spec.gives else ""
    needs = "" if spec.opens else " Needs no open keys."
    return [
        f"## {spec.do}",
        "",
        f"{spec.said}{gives}{needs}",
        "",
        "| Field | What it says | How it is written |",
        "|---|---|---|",
        *(
            f"| `{each.name}`{'' if each.required else ' (may be left out)'} | {each.said} | "
            f"{each.kind.said} |"
            for each in spec.fields
        ),
        "",
        "```json",
        _line(spec.example),
        "```",
        "",
    ]


def _line(said: Mapping[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)


_HEAD = (
    "# A history, line by line",
    "",
    "What `tahanan replay` reads: text in UTF-8, one JSON object a line, each one command through "
    "the door. Empty lines are passed over. "
    f"A line is at most {LONGEST_LINE // 1024} KiB. [How to bring one in](../how-to/"
    f"bring-in-a-history.md). This page, [the JSON Schema of a line]({SCHEMA}) (draft 2020-12) and "
    f"[a file with an example of every command]({EXAMPLE}) are written from "
    "`src/tahanan/replay/` by `make pages`. Everything in the examples is invented.",
    "",
    "## Every line",
    "",
    "| Field | What it says |",
    "|---|---|",
    "| `do` | which command |",
    "| `as` | a name for what it makes: letters, figures and `- _ . :`, at most 64. Later lines of "
    "the same file say this name. Use no child’s own: `--ids` writes these names down |",
    f"| `known_at` | when it was known: {KNOWN.said}. Left out: now. Never ahead of now, never in "
    "days that are closed (`tahanan close`), never before what the line corrects |",
    "",
    "Another thing is named by what an earlier line gave it with `as`, by its id, and a child also "
    "by the reference of her case. What is another organisation’s is refused in the same words as "
    "what does not exist. A field that is unknown, of another type or another unit (an age where a "
    "year of birth stands, a day that is no text) is refused.",
    "",
)
