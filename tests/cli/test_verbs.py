"""The verbs of the command line, each run as a process over a house of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import pytest
from tests.cli.command_line import Ran, environment, install, tahanan
from tests.house import House

from tahanan.base import clock
from tahanan.casework.entry import GATE, Where
from tahanan.casework.entry.proposals import Proposal
from tahanan.casework.people import read_card
from tahanan.records.models import Installation, LedgerEntry, Organisation


def one_sentence(ran: Ran) -> str:
    """What a failed verb complained of: one line, and nothing of the program's inside."""
    assert ran.code == 1, ran
    lines = ran.complained.strip().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in ran.complained
    assert lines[0][-1] in ".?"
    return lines[0]


def test_the_administrator_of_a_new_installation_comes_in_with_her_card(house: House) -> None:
    ran = install()
    assert ran.code == 0, ran.complained
    assert "Card for Minda Cuenco" in ran.said
    code = next(line for line in ran.said.splitlines() if "One-time code" in line).split()[-2]
    assert Organisation.objects.get().name == "Bahay Silungan"
    read = read_card(GATE, name="minda", code=code, where=Where("192.0.2.1"))
    assert isinstance(read, Proposal)


def test_nobody_installs_over_what_stands(house: House) -> None:
    install()
    assert "already" in one_sentence(install())
    assert Installation.objects.count() == 1


def test_a_key_file_of_another_installation_starts_nothing(house: House) -> None:
    install()
    root = house.keys_dir / "links_root"
    root.write_bytes(bytes(32))
    for verb in (("serve", "--port", "0"), ("tick",), ("seal",), ("verify",)):
        assert "another installation" in one_sentence(tahanan(*verb))
    with house.as_role("owner"):
        assert {entry.verb for entry in LedgerEntry.objects.all()} == {
            "found_organisation",
            "make_card",
        }


def test_a_missing_key_is_asked_for_from_escrow(house: House) -> None:
    install()
    (house.keys_dir / "pepper").unlink()
    assert "escrow" in one_sentence(tahanan("tick"))


def test_an_odd_setting_is_refused_in_a_sentence(house: House) -> None:
    assert "TAHANAN_DEBUGG" in one_sentence(tahanan("migrate", TAHANAN_DEBUGG="1"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("tikk",), "Did you mean 'tick'?"),
        (("tick", "--quick"), "--quick"),
        (("demo", "--port", "x"), "'--port'"),
        (("demo", "--day", "yesterday"), "'--day'"),
        (("demo", "code"), "Missing argument"),
        (("close",), "Missing argument"),
    ],
)
def test_what_was_mistyped_is_said_in_a_sentence_with_the_shells_own_code(
    house: House, typed: tuple[str, ...], said: str
) -> None:
    ran = tahanan(*typed)
    assert ran.code == 2
    assert said in ran.complained
    assert len(ran.complained.strip().splitlines()) == 1
    assert "See `tahanan --help`." in ran.complained
    assert "not foreseen" not in ran.complained


def test_without_a_verb_the_verbs_are_listed(house: House) -> None:
    ran = tahanan()
    assert ran.code == 2
    for verb in ("install", "serve", "check", "verify", "tick", "demo"):
        assert f"  {verb} " in ran.complained


def test_the_version_is_said(house: House) -> None:
    ran = tahanan("version")
    assert ran.code == 0
    assert ran.said.strip()


def test_verify_passes_once_sealed_and_names_what_was_changed(house: House) -> None:
    install()
    assert "ever sealed" in one_sentence(tahanan("verify"))
    sealed = tahanan("seal", "--head")
    assert sealed.code == 0, sealed.complained
    whole = tahanan("verify")
    assert whole.code == 0, whole.said + whole.complained
    assert "Whole." in whole.said
    assert "2 heads kept by witnesses" in whole.said
    shutil.rmtree(house.var_dir / "witnesses")
    (house.var_dir / "witnesses").mkdir()
    (house.var_dir / "witnesses" / "first").write_text("tahanan-witness-1 00\nodd")
    assert "damaged" in one_sentence(tahanan("verify"))


def test_tick_leaves_its_entry_and_changes_nothing_when_nothing_is_due(house: House) -> None:
    install()
    assert tahanan("tick").code == 0
    with house.as_role("owner"):
        assert LedgerEntry.objects.filter(verb="tick").count() == 1
        assert LedgerEntry.objects.filter(verb="sweep").count() == 1


def test_what_stands_is_counted_and_nothing_is_opened(house: House) -> None:
    assert "Run `tahanan install` first" in one_sentence(tahanan("count"))
    install()
    ran = tahanan("count")
    assert ran.code == 0, ran.complained
    with house.as_role("owner"):
        entries = LedgerEntry.objects.count()
    counted = {line.strip().partition("  ")[2]: line.split()[0] for line in ran.said.splitlines()}
    assert counted["organisations"] == counted["people"] == "1"
    assert counted["children"] == counted["cases"] == counted["stays that go on"] == "0"
    assert counted["entries of the ledger"] == str(entries)


def test_closed_days_only_move_forward(house: House) -> None:
    install()
    today = clock.today()
    week, day = (today - timedelta(days=n) for n in (7, 1))
    assert tahanan("close", day.isoformat()).code == 0
    assert "closed already" in one_sentence(tahanan("close", week.isoformat()))
    assert "once it is over" in one_sentence(tahanan("close", today.isoformat()))
    assert "not a day" in one_sentence(tahanan("close", "yesterday"))
    assert Installation.objects.get().closed_until == day


def test_check_says_in_sentences_what_is_missing_and_no_setting_brings_backups(
    house: House, tmp_path: Path
) -> None:
    install()
    ran = tahanan(
        "check",
        TAHANAN_BACKUP_DIR=str(tmp_path / "backups"),
        TAHANAN_WITNESSES=f"{tmp_path / 'a'},{tmp_path / 'b'}",
        TAHANAN_SECURE_COOKIES="false",
    )
    assert ran.code == 1
    assert "Backups: this version cannot" in ran.said
    assert "Escrow: this version cannot" in ran.said
    assert "without https" in ran.said
    assert "test suite is running" in ran.said
    assert "disk is encrypted cannot be seen" in ran.said
    assert "Debug is on" not in ran.said
    fewer = tahanan("check")
    assert "without https" not in fewer.said
    assert "witnesses of the ledger lie beside the database" in fewer.said


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_site_answers_on_loopback_and_its_ledger_is_sealed_beside_it(house: House) -> None:
    install()
    port, log = free_port(), house.var_dir / "served"
    file = log.open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "tahanan.cli.app", "serve", "--port", str(port)],
        env=environment(),
        stdout=file,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        assert answers(port), log.read_text()
        assert sealed_within(house, 10)
        taken = tahanan("serve", "--port", str(port))
        assert "Choose another --port" in one_sentence(taken)
    finally:
        file.close()
        os.killpg(server.pid, signal.SIGINT)
        server.wait(timeout=15)
    assert server.returncode in (0, -signal.SIGINT, 130)


def answers(port: int) -> bool:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return answer.status == 200
        except urllib.error.HTTPError as answer:
            return answer.code < 500
        except OSError:
            time.sleep(0.1)
    return False


def sealed_within(house: House, seconds: int) -> bool:
    for _ in range(seconds * 5):
        if (house.var_dir / "witnesses" / "second").exists():
            return True
        time.sleep(0.2)
    return False


def test_the_right_key_brought_back_starts_again_and_passes_verify(house: House) -> None:
    install()
    root = house.keys_dir / "links_root"
    right = root.read_bytes()
    root.write_bytes(bytes(32))
    assert "another installation" in one_sentence(tahanan("seal", "--head"))
    root.write_bytes(right)
    assert tahanan("seal", "--head").code == 0
    assert "Whole." in tahanan("verify").said
