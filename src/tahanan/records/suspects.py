"""Suspects in the office: an id each, and nothing else."""

from __future__ import annotations

from tahanan.records.bases import OfficeRow


class Suspect(OfficeRow):
    """Somebody who is suspected. Not even a day: it would join him to the day he was named."""
