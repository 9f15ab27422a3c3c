"""Every way to damage a closed thing a little, for tests that it then fails closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tahanan.vault.suites import Unopenable


def damaged(closed: bytes) -> Iterator[bytes]:
    """Each single bit flipped, each truncation from either end, and a byte too many."""
    for at in range(len(closed)):
        for bit in range(8):
            yield closed[:at] + bytes((closed[at] ^ 1 << bit,)) + closed[at + 1 :]
        yield closed[:at]
        yield closed[at + 1 :]
    yield closed + b"\0"
    yield b"\0" + closed


def assert_all_damage_refused(closed: bytes, attempt: Callable[[bytes], object]) -> None:
    """`attempt` opens `closed`, and raises the one bare Unopenable for every damaged copy."""
    attempt(closed)
    tried = 0
    for copy in damaged(closed):
        with pytest.raises(Unopenable) as refusal:
            attempt(copy)
        assert str(refusal.value) == "This could not be opened."
        assert refusal.value.__cause__ is None
        tried += 1
    assert tried == len(closed) * 10 + 2
