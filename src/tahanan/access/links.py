"""The columns that hold keyed links, each with the narrowest scope its queries allow."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Generic, TypeVar
from uuid import UUID

from tahanan.access import installation
from tahanan.records.fields import (
    AccountLink,
    FacilityLink,
    Link,
    PersonLink,
    SuspectLink,
    TeamLink,
    TenantLink,
)
from tahanan.vault import links
from tahanan.vault.links import COLUMN, month, row

K = TypeVar("K", bound=Link)

# A facility's open grants are looked for in the months a stay can have begun in.
MONTHS_BACK = 30


class LinkColumn(Generic[K]):
    """One column of links of one kind, under the key of this installation."""

    def __init__(self, kind: type[K], name: str) -> None:
        self.kind = kind
        self.name = name

    def close(self, target: UUID, scope: bytes = COLUMN) -> K:
        """The link to `target` within `scope`."""
        return self.kind(int=_column(self.name).close(target, scope).int)

    def open(self, link: K, scope: bytes = COLUMN) -> UUID:
        """The id that `link` leads to within `scope`. Refuses a link of another kind."""
        if not isinstance(link, self.kind):
            raise TypeError(f"{self.name} holds {self.kind.__name__}, not {type(link).__name__}")
        return _column(self.name).open(link, scope)

    def close_blocks(self, targets: bytes, scopes: bytes) -> list[bytes]:
        """The links to many targets, each in its scope: 16 bytes each, one piece each way."""
        closed = _column(self.name).close_blocks(targets, scopes)
        return [closed[at : at + links.BLOCK] for at in range(0, len(closed), links.BLOCK)]

    def open_many(self, pairs: list[tuple[K, bytes]]) -> list[UUID]:
        """The ids that many (link, scope) pairs lead to, in their order."""
        return _column(self.name).open_many(pairs)


@cache
def _column(name: str) -> links.Column:
    key = links.tenant_key(installation.roots().links_root, installation.here().tenant)
    return links.Column(key, name)


def forget() -> None:
    """Derive every column anew: after `install`, and between tests."""
    _column.cache_clear()


TENANT = LinkColumn(TenantLink, "row.tenant")
GRANT_TEAM = LinkColumn(TeamLink, "grant.team")
GRANT_HOME = LinkColumn(TeamLink, "grant.home")
STAY_HOME = LinkColumn(FacilityLink, "stay.home")
INTAKE_TEAM = LinkColumn(TeamLink, "intake.team")
LEDGER_TEAM = LinkColumn(TeamLink, "ledger.team")
ACCOUNT_PERSON = LinkColumn(PersonLink, "account.person")
# One column for the rows of three tables: what is known of one suspect is counted once.
SUSPECT = LinkColumn(SuspectLink, "suspect")
SESSION_ACCOUNT = LinkColumn(AccountLink, "session.account")


def grant_person(team: UUID) -> LinkColumn[PersonLink]:
    """The person on a grant: another column for each team, so teams cannot be joined by people."""
    return LinkColumn(PersonLink, f"grant.person/{team}")


def recorded_by(table: str) -> LinkColumn[PersonLink]:
    """The recorder of a row of `table`; its scope is the row."""
    return LinkColumn(PersonLink, f"{table}.recorded_by")


def tenant() -> TenantLink:
    """The mark that every file-room row of this installation carries."""
    return TENANT.close(installation.here().tenant)


def months(until: date, count: int = MONTHS_BACK) -> list[bytes]:
    """The scopes of the last `count` months, the latest first."""
    first = 12 * until.year + until.month - 1
    return [month(date((m // 12), m % 12 + 1, 1)) for m in range(first, first - count, -1)]


__all__ = [
    "ACCOUNT_PERSON",
    "COLUMN",
    "GRANT_HOME",
    "GRANT_TEAM",
    "INTAKE_TEAM",
    "LEDGER_TEAM",
    "SESSION_ACCOUNT",
    "STAY_HOME",
    "SUSPECT",
    "TENANT",
    "LinkColumn",
    "grant_person",
    "month",
    "months",
    "recorded_by",
    "row",
    "tenant",
]
