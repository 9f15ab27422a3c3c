"""Every address × everybody, by hand: what a GET answers. An address that is not here fails.

302 leads a stranger to sign in, or onwards; 403 says why; 404 says nothing; 405 is only sent,
never looked at; 423 is the locked page. Who is shown a form may send it (test_forms.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLResolver, get_resolver, reverse
from tests.access import addresses
from tests.cast.cast import Cast

PEOPLE = (
    "nobody", "locked", "ana", "ben", "coby", "cora", "hana", "gary", "dan", "leo", "sela", "ada",
    "gil", "fe",
)  # fmt: skip
TABLE = """
    leave               405 405 405 405 405 405 405 405 405 405 405 405 405 405
    away                200 200 200 200 200 200 200 200 200 200 200 200 200 200
    language            302 302 302 302 302 302 302 302 302 302 302 302 302 302
    sign_in             200 302 302 302 302 302 302 302 302 302 302 302 302 302
    code                302 302 302 302 302 302 302 302 302 302 302 302 302 302
    recover             200 200 200 200 200 200 200 200 200 200 200 200 200 200
    unlock              302 423 302 302 302 302 302 302 302 302 302 302 302 302
    cannot_unlock       200 200 200 200 200 200 200 200 200 200 200 200 200 200
    lock                302 405 405 405 405 405 405 405 405 405 405 405 405 405
    sign_out            302 200 200 200 200 200 200 200 200 200 200 200 200 200
    own_account         302 404 404 404 404 404 404 404 404 404 404 404 404 404
    own_language        302 405 405 405 405 405 405 405 405 405 405 405 405 405
    new_words           302 423 200 200 200 200 200 200 200 200 200 200 200 200
    keep_words          302 405 405 405 405 405 405 405 405 405 405 405 405 405
    new_phone           302 423 200 200 200 200 200 200 200 200 200 200 200 200
    keep_phone          302 405 405 405 405 405 405 405 405 405 405 405 405 405
    spare_codes         302 423 200 200 200 200 200 200 200 200 200 200 200 200
    forget_device       302 405 405 405 405 405 405 405 405 405 405 405 405 405
    people              302 423 403 403 403 403 403 403 403 403 403 200 403 403
    invite              302 423 403 403 403 403 403 403 403 403 403 200 403 403
    open_team           302 423 403 403 403 403 403 403 403 403 403 200 403 403
    colleague           302 423 403 403 403 403 403 403 403 403 403 200 403 403
    add_to_team         302 405 405 405 405 405 405 405 405 405 405 405 405 405
    make_card           302 405 405 405 405 405 405 405 405 405 405 405 405 405
    end_membership      302 405 405 405 405 405 405 405 405 405 405 405 405 405
    leave_organisation  302 423 403 403 403 403 403 403 403 403 403 200 403 403
    newcomers           302 423 200 200 200 200 200 200 200 200 200 200 200 200
    confirm_colleague   302 405 405 405 405 405 405 405 405 405 405 405 405 405
    card                200 200 200 200 200 200 200 200 200 200 200 200 200 200
    accept              405 405 405 405 405 405 405 405 405 405 405 405 405 405
    front               302 302 302 302 302 302 302 302 302 302 302 302 302 302
    home                302 423 200 200 200 200 200 200 200 200 200 200 200 200
    cases               302 423 200 200 200 200 200 200 200 200 200 200 200 200
    search              302 423 200 200 200 200 200 200 200 200 200 200 200 200
    figures             302 423 200 200 403 403 403 403 403 403 403 403 403 200
    figures_file        302 423 200 200 403 403 403 403 403 403 403 403 403 200
    why                 302 423 200 200 403 403 403 403 403 403 403 403 403 200
    why_file            302 423 200 200 403 403 403 403 403 403 403 403 403 200
    definitions         302 423 200 200 403 403 403 403 403 403 403 403 403 200
    definitions_file    302 423 200 200 403 403 403 403 403 403 403 403 403 200
    definition          302 423 200 200 403 403 403 403 403 403 403 403 403 200
    definition_file     302 423 200 200 403 403 403 403 403 403 403 403 403 200
    occupancy           302 423 200 200 403 403 403 403 403 403 403 403 403 200
    occupancy_file      302 423 200 200 403 403 403 403 403 403 403 403 403 200
    figure_days         302 423 200 200 403 403 403 403 403 403 403 403 403 200
    figure_days_file    302 423 200 200 403 403 403 403 403 403 403 403 403 200
    publish_figures     302 423 403 403 403 403 403 403 403 403 403 403 403 403
    child               302 423 200 200 200 200 200 403 200 200 200 404 404 404
    child_way           302 423 200 200 200 200 403 403 200 200 200 404 404 404
    child_looks         302 423 200 200 403 403 403 403 403 403 403 404 404 404
    write_note          302 423 200 200 200 200 403 403 200 403 403 404 404 404
    note                302 423 302 302 302 302 302 302 302 302 302 302 302 302
    write_summary       302 423 302 302 302 302 302 302 302 302 302 302 302 302
    change_card         302 423 200 200 403 200 403 403 403 403 403 404 404 404
    set_identity        302 423 302 302 302 302 302 302 302 302 302 302 302 302
    say_what_helps      302 423 302 302 302 302 302 302 302 302 302 302 302 302
    decide_status       302 423 200 200 403 403 403 403 403 403 403 404 404 404
    record_element      302 423 302 302 302 302 302 302 302 302 302 302 302 302
    name_suspect        302 423 302 302 302 302 302 302 302 302 302 302 302 302
    correct_suspicion   302 423 302 302 302 302 302 302 302 302 302 302 302 302
    take_back_suspicion 302 405 405 405 405 405 405 405 405 405 405 405 405 405
    record_arrest       302 423 302 302 302 302 302 302 302 302 302 302 302 302
    correct_arrest      302 423 302 302 302 302 302 302 302 302 302 302 302 302
    take_back_arrest    302 405 405 405 405 405 405 405 405 405 405 405 405 405
    record_judgment     302 423 302 302 302 302 302 302 302 302 302 302 302 302
    correct_judgment    302 423 302 302 302 302 302 302 302 302 302 302 302 302
    take_back_judgment  302 405 405 405 405 405 405 405 405 405 405 405 405 405
    record_demand       302 423 302 302 302 302 302 302 302 302 302 302 302 302
    take_back_demand    302 405 405 405 405 405 405 405 405 405 405 405 405 405
    support             302 423 302 302 302 302 302 302 302 302 302 302 302 302
    correct_day         302 423 200 200 403 403 403 403 403 403 403 404 404 404
    record_basis        302 423 200 200 403 403 403 403 403 403 403 404 404 404
    record_contact      302 423 200 200 403 403 403 403 403 403 403 404 404 404
    change_contact      302 423 302 302 302 302 302 302 302 302 302 302 302 302
    draw_siblings       302 423 200 200 403 403 403 403 403 403 403 404 404 404
    join_sibling        302 423 200 200 403 403 403 403 403 403 403 404 404 404
    split_siblings      302 423 200 200 403 403 403 403 403 403 403 404 404 404
    same_child          302 423 200 200 403 403 403 403 403 403 403 404 404 404
    propose_same        302 423 200 200 403 403 403 403 403 403 403 404 404 404
    part_same           302 423 200 200 403 403 403 403 403 403 403 404 404 404
    answer_same         302 405 405 405 405 405 405 405 405 405 405 405 405 405
    call_therapist      302 423 403 403 403 403 403 403 403 403 403 404 404 404
    intake              302 423 200 200 403 403 403 403 403 403 403 403 403 200
    intake-paper        302 423 200 200 403 403 403 403 403 403 403 403 403 200
    intake-sheets       302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-board        302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-on           302 423 302 302 404 404 404 404 404 404 404 404 404 404
    intake-several      302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-finish       302 405 405 405 405 405 405 405 405 405 405 405 405 405
    intake-line         302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-siblings     302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-part         302 405 405 405 405 405 405 405 405 405 405 405 405 405
    intake-shared       302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-new          302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-check        302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-known        302 423 200 200 404 404 404 404 404 404 404 404 404 404
    intake-met          302 405 405 405 405 405 405 405 405 405 405 405 405 405
    intake-remove       302 405 405 405 405 405 405 405 405 405 405 405 405 405
    intake-child        302 423 200 200 404 404 404 404 404 404 404 404 404 404
    places              302 423 200 200 403 200 403 403 403 200 200 200 403 200
    ask_for_place       302 423 404 404 404 404 404 404 404 404 404 404 404 404
    placement           302 423 200 200 404 404 404 404 404 404 404 404 404 404
    admit               302 423 404 404 404 404 404 404 404 404 404 404 404 404
    admitted            302 423 404 404 404 404 404 404 404 404 404 404 404 404
    facilities          302 423 200 200 403 200 403 403 403 200 200 200 403 200
    add_facility        302 423 403 403 403 403 403 403 403 403 403 200 403 403
    facility            302 423 200 200 403 200 403 403 403 200 200 200 403 200
    record_permit       302 423 403 403 403 200 403 403 403 403 403 403 403 403
    set_capacity        302 423 403 403 403 200 403 403 403 403 403 403 403 403
    out_of_use          302 423 403 403 403 200 403 403 403 403 403 403 403 403
    back_in_use         302 405 405 405 405 405 405 405 405 405 405 405 405 405
    add_household       302 423 403 403 403 200 403 403 403 403 403 403 403 403
    household_left      302 405 405 405 405 405 405 405 405 405 405 405 405 405
    pause_facility      302 405 405 405 405 405 405 405 405 405 405 405 405 405
    arrivals            302 423 403 403 403 200 403 403 403 403 403 403 403 403
    receive             302 405 405 405 405 405 405 405 405 405 405 405 405 405
    waiting_keys        302 423 200 200 200 200 200 200 200 200 200 200 200 200
    hand_keys           302 405 405 405 405 405 405 405 405 405 405 405 405 405
    discharge           302 423 403 403 403 403 403 403 403 403 403 404 404 404
    review_stay         302 423 403 403 403 403 403 403 403 403 403 404 404 404
    make_stay_ordinary  302 405 405 405 405 405 405 405 405 405 405 405 405 405
    exclusion           302 423 403 403 403 403 403 403 403 200 200 404 404 404
    lift_exclusion      302 423 403 403 403 403 403 403 403 403 200 404 404 404
    neutral_noes        302 423 403 403 403 403 403 403 403 403 200 403 403 403
"""


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every address: its name, and the names of its parts."""
    for each in resolver.url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from walk(each, pattern)
        else:
            yield each.name, re.findall(r"<\w+:(\w+)>", pattern)


def expected() -> dict[str, dict[str, int]]:
    """The table, by address and person."""
    found = {}
    for line in TABLE.strip().splitlines():
        name, *statuses = line.split()
        found[name] = dict(zip(PEOPLE, map(int, statuses), strict=True))
    return found


def test_every_address_stands_in_the_table() -> None:
    assert {name for name, _parts in walk(get_resolver())} == set(expected())


def test_no_child_is_shown_to_a_stranger_or_to_nobody() -> None:
    """The table itself: a slip of the pen here would bless a leak."""
    for name, row in expected().items():
        if name.startswith(("child", "intake-")) and name not in ("intake-several", "intake-paper"):
            assert row["fe"] in (404, 405), name
            assert row["nobody"] in (302, 405), name
            assert row["locked"] in (423, 405), name


def test_everybody_is_answered_as_the_table_says(cast: Cast) -> None:
    named = addresses.build(cast)
    clients = {name: cast.client(getattr(cast, name)) for name in PEOPLE[2:]}
    clients |= {"nobody": cast.client(), "locked": cast.client(cast.locked(cast.ana))}
    wrong = []
    for name, parts in walk(get_resolver()):
        address = reverse(name, kwargs=named.of(parts, name) or None)
        for person, status in expected()[name].items():
            got = clients[person].get(address, secure=True).status_code
            if got != status:
                wrong.append((name, person, got, status))
    assert not wrong
