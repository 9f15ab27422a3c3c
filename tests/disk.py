"""What a thief finds on the disk of an installation: its files, its rows, a name in any clothes."""

from __future__ import annotations

import base64
import json
import os
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, quote_plus

from tests import house as houses
from tests.house import House

from tahanan.records import models

# The beginnings of gzip and of zlib at its usual strengths.
_PACKED = ((b"\x1f\x8b\x08", 31), (b"\x78\x9c", 15), (b"\x78\xda", 15), (b"\x78\x01", 15))


def encodings(name: str) -> Iterator[bytes]:
    """The name as it might lie on disk."""
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    for word in dict.fromkeys((name, plain, name.lower(), plain.lower(), name.upper())):
        raw = word.encode()
        yield from (raw, raw[::-1], raw.hex().encode(), raw.hex().upper().encode())
        yield from (word.encode("utf-16-le"), word.encode("utf-16-be"))
        yield from (word.encode("latin-1"), word.encode("unicode_escape"))
        yield from (
            quote(word).encode(),
            quote_plus(word).encode(),
            json.dumps(word)[1:-1].encode(),
        )
        yield word.encode("ascii", "xmlcharrefreplace")
        for shift in range(3):
            padded = base64.b64encode(b"\0" * shift + raw + b"\0\0")
            yield padded[4 if shift else 0 : -8]
            yield base64.urlsafe_b64encode(b"\0" * shift + raw + b"\0\0")[4 if shift else 0 : -8]


def unpacked(content: bytes) -> Iterator[bytes]:
    """What stands packed in `content`: every gzip or zlib stream that opens, wherever it begins."""
    for beginning, bits in _PACKED:
        at = content.find(beginning)
        while at >= 0:
            opener = zlib.decompressobj(bits)
            try:
                found = opener.decompress(content[at : at + 500_000], 4_000_000)
            except zlib.error:
                found = b""
            if len(found) > 16:
                yield found
            at = content.find(beginning, at + 1)


def found_in(files: Iterable[Path], names: list[str]) -> set[tuple[str, str]]:
    """(name, file) of every name that stands in some file, in any encoding, packed or not."""
    wanted = {name: tuple(dict.fromkeys(encodings(name))) for name in names}
    common = tuple(dict.fromkeys(encodings(_in_common(names))))
    found = set()
    for file in files:
        try:
            content = file.read_bytes()
        except FileNotFoundError:
            continue  # of another test's database on the same server, dropped meanwhile
        for part in (content, *unpacked(content)):
            if not any(form in part for form in common):
                continue
            for name, forms in wanted.items():
                if any(form in part for form in forms):
                    found.add((name, file.name))
    return found


def _in_common(names: list[str]) -> str:
    """The letters that all names begin or end with: in a file without those, none of them is."""
    first, last = min(names), max(names)
    size = next((n for n in range(len(first)) if first[n] != last[n : n + 1]), len(first))
    back = [name[::-1] for name in names]
    least, most = min(back), max(back)
    tail = next((n for n in range(len(least)) if least[n] != most[n : n + 1]), len(least))
    return first[:size] if size >= tail else least[:tail][::-1]


def put_away(house: House) -> list[Path]:
    """Close the installation; every file a thief of its disk would hold, but the key files."""
    house.close()
    if house.backend == "postgres":
        houses.as_keeper(["CHECKPOINT"], houses.keeper_url(houses.database_name()))
        folder = houses.data_directory()
        logs = list(folder.parent.glob("*.log"))
    else:
        folder, logs = house.var_dir, []
    kept = house.keys_dir.resolve()
    # A folder of another test's database may go while we walk; os.walk passes over it.
    files = [Path(at) / name for at, _, names in os.walk(folder) for name in names]
    return [file for file in files if kept not in file.resolve().parents] + logs


def tables() -> list[type]:
    """Every table of ours."""
    return [m for m in models.Account._meta.apps.get_models() if m._meta.app_label == "records"]


def rows(model: type) -> list[dict[str, object]]:
    """Every row of a table, past triggers and policies, in the order the file gives them."""
    table = model._meta.db_table
    if houses.backend() == "postgres":
        import psycopg

        with closing(psycopg.connect(houses.keeper_url(houses.database_name()))) as line:
            cursor = line.execute(f"SELECT * FROM {table} ORDER BY ctid")
            names = [column.name for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY rowid")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def dump() -> Iterator[bytes]:
    """Every value of every row."""
    examined = 0
    for model in tables():
        for row in rows(model):
            examined += 1
            for value in row.values():
                yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    assert examined > 200
