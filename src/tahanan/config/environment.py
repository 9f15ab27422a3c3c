"""The environment, read once: every setting with its type, its default and what it is for."""

from __future__ import annotations

import difflib
import os
import secrets
import stat
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "TAHANAN_"
# Read by the test suite alone, before any setting is.
_NOT_SETTINGS = "TAHANAN_TEST_"

Role = Literal["app", "owner", "steward"]


class EnvironmentRefused(ImproperlyConfigured):
    """An odd value in the environment, in one plain sentence for each."""


class Environment(BaseSettings):
    """Every setting of an installation. `read()` gives the one instance."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    var_dir: Path = Field(
        default=Path("var"),
        description="Folder for what an installation writes: database, logs, keys.",
    )
    keys_dir: Path = Field(
        default=Path("var/keys"),
        description="Folder of the installation's own keys (pepper, links, ledger, registrar). "
        "Keep it off the database's disk and out of its backups.",
    )
    secret_key_file: Path | None = Field(
        default=None,
        description="File with Django's signing secret, readable by its owner alone. When not "
        "given, `django-secret` in the keys folder; without either, a fresh one each start.",
    )
    database_url: str = Field(
        default="",
        validation_alias="DATABASE_URL",
        description="Where the app's role serves from: `postgresql://role:password@host:port/name` "
        "or `sqlite:///path`. When not given, SQLite in the var folder.",
    )
    owner_database_url: str = Field(
        default="", description="PostgreSQL only: the role that owns the tables and migrates them."
    )
    steward_database_url: str = Field(
        default="",
        description="PostgreSQL only: the role that runs tick, sealer, verify and counts, "
        "without sight of ciphertext.",
    )
    role: Role = Field(
        default="app",
        description="Which of the three roles this process connects as. Commands set it "
        "themselves; a person rarely needs to.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("localhost", "127.0.0.1", "[::1]"),
        description="Names this site answers to, separated by commas. No `*`.",
    )
    proxies: int = Field(
        default=0, ge=0, le=5, description="How many proxies of yours stand before the site."
    )
    secure_cookies: bool = Field(
        default=True,
        description="Cookies only over https (browsers make an exception for loopback).",
    )
    debug: bool = Field(
        default=False, description="Show tracebacks to the browser. Never with real data."
    )
    demonstration: bool = Field(
        default=False, description="This is a demonstration: synthetic people, said on every page."
    )
    tests: bool = Field(
        default=False, description="The test suite is running. Nobody sets this by hand."
    )
    argon_cost: Literal["full", "cheap"] = Field(
        default="full",
        description="Argon2id at full strength, or cheap: only in a demonstration or in tests.",
    )
    backup_dir: Path | None = Field(
        default=None, description="Folder that takes the encrypted backups, on another disk."
    )

    witnesses: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Two files, separated by a comma, each on another disk or machine than the "
        "database, that keep the ledger’s signed heads. When not given, both in the var folder, "
        "where they prove little.",
    )

    @field_validator("witnesses", mode="before")
    @classmethod
    def _split_paths(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(Path(part.strip()) for part in value.split(",") if part.strip())
        return value

    @field_validator("witnesses")
    @classmethod
    def _two_witnesses(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        if value and (len(value) < 2 or len({path.resolve() for path in value}) < len(value)):
            raise ValueError("it must name two different files")
        return value

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("hosts")
    @classmethod
    def _named_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("it must name at least one host")
        odd = [host for host in value if "*" in host or "/" in host]
        if odd:
            raise ValueError(f"“{odd[0]}” is not the name of one host")
        return value

    @field_validator("database_url", "owner_database_url", "steward_database_url")
    @classmethod
    def _readable_url(cls, value: str) -> str:
        if value:
            database(value)
        return value

    @model_validator(mode="after")
    def _together(self) -> Self:
        if self.argon_cost == "cheap" and not (self.demonstration or self.tests):
            raise ValueError(
                "TAHANAN_ARGON_COST is “cheap”, which is for a demonstration or tests only"
            )
        if self.debug and not (self.demonstration or self.tests) and _public(self.hosts):
            raise ValueError("TAHANAN_DEBUG is on while TAHANAN_HOSTS names more than this machine")
        if self.role != "app" and self.postgres and not self.url(self.role):
            raise ValueError(
                f"TAHANAN_ROLE is “{self.role}”, "
                f"but TAHANAN_{self.role.upper()}_DATABASE_URL is not set"
            )
        return self

    @property
    def postgres(self) -> bool:
        """Does the app serve from PostgreSQL?"""
        return self.database_url.startswith(("postgresql://", "postgres://"))

    def url(self, role: Role) -> str:
        """The database URL of one role; on SQLite all three are the same file."""
        if not self.postgres:
            return self.database_url or f"sqlite:///{(self.var_dir / 'tahanan.sqlite3').resolve()}"
        urls = {
            "app": self.database_url,
            "owner": self.owner_database_url,
            "steward": self.steward_database_url,
        }
        return urls[role]

    def secret_key(self) -> str:
        """Django's signing secret.

        Without a file each process draws its own: what it signs then dies with it. A file that
        others can read is refused, and so is a named file that is not there.
        """
        path = self.secret_key_file or self.keys_dir / "django-secret"
        if not path.exists():
            if self.secret_key_file:
                raise EnvironmentRefused(f"TAHANAN_SECRET_KEY_FILE names {path}, which is missing.")
            return secrets.token_urlsafe(48)
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise EnvironmentRefused(f"{path} can be read by others; make it mode 600.")
        text = path.read_text(encoding="utf-8").strip()
        if len(text) < 40:
            raise EnvironmentRefused(f"{path} holds fewer than 40 characters; make a new one.")
        return text


@cache
def read() -> Environment:
    """The environment of this process, read the first time it is asked for.

    Raises `EnvironmentRefused` with one sentence per fault.
    """
    _refuse_unknown()
    try:
        return Environment()
    except ValidationError as error:
        raise EnvironmentRefused(" ".join(_sentence(fault) for fault in error.errors())) from None


def names() -> dict[str, str]:
    """Field → the environment variable that sets it."""
    return {
        field: str(detail.validation_alias or f"{PREFIX}{field.upper()}")
        for field, detail in Environment.model_fields.items()
    }


def database(url: str) -> dict[str, Any]:
    """The Django connection settings that `url` names (engine, name, host …), without options.

    Raises `ValueError` with a sentence when it is not a PostgreSQL or SQLite URL.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        if not parts.path.strip("/") or parts.netloc:
            raise ValueError("a SQLite URL is sqlite:///path/of/the/file")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:])}
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("a database URL begins with postgresql:// or sqlite:///")
    name = unquote(parts.path.lstrip("/"))
    if not name or not parts.username:
        raise ValueError("a PostgreSQL URL is postgresql://role:password@host:port/name")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(options.pop("port", parts.port or "")),
        "OPTIONS": options,
    }


def _public(hosts: tuple[str, ...]) -> bool:
    return any(host not in {"localhost", "127.0.0.1", "[::1]"} for host in hosts)


def _refuse_unknown() -> None:
    """A misspelt setting is a setting that silently does nothing."""
    known = sorted(names().values())
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and not name.startswith(_NOT_SETTINGS) and name not in known:
            ours = [setting.removeprefix(PREFIX) for setting in known]
            near = difflib.get_close_matches(name.removeprefix(PREFIX), ours, n=1)
            hint = f" Did you mean {PREFIX}{near[0]}?" if near else ""
            raise EnvironmentRefused(f"{name} is not a setting of Tahanan.{hint}")


def _sentence(fault: Any) -> str:
    """One fault of pydantic's as one sentence that names the variable and never a password."""
    reason = str(fault["msg"]).removeprefix("Value error, ")
    if not fault["loc"]:
        return f"{reason}."
    field = str(fault["loc"][0])
    name = names().get(field, field)
    if "url" in name.lower():
        return f"{name} is odd: {reason}."
    return f"{name} is “{fault['input']}”, which is odd: {reason[0].lower()}{reason[1:]}."
