"""Every entry × who presents what, by hand: hers, a guess, or nothing that fits.

An entry is made by a part of the system for somebody who is nobody yet, so it is not a person's
relation that decides but what she holds. Each leaves exactly one entry in the ledger, failures too;
what fails changes nothing but how often it was tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from tests import house as houses
from tests.access import traces
from tests.casework import gatehouse
from tests.casework.gatehouse import HERE, Someone, code, first_step, sign_in
from tests.house import House

from tahanan.base import ids
from tahanan.base.errors import Refusal
from tahanan.casework import entry, people
from tahanan.casework.entry import Cookies, factors, tries
from tahanan.records.vocabulary import Relation

# Who opens her keys at the machine has no session: they live as long as the verb that asked.
LEAVES_NO_ROW = {"open_for_import"}
NOBODYS = Cookies("A" * 43, "B" * 43)
COUNTERS = {"records_tries", "records_pendingunlock", "records_session"}
Staff = dict[str, Any]


@dataclass
class Presents:
    """What somebody holds: Ana's own things, a guess at her secret, or nothing that fits."""

    staff: Staff
    how: str

    @property
    def ana(self) -> Someone:
        """Ana."""
        return self.staff["ana"]  # type: ignore[no-any-return]

    @property
    def phrase(self) -> str:
        """Her words, or not hers."""
        return self.ana.phrase if self.how == "hers" else "no words of hers"

    @property
    def name(self) -> str:
        """Her sign-in name, or nobody's."""
        return "nobody.here" if self.how == "nothing" else self.ana.name

    @property
    def on_card(self) -> str:
        """The sign-in name on Nora's card, or nobody's."""
        return "nobody.here" if self.how == "nothing" else "nora.abad"

    def cookies(self) -> Cookies:
        """Of her session, or of none."""
        return NOBODYS if self.how == "nothing" else self.staff["session"]  # type: ignore[no-any-return]


def _second(said: Presents) -> Any:
    cookies = NOBODYS if said.how == "nothing" else said.staff["waiting"]
    typed = code(said.ana) if said.how == "hers" else "no code"
    return entry.second_factor(entry.GATE, cookies=cookies, code=typed, where=HERE)


def _kept(said: Presents, *, words: bool) -> Any:
    cookies = said.cookies()
    proposal = entry.propose(
        entry.GATE, cookies=cookies, name=said.name, phrase=said.phrase, words=words,
        phone=not words,
    )  # fmt: skip
    if isinstance(proposal, entry.Refused):
        return proposal
    if words:
        return entry.keep_words(
            entry.GATE, cookies=cookies, token=proposal.token, phrase=proposal.words.phrase
        )
    typed = factors.code_now(proposal.phone.secret)
    return entry.keep_phone(entry.GATE, cookies=cookies, token=proposal.token, code=typed)


def _hammered(said: Presents) -> Any:
    """Tried so often that whoever tries again waits, whatever she holds."""
    for _ in range(tries.OF_ONE_NAME):
        entry.sign_in(entry.GATE, name=said.name, phrase="no", where=HERE)
    return entry.sign_in(entry.GATE, name=said.name, phrase=said.phrase, where=HERE)


def _hammered_card(said: Presents) -> Any:
    for _ in range(tries.OF_ONE_NAME):
        people.read_card(entry.GATE, name=said.on_card, code="2222-2222-2222-2222", where=HERE)
    return _read(said)


def _read(said: Presents) -> Any:
    card = said.staff["card"] if said.how == "hers" else "3333-3333-3333-3333"
    return people.read_card(entry.GATE, name=said.on_card, code=card, where=HERE)


def _accepted(said: Presents) -> Any:
    """The card turned into an account, in three steps: each in a room of its own."""
    read = _read(said)
    if isinstance(read, entry.Refused):
        return read
    assert read.words is not None
    assert read.phone is not None
    return people.accept_invitation(
        entry.GATE, name="nora.abad", code=said.staff["card"], token=read.token,
        phrase=read.words.phrase, phone_code=factors.code_now(read.phone.secret),
    )  # fmt: skip


@dataclass(frozen=True)
class Way:
    """What who holds hers, a guess, or nothing is told, and how many entries are written of it.

    “+” it is done; “x” that it does not fit; “0” nothing here; “=” not a word, as though it had
    been done. “0” entries: there is no session that it could be about, and nothing is looked at.
    """

    act: Callable[[Presents], Any]
    told: str
    entries: str
    verb: str


def _of_session(act: Any, **more: Any) -> Callable[[Presents], Any]:
    return lambda said: act(entry.GATE, cookies=said.cookies(), **more)


CARD = Way(_accepted, "+xx", "311", "accept_invitation")
ENTRIES: dict[str, Way] = {
    "entry.acts._answer": Way(
        lambda s: entry.sign_in(entry.GATE, name=s.name, phrase=s.phrase, where=HERE),
        "+xx", "111", "sign_in",
    ),
    "entry.acts.refuse_waiting": Way(_hammered, "xxx", "666", "sign_in"),
    "entry.acts.second_factor": Way(_second, "+xx", "111", "second_factor"),
    "entry.acts._unlock": Way(
        lambda s: entry.unlock(entry.GATE, cookies=s.cookies(), phrase=s.phrase),
        "+xx", "111", "unlock",
    ),
    "entry.acts.lock": Way(_of_session(entry.lock), "++=", "111", "lock"),
    "entry.acts.sign_out": Way(_of_session(entry.sign_out), "++=", "111", "sign_out"),
    "entry.acts.change_person": Way(
        _of_session(entry.change_person), "++=", "111", "change_person"
    ),
    "entry.importing._opened": Way(
        lambda s: entry.open_keys(name=s.name, phrase=s.phrase), "+xx", "111", "open_for_import"
    ),
    "entry.language.choose_language": Way(
        _of_session(entry.choose_language, code="ceb"), "++0", "111", "choose_language"
    ),
    "entry.own.forget_device": Way(
        _of_session(entry.forget_device, device=ids.uuid4()), "++x", "111", "forget_device"
    ),
    "entry.own._keep_words": Way(lambda s: _kept(s, words=True), "+xx", "110", "new_words"),
    "entry.own._keep_phone": Way(lambda s: _kept(s, words=False), "+xx", "110", "new_phone"),
    "entry.own._new_spare_codes": Way(
        lambda s: entry.new_spare_codes(entry.GATE, cookies=s.cookies(), phrase=s.phrase),
        "+xx", "110", "new_spare_codes",
    ),
    "entry.own._wrong_words": Way(
        _of_session(entry.new_spare_codes, phrase="not hers"), "xxx", "110", "step_up"
    ),
    "people.cards._take_public_half": CARD,
    "people.cards._open_account": CARD,
    "people.cards._found_keys": CARD,
    "people.cards._no_such_card": Way(
        lambda s: people.read_card(entry.GATE, name=s.name, code="2222-2222-2222-2222", where=HERE),
        "xxx", "111", "accept_invitation",
    ),
    "people.cards._wait": Way(_hammered_card, "xxx", "666", "accept_invitation"),
}  # fmt: skip


def stand(house: House, how: str, way: Way) -> Presents:
    """The gate's house: Ana signed in, or on her way in; Nora with a card in her hand."""
    staff = houses.snapshot(house, "gate", gatehouse.build)
    admin = gatehouse.actor(staff["ada"])
    nora = people.invite(
        admin, name="Nora Abad", title="", team=staff["team"], role=Relation.SUPERVISOR
    )
    staff["card"] = people.make_card(admin, person=nora, sign_in_name="nora.abad").code
    if way.verb == "second_factor":
        staff["waiting"] = first_step(staff["ana"])
    else:
        staff["session"] = sign_in(staff["ana"]).cookies
    return Presents(staff, how)


def told(act: Callable[[], Any]) -> str:
    """One mark of the table. What was done without a word is “+” as well."""
    try:
        said = act()
    except Refusal as refusal:
        return "0" if refusal.status == 404 else str(refusal.status)
    return "x" if isinstance(said, entry.Refused) else "+"


@pytest.mark.parametrize("name", ENTRIES)
def test_each_entry_tells_everybody_what_the_table_says(watch: traces.Watch, name: str) -> None:
    way = ENTRIES[name]
    house = House()
    for at, how in enumerate(("hers", "guess", "nothing")):
        watch.close()
        said = stand(house, how, way)
        before, stood = watch.tables(), traces.standing()
        mark = told(lambda said=said: way.act(said))
        now, entries = watch.tables(), watch.entries_since(stood)
        changed = {table for table in now if now[table] != before[table]}
        wanted = way.told[at]
        assert mark == wanted.replace("=", "+"), (name, how)
        assert len(entries) == int(way.entries[at]), (name, how, entries)
        assert {each.outcome for each in entries} <= {"refused" if wanted == "0" else "entry"}
        assert all(each.system == "gate" and each.actor is None for each in entries)
        assert not entries or entries[-1].verb == (way.verb if mark == "+" else entries[-1].verb)
        if wanted == "+" and way.verb not in LEAVES_NO_ROW:
            assert changed, (name, how)
        else:
            assert changed <= COUNTERS, (name, how)
    house.close()
