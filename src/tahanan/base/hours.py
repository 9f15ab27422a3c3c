"""An hour as people type it: 02:12, 2.12, 0212, 2:12 am, 14:05."""

from __future__ import annotations

import re

from tahanan.base.names import N_
from tahanan.base.problems import Problem

_TYPED = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?\s*(?P<half>[ap])?\.?(?:m\.?)?",
    re.IGNORECASE | re.ASCII,
)


def parse_hour(text: str) -> str | Problem:
    """The hour as ``HH:MM`` of a day of 24 hours, or what to mend (field ``hour``)."""
    found = _TYPED.fullmatch(" ".join(text.split()))
    if found is None:
        said = N_("The hour must be like 02:12 or 14:05. Mend it, or clear it.")
        return Problem("hour", "not-an-hour", said)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").lower()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        said = N_("A day has no hour %(hour)s. Mend it, or clear it.")
        return Problem("hour", "no-such-hour", said, {"hour": text.strip()[:12]})
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}"
