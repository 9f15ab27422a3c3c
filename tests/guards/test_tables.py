"""Three rooms, keyed doors: what the tables may hold in plain, and where they may lead (DESIGN §4).

The lists are written by hand. Whoever adds a plain column adds it here, and so says that a thief
may know it.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from tahanan.base import ids
from tahanan.records.fields import LinkField

ROOMS = {
    "file room": {"cases", "operations", "stays", "notes", "grants", "intake", "door", "justice"},
    "office": {"people", "facilities", "suspects"},
    "gate": {"accounts"},
}
# Every dated row has these: when it was known and recorded, and what became of it.
DATED = {"known_at", "known_day", "recorded_at", "replaced_at", "replaced_day", "withdrawn"}
# What a stolen file room says in plain, table by table: codes, bands, regions, days, counters.
PLAIN = {
    "Survivor": set(),
    "Case": {"reference", "region", "opened_on"},
    "SiblingLink": {"from_on", "until_on", "bond"},
    "SameChild": {"from_on", "until_on", "word"},
    "Support": {"from_on", "until_on"},
    "DemandSide": {"happened_on", "happened_until", "country"},
    "Suspicion": {"happened_on", "happened_until", "kin", "part", "minor", "lives_with"},
    "Arrest": {"happened_on", "happened_until", "country", "supported"},
    "Judgment": {
        *("happened_on", "happened_until", "docket", "charge", "outcome"),
        *("plea", "sentence", "level", "country", "supported"),
    },
    "CaseStatus": {"from_on", "until_on", "status", "decided_by"},
    "OsecElement": {"from_on", "until_on", "element", "finding", "depiction"},
    "LegalBasis": {"from_on", "until_on", "kind", "compartments", "purpose"},
    "Contact": {"from_on", "until_on", "kin", "may_decide", "may_be_told"},
    "Clock": {"kind", "due_on", "because", "closed_on"},
    "Run": {"verb", "result", "on"},
    "LedgerEntry": {"writer", "n", "at", "verb", "case"},
    "LedgerSeal": {"no", "at"},
    "LedgerHead": {"no"},
    "Erasure": {"case", "on"},
    "CompartmentKey": {"compartment", "version", "rekey_due"},
    "Grant": {"compartment", "version", "via", "purpose", "from_on", "until_on", "ended_on"},
    "Sealed": {"compartment", "kind", "of", "version", "replaced_at"},
    "Operation": {"happened_on", "happened_until", "region", "supported", "kind"},
    "Removal": {
        *("happened_on", "happened_until", "how", "sex"),
        *("youngest_band", "oldest_band", "region"),
    },
    "PaperPack": {"number", "sheets", "printed_on"},
    "Intake": {"opened_at", "version", "finished_at"},
    "IntakeChild": {"position", "version"},
    "Note": {"happened_on", "happened_until", "compartment"},
    "Stay": {"from_on", "until_on", "kind", "line", "mode", "end"},
    "PlacementRequest": {"asked_at", "from_on", "closed_at"},
    "PlacementRequestCase": set(),
}
# Text of more than one word, in any room: none of it is about a child.
WORDS = {
    "Installation.name",
    "Organisation.name",
    "Person.name",
    "Person.title",
    "Team.name",
    "Facility.name",
    "FacilityPermit.reference",
    "FacilityOutOfUse.reason",
    "HouseholdMember.name",
    "Publication.title",
    "LegalBasis.compartments",
    "Run.verb",
    "LedgerEntry.verb",
}
ONE_WORD = 24

TABLES = list(apps.get_app_config("records").get_models())


def room(table: type[models.Model]) -> str:
    noun = table.__module__.rsplit(".", 1)[-1]
    return next(name for name, nouns in ROOMS.items() if noun in nouns)


def named(table: type[models.Model]) -> str:
    return table.__name__


def columns(table: type[models.Model]) -> list[models.Field]:
    return [field for field in table._meta.get_fields() if getattr(field, "concrete", False)]


def plain(table: type[models.Model]) -> set[str]:
    """Columns that are neither keyed links nor ciphertext nor rows of the same room."""
    shut = (LinkField, models.BinaryField, models.ForeignKey)
    return {
        field.name for field in columns(table) if not isinstance(field, shut) and field.name != "id"
    }


def test_every_table_stands_in_one_room():
    assert len(TABLES) > 35
    assert {room(table) for table in TABLES} == set(ROOMS)


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_no_row_leads_in_plain_to_another_room(table):
    for field in columns(table):
        if isinstance(field, models.ForeignKey):
            assert room(field.related_model) == room(table), f"{field} crosses"


@pytest.mark.parametrize("table", [t for t in TABLES if room(t) == "file room"], ids=named)
def test_a_thief_reads_only_what_the_list_allows(table):
    dated = DATED if "known_at" in plain(table) else set()
    assert plain(table) - dated == PLAIN[table.__name__]


def test_the_list_names_no_table_that_is_gone():
    assert {table.__name__ for table in TABLES if room(table) == "file room"} == set(PLAIN)


def test_words_stand_in_plain_in_the_office_alone():
    found = {
        f"{table.__name__}.{field.name}"
        for table in TABLES
        for field in columns(table)
        if isinstance(field, models.TextField | models.JSONField)
        or (isinstance(field, models.CharField) and (field.max_length or 999) > ONE_WORD)
    }
    assert found == WORDS


@pytest.mark.parametrize("table", [t for t in TABLES if room(t) == "office"], ids=named)
def test_the_office_keeps_days_and_never_an_instant(table):
    assert [field for field in columns(table) if isinstance(field, models.DateTimeField)] == []


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_no_id_is_counted_up_and_only_the_file_room_shows_an_order(table):
    key = table._meta.pk
    assert isinstance(key, models.UUIDField)
    assert key.default == (ids.uuid7 if room(table) == "file room" else ids.uuid4)
    counted = [field for field in columns(table) if isinstance(field, models.AutoField)]
    assert counted == []


@pytest.mark.parametrize("table", [t for t in TABLES if room(t) == "file room"], ids=named)
def test_every_row_of_the_file_room_carries_its_programme(table):
    assert any(field.name == "tenant" and not field.editable for field in columns(table))


def test_what_is_unique_in_the_file_room_is_unique_within_its_programme():
    rules = [
        (table.__name__, rule)
        for table in TABLES
        if room(table) == "file room"
        for rule in table._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
    ]
    assert len(rules) > 10
    assert [(name, rule.name) for name, rule in rules if "tenant" not in rule.fields] == []
