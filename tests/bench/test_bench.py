"""The bench in small: what it measures is there, and it hears what it must hear."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from wsgiref.simple_server import make_server

import pytest
from bench.bent import leaking
from bench.browser import Browser, Unexpected
from bench.counting import Counted
from bench.measures import Town
from tests.casework.test_copies import demonstration, of_both, read
from tests.cast.cast import Cast
from tests.journeys import night_site
from tests.web.parts.serving import Quiet, Threads

from bench import crowd, figures, leaks, measures, names, table
from tahanan.access.actor import Actor
from tahanan.casework import home
from tahanan.records.vocabulary import Relation, TeamKind
from tahanan.world.further import keys_of
from tahanan.world.multiply import Into, multiply

COPIES = 18


def _multiplied(cast: Cast) -> tuple[str, dict[str, list[str]]]:
    """Three children of Ana's, eighteen times in Agapay's team; Fe works there."""
    demonstration()
    team = cast.team("agapay")
    cast.office.person("five", "Filo Cruz", "agapay", {"agapay": Relation.CASE_MANAGER})
    cast.office.person("lead", "Sol Diaz", "agapay", {"agapay": Relation.SUPERVISOR})
    block = read(cast.ana, keys=cast.office.team_keys, of=[cast.maya, cast.jun, cast.nene])
    keys = cast.office.team_keys
    holders = [cast.fe.person, cast.office.people["five"]]
    into = Into(team, keys[team], of_both(cast, team), holders, COPIES)
    (sample,) = multiply(block, [into], keys, [cast.team("casework")])
    named = {}
    for case in sample:
        name = names.of(case)
        named[str(case)] = [name.given, name.middle, name.surname]
    return str(cast.maya), named


@pytest.fixture
def town(cast: Cast) -> Iterator[Town]:
    hidden, children = _multiplied(cast)
    with night_site.served(cast) as address:

        def phone(of: str) -> Browser:
            return Browser(address, {"phone": of})

        yield Town(
            [phone("fe"), phone("five")],
            phone("five"),
            phone("lead"),
            phone("dora"),
            children,
            [hidden],
        )


@pytest.mark.slow
def test_every_measure_finds_what_it_times(town: Town) -> None:
    found = [measures.first_child(town.workers[1]), measures.baseline(town, 2)]
    found += measures.caseloads(town, 2)
    found += measures.pages(town, 2)
    saved = measures.saving(town, 2)
    assert saved[1].note == f"{2 + measures.WARM} of {2 + measures.WARM} files opened at once"
    finding = measures.searches(town, 10)
    assert finding[1].p50 >= 90, "the right child among the first twenty"
    assert all(figure.p50 > 0 for figure in [*found, *saved, *finding])


@pytest.mark.slow
def test_of_what_several_write_at_once_nothing_is_lost(town: Town) -> None:
    figures = {figure.name: figure for figure in crowd.together(town, 2)}
    assert figures["Notes lost"].p50 == 0
    assert not figures["Notes lost"].note.startswith("0 saved")


@pytest.mark.slow
def test_a_note_that_was_not_saved_counts_as_lost(town: Town) -> None:
    case = next(iter(town.children))
    one = crowd._One(town.workers[0], case, case, saved={case: ["Written nowhere"]})
    assert crowd._lost([one]) == 1


@pytest.mark.slow
def test_a_hidden_case_is_answered_as_an_absent_one(town: Town) -> None:
    pair = leaks._case(town.workers[0], town.hidden)
    assert leaks.listen(pair, 4).tries == 4


def test_an_answer_that_is_not_the_right_one_measures_nothing(cast: Cast) -> None:
    with night_site.served(cast) as address:
        stranger = Browser(address)
        with pytest.raises(Unexpected):
            figures.timed("home", [lambda: stranger.get("/home")])


@pytest.fixture
def leaky() -> Iterator[str]:
    """A site that answers at once, but for two milliseconds when it is asked for `hidden`."""

    def site(environ, start):
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"no"]

    server = make_server("127.0.0.1", 0, leaking(site, {b"hidden"}), Threads, Quiet)
    import threading

    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_leak_of_two_milliseconds_is_heard_and_none_is_not(leaky: str) -> None:
    asking = Browser(leaky)
    planted = leaks.Pair("planted", lambda: asking.get("/hidden"), lambda: asking.get("/no"), 200)
    assert leaks.listen(planted, 60).tells
    alike = leaks.Pair("alike", lambda: asking.get("/one"), lambda: asking.get("/two"), 200)
    assert not leaks.listen(alike, 60).tells


def test_a_difference_is_told_only_when_it_is_certain_and_large() -> None:
    assert leaks.told("two", [2.0, 2.2, 1.9] * 30).tells
    assert leaks.told("less", [-2.0, -2.2, -1.9] * 30).tells
    assert not leaks.told("small", [0.02, 0.03, 0.01] * 30).tells
    assert not leaks.told("noise", [9.0, -9.0, 8.0, -8.0] * 25).tells


def _counted(code: str, p50: float, by_hand: float) -> dict:
    return asdict(Counted(code, "2026-11-27", 1234, None, p50, p50 + 1, by_hand))


def _result(cases: int, caseload: float, told: bool) -> dict:
    heard = leaks.told("Sign-in", [2.0 if told else 0.0] * 50)
    return {
        "database": "sqlite", "asked": cases, "cases": cases, "on": "2026-11-27",
        "machine": "2 cores", "load": 1.0,
        "figures": [
            figures.Figure(measures.ONE_TEAM, caseload, caseload + 5, budget=20).to_json(),
            figures.Figure(figures.EMPTY, 4, 5).to_json(),
        ],
        "leaks": [heard.to_json() | {"planted": False}],
        "measures": [_counted("arrests", caseload * 10, 100), _counted("close", 2000, 900)],
    }  # fmt: skip


def test_the_table_sets_each_measure_against_its_budget_and_its_growth(tmp_path) -> None:
    results = [_result(20_000, 12, told=False), _result(200_000, 18, told=True)]
    page = tmp_path / "performance.md"
    page.write_text(f"# Speed\n\n{table.BEGIN}\nold\n{table.END}\n\nAfter.\n", encoding="utf-8")
    table.write(results, page)
    said = page.read_text(encoding="utf-8")
    assert f"| {measures.ONE_TEAM} | 12 / 17 | **18 / 23** | 170 (20 rows) | ≤ 20 ms |" in said
    assert "| arrests | 1,234; 120 / 121; 1.2 |" in said
    assert "| close | 1,234; **2000 / 2001**; 2.2 |" in said
    assert "| Growth of the caseload from the smaller |  | 1.50 | ≤ 1.2 |" in said
    assert said.startswith("# Speed")
    assert said.endswith("After.\n")
    assert "\nold\n" not in said
    assert table.faults(results) == [
        f"SQLite 200,000: {measures.ONE_TEAM} takes 23 ms of 20.",
        "SQLite 20,000: close as known on 2026-11-27 takes 2001 ms of 1000.",
        "SQLite 200,000: close as known on 2026-11-27 takes 2001 ms of 1000.",
        "SQLite 200,000: Sign-in can be told by the clock.",
    ]


def test_a_measure_that_takes_four_times_what_it_takes_by_hand_is_a_fault() -> None:
    slow = _result(20_000, 12, told=False)
    slow["measures"] = [_counted("arrests", 40, 10), _counted("operations", 4, 1)]
    assert table.faults([slow]) == [
        "SQLite 20,000: arrests as known on 2026-11-27 takes 4.0 times what it takes by hand."
    ]


def test_a_planted_leak_that_was_not_heard_is_a_fault() -> None:
    deaf = _result(20_000, 12, told=False)
    deaf["leaks"][0]["planted"] = True
    deaf["measures"] = []
    assert table.faults([json.loads(json.dumps(deaf))]) == ["SQLite 20,000: Sign-in was not heard."]


def test_a_childs_name_is_the_same_whenever_it_is_asked_and_a_slip_is_one_edit(cast: Cast) -> None:
    assert names.of(cast.maya) == names.of(cast.maya)
    assert names.of(cast.maya) != names.of(cast.jun)


def test_the_copies_are_the_teams_own(cast: Cast) -> None:
    _multiplied(cast)
    fe: Actor = cast.fe
    listed = home.caseload(fe, mine=False)
    assert len(listed.children) == home.PAGE
    assert set(keys_of(fe)) == {cast.team("agapay")}
    assert fe.memberships[0].kind is TeamKind.CASEWORK
