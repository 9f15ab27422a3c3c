"""Keyed links: the published vectors, both ways, and what must differ."""

from __future__ import annotations

import threading
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tahanan.vault import links

ROOT = bytes(range(32))
TENANT = UUID("00000000-0000-4000-8000-000000000001")
TARGET = UUID("11111111-2222-4333-8444-555555555555")
ROW = UUID("22222222-2222-7222-8222-222222222222")
KEY = links.tenant_key(ROOT, TENANT)

VECTORS = [
    ("grant.team", links.COLUMN, "a72413a1-2cad-7229-4460-9e1ee2c9d991"),
    ("grant.home", links.month(date(2020, 9, 17)), "dc315ae5-5665-df75-e82a-5bcec844d2ca"),
    ("stay.home", links.row(ROW), "09f218a8-4ad0-53ed-857b-ca2d9d04ae5f"),
    ("stay.recorded_by", links.row(ROW), "a01f17b7-c5e9-562d-b5e8-fed2d1cd036c"),
]


@pytest.mark.parametrize(("column", "scope", "link"), VECTORS)
def test_the_published_links_close_and_open(column, scope, link):
    assert links.Column(KEY, column).close(TARGET, scope) == UUID(link)
    assert links.Column(KEY, column).open(UUID(link), scope) == TARGET


def test_the_published_check_value_is_ours():
    assert links.check_value(ROOT).hex() == "a88ea32564cfa0a9"


def test_another_root_shows_another_check_value():
    assert links.check_value(bytes(32)) != links.check_value(ROOT)


def test_a_home_is_one_link_within_a_month_and_another_in_the_next():
    home = links.Column(KEY, "grant.home")
    september = home.close(TARGET, links.month(date(2020, 9, 1)))
    assert september == home.close(TARGET, links.month(date(2020, 9, 30)))
    assert september != home.close(TARGET, links.month(date(2020, 10, 1)))
    assert september != home.close(TARGET, links.month(date(2021, 9, 1)))


def test_two_stays_in_one_home_share_no_link():
    home = links.Column(KEY, "stay.home")
    assert home.close(TARGET, links.row(uuid4())) != home.close(TARGET, links.row(uuid4()))


@given(st.uuids(), st.uuids(), st.uuids())
def test_other_scope_column_tenant_or_root_leads_elsewhere(target, row, tenant):
    column = links.Column(links.tenant_key(ROOT, tenant), "stay.home")
    link = column.close(target, links.row(row))
    assert column.open(link, links.row(row)) == target
    elsewhere = [
        column.open(link, links.COLUMN),
        links.Column(links.tenant_key(ROOT, tenant), "stay.room").open(link, links.row(row)),
        links.Column(links.tenant_key(ROOT, uuid4()), "stay.home").open(link, links.row(row)),
        links.Column(links.tenant_key(bytes(32), tenant), "stay.home").open(link, links.row(row)),
    ]
    assert target not in elsewhere


@given(st.lists(st.tuples(st.uuids(), st.uuids()), max_size=20))
def test_many_at_once_are_the_same_as_one_by_one(ids):
    column = links.Column(KEY, "stay.home")
    closed = column.close_many((target, row.bytes) for target, row in ids)
    assert closed == [column.close(target, row.bytes) for target, row in ids]
    opened = column.open_many((link, row.bytes) for link, (_, row) in zip(closed, ids, strict=True))
    assert opened == [target for target, _ in ids]


def test_the_smallest_and_the_largest_id_survive_the_round_trip():
    column = links.Column(KEY, "stay.home")
    ends = [UUID(int=0), UUID(int=2**128 - 1)]
    closed = column.close_many((end, links.COLUMN) for end in ends)
    assert column.open_many((link, links.COLUMN) for link in closed) == ends
    assert [column.open(link, links.COLUMN) for link in closed] == ends


@pytest.mark.parametrize("scope", [b"", b"month", bytes(15), bytes(32)])
def test_a_scope_of_the_wrong_length_is_refused(scope):
    column = links.Column(KEY, "stay.home")
    for attempt in (column.close, column.open):
        with pytest.raises(ValueError, match="16 bytes"):
            attempt(TARGET, scope)
    for attempt in (column.close_many, column.open_many):
        with pytest.raises(ValueError, match="16 bytes"):
            attempt([(TARGET, scope)])


def test_eight_threads_use_one_column_at_once():
    """A shared AES context raised "Already borrowed" here while another thread was in it."""
    column = links.Column(KEY, "stay.home")
    batch = [(uuid4(), ROW.bytes) for _ in range(20_000)]
    targets = [target for target, _ in batch]
    right = []

    def work():
        closed = column.close_many(batch)
        one_by_one = [column.open(link, ROW.bytes) for link in closed[:2_000]]
        opened = column.open_many((link, ROW.bytes) for link in closed)
        right.append(opened == targets and one_by_one == targets[:2_000])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 8


def test_a_column_keeps_its_aes_contexts_between_links():
    """Not a timing: a new context a link would show as new objects."""
    column = links.Column(KEY, "stay.home")
    column.close(TARGET, links.COLUMN)
    before = column._ciphers.close, column._ciphers.open, column._ciphers.mask
    column.close(TARGET, links.COLUMN)
    assert before == (column._ciphers.close, column._ciphers.open, column._ciphers.mask)
