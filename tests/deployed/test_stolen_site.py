"""The stolen installation, lived in (security.md §9.3): names entered through the pages themselves.

A real server from the wheel; a case manager types a name of its own into every field of every form
she is offered: kept, refused with errors, sent while locked, sent as a file. Then the disk is
searched: database, journal, sessions, what the server said, temporary files, PostgreSQL's own log.
"""

from __future__ import annotations

import base64
import ctypes
import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import IntegrityError
from tests import house as houses
from tests.cast.cast import Cast
from tests.deployed import installed
from tests.deployed.browser import Browser, Form
from tests.deployed.installed import Served
from tests.deployed.planting import Planter, canary
from tests.disk import dump, encodings, found_in, put_away
from tests.house import House

from tahanan.access import links
from tahanan.access.visit import Visit
from tahanan.casework.door import command
from tahanan.casework.entry import factors
from tahanan.records.models import Clock
from tahanan.world import accounts

IN_THE_OPEN = "Silungan ng Bata"


def lorna(site: Served) -> Browser:
    who = next(account for account in accounts() if account.key == "lorna")
    browser = site.browser()
    installed.sign_in(
        browser, who.sign_in, who.passphrase, lambda: factors.code_now(who.totp_secret)
    )
    return browser


def lived_in(site: Served) -> Planter:
    """A night at the pages. Gives everything that was typed."""
    stranger = Planter(site.browser())
    for address in ("/sign-in", "/sign-in/recovery", "/card"):
        page = stranger.browser.get(address).page
        stranger.send(next(form for form in page.forms if form.texts))
    planter = Planter(lorna(site))
    planter.everywhere()
    _look_for(planter)
    child = _a_child(planter)
    _send_a_file(planter, child)
    _send_while_locked(planter, child)
    planter.planted += stranger.planted
    return planter


def _a_child(planter: Planter) -> str:
    links = planter.browser.get("/children").page.links
    return next(link for link in links if "/children/" in link)


def _look_for(planter: Planter) -> None:
    form = next(f for f in planter.browser.get("/find").page.forms if "q" in f.fields)
    assert planter.send(form).status == 200


def _note(planter: Planter, child: str) -> Form:
    page = planter.browser.get(f"{child}/notes/care/write").page
    return next(form for form in page.forms if "text" in form.fields)


def _send_a_file(planter: Planter, child: str) -> None:
    """No form takes a file. One is sent all the same: of nothing, and of three megabytes."""
    for content in (b"", f"{planter.name()} ".encode() * 200_000):
        form, edge = _note(planter, child), "edge" * 6
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (form.fields | {"text": planter.name()}).items()
        ]
        named = f'name="{planter.name()}"; filename="{planter.name()}.jpg"'
        parts.append(f"--{edge}\r\nContent-Disposition: form-data; {named}\r\n".encode())
        parts.append(b"Content-Type: image/jpeg\r\n\r\n" + content + f"\r\n--{edge}--\r\n".encode())
        kind = f"multipart/form-data; boundary={edge}"
        answer = planter.browser.ask("POST", form.action, b"".join(parts), kind)
        assert answer.status in (200, 302, 422), answer.text


def _send_while_locked(planter: Planter, child: str) -> None:
    """Her session is locked half-way through a note: what she sends then is not kept."""
    form = _note(planter, child)
    unlock = planter.browser.cookies.pop("__Host-unlock")
    assert planter.send(form).status == 423
    planter.browser.cookies["__Host-unlock"] = unlock


@contextmanager
def files_made(folder: Path) -> Iterator[Callable[[], list[str]]]:
    """Every file that is made in `folder` meanwhile, also those that are gone again."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    made, moved_here = 0x100, 0x80
    assert libc.inotify_add_watch(watch, os.fsencode(folder), made | moved_here) >= 0

    def names() -> list[str]:
        try:
            told = os.read(watch, 65536)
        except BlockingIOError:
            return []
        return [each.decode() for each in told[16:].split(b"\0") if each.isascii() and each]

    try:
        yield names
    finally:
        os.close(watch)


def read_again(planter: Planter) -> str:
    """What the site shows of the children she wrote about, every pane opened."""
    shown = []
    for child in planter.cases:
        page = planter.browser.get(f"/children/{child}")
        shown.append(page.text)
        for form in page.page.forms:
            if "open" in form.fields or "open" in form.choices:
                parts = form.choices.get("open") or [form.fields["open"]]
                shown += [planter.browser.send(form, open=part).text for part in parts]
    return "\n".join(shown)


def test_no_name_typed_into_a_page_stands_on_the_disk(world: House, tmp_path: Path) -> None:
    with installed.served(world, tmp_path) as site, files_made(tmp_path / "scratch") as made:
        planter = lived_in(site)
        assert not made(), "the server wrote a temporary file"
        shown = read_again(planter)
        running = [site.output, *_on_disk(world, tmp_path)]
        assert not found_in(running, planter.planted)
    files = [*put_away(world), *_on_disk(world, tmp_path)]
    _the_search_sees(files)
    assert not found_in(files, planter.planted)
    columns = b"\n".join(dump())
    assert IN_THE_OPEN.encode() in columns
    assert not [n for n in planter.planted if any(form in columns for form in encodings(n))]
    kept = [name for name in planter.planted if name in shown]
    # What was typed was really taken in, and really refused: else all of this proves nothing.
    assert len(planter.planted) > 100, len(planter.planted)
    assert len(kept) > 12, sorted(planter.answers.items())
    statuses = {status for _form, status in planter.answers}
    assert {200, 302, 423} <= statuses, planter.answers


def _on_disk(house: House, folder: Path) -> list[Path]:
    """What lies about while the site runs: its folder, its output, its temporary files."""
    found = [Path(at) / name for top in (folder, house.var_dir) for at, _, names in os.walk(top)
             for name in names]  # fmt: skip
    if house.backend == "sqlite" and (folder / "output").exists():
        assert any(file.name.endswith("sqlite3") for file in found)
    return found


def _the_search_sees(files: list[Path]) -> None:
    """What is known to stand there, in the rows and in each log: else the search is blind."""
    assert found_in(files, [IN_THE_OPEN])
    assert ("Started worker-1", "output") in found_in(files, ["Started worker-1"])
    if houses.backend() == "postgres":
        said = found_in(files, ["database system is ready"])
        assert {name.rpartition(".")[2] for _word, name in said} >= {"log"}


@pytest.mark.parametrize("clothes", [
    str.encode, lambda n: n.encode("utf-16-le"), lambda n: n.encode("utf-16-be"),
    lambda n: n.encode("latin-1"), lambda n: n.encode().hex().encode(),
    lambda n: base64.b64encode(n.encode()), lambda n: base64.b64encode(b"x" + n.encode()),
    lambda n: base64.urlsafe_b64encode(b"xy" + n.encode()), lambda n: quote(n).encode(),
    lambda n: json.dumps({"name": n}).encode(), lambda n: gzip.compress(b"a b c " + n.encode() * 3),
    lambda n: zlib.compress(n.encode() * 3), lambda n: n.lower().encode(),
    lambda n: n.lower().replace("í", "i").replace("ñ", "n").encode(),
    lambda n: n.encode("ascii", "xmlcharrefreplace"),
])  # fmt: skip
def test_the_search_knows_a_name_in_any_clothes(
    clothes: Callable[[str], bytes], tmp_path: Path
) -> None:
    """The positive control of every encoding: written to a file, it is found there."""
    name = canary()
    (tmp_path / "file").write_bytes(b"\x00\x1f" * 50 + clothes(name) + b"\xff" * 50)
    assert found_in([tmp_path / "file"], [name]) == {(name, "file")}
    assert not found_in([tmp_path / "file"], [canary()])


@command("share")
def spoil(visit: Visit, *, case: UUID, typed: str) -> UUID:
    """A row the database must refuse, with a name in it where none belongs."""
    row = Clock(tenant=links.tenant(), case_id=case, kind=typed, because=case)
    row.due_on = visit.today
    row.save(force_insert=True)
    return case


@pytest.mark.postgres
def test_a_row_that_the_database_refuses_is_not_written_to_its_log(cast: Cast) -> None:
    """PostgreSQL would log the failing row as DETAIL, and a failed statement with its values."""
    log = next(houses.data_directory().parent.glob("*.log"))
    before, typed = log.stat().st_size, canary()
    with pytest.raises(IntegrityError, match="clock_kind_known"):
        spoil(cast.ana, case=cast.maya, typed=typed)
    said = log.read_bytes()[before:]
    assert b"clock_kind_known" in said, "the server logs what it refuses"
    assert b"INSERT INTO" in said, "and the statement"
    assert not [form for form in encodings(typed) if form in said]
    assert b"Failing row" not in said
