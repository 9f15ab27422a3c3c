"""Ids: of their instant, in their order, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tahanan.base import clock, ids


def test_many_made_at_once_are_in_order_and_of_their_instant() -> None:
    at = datetime(2026, 3, 14, 2, 10, tzinfo=UTC)
    with clock.frozen(at):
        made = [UUID(bytes=each) for each in ids.uuid7_blocks(500)]
        one = ids.uuid7()
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {id.int >> 80 for id in made} == {one.int >> 80} == {int(at.timestamp() * 1000)}
    assert {(id.version, id.variant) for id in made} == {(one.version, one.variant)}
    assert one.version == 7
    # Nothing of one tells the next: each bit that is drawn falls both ways.
    assert len({id.int & 0xFF for id in made}) > 100
