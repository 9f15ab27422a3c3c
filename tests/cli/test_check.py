"""`tahanan check` in an installation as it would stand, and with one thing wrong at a time.

Nothing of the test suite is in its environment, so what it says is what a keeper would read.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cast.cast import Cast
from tests.cli.command_line import Ran, tahanan
from tests.house import House

_SUITE = ("TAHANAN_TESTS", "TAHANAN_ARGON_COST")


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """`tahanan check` under the settings of a real installation, and what is changed of them."""
    for name in _SUITE:
        monkeypatch.delenv(name, raising=False)

    def run(**changed: str) -> Ran:
        apart = {
            "TAHANAN_HOSTS": "localhost",
            "TAHANAN_BACKUP_DIR": str(tmp_path / "backups"),
            "TAHANAN_WITNESSES": f"{tmp_path / 'one'},{tmp_path / 'two'}",
        }
        ran = tahanan("check", **(apart | changed))
        assert ran.code == 1, "this version is never fit: backups and escrow come later"
        assert "Not fit for real records" in ran.complained, ran.complained
        assert "Traceback" not in ran.said + ran.complained
        return ran

    return run


def faults(ran: Ran) -> set[str]:
    """Each thing that stands against it."""
    return {line.removeprefix("✗ ") for line in ran.said.splitlines() if line.startswith("✗")}


def new_faults(check: Callable[..., Ran], **changed: str) -> set[str]:
    """What a change brings that did not stand against it before."""
    return faults(check(**changed)) - faults(check())


def test_what_stands_against_a_house_in_order_is_what_this_version_lacks(
    cast: Cast, check: Callable[..., Ran]
) -> None:
    """And the disks: a test has one. Nothing else: no debug, no key, no cookie, no account."""
    House().close()
    said = "\n".join(sorted(faults(check())))
    for lacking in ("Backups: this version cannot", "Escrow: this version cannot"):
        assert lacking in said
    for fine in ("Debug", "Cookies", "test suite", "keys folder", "another installation",
                 "demonstration", "stretched cheaply", "ways in were"):  # fmt: skip
        assert fine not in said, said


def test_debug_is_named(cast: Cast, check: Callable[..., Ran]) -> None:
    (fault,) = new_faults(check, TAHANAN_DEBUG="true")
    assert fault.startswith("Debug is on")


def test_cookies_without_https_are_named(cast: Cast, check: Callable[..., Ran]) -> None:
    (fault,) = new_faults(check, TAHANAN_SECURE_COOKIES="false")
    assert fault.startswith("Cookies would travel without https")


@pytest.mark.parametrize("key", ["pepper", "links_root", "ledger_root", "sealer"])
def test_a_missing_key_is_named(cast: Cast, check: Callable[..., Ran], key: str) -> None:
    before = faults(check())
    (House().keys_dir / key).unlink()
    found = faults(check()) - before
    assert any(key in fault for fault in found), found


def test_a_links_root_of_another_installation_is_named(
    cast: Cast, check: Callable[..., Ran]
) -> None:
    (House().keys_dir / "links_root").write_bytes(bytes(32))
    assert any("another installation" in fault for fault in faults(check()))


def test_keys_that_lie_with_the_database_are_named(cast: Cast, check: Callable[..., Ran]) -> None:
    house = House()
    inside = house.var_dir / "keys"
    shutil.copytree(house.keys_dir, inside)
    found = new_faults(check, TAHANAN_KEYS_DIR=str(inside))
    assert any("backed up with the database" in fault for fault in found), found


def test_keys_among_the_backups_are_named(cast: Cast, check: Callable[..., Ran]) -> None:
    found = new_faults(check, TAHANAN_BACKUP_DIR=str(House().keys_dir / "backups"))
    assert any("a stolen backup would open itself" in fault for fault in found), found


def test_no_folder_for_backups_and_witnesses_beside_the_database_are_named(
    cast: Cast, check: Callable[..., Ran]
) -> None:
    found = new_faults(check, TAHANAN_WITNESSES="", TAHANAN_BACKUP_DIR="")
    assert any("witnesses of the ledger lie beside the database" in fault for fault in found)
    assert any(fault.startswith("Backups: ") for fault in faults(check(TAHANAN_BACKUP_DIR="")))


def test_whoever_alone_holds_a_teams_key_is_told_of_by_the_teams_name(
    cast: Cast, check: Callable[..., Ran]
) -> None:
    alone = {fault for fault in faults(check()) if "Only one person holds" in fault}
    assert any("“Agapay casework”" in fault for fault in alone), "Fe is alone there"
    assert not any("“Silungan casework”" in fault for fault in alone), "Ana and Ben both hold it"


def test_accounts_made_for_a_test_or_a_demonstration_are_named(
    snapshot: Callable[..., Any], check: Callable[..., Ran]
) -> None:
    from tests.casework import gatehouse

    snapshot("gate", gatehouse.build)
    House().close()
    assert any("ways in were made for a demonstration" in fault for fault in faults(check()))


def test_a_demonstration_is_never_fit(cast: Cast, check: Callable[..., Ran]) -> None:
    (fault, *_more) = new_faults(check, TAHANAN_DEMONSTRATION="true")
    assert "demonstration" in fault


def test_the_program_that_is_served_has_the_settings_that_are_checked(cast: Cast) -> None:
    """`check` reads the same environment as `serve`: a setting that is odd stops both."""
    for verb in ("check", "serve"):
        ran = tahanan(verb, TAHANAN_HOSTS="*")
        assert ran.code == 1
        assert "TAHANAN_HOSTS" in ran.complained
    assert os.environ["TAHANAN_TESTS"] == "true"
