"""Writing copies: one command, behind the door like every change."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from tahanan.access.visit import Visit
from tahanan.base.errors import Refusal
from tahanan.casework.copies.blocks import Block, Renamed, TeamCopy
from tahanan.casework.copies.reading import refuse_real
from tahanan.casework.door import command


@command("copy_block")
def copy_block(
    visit: Visit,
    *,
    block: Block,
    times: int,
    teams: Mapping[UUID, TeamCopy],
    renamed: Renamed | None = None,
) -> UUID:
    """Write `times` copies of a block, held by `teams` instead of its own. Gives the last case.

    The actor is a member of the casework teams that hold the copies. `renamed` gives each child of
    a copy a name of her own. Raises Refusal outside a demonstration.
    """
    refuse_real()
    if times < 1:
        raise Refusal("nothing", _("Copy a block at least once."))
    visit.details["copies"] = times * block.cases
    deal = block.press.deal(teams)
    for turn in range(times):
        last = block.press.copy(deal, turn, renamed)
    return UUID(bytes=last)
