"""How far a long work is, in words."""

from __future__ import annotations

import pytest

from tahanan.base import progress
from tahanan.base.progress import Progress


def test_it_says_how_much_is_done_how_fast_and_how_long_it_will_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    said: list[str] = []
    work = Progress(said.append, 1000)
    work.add(10)
    assert said == []
    now[0] += 10
    work.add(240)
    work.add(1)
    assert said == [" 25%  250 of 1,000 cases, 25 a second, 30 s left"]
    now[0] += 90
    assert work.line().startswith(" 25%  251 of 1,000 cases, 3 a second, 4 min 58 s left")
    assert work.ended(100) == "251 cases in 1 min 40 s, 3984.1 µs a row."
