"""The square a phone's camera reads, drawn on the server."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode

_QUIET = 4


@dataclass(frozen=True, slots=True)
class Square:
    """A QR code: `side` cells, its dark ones as the path of an SVG."""

    side: int
    path: str


def qr(text: str) -> Square:
    """`text` as a QR code with the quiet border readers ask for."""
    code = qrcode.QRCode(border=_QUIET)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    dark = [(x, y) for y, row in enumerate(rows) for x, one in enumerate(row) if one]
    return Square(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))
