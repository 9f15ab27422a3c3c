"""What all charts are made of: the frame with its name, text, lengths, the hatch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

# Letters are set at 15 px; this is how wide one is at most, as an average over words.
LETTER = 8.3
LINE = 18
# The narrowest column a chart of per-cent widths stands in: a phone of 320 px less its margins.
NARROWEST = 280
# What no XML may hold: text comes from callers.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Named:
    """What a chart is called, for who does not see it.

    `by`: the id of what names it; `title`: the name, where nothing on the page does so already.
    `desc`: the numbers in words, which get the id `desc_id`.
    """

    by: str
    desc_id: str
    desc: str
    title: str = ""


def text_of(words: str) -> str:
    """Words as they may stand in XML."""
    return escape(_ILLEGAL.sub("", words))


def num(value: float) -> str:
    """A length to the tenth: `36.7`, `12`."""
    return f"{value:.1f}".removesuffix(".0")


def drawn(look: str, size: str, named: Named | None, inside: Iterable[str]) -> str:
    """The `<svg>`. Without a name it is decoration, and hidden from who cannot see it."""
    if named is None:
        who, head = 'aria-hidden="true" focusable="false"', ""
    else:
        by, desc = text_of(named.by), text_of(named.desc_id)
        who = f'role="img" aria-labelledby="{by}" aria-describedby="{desc}"'
        head = f'<title id="{by}">{text_of(named.title)}</title>' if named.title else ""
        head += f'<desc id="{desc}">{text_of(named.desc)}</desc>'
    body = "".join(inside)
    namespace = 'xmlns="http://www.w3.org/2000/svg"'
    return f'<svg {namespace} class="th-chart {look}" {size} {who}>{head}{body}</svg>'


def hatch(named: Named) -> tuple[str, str]:
    """The pattern of what is incomplete or unknown, and the paint that uses it.

    Each chart has its own: a pattern inside a chart that is not shown paints nothing.
    """
    name = f"{text_of(named.desc_id)}-hatch"
    pattern = (
        f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="gap" width="6" height="6"/>'
        '<rect class="hatch" width="3" height="6"/></pattern></defs>'
    )
    return pattern, f'fill="url(#{name})"'


def wrapped(words: str, width: float, most: int = 3) -> list[str]:
    """Words in lines of about `width` px; what is left over stays in the last of `most` lines."""
    lines: list[str] = []
    for word in words.split():
        fits = lines and (len(lines[-1]) + 1 + len(word)) * LETTER <= width
        if lines and (fits or len(lines) == most):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def said(words: str, at: str, look: str = "", anchor: str = "") -> str:
    """One line of text; `at` holds its place as attributes."""
    kind = f' class="{look}"' if look else ""
    where = f' text-anchor="{anchor}"' if anchor else ""
    return f"<text{kind} {at}{where}>{text_of(words)}</text>"
