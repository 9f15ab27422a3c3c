"""The matrix of commands and queries, by hand, one module for each noun or two."""

from __future__ import annotations

from tests.access.tried import child, figures, intake, joining, justice, notes, people, places
from tests.access.tried.rows import Row

ROWS: dict[str, Row] = {
    **child.ROWS,
    **justice.ROWS,
    **notes.ROWS,
    **places.ROWS,
    **intake.ROWS,
    **joining.ROWS,
    **people.ROWS,
    **figures.ROWS,
}
