"""Where a history is read from: a private file, a pipe, or a file closed with age."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from tahanan.replay.format import LONGEST_LINE
from tahanan.vault import age
from tahanan.vault.secret import Secret


class NotPrivate(Exception):
    """Others on this machine may read the file; `sentence` says how to mend that."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Source(Secret):
    """Lines, read as often as asked: a file from its beginning, anything else from memory."""

    def __init__(self, opened: BinaryIO) -> None:
        self._opened = opened

    def lines(self) -> Iterator[tuple[int, bytes, str]]:
        """Number, bytes, and a mark of everything up to the end of this line.

        A line too long is cut after its first byte too many, and its rest passed over.
        """
        self._opened.seek(0)
        mark, number = sha256(), 0
        while raw := self._opened.readline(LONGEST_LINE + 2):
            number += 1
            mark.update(raw)
            if len(raw) > LONGEST_LINE + 1:
                self._pass_over(raw)
            yield number, raw.rstrip(b"\r\n"), mark.hexdigest()

    def _pass_over(self, raw: bytes) -> None:
        while raw and not raw.endswith(b"\n"):
            raw = self._opened.readline(LONGEST_LINE)

    def close(self) -> None:
        """Read no more."""
        self._opened.close()


def of_bytes(held: bytes) -> Source:
    """What came through a pipe or out of a closed file: kept in memory, never on the disk."""
    return Source(io.BytesIO(held))


def open_private(path: str) -> BinaryIO:
    """A file that nobody else may read, a link followed to what it leads to; or a pipe.

    Raises NotPrivate.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    # Asked of what was opened, not of the name: that may lead elsewhere a moment later.
    said = os.fstat(descriptor)
    opened = os.fdopen(descriptor, "rb")
    if stat.S_ISFIFO(said.st_mode) or _closed_with_age(opened):
        return opened
    if not stat.S_ISREG(said.st_mode):
        opened.close()
        raise NotPrivate("This is no file. Give a file, or - to read what another program writes.")
    if said.st_mode & 0o077:
        opened.close()
        raise NotPrivate(
            "Others on this machine may read this file, and it holds names. "
            "Run `chmod 600` on it, and look who may have read it."
        )
    return opened


def _closed_with_age(opened: BinaryIO) -> bool:
    begins = opened.read(age.HEAD)
    opened.seek(0)
    return age.is_closed(begins)
