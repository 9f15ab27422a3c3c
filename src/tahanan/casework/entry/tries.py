"""How often one may try: a lock-out that whoever causes it cannot turn on somebody else.

Failures count for one source with one name, and for one source over all names. A device on which
the account has signed in before is counted by itself, so nobody's tries elsewhere delay it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import ip_address, ip_network

from django.db.models import F

from tahanan.access.accounts import digest
from tahanan.base import clock
from tahanan.casework.entry.shapes import Where
from tahanan.records.models import Device, Tries

STRETCH = timedelta(minutes=5)
OF_ONE_NAME = 5
# A shelter's staff share one address: this slows a machine trying names, not a morning's shift.
OF_ONE_SOURCE = 60
OF_ONE_DEVICE = 10
# With fewer bits, one network's many addresses would each start anew.
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True)
class Counted:
    """What a failed try would count against, and whether the limit is reached already."""

    digests: tuple[bytes, ...]
    full: bool


def device_mark(token: str, handle: bytes) -> bytes:
    """What a device is kept under for one account: two accounts of one computer look unlike."""
    return digest("device", token.encode(), handle)


def count_of(where: Where, handle: bytes) -> Counted:
    """Where a try with this name stands. Two reads, whoever asks."""
    token = device_mark(where.device, handle)
    known = Device.objects.filter(token=token).values_list("id", flat=True).first() is not None
    own = _marks("device", token)
    pair = _marks("name", _network(where.source), handle)
    source = _marks("source", _network(where.source))
    rows = Tries.objects.filter(digest__in=[*own, *pair, *source])
    counts = {bytes(mark): count for mark, count in rows.values_list("digest", "count")}

    def reached(marks: tuple[bytes, bytes], limit: int) -> bool:
        return sum(counts.get(mark, 0) for mark in marks) >= limit

    if known and not reached(own, OF_ONE_DEVICE):
        return Counted((own[0],), full=False)
    full = reached(pair, OF_ONE_NAME) or reached(source, OF_ONE_SOURCE)
    return Counted((pair[0], source[0]), full)


def count_failure(counted: Counted, today: date) -> None:
    """Write down one more failure."""
    for mark in counted.digests:
        if not Tries.objects.filter(digest=mark).update(count=F("count") + 1):
            Tries.objects.bulk_create([Tries(digest=mark, on=today)], ignore_conflicts=True)


def _marks(kind: str, *parts: bytes) -> tuple[bytes, bytes]:
    """The digests of this stretch of time and the one before it."""
    number = int(clock.now().timestamp() // STRETCH.total_seconds())
    this, last = (
        digest("tries", kind.encode(), *parts, at.to_bytes(8, "big")) for at in (number, number - 1)
    )
    return this, last


def _network(source: str) -> bytes:
    try:
        address = ip_address(source)
    except ValueError:
        return source.encode()
    if address.version == 4:
        return address.packed
    return ip_network((address, _IPV6_NETWORK), strict=False).network_address.packed
