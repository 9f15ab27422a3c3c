"""Keyed links as a column type: one class per kind of target (keyed-links.md §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from django.db import models


class Link(UUID):
    """An enciphered id; it opens only with the links key, its column and its scope."""


class TenantLink(Link):
    """Stands for the programme that owns the row."""


class TeamLink(Link):
    """Stands for a team."""


class PersonLink(Link):
    """Stands for a person."""


class FacilityLink(Link):
    """Stands for a facility."""


class SuspectLink(Link):
    """Stands for a suspect."""


class AccountLink(Link):
    """Stands for an account."""


K = TypeVar("K", bound=Link)

if TYPE_CHECKING:

    class _Column(models.UUIDField[K, K], Generic[K]):
        """A `uuid` column of links, as the type checker sees it."""
else:

    class _Column(models.UUIDField, Generic[K]):
        """A `uuid` column of links (Django's fields take no parameters at run time)."""


class LinkField(_Column[K]):
    """A `uuid` column that takes and gives links of one kind only."""

    def __init__(self, kind: type[K], **options: Any) -> None:
        self.kind = kind
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """For migrations: the kind is the first argument."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.kind, *args], kwargs

    def to_python(self, value: Any) -> Any:
        """A link of this field's kind; anything else is a programming error, not input."""
        if value is None or isinstance(value, self.kind):
            return value
        raise TypeError(f"{self.name} takes a {self.kind.__name__}, not {type(value).__name__}")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """As the driver wants it; links of another kind are refused here too."""
        value = self.to_python(value)
        if value is None or connection.features.has_native_uuid_field:
            return value
        return value.hex

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> K | None:
        """What the driver gives (UUID or 32 hexadecimal characters), as a link of this kind."""
        if value is None:
            return None
        return self.kind(int=value.int) if isinstance(value, UUID) else self.kind(hex=value)

    def get_db_converters(self, connection: Any) -> Any:
        """Only ours: the base converter would make a plain UUID."""
        return [self.from_db_value]


def maybe_link(kind: type[K]) -> models.UUIDField[K | None, K | None]:
    """A LinkField that may be empty."""
    field: models.UUIDField[Any, Any] = LinkField(kind, null=True)
    return field
