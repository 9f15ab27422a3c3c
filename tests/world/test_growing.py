"""`tahanan demo --cases`: copied until there are so many; stopped, thrown away, begun anew."""

from __future__ import annotations

import signal

import pytest
from tests.casework.homes import rows
from tests.cli.command_line import tahanan
from tests.house import House
from tests.world.test_demo import SMALL, _free_port, building

from tahanan.records.models import Case, Person, Team

MANY = 60


def cases() -> int:
    return rows(Case.objects.count)


@pytest.mark.slow
def test_there_are_as_many_cases_as_asked_for_in_further_teams_and_all_are_whole(
    house: House,
) -> None:
    with building(house, *SMALL, "--check", "--cases", str(MANY)) as one:
        ran = one.ends()
    assert ran.code == 0, ran.said
    assert f"Copying it until there are {MANY} cases." in ran.said
    assert "Whole." in ran.said
    assert cases() >= MANY
    assert Team.objects.filter(name="Further casework 1").exists()
    assert Person.objects.filter(name="Luz Further").exists()
    assert "The copies belong to further teams." in tahanan("demo", "people").said
    asked = tahanan("demo", "--check", "--cases", str(2 * MANY))
    assert asked.code == 1
    assert f"copied until there were {MANY} cases" in asked.complained


@pytest.mark.slow
def test_one_stopped_while_it_was_copied_is_thrown_away_and_copied_again(house: House) -> None:
    port = ("--port", str(_free_port()))
    with building(house, *SMALL, *port, "--cases", "20000") as stopped:
        stopped.waits_for(" a second, ")
        assert "half built is thrown away" in stopped.log.read_text()
        assert stopped.ends(signal.SIGINT).code != 0
    assert tahanan("demo", "people").code == 1
    with building(house, *SMALL, "--check", "--cases", "20") as again:
        ran = again.ends()
    assert ran.code == 0, ran.said
    assert "thrown away and built again" in ran.said
    assert cases() < MANY
