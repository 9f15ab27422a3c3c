"""One page as the list of pages names it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journeys.steps import Step

MEND = "Error: "


@dataclass(frozen=True)
class Sight:
    """One page: its address, its title, what is done first; its h1 where that says more.

    The server answers 200, and 422 to what is to be mended, or as `status` says. In title and h1 a
    star stands for what changes from day to day. `reaches` names the address whose page it is,
    where something pressed leads to another.
    """

    address: str
    title: str
    steps: tuple[Step, ...] = ()
    h1: str = ""
    status: int = 0
    reaches: str = ""

    @property
    def heading(self) -> str:
        """The page's h1."""
        return self.h1 or self.title.removeprefix(MEND)

    @property
    def answer(self) -> int:
        """What the server answers."""
        return self.status or (422 if self.title.startswith(MEND) else 200)
