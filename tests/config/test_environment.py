"""The environment, read once: odd values are refused in one plain sentence."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tahanan.config import environment
from tahanan.config.environment import Environment, EnvironmentRefused

Read = Callable[..., Environment]
POSTGRES = "postgresql://tahanan_app_login:secret-word@db.example:5433/tahanan?sslmode=require"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Read:
    """The environment as it would be read with these variables and no other of ours."""
    for name in list(os.environ):
        if name == "DATABASE_URL" or name.startswith("TAHANAN_"):
            monkeypatch.delenv(name)

    def fresh(**variables: str) -> Environment:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return environment.read.__wrapped__()

    return fresh


def test_nothing_set_is_one_safe_installation_on_sqlite(read: Read) -> None:
    plain = read()
    assert plain.url("app") == f"sqlite:///{Path('var/tahanan.sqlite3').resolve()}"
    assert plain.url("app") == plain.url("owner") == plain.url("steward")
    assert (plain.debug, plain.demonstration, plain.tests) == (False, False, False)
    assert plain.secure_cookies
    assert plain.argon_cost == "full"


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"TAHANAN_DEBUG": "maybe"}, r"TAHANAN_DEBUG is “maybe”, which is odd: .+"),
        ({"TAHANAN_HOSTS": "*"}, "TAHANAN_HOSTS .+ “\\*” is not the name of one host."),
        ({"TAHANAN_HOSTS": " , "}, "it must name at least one host"),
        ({"TAHANAN_PROXIES": "12"}, "TAHANAN_PROXIES is “12”"),
        ({"TAHANAN_ARGON_COST": "cheap"}, "for a demonstration or tests only"),
        ({"TAHANAN_DEBUG": "yes", "TAHANAN_HOSTS": "tahanan.example"}, "more than this machine"),
        ({"TAHANAN_WITNESSES": "/a"}, "two different files"),
        ({"TAHANAN_ROLE": "superuser"}, "TAHANAN_ROLE is “superuser”"),
        ({"DATABASE_URL": "mysql://u:p@h/name"}, "DATABASE_URL is odd: a database URL begins with"),
        ({"DATABASE_URL": "postgresql://host/name"}, "postgresql://role:password@host:port/name"),
        ({"DATABASE_URL": "postgresql://role@host:x/name"}, "DATABASE_URL is odd: .*[Pp]ort"),
        ({"DATABASE_URL": "sqlite://relative"}, "sqlite:///path/of/the/file"),
        (
            {"DATABASE_URL": POSTGRES, "TAHANAN_ROLE": "owner"},
            "but TAHANAN_OWNER_DATABASE_URL is not set",
        ),
        ({"TAHANAN_DEBGU": "yes"}, "TAHANAN_DEBGU is not a setting .* Did you mean TAHANAN_DEBUG?"),
        ({"TAHANAN_ZEBRA": "yes"}, "TAHANAN_ZEBRA is not a setting of Tahanan.$"),
    ],
)
def test_an_odd_value_is_refused_in_a_sentence(
    read: Read, variables: dict[str, str], sentence: str
) -> None:
    with pytest.raises(EnvironmentRefused, match=sentence):
        read(**variables)


def test_every_fault_is_named_at_once(read: Read) -> None:
    with pytest.raises(EnvironmentRefused, match=r"TAHANAN_HOSTS .*TAHANAN_DEBUG "):
        read(TAHANAN_HOSTS="*", TAHANAN_DEBUG="maybe")


def test_a_refusal_never_repeats_a_password(read: Read) -> None:
    with pytest.raises(EnvironmentRefused) as refused:
        read(DATABASE_URL="mysql://role:secret-word@host/name")
    assert "secret-word" not in str(refused.value)


def test_a_postgresql_address_is_read_whole(read: Read) -> None:
    assert environment.database(read(DATABASE_URL=POSTGRES).url("app")) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "tahanan",
        "USER": "tahanan_app_login",
        "PASSWORD": "secret-word",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }
    socket = environment.database("postgresql://keeper@/name?host=%2Frun%2Fpg")
    assert (socket["HOST"], socket["PORT"]) == ("/run/pg", "")


def test_cheap_passphrases_are_for_the_demonstration(read: Read) -> None:
    cheap = read(TAHANAN_DEMONSTRATION="yes", TAHANAN_ARGON_COST="cheap")
    assert cheap.argon_cost == "cheap"


def test_the_signing_secret_comes_from_a_file_that_nobody_else_reads(
    read: Read, tmp_path: Path
) -> None:
    file = tmp_path / "django-secret"
    given = read(TAHANAN_KEYS_DIR=str(tmp_path))
    assert given.secret_key() != given.secret_key(), "without a file, one for each process"
    file.write_text("k" * 50, encoding="utf-8")
    file.chmod(0o644)
    with pytest.raises(EnvironmentRefused, match="can be read by others"):
        given.secret_key()
    file.chmod(0o600)
    assert given.secret_key() == "k" * 50
    file.write_text("short", encoding="utf-8")
    with pytest.raises(EnvironmentRefused, match="fewer than 40 characters"):
        given.secret_key()


def test_a_named_secret_file_that_is_missing_is_refused(read: Read, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentRefused, match="which is missing"):
        read(TAHANAN_SECRET_KEY_FILE=str(tmp_path / "nowhere")).secret_key()
