"""Names are read behind the first page, once for each team of a process."""

from __future__ import annotations

import threading
import time
from unittest import mock

import pytest
from django.http import HttpRequest, HttpResponse
from tests.cast.cast import Cast

from tahanan.access.actor import Actor
from tahanan.casework import index, search
from tahanan.web.middleware import Warm


def _done(thread) -> None:
    assert thread is not None
    thread.join(timeout=30)
    assert not thread.is_alive()


def test_every_name_of_her_teams_is_read_before_she_searches(cast: Cast) -> None:
    _done(search.warm_behind(cast.ana))
    read = sum(len(each.partition) for each in index._indexes.values())
    assert read == search.warm(cast.ana) > 0


def test_a_team_is_read_once_whoever_of_it_comes(cast: Cast) -> None:
    _done(search.warm_behind(cast.ana))
    assert search.warm_behind(cast.ana) is None


def test_nothing_is_read_for_one_who_is_locked(cast: Cast) -> None:
    assert search.warm_behind(cast.locked(cast.ana)) is None
    _done(search.warm_behind(cast.ana))


def test_one_reads_at_a_time_and_nobody_twice_or_pages_would_find_no_connection(
    cast: Cast,
) -> None:
    go_on, reading = threading.Event(), []

    def slowly(actor: Actor) -> int:
        reading.append(actor.name)
        assert go_on.wait(30)
        return 0

    with mock.patch.object(search, "warm", side_effect=slowly):
        first = search.warm_behind(cast.ana)
        assert search.warm_behind(cast.ana) is None, "her next page begins no other"
        second = search.warm_behind(cast.fe)
        time.sleep(0.2)
        assert reading == [cast.ana.name]
        go_on.set()
        _done(first)
        _done(second)
    assert reading == [cast.ana.name, cast.fe.name]


def test_what_failed_is_tried_again_with_the_next_page(cast: Cast) -> None:
    with mock.patch.object(search, "warm", side_effect=OSError):
        _done(search.warm_behind(cast.ana))
    _done(search.warm_behind(cast.ana))


@pytest.mark.parametrize("somebody", [True, False])
def test_the_first_page_of_somebody_begins_it_and_a_strangers_does_not(
    cast: Cast, somebody: bool
) -> None:
    request = HttpRequest()
    request.actor = cast.ana if somebody else None
    assert Warm(lambda _request: HttpResponse("page"))(request).content == b"page"
    assert bool(search._warmed) is somebody
    # The thread ends before its database is taken away.
    search.warm(cast.ana)
