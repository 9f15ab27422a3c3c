"""The three roles of PostgreSQL: owner migrates, app serves, steward tends without reading.

    python -m tahanan.records.walls.roles NAME | psql --set=ON_ERROR_STOP=1 postgres

prints what an administrator runs once, to read before running it.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

OWNER = "tahanan_owner"
APP = "tahanan_app"
STEWARD = "tahanan_steward"
ROLES = (OWNER, APP, STEWARD)


class RoleRefused(ImproperlyConfigured):
    """The database role could look past row-level security, so this process does not serve."""


def login(role: str) -> str:
    """The login that stands for a role. The role itself cannot sign in, so a login is replaced
    (a new password, a new machine) without touching a single policy.
    """
    return f"{role}_login"


def creation(passwords: Mapping[str, str | None]) -> list[str]:
    """Statements that make the roles and their logins; role → password, or None for peer sign-in.

    Run by somebody who may create roles. Safe to repeat; passwords are then set anew.
    """
    made = []
    for role in ROLES:
        made.append(_create(role, "NOLOGIN"))
        made.append(
            f"ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION"
        )
        made.append(_create(login(role), "LOGIN"))
        password = passwords[role]
        secret = f" PASSWORD {_quoted(password)}" if password else ""
        made.append(
            f"ALTER ROLE {login(role)} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
            f"{secret}"
        )
        made.append(f"GRANT {role} TO {login(role)}")
        # Whatever the server logs of statements, it logs no values with them.
        made.append(f"ALTER ROLE {login(role)} SET log_parameter_max_length = 0")
        made.append(f"ALTER ROLE {login(role)} SET log_parameter_max_length_on_error = 0")
        # A failed statement's DETAIL line repeats the row that failed.
        made.append(f"ALTER ROLE {login(role)} SET log_error_verbosity = 'terse'")
    # What the owner's login makes belongs to the owner.
    made.append(f"ALTER ROLE {login(OWNER)} SET role = '{OWNER}'")
    return made


def letting_in(database: str) -> list[str]:
    """Statements that let the three roles into `database`, and everybody else out."""
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO {", ".join(ROLES)}',
        f'GRANT CREATE ON DATABASE "{database}" TO {OWNER}',
    ]


def opening() -> list[str]:
    """Statements, run inside the new database, that give the owner its schema and nobody else."""
    return [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}, {STEWARD}",
    ]


def refuse_strong(*, connection: Any, **_signal: Any) -> None:
    """Django's `connection_created`: the serving roles must be subject to the policies.

    Raises RoleRefused for a superuser, a role with BYPASSRLS, or one that may become the owner.
    """
    if connection.vendor != "postgresql":
        return
    if connection.settings_dict.get("ROLE") == "owner":
        return
    key = (connection.settings_dict["HOST"], connection.settings_dict["USER"])
    if key in _weak:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, pg_has_role(current_user, %s, 'MEMBER') "
            "FROM pg_roles WHERE rolname = current_user",
            [OWNER],
        )
        name, superuser, bypasses, owner = cursor.fetchone()
    if superuser or bypasses or owner:
        connection.close()
        why = "is a superuser" if superuser else "has BYPASSRLS" if bypasses else "owns the tables"
        raise RoleRefused(
            f"The database role {name} {why}, so row-level security would not hold. "
            f"Serve as {login(APP)}."
        )
    _weak.add(key)


_weak: set[tuple[str, str]] = set()


def _create(role: str, can: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
        f"THEN CREATE ROLE {role} {can}; END IF; END $$"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def main(database: str) -> None:
    """Print the whole set-up of `database` as SQL for psql, with new passwords and their URLs."""
    passwords: dict[str, str | None] = {role: secrets.token_urlsafe(24) for role in ROLES}
    database_made = f'CREATE DATABASE "{database}" OWNER {OWNER}'
    lines = [*creation(passwords), database_made, *letting_in(database)]
    script = ";\n".join(lines) + f';\n\\connect "{database}"\n' + ";\n".join(opening())
    urls = "\n".join(
        f"-- {setting}=postgresql://{login(role)}:{passwords[role]}@127.0.0.1:5432/{database}"
        for setting, role in (
            ("DATABASE_URL", APP),
            ("TAHANAN_OWNER_DATABASE_URL", OWNER),
            ("TAHANAN_STEWARD_DATABASE_URL", STEWARD),
        )
    )
    sys.stdout.write(f"-- For the environment of the installation:\n{urls}\n\n{script};\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "tahanan")
