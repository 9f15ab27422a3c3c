"""Figures: measures compiled to SQL, told as somebody may be told them."""

from tahanan.casework.figures.defining import definition
from tahanan.casework.figures.moved import why_it_moved
from tahanan.casework.figures.nights import occupancy
from tahanan.casework.figures.publishing import about_to_publish, publish, published
from tahanan.casework.figures.queries import figures, year_by_day

__all__ = [
    "about_to_publish",
    "definition",
    "figures",
    "occupancy",
    "publish",
    "published",
    "why_it_moved",
    "year_by_day",
]
