"""Figures: measures compiled to SQL, told as somebody may be told them."""

from tahanan.casework.figures.publishing import publish, published

__all__ = ["publish", "published"]
