"""Measures of suspects: who was named, arrested, convicted. Suspects stay links; none is opened."""

from __future__ import annotations

from tahanan.casework.figures.asking import Asking
from tahanan.casework.figures.children import columns, kid
from tahanan.casework.figures.of_children import member
from tahanan.casework.figures.subjects import Subjects, When, dated
from tahanan.measures.spec import (
    HERE,
    LEVELS,
    OUTCOMES,
    PLEAS,
    SENTENCES,
    UNKNOWN,
    Arrests,
    Close,
    Convictions,
    Once,
    Question,
    Suspects,
    Who,
)

_CONVICTED, _REVERSED, _UPHELD = (
    OUTCOMES.index(each) for each in ("convicted", "reversed", "upheld")
)
_LESSER, _SUSPENDED = PLEAS.index("guilty_of_lesser"), SENTENCES.index("suspended")


# ── named ───────────────────────────────────────────────────────────────────────────────────


def suspects(ask: Asking, of: Suspects, asks: Question | None) -> Subjects:
    """One row a suspect who was named for a child in the period, or perhaps in it."""
    kids = kid(ask, of.children)
    event = columns("k")
    inside = ask.inside(event["on"], event["until"])
    kin = asks.kin if isinstance(asks, Close) else ()
    close = f"s.kin IN {ask.codes(kin)}" if kin else "1 = 0"
    minor = _flag("s.minor = " + ask.bind("yes"))
    demand = _flag("s.part = " + ask.bind("demand_side"))
    told = _flag("s.kin <> " + ask.bind(UNKNOWN))
    ask.part(
        "named",
        f"SELECT s.suspect, k.ev, CASE WHEN {inside} THEN 1 ELSE 0 END AS within, "
        f"{minor} AS minor, {demand} AS demand, {_flag(close)} AS near, {told} AS told "
        "FROM records_suspicion s "
        "LEFT JOIN odd o ON o.case_id = s.case_id "
        f"JOIN {kids} k ON k.key = COALESCE(o.child, s.case_id) "
        f"WHERE {ask.known('s')} AND {member(of.children, 'k')} "
        f"AND {ask.touches(event['on'], event['until'])}",
    )
    ask.part(
        "suspect",
        "SELECT suspect AS key, max(within) AS within, max(minor) AS minor, "
        "max(demand) AS demand, max(near * within) AS near, max(told * within) AS told, "
        "COALESCE(min(CASE WHEN within = 1 THEN ev END), min(ev)) AS ev "
        "FROM named GROUP BY suspect",
    )
    who = _who(ask, of.who)
    first = columns("p")
    return Subjects(
        source="suspect p", key="p.key",
        when=When(first["on"], first["until"], "p.within = 1", "p.within = 0"),
        member=f"p.minor = 0 AND p.demand = 0{who}",
        answer="CASE WHEN p.near = 1 THEN 1 WHEN p.told = 1 THEN 0 END" if kin else "1",
        apart={
            "minor": f"p.minor = 1{who}",
            "demand_side": f"p.minor = 0 AND p.demand = 1{who}",
        },
    )  # fmt: skip


def _flag(test: str) -> str:
    return f"CASE WHEN {test} THEN 1 ELSE 0 END"


def _who(ask: Asking, who: Who) -> str:
    if who is Who.NAMED:
        return ""
    if who is Who.CONVICTED:
        charges(ask)
        within = f"SELECT suspect FROM charge WHERE {_stands(Convictions())}"
    else:
        table = "records_arrest" if who is Who.ARRESTED else "records_judgment"
        within = f"SELECT t.suspect FROM {table} t WHERE {ask.known('t')} AND t.supported"
    return f" AND p.key IN ({within})"


# ── arrested ────────────────────────────────────────────────────────────────────────────────


def arrests(ask: Asking, of: Arrests) -> Subjects:
    """One row a suspect, by his first arrest; or one row an arrest."""
    abroad = _flag(f"a.country <> {ask.bind(HERE)}")
    packed = (
        f"CAST({ask.day('a.happened_on')} AS bigint) * 4294967296 "
        f"+ CAST({ask.day('a.happened_until')} AS bigint) * 4096 + {abroad}"
    )
    where = f"WHERE {ask.known('a')} AND a.supported"
    if of.each:
        roots = ask.roots("records_arrest")
        ask.part(
            "arrest",
            f"SELECT COALESCE(x.root, a.id) AS key, {packed} AS ev FROM records_arrest a "
            f"LEFT JOIN {roots} x ON x.id = a.id {where}",
        )
    else:
        ask.part(
            "arrest",
            f"SELECT a.suspect AS key, min({packed}) AS ev FROM records_arrest a {where} "
            "GROUP BY a.suspect",
        )
    event = columns("a")
    return Subjects(
        source="arrest a", key="a.key", apart={"abroad": "(a.ev & 1) = 1"},
        when=dated(ask, event["on"], event["until"]),
    )  # fmt: skip


# ── convicted ───────────────────────────────────────────────────────────────────────────────


def convictions(ask: Asking, of: Convictions) -> Subjects:
    """One row a person, a person's charge, or a court case, by the first conviction that stands."""
    charges(ask)
    key = {
        Once.PERSON: "c.suspect",
        Once.DOCKET: "c.docket",
        Once.JUDGMENT: "replace(CAST(c.suspect AS text), '-', '') || '/' || "
        "replace(CAST(c.docket AS text), '-', '') || '/' || c.charge",
    }[of.once]
    ask.part(
        "convicted",
        f"SELECT {key} AS key, min(c.ev) AS ev FROM charge c WHERE {_stands(of)} GROUP BY {key}",
    )
    event = columns("c")
    return Subjects(
        source="convicted c", key="c.key",
        apart={
            "lesser_plea": f"{_plea('c.ev')} = {_LESSER}",
            "suspended": f"{_sentence('c.ev')} = {_SUSPENDED}",
            "abroad": f"({_OTHER.format('c.ev')}) = 1",
        },
        when=dated(ask, event["on"], event["until"]),
    )  # fmt: skip


# In the twelve bits below the days: plea, sentence, abroad, supported, outcome.
_OTHER = "{0} >> 4 & 1"


def _plea(ev: str) -> str:
    return f"({ev} >> 9 & 7)"


def _sentence(ev: str) -> str:
    return f"({ev} >> 5 & 15)"


def charges(ask: Asking) -> None:
    """The part `charge`: each person's charge in each court case, and whether he stands convicted.

    Each level confirms, turns over, or decides anew what the level below it said. `ev` is of the
    lowest level whose word amounted to a conviction.
    """
    packed = (
        f"CAST({ask.day('j.happened_on')} AS bigint) * 4294967296 "
        f"+ CAST({ask.day('j.happened_until')} AS bigint) * 4096 "
        f"+ {ask.rank('j.plea', PLEAS)} * 512 + {ask.rank('j.sentence', SENTENCES)} * 32 "
        f"+ {_flag(f'j.country <> {ask.bind(HERE)}')} * 16 "
        f"+ {_flag('j.supported')} * 8 + {ask.rank('j.outcome', OUTCOMES)}"
    )
    levels = ", ".join(
        f"max(CASE WHEN j.level = {ask.bind(level)} THEN {packed} END) AS {level}"
        for level in LEVELS
    )
    ask.part(
        "decided",
        f"SELECT j.suspect, j.docket, j.charge, {levels} FROM records_judgment j "
        f"WHERE {ask.known('j')} GROUP BY j.suspect, j.docket, j.charge",
    )
    said = f"CASE WHEN (d.trial & 7) = {_CONVICTED} THEN 1 WHEN d.trial IS NOT NULL THEN 0 END"
    ask.part("at_trial", f"SELECT d.*, {said} AS t FROM decided d")
    ask.part("on_appeal", f"SELECT d.*, {_level('appeal', 't')} AS a FROM at_trial d")
    ask.part("at_last", f"SELECT d.*, {_level('supreme', 'a')} AS s FROM on_appeal d")
    ask.part(
        "charge",
        "SELECT d.suspect, d.docket, d.charge, d.s AS stands, "
        "CASE WHEN d.t = 1 THEN d.trial WHEN d.a = 1 THEN d.appeal ELSE d.supreme END AS ev "
        "FROM at_last d",
    )


def _level(level: str, below: str) -> str:
    """What a court above leaves of what was said below: NULL while nobody said anything."""
    outcome = f"(d.{level} & 7)"
    return (
        f"CASE WHEN d.{level} IS NULL OR {outcome} = {_UPHELD} THEN d.{below} "
        f"WHEN {outcome} = {_CONVICTED} THEN 1 "
        f"WHEN {outcome} = {_REVERSED} THEN COALESCE(1 - d.{below}, 0) ELSE 0 END"
    )


def _stands(of: Convictions) -> str:
    """Stands convicted in a supported case, and the conviction is one of those counted."""
    tests = ["stands = 1", "(ev >> 3 & 1) = 1"]
    if not of.abroad:
        tests.append("(ev >> 4 & 1) = 0")
    if not of.lesser_pleas:
        tests.append(f"{_plea('ev')} <> {_LESSER}")
    if not of.suspended:
        tests.append(f"{_sentence('ev')} <> {_SUSPENDED}")
    return " AND ".join(tests)
