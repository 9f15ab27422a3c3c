"""What a transaction says of itself to the walls: whose links it may read by."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from tahanan.records.fields import TeamLink, TenantLink


def admit(
    connection: BaseDatabaseWrapper, team_links: Iterable[TeamLink], tenant: TenantLink
) -> None:
    """Let this transaction, and no later one, see rows granted to `team_links` of `tenant`."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('tahanan.teams', %s, true), set_config('tahanan.tenant', %s, true)",
            [",".join(map(str, team_links)), str(tenant)],
        )
