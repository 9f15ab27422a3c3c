"""The base of every type that holds a secret: it shows nothing and cannot be written down."""

from __future__ import annotations

from typing import NoReturn


class Secret:
    """Shows its name only, and refuses pickling and copying: no log, cache or trace carries it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(f"A {type(self).__name__} holds a secret and is never pickled or copied.")
