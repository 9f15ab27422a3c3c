"""The ledger against every attack of keyed-links §6, those that nothing sees included."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection
from tests.casework.ledger_house import (
    Ledger,
    begin,
    copy_of,
    put_back,
    ring,
    row_of,
    seals,
    thief,
)
from tests.house import House

from tahanan.access import installation
from tahanan.access.actor import system
from tahanan.base import clock
from tahanan.casework import door, ledger
from tahanan.casework.ledger.sealing import Sealer
from tahanan.casework.ledger.witness import pack, unpack
from tahanan.casework.upkeep.verify import Verdict, verify
from tahanan.records.models import Case, LedgerEntry, Organisation, Person
from tahanan.vault import entries


@pytest.fixture
def book(house: House, tmp_path: Path) -> Iterator[Ledger]:
    begin(house)
    yield Ledger(house, tmp_path)


def look(book: Ledger, *, witnessed: bool = True) -> Verdict:
    with book.house.as_role("steward"):
        return verify(book.witnesses if witnessed else [])


def only_fault(book: Ledger, *, witnessed: bool = True) -> str:
    """The code of the first fault; there must be one."""
    faults = look(book, witnessed=witnessed).faults
    assert faults
    return faults[0].code


def test_an_untouched_ledger_is_whole_and_says_how_much_it_looked_at(book: Ledger) -> None:
    book.filled()
    verdict = look(book)
    assert verdict.whole, verdict.faults
    assert (verdict.entries, verdict.seals, verdict.heads, verdict.witnessed) == (12, 2, 1, 2)
    assert verdict.links >= 12
    assert verdict.remarks == ()


def test_an_emptied_ledger_does_not_pass(book: Ledger) -> None:
    book.filled()
    with thief(book.house) as run:
        for table in ("entry", "seal", "head"):
            run(f"DELETE FROM records_ledger{table}")
    assert only_fault(book, witnessed=False) == "nothing"
    assert "seals-gone" in {fault.code for fault in look(book).faults}


def test_entries_that_nobody_seals_do_not_pass_for_examined(book: Ledger) -> None:
    book.write(3)
    assert only_fault(book) == "nothing"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", 1),
        ("verb", "open_child"),
        ("case", uuid4()),
        ("body", b"x" * 120),
        ("mac", b"y" * 32),
    ],
)
def test_an_edited_entry_is_named(book: Ledger, column: str, value: object) -> None:
    writer, _ = book.filled()
    with thief(book.house) as run:
        assert run(
            f'UPDATE records_ledgerentry SET "{column}" = %s WHERE writer = %s AND n = 3',
            value,
            writer,
        )
    verdict = look(book)
    assert verdict.faults[0].code == "entry-changed"
    assert f"Entry 3 of writer {writer}" in verdict.faults[0].sentence


def test_the_first_of_two_bad_entries_is_named_first(book: Ledger) -> None:
    first, second = book.filled()
    with thief(book.house) as run:
        for writer, n in ((second, 5), (first, 2)):
            run(
                "UPDATE records_ledgerentry SET verb = %s WHERE writer = %s AND n = %s",
                "x",
                writer,
                n,
            )
    sentences = [fault.sentence for fault in look(book).faults]
    assert f"Entry 2 of writer {first}" in sentences[0]
    assert f"Entry 5 of writer {second}" in sentences[1]


def test_two_entries_that_changed_places_are_seen(book: Ledger) -> None:
    writer, _ = book.filled()
    with thief(book.house) as run:
        for was, becomes in ((2, 1000), (3, 2), (1000, 3)):
            run(
                "UPDATE records_ledgerentry SET n = %s WHERE writer = %s AND n = %s",
                becomes,
                writer,
                was,
            )
    verdict = look(book)
    assert verdict.faults[0].code == "entry-changed"
    assert "Entry 2 " in verdict.faults[0].sentence


def test_an_entry_moved_to_another_writer_is_missed_in_one_and_odd_in_the_other(
    book: Ledger,
) -> None:
    first, second = book.filled()
    with thief(book.house) as run:
        run(
            "UPDATE records_ledgerentry SET writer = %s, n = 7 WHERE writer = %s AND n = 2",
            second,
            first,
        )
    codes = {fault.code for fault in look(book).faults}
    assert codes == {"entry-gone", "entry-changed"}


def test_an_entry_deleted_from_the_middle_names_its_own_number(book: Ledger) -> None:
    writer, _ = book.filled()
    with thief(book.house) as run:
        run("DELETE FROM records_ledgerentry WHERE writer = %s AND n = 3", writer)
    verdict = look(book)
    assert verdict.faults[0].code == "entry-gone"
    assert verdict.faults[0].sentence.startswith(f"Entry 3 of writer {writer}")


def test_a_writers_sealed_tail_cut_off_is_seen_by_the_seal(book: Ledger) -> None:
    writer, _ = book.filled()
    with thief(book.house) as run:
        run("DELETE FROM records_ledgerentry WHERE writer = %s AND n > 4", writer)
    verdict = look(book, witnessed=False)
    assert verdict.faults[0].code == "tail-gone"
    assert "Entry 5" in verdict.faults[0].sentence


def test_a_whole_writer_removed_is_seen_by_the_seal(book: Ledger) -> None:
    writer, _ = book.filled()
    with thief(book.house) as run:
        run("DELETE FROM records_ledgerentry WHERE writer = %s", writer)
    verdict = look(book, witnessed=False)
    assert verdict.faults[0].code == "writer-gone"
    assert str(writer) in verdict.faults[0].sentence


def test_a_seal_taken_out_and_a_seal_changed_are_named(book: Ledger) -> None:
    book.filled()
    with thief(book.house) as run:
        run("UPDATE records_ledgerseal SET at = at + 1 WHERE no = 2")
        assert only_fault(book) == "seal-changed"
        run("DELETE FROM records_ledgerseal WHERE no = 1")
        assert only_fault(book) == "seal-gone"


def test_entries_and_seals_cut_back_together_are_seen_by_a_signed_head_alone(book: Ledger) -> None:
    first, second = book.filled()
    with thief(book.house) as run:
        run("DELETE FROM records_ledgerentry WHERE writer = %s", second)
        run("DELETE FROM records_ledgerentry WHERE writer = %s AND n > 4", first)
        run("DELETE FROM records_ledgerseal WHERE no = 2")
        run("DELETE FROM records_ledgerhead")
    assert look(book, witnessed=False).whole
    assert only_fault(book) == "seals-gone"


@pytest.mark.sqlite
def test_an_older_copy_put_back_is_seen_by_a_signed_head_alone(
    book: Ledger, tmp_path: Path
) -> None:
    book.filled()
    copy_of(book.house, tmp_path / "older.sqlite3")
    book.write(3)
    book.seal()
    book.sign()
    put_back(book.house, tmp_path / "older.sqlite3")
    assert look(book, witnessed=False).whole
    assert only_fault(book) == "seals-gone"


def rechain(book: Ledger) -> None:
    """All of history anew, by one who stole the ledger root and owns the database."""
    root = installation.roots().ledger_root
    lasts: dict[UUID, bytes] = {}
    with thief(book.house) as run:
        for row in list(LedgerEntry.objects.order_by("writer", "n")):
            before = lasts.get(row.writer, entries.NOTHING_BEFORE)
            verb = "harmless"
            was = entries.Entry(
                row.writer, row.n, ledger.moment(row.at), row.verb, row.case, row.team
            )
            now = entries.Entry(row.writer, row.n, ledger.moment(row.at), verb, row.case, row.team)
            said = entries.open_body(entries.read_key(root), bytes(row.body), was.head())
            body = entries.seal_body(entries.read_key(root), said, now.head())
            mac = entries.mac(entries.mac_key(root), before, now.head(), body)
            run(
                "UPDATE records_ledgerentry SET verb = %s, body = %s, mac = %s "
                "WHERE writer = %s AND n = %s",
                verb, body, mac, row.writer, row.n,
            )  # fmt: skip
            lasts[row.writer] = mac
        previous = entries.NOTHING_BEFORE
        for seal in seals(book.house):
            moved = [
                (writer, n, bytes(row_of(book.house, writer, n).mac))
                for writer, n, _ in unpack(bytes(seal.moved))
            ]
            hash = entries.seal_hash(seal.no, ledger.moment(seal.at), previous, moved)
            run(
                "UPDATE records_ledgerseal SET previous = %s, moved = %s, hash = %s WHERE no = %s",
                previous, pack(moved), hash, seal.no,
            )  # fmt: skip
            previous = hash
        run("DELETE FROM records_ledgerhead")


def test_all_of_history_rechained_with_a_stolen_key_is_seen_by_a_signed_head_alone(
    book: Ledger,
) -> None:
    book.filled()
    rechain(book)
    assert look(book, witnessed=False).whole
    assert only_fault(book) == "history-rewritten"


def test_entries_rechained_under_old_seals_are_seen_by_the_seals(book: Ledger) -> None:
    book.filled()
    kept = {seal.no: (bytes(seal.moved), bytes(seal.hash)) for seal in seals(book.house)}
    rechain(book)
    with thief(book.house) as run:
        for no, (moved, hash) in kept.items():
            run(
                "UPDATE records_ledgerseal SET moved = %s, hash = %s WHERE no = %s", moved, hash, no
            )
        run(
            "UPDATE records_ledgerseal SET previous = %s WHERE no = 2",
            kept[1][1],
        )
    codes = {fault.code for fault in look(book, witnessed=False).faults}
    assert codes == {"entry-rewritten"}


def test_nothing_sees_the_last_entries_of_a_dead_writer_taken_before_their_seal(
    book: Ledger,
) -> None:
    book.filled()
    dead = book.write(2)
    book.another_thread()
    with thief(book.house) as run:
        run("DELETE FROM records_ledgerentry WHERE writer = %s AND n = 8", dead)
    book.write(1)
    book.seal()
    assert look(book).whole


def test_a_living_writer_misses_the_entry_taken_before_its_seal(book: Ledger) -> None:
    book.filled()
    alive = book.write(2)
    with thief(book.house) as run:
        run("DELETE FROM records_ledgerentry WHERE writer = %s AND n = 8", alive)
    book.write(1)
    book.seal()
    assert only_fault(book) == "entry-gone"


def test_nothing_sees_false_entries_by_code_inside_the_process(book: Ledger) -> None:
    book.filled()
    ring(system("somebody who was never here"), case=uuid4())
    book.seal()
    assert look(book).whole


def test_a_commit_nobody_saw_the_end_of_retires_the_writer_and_the_next_names_it(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.filled()
    lost = book.write(1)

    def line_cut(visit: object, outcome: str, **more: object) -> None:
        ledger_append(visit, outcome, **more)
        book.house.close()
        connection.connection = None
        raise OperationalError("the line was cut")

    ledger_append = ledger.append
    monkeypatch.setattr(door.ledger, "append", line_cut)
    with pytest.raises(OperationalError):
        ring(system("Ana"))
    monkeypatch.undo()
    book.house.close()
    after = book.write(1)
    book.seal()
    verdict = look(book)
    assert after != lost
    assert verdict.whole, verdict.faults
    assert [str(lost) in remark for remark in verdict.remarks] == [True]


def test_a_clock_set_back_is_never_followed_and_is_reported(
    book: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.filled()
    sealed = seals(book.house)[-1].at
    real = clock.real
    monkeypatch.setattr(clock, "real", lambda: real() - timedelta(hours=3))
    writer = book.write(1)
    assert row_of(book.house, writer, 7).at >= sealed
    with book.house.as_role("steward"):
        assert ledger.now() >= ledger.moment(sealed)
    book.seal()
    monkeypatch.undo()
    verdict = look(book)
    assert verdict.whole, verdict.faults
    assert "behind" in verdict.remarks[0]
    assert seals(book.house)[-1].at >= sealed


@pytest.mark.sqlite
def test_of_two_servers_that_forked_the_second_head_is_refused_by_both_witnesses(
    book: Ledger, tmp_path: Path
) -> None:
    book.filled()
    copy_of(book.house, tmp_path / "fork.sqlite3")
    book.write(2)
    book.seal()
    assert book.sign().refusals == ()
    put_back(book.house, tmp_path / "fork.sqlite3")
    book.another_thread()
    book.sealer = Sealer()
    book.write(5)
    book.seal()
    book.write(5)
    book.seal()
    refusals = book.sign().refusals
    assert len(refusals) == 2
    assert all("does not extend" in sentence for sentence in refusals)
    assert only_fault(book) == "history-rewritten"


def test_two_sealers_never_make_two_seals_of_one_number(book: Ledger) -> None:
    book.write(3)
    together = threading.Barrier(2)
    sealers = [Sealer(), Sealer()]

    def turns(sealer: Sealer) -> None:
        with book.house.as_role("steward"):
            for _ in range(5):
                together.wait()
                sealer.turn()

    def work() -> None:
        for _ in range(40):
            ring(system("Ben"), case=uuid4())

    outcomes = book.house.at_once([lambda: turns(sealers[0]), lambda: turns(sealers[1]), work])
    assert outcomes == [None, None, None]
    book.seal()
    numbers = [seal.no for seal in seals(book.house)]
    assert numbers == list(range(1, len(numbers) + 1))
    verdict = look(book)
    assert verdict.whole, verdict.faults
    assert verdict.entries == 43


def test_a_sealer_that_starts_anew_goes_on_where_the_last_one_ended(book: Ledger) -> None:
    book.filled()
    book.sealer = Sealer()
    book.seal()
    assert len(seals(book.house)) == 2
    book.write(1)
    book.seal()
    assert [(seal.no, len(unpack(bytes(seal.moved)))) for seal in seals(book.house)][-1] == (3, 1)
    assert look(book).whole


def test_a_quick_turn_seals_what_is_new_and_leaves_the_rest(book: Ledger) -> None:
    book.filled()
    with book.house.as_role("steward"):
        assert book.sealer.turn() is None
    writer = book.write(2)
    with book.house.as_role("steward"):
        turn = book.sealer.turn()
    assert turn is not None
    assert unpack(bytes(seals(book.house)[-1].moved))[0][:2] == (writer, 8)


def test_entries_made_while_the_demonstration_stands_in_another_day_carry_the_real_time(
    book: Ledger,
) -> None:
    book.filled()
    with clock.frozen(datetime(2019, 5, 6, tzinfo=UTC)):
        writer = book.write(1)
    with book.house.as_role("steward"):
        assert book.sealer.turn() is not None
    assert row_of(book.house, writer, 7).at >= row_of(book.house, writer, 6).at


@pytest.mark.sqlite
def test_a_trigger_refuses_to_change_or_delete_an_entry(book: Ledger) -> None:
    book.filled()
    for sql in (
        "UPDATE records_ledgerentry SET verb = 'x'",
        "DELETE FROM records_ledgerentry",
        "UPDATE records_ledgerseal SET at = 1",
        "DELETE FROM records_ledgerhead",
    ):
        with pytest.raises(Exception, match="records_ledger"), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_mark_of_another_programme_is_seen(book: Ledger) -> None:
    book.filled()
    with thief(book.house) as run:
        run("UPDATE records_ledgerseal SET tenant = %s WHERE no = 2", uuid4())
    assert "tenant" in {fault.code for fault in look(book).faults}


def test_the_steward_sees_to_it_all_without_a_childs_row(book: Ledger) -> None:
    book.filled()
    assert look(book).whole
    with book.house.as_role("owner"):
        assert not Case.objects.exists()
        assert not Person.objects.exists()
        assert not Organisation.objects.exists()
