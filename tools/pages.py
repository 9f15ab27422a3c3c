"""Writes the pages of docs/ that say what the code says: settings, rules, the list of decisions.

`make pages` writes them; a guard fails when one no longer says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from tahanan.access import rules
from tahanan.config.environment import Environment, names
from tahanan.measures.catalogue import APART, COMMON, MEASURES, REPORTS, VARIANTS
from tahanan.measures.spec import Choice, Measure
from tahanan.records.vocabulary import Compartment, Relation

DOCS = Path(__file__).resolve().parent.parent / "docs"
DECISIONS = DOCS / "decisions"
DECISION = re.compile(r"^# (\d{4})\. (.+)$", re.M)
SUPERSEDED = re.compile(r"^\*\*Superseded by \[(\d{4})\]", re.M)


def settings() -> str:
    """Every setting: what sets it, what it is for, what holds without it."""
    rows = [
        f"| `{names()[field]}` | {detail.description} | {_default(detail.default)} |"
        for field, detail in Environment.model_fields.items()
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Read once, from the environment, when a process starts. An odd value or a misspelt "
            "name is refused with a sentence. This page is written from "
            "`src/tahanan/config/environment.py` by `make pages`.",
            "",
            "| Setting | What it is for | Without it |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _default(value: object) -> str:
    if isinstance(value, tuple):
        value = ",".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value in (None, "") else f"`{value}`"


def who_may_see_what() -> str:
    """Relation × compartment, as the rule table has it."""
    heads = " | ".join(pane.value for pane in Compartment)
    return "\n".join(
        [
            "# Who may see what",
            "",
            "What each relation to a case may read and write, **where a grant of that case and "
            "compartment stands as well**. Without a grant row nobody sees anything; without "
            "its key a grant opens nothing. This page is written from "
            "`src/tahanan/access/rules.py` by `make pages`; the permission matrix in the tests "
            "is written by hand, so that one can contradict the other.",
            "",
            f"| Relation | {heads} |",
            f"|---|{'---|' * len(Compartment)}",
            *[_row(relation) for relation in Relation],
            "",
            "## What is done with a case as a whole",
            "",
            *[_list(relation, rules.ACTS) for relation in Relation if rules.ACTS.get(relation)],
            "",
            "## What is done without any case",
            "",
            *[
                _list(relation, rules.OFFICE_ACTS)
                for relation in Relation
                if rules.OFFICE_ACTS.get(relation)
            ],
            "",
            "## How exactly figures are told",
            "",
            f"To the digit, as known on any day: {_those_who_count_exactly()}. Whoever else may "
            "see figures is told *fewer than 11* below that, and the ends of months alone; what "
            "was published is told as it was published.",
            "",
        ]
    )


def _row(relation: Relation) -> str:
    def may(action: rules.Action, pane: Compartment) -> bool:
        return rules.may(relation, pane, action).allowed

    cells = [
        " and ".join(action.value for action in rules.Action if may(action, pane)) or "–"
        for pane in Compartment
    ]
    return f"| {_words(relation)} | {' | '.join(cells)} |"


def _list(relation: Relation, table: Mapping[Relation, Collection[str]]) -> str:
    acts = table[relation]
    return f"- **{_words(relation)}**: {', '.join(sorted(_words(act) for act in acts))}"


def _those_who_count_exactly() -> str:
    return ", ".join(f"**{_words(r)}**" for r in Relation if rules.counts_exactly({r}))


def _words(code: str) -> str:
    return str(code).replace("_", " ")


def decisions() -> str:
    """The decision records, in order, each with its heading."""
    rows = []
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        text = path.read_text(encoding="utf-8")
        heading = DECISION.search(text)
        if not heading:
            raise SystemExit(f"{path.name} must begin with “# NNNN. Title”.")
        later = SUPERSEDED.search(text)
        note = f" (superseded by {later[1]})" if later else ""
        rows.append(f"- [{heading[1]}. {heading[2]}]({path.name}){note}")
    return "\n".join(
        [
            "# Decisions",
            "",
            "What was decided and why, one page each: context, decision, consequences, and what "
            "would change our mind. A record is not rewritten when the decision changes: a new "
            "one supersedes it. This list is written by `make pages`.",
            "",
            *rows,
            "",
        ]
    )


def measures() -> str:
    """Every measure: what it counts, of whom, once for what, and which choices were taken."""
    reports = [
        f"- **{code}**: "
        + "; ".join(
            f"{line.measure.name} (`{line.measure.code}`, {line.period.code})" for line in lines
        )
        for code, lines in REPORTS.items()
    ]
    return "\n".join(
        [
            "# Measures",
            "",
            "What each figure counts. A measure is a specification in `src/tahanan/measures/`, "
            "compiled to SQL by `casework/figures` and counted once more, row by row, in the "
            "tests. Each is counted as known at the end of any day. Under *other choice* stands "
            "the measure by which the figure can be counted that way as well. This page is "
            "written by `make pages`.",
            "",
            "## Reports",
            "",
            *reports,
            "",
            "## What holds for all",
            "",
            *_choices(COMMON),
            *[line for each in MEASURES.values() for line in _measure(each)],
            "## Other choices, counted as measures",
            "",
            "| Measure | What it counts |",
            "|---|---|",
            *[f"| `{each.code}` | {each.name}. {each.sentence} |" for each in VARIANTS.values()],
            "",
        ]
    )


def _measure(measure: Measure) -> list[str]:
    rows = {
        "Unit": measure.unit,
        "Population": measure.population,
        "Counted once for": measure.key,
        "Numerator": measure.numerator,
        "Denominator": measure.denominator,
        "Unknowns": measure.unknowns,
        "Listed apart": "; ".join(APART[code] for code in measure.apart),
        "Split by": ", ".join(measure.splits),
        "Not to be compared with": measure.not_with,
        "Code and version": f"`{measure.code}`, {measure.version}",
    }
    return [
        f"## {measure.name}",
        "",
        measure.sentence,
        "",
        "| | |",
        "|---|---|",
        *[f"| {head} | {words} |" for head, words in rows.items() if words],
        "",
        *_choices(measure.choices),
    ]


def _choices(choices: tuple[Choice, ...]) -> list[str]:
    if not choices:
        return []
    return [
        "| Question | Taken | Why | Other choice |",
        "|---|---|---|---|",
        *[f"| {each.question} | {each.taken} | {each.why} | {_other(each)} |" for each in choices],
        "",
    ]


def _other(choice: Choice) -> str:
    if choice.other is not None:
        return f"`{choice.other.code}`"
    return f"period `{choice.period.code}`" if choice.period is not None else "–"


def replay() -> str:
    """The page of the format that `tahanan replay` reads."""
    return _replay().reference()  # type: ignore[no-any-return]


def replay_schema() -> str:
    """The same as a JSON Schema."""
    return _replay().schema()  # type: ignore[no-any-return]


def replay_example() -> str:
    """One line of each command, as a file that can be run."""
    return _replay().example()  # type: ignore[no-any-return]


def _replay() -> Any:
    import django

    django.setup()
    from tahanan.replay import pages

    return pages


PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "reference" / "settings.md": settings,
    DOCS / "reference" / "who-may-see-what.md": who_may_see_what,
    DOCS / "reference" / "measures.md": measures,
    DOCS / "reference" / "replay.md": replay,
    DOCS / "reference" / "replay.schema.json": replay_schema,
    DOCS / "reference" / "replay-example.jsonl": replay_example,
    DECISIONS / "README.md": decisions,
}

if __name__ == "__main__":
    for page, write in PAGES.items():
        page.write_text(write(), encoding="utf-8")
