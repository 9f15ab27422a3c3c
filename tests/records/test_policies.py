"""Row-level security under the three roles: the second wall, tested with no code of ours before it.

Every test here runs as the app's or the steward's role, which no superuser is.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import InternalError, ProgrammingError, connection, connections, models, transaction
from django.db.models import F
from tests import house as houses
from tests.house import House
from tests.records import rows
from tests.records.rows import DAY, INSTANT, TENANT, Child, seen_by

from tahanan.base import ids
from tahanan.records import models as tables
from tahanan.records.fields import TeamLink, TenantLink
from tahanan.records.vocabulary import ClockKind, Purpose, TeamKind
from tahanan.records.walls import plan, roles
from tahanan.records.walls.plan import Sight
from tahanan.records.walls.session import admit, open_figures, open_ledger, places_taken

pytestmark = pytest.mark.postgres

ABOUT_CHILDREN = sorted(n for n, wall in plan.FILE_ROOM.items() if wall.sight is not Sight.TENANT)
DENIED = (ProgrammingError, InternalError)


def _model(table: str) -> type[models.Model]:
    return getattr(tables, table)  # type: ignore[no-any-return]


def _seen(table: str) -> set[Any]:
    return set(_model(table)._base_manager.values_list("pk", flat=True))


@pytest.fixture
def ana(house: House) -> Child:
    """A child of Ana's team."""
    return rows.child(rows.team())


def test_the_team_sees_its_own_child_in_every_table(ana: Child) -> None:
    with seen_by(ana.team):
        assert [t for t in ABOUT_CHILDREN if ana.id(t) not in _seen(t)] == []


def test_who_says_nothing_sees_no_row(ana: Child) -> None:
    assert [t for t in ABOUT_CHILDREN if _seen(t)] == []
    with transaction.atomic():
        assert [t for t in ABOUT_CHILDREN if _seen(t)] == []


def test_the_stranger_sees_no_row(ana: Child) -> None:
    with seen_by(rows.team(), rows.team()):
        assert [t for t in ABOUT_CHILDREN if _seen(t)] == []


def test_another_programme_sees_no_row_of_any_table(ana: Child) -> None:
    with seen_by(rows.team(), tenant=TenantLink(int=uuid4().int)):
        assert [t for t in plan.FILE_ROOM if _seen(t)] == []


def test_who_counts_reads_codes_and_days_of_all_and_nothing_that_is_sealed(ana: Child) -> None:
    counted = {name for name, wall in plan.FILE_ROOM.items() if wall.counted}
    assert {"Removal", "Suspicion", "Judgment"} <= counted
    assert counted & {"Sealed", "Grant", "Note", "CompartmentKey", "Intake", "Contact"} == set()
    with seen_by():
        open_figures(connection)
        assert [t for t in counted if ana.id(t) not in _seen(t)] == []
        assert [t for t in ABOUT_CHILDREN if t not in counted and _seen(t)] == []
    with seen_by(rows.team(), tenant=TenantLink(int=uuid4().int)):
        open_figures(connection)
        assert [t for t in counted if _seen(t)] == [], "another programme counts its own"
    with seen_by():
        assert [t for t in counted if _seen(t)] == [], "the next visit does not count"


def test_who_counts_changes_nothing(ana: Child) -> None:
    with seen_by():
        open_figures(connection)
        for table in ("Removal", "Arrest", "CaseStatus"):
            assert _model(table)._base_manager.update(replaced_at=INSTANT, replaced_day=DAY) == 0
        assert tables.Case.objects.update(exclusions=b"") == 0


def test_nothing_of_one_visit_stays_on_the_connection_for_the_next(ana: Child) -> None:
    with seen_by(ana.team):
        assert _seen("Case") == {ana.case}
    assert _seen("Case") == set()
    with seen_by():
        assert _seen("Case") == set()


def test_an_ended_grant_shows_nothing_more(ana: Child) -> None:
    with seen_by(ana.team):
        assert tables.Grant.objects.update(ended_on=DAY, wrap=b"") == 2
    with seen_by(ana.team):
        for table in ("Case", "Sealed", "Note", "Stay", "Survivor"):
            assert _seen(table) == set(), table


def test_a_team_sees_only_the_compartments_it_was_given(ana: Child) -> None:
    shelter = rows.team()
    with seen_by(ana.team):
        _grant(ana, shelter, "card").save(force_insert=True)
    with seen_by(shelter):
        assert _seen("Case") == {ana.case}
        assert set(tables.Sealed.objects.values_list("compartment", flat=True)) == {"card"}
        assert _seen("Note") == set(), "the note stands in care"
        assert tables.Grant.objects.count() == 3, "who can see this, of a case one sees"


def test_a_stranger_changes_and_deletes_nothing(ana: Child) -> None:
    with seen_by(rows.team()):
        assert tables.Grant.objects.update(wrap=b"mine") == 0
        assert tables.Sealed.objects.update(version=F("version") + 1, ciphertext=b"") == 0
        assert tables.IntakeChild.objects.all()._raw_delete("default") == 0
    with seen_by(ana.team):
        assert tables.Grant.objects.filter(wrap=b"mine").count() == 0


@pytest.mark.parametrize("table", ["Clock", "Grant", "Sealed"])
def test_a_stranger_writes_nothing_about_a_child_others_hold(ana: Child, table: str) -> None:
    stranger = rows.team()
    made = {
        "Clock": lambda: tables.Clock(
            tenant=TENANT, case_id=ana.case, kind=ClockKind.EMERGENCY_REVIEW, due_on=DAY,
            because=uuid4(),
        ),
        "Grant": lambda: _grant(ana, stranger, "justice"),
        "Sealed": lambda: tables.Sealed(
            tenant=TENANT, case_id=ana.case, compartment="care", kind="note", of=ana.case,
            version=1, ciphertext=b"",
        ),
    }[table]()  # fmt: skip
    with pytest.raises(DENIED, match="row-level security"), seen_by(stranger):
        made.save(force_insert=True)
    made.pk = ids.uuid7()
    with seen_by(ana.team):
        made.save(force_insert=True)


def test_a_row_of_another_programme_is_refused(house: House) -> None:
    with pytest.raises(DENIED, match="row-level security"), seen_by(rows.team()):
        tables.Survivor(tenant=TenantLink(int=uuid4().int)).save(force_insert=True)


def test_an_insert_that_asks_to_read_back_is_refused_so_none_of_ours_does(ana: Child) -> None:
    with seen_by(), connection.cursor() as cursor, pytest.raises(DENIED, match="row-level"):
        cursor.execute(
            "INSERT INTO records_survivor (id, tenant) VALUES (%s, %s) RETURNING id",
            [uuid4(), TENANT],
        )
    for model, _ in plan.file_room():
        assert model._meta.db_returning_fields == [], f"{model.__name__} would read back"


def test_what_was_written_cannot_be_rewritten_by_the_app_even_without_triggers(
    house: House, ana: Child
) -> None:
    with house.as_role("owner") as owner, owner.cursor() as cursor:
        for table in ("records_note", "records_ledgerentry", "records_sealed"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for act in (
        lambda: tables.Note.objects.update(compartment="card"),
        lambda: tables.LedgerEntry.objects.update(verb="nothing"),
        lambda: tables.Sealed.objects.update(case=uuid4()),
        lambda: tables.Note.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DENIED, match="permission denied"), seen_by(ana.team):
            act()


def test_the_ledger_shows_a_childs_entries_and_the_rest_only_when_opened(ana: Child) -> None:
    other = rows.child(rows.team())
    with seen_by(ana.team):
        assert _seen("LedgerEntry") == {ana.id("LedgerEntry")}
        open_ledger(connection)
        assert _seen("LedgerEntry") == {ana.id("LedgerEntry"), other.id("LedgerEntry")}
    with seen_by(ana.team):
        assert _seen("LedgerEntry") == {ana.id("LedgerEntry")}


def test_an_operation_stays_in_sight_through_its_corrections(ana: Child) -> None:
    first = ana.id("Operation")
    later = rows.dated(happened_on=DAY, happened_until=DAY)
    with seen_by(ana.team):
        assert tables.Operation.objects.update(replaced_at=rows.INSTANT, replaced_day=DAY) == 1
        second = tables.Operation(region="07", replaces_id=first, **later)
        second.save(force_insert=True)
    with seen_by(ana.team):
        assert _seen("Operation") == {first, second.pk}
    with seen_by(rows.team()):
        assert _seen("Operation") == set()


def test_every_stay_counts_though_no_child_is_shown(ana: Child) -> None:
    other = rows.child(rows.team())
    with seen_by(ana.team):
        taken = places_taken(connection, TENANT, DAY)
        assert {stay for stay, _home, _line in taken} == {ana.id("Stay"), other.id("Stay")}
        assert _seen("Stay") == {ana.id("Stay")}
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM walls.places_taken(%s)", [DAY])
            assert [column.name for column in cursor.description] == ["stay", "home", "line"]


def test_the_steward_counts_every_row_and_reads_no_ciphertext(house: House, ana: Child) -> None:
    examined = 0
    with house.as_role("steward"):
        for model, wall in plan.file_room():
            hidden = plan.sealed_columns(model) - set(wall.steward_reads)
            open_columns = [c for c in plan.columns(model) if c not in hidden]
            found = _select(model, open_columns)
            if model.__name__ in ana.rows:
                assert found >= 1, model.__name__
            for column in hidden:
                with pytest.raises(DENIED, match="permission denied"):
                    _select(model, [column])
                examined += 1
    assert examined >= 8, "wraps, ciphertext, answers, exclusions, commitments"


def test_the_steward_tends_and_does_not_write(house: House, ana: Child) -> None:
    with house.as_role("steward") as steward:
        with seen_by():
            assert tables.CompartmentKey.objects.update(rekey_due=True) == 2
            assert tables.Grant.objects.update(ended_on=DAY, wrap=b"") == 2
            rows.seal_row()
        for act in (
            lambda: tables.Grant.objects.update(version=9),
            lambda: tables.Sealed.objects.update(version=9),
            lambda: tables.Survivor(tenant=TENANT).save(force_insert=True),
            lambda: tables.Note.objects.all()._raw_delete("default"),
        ):
            with pytest.raises(DENIED, match="permission denied"), transaction.atomic():
                admit(steward, [], TENANT)
                act()


def test_the_superuser_does_not_serve(house: House) -> None:
    with pytest.raises(roles.RoleRefused, match="keeper is a superuser"):
        _keeper().ensure_connection()


@pytest.mark.parametrize(
    ("given", "why"),
    [("BYPASSRLS", "has BYPASSRLS"), (f"IN ROLE {roles.OWNER}", "owns the tables")],
)
def test_a_role_the_walls_would_not_hold_does_not_serve(house: House, given: str, why: str) -> None:
    # A role of this worker's own: the real ones are shared by all.
    strong = f"strong_{houses.database_name()}"
    keeper = _keeper()
    keeper.settings_dict["ROLE"] = "owner"
    houses.as_keeper([f"CREATE ROLE {strong} {given}"])
    try:
        with keeper.cursor() as cursor:
            cursor.execute(f"SET ROLE {strong}")
        keeper.settings_dict["ROLE"] = "app"
        with pytest.raises(roles.RoleRefused, match=f"{strong} {why}"):
            roles.refuse_strong(connection=keeper)
        assert keeper.connection is None
    finally:
        houses.as_keeper([f"DROP ROLE {strong}"])


def test_a_policy_that_fell_lets_the_stranger_in_which_these_tests_would_see(
    house: House, ana: Child
) -> None:
    """The positive control: without its policy the very same look finds the row."""
    with house.as_role("owner") as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE records_note DISABLE ROW LEVEL SECURITY")
    with seen_by(rows.team()):
        assert _seen("Note") == {ana.id("Note")}


@pytest.mark.parametrize(
    "statement",
    [
        "DROP POLICY app_select ON records_note",
        "ALTER TABLE records_note DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE aside (id uuid)",
        "TRUNCATE records_ledgerentry",
        f"SET ROLE {roles.OWNER}",
    ],
)
def test_the_owner_migrates_and_the_app_may_not(house: House, statement: str) -> None:
    refused = pytest.raises(DENIED, match=r"must be owner|permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def _keeper() -> Any:
    """The server's superuser, on this house's database."""
    details = dict(connection.settings_dict)
    details["USER"] = urlsplit(houses.keeper_url()).username
    details["PASSWORD"] = urlsplit(houses.keeper_url()).password or ""
    return type(connections["default"])(details, alias="keeper")


def _grant(child: Child, team: TeamLink, part: str) -> tables.Grant:
    return tables.Grant(
        tenant=TENANT, case_id=child.case, compartment=part, version=1, team=team,
        via=TeamKind.CASEWORK, purpose=Purpose.CARE, from_on=DAY, wrap=b"wrapped",
    )  # fmt: skip


def _select(model: type[models.Model], names: list[str]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(f'SELECT {listed} FROM "{model._meta.db_table}"')
        return len(cursor.fetchall())
