"""Notes: who may write where, what stood before, and the words that nobody else can open."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from tests.cast.cast import Cast
from tests.house import House

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.base.errors import Conflict, Invalid, NotFound, Refusal
from tahanan.casework import notes
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Compartment

CARE, THERAPY = Compartment.CARE, Compartment.THERAPY


def on(days_ago: int = 0) -> Happening:
    day = clock.today() - timedelta(days=days_ago)
    return Happening(day, day)


def write(actor: Actor, case: UUID, text: str = "She slept", part: Compartment = CARE) -> UUID:
    return notes.write_note(actor, case=case, compartment=part, text=text, happened=on())


def test_a_note_says_who_wrote_it_when_and_what_it_followed(cast: Cast) -> None:
    first = write(cast.ana, cast.maya, "  She slept  ")
    second = notes.edit_note(
        cast.ben, case=cast.maya, note=first, text="She slept late", happened=on(1)
    )
    told = notes.note(cast.ana, case=cast.maya, note=second)
    assert (told.text, told.by, told.replaces) == ("She slept late", "Ben Torres", first)
    assert told.happened == on(1)
    assert [v.by for v in notes.history(cast.ana, case=cast.maya, note=second)] == [
        "Ben Torres",
        "Ana Reyes",
    ]


def test_the_second_of_two_edits_is_a_conflict_and_both_can_be_read(cast: Cast) -> None:
    first = write(cast.ana, cast.maya)
    notes.edit_note(cast.ben, case=cast.maya, note=first, text="Ben's", happened=on())
    with pytest.raises(Conflict):
        notes.edit_note(cast.ana, case=cast.maya, note=first, text="Ana's", happened=on())
    both = notes.versions(cast.ana, case=cast.maya, note=first)
    assert (both.before.text, both.theirs.text) == ("She slept", "Ben's")


def test_two_who_save_at_the_same_moment_never_both_follow_one_note(cast: Cast) -> None:
    first = write(cast.ana, cast.maya)
    actors = (cast.ana, cast.ben)

    def save(actor: Actor) -> UUID:
        return notes.edit_note(
            actor, case=cast.maya, note=first, text=f"By {actor.name}", happened=on()
        )

    outcomes = House().at_once([partial(save, actor) for actor in actors])
    assert sum(isinstance(each, Conflict) for each in outcomes) == 1
    assert sum(isinstance(each, UUID) for each in outcomes) == 1


def test_a_note_of_therapy_is_closed_to_the_case_manager(cast: Cast) -> None:
    hers = write(cast.dan, cast.maya, "Two doors", THERAPY)
    assert notes.note(cast.dan, case=cast.maya, note=hers).text == "Two doors"
    for act in (
        lambda: notes.note(cast.ana, case=cast.maya, note=hers),
        lambda: write(cast.ana, cast.maya, "Mine", THERAPY),
        lambda: notes.about_to_write(cast.ana, case=cast.maya, compartment=THERAPY),
    ):
        with pytest.raises(Refusal):
            act()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ana", "identity care health justice whereabouts"),
        ("coby", "care"),
        ("cora", "care health"),
        ("nilda", "health"),
        ("hana", ""),
        ("dan", "care therapy"),
        ("leo", "justice"),
        ("lito", ""),
        ("sela", "justice"),
    ],
)
def test_each_writes_where_her_work_is(cast: Cast, name: str, parts: str) -> None:
    written = set()
    for part in set(Compartment) - {Compartment.CARD}:
        try:
            write(getattr(cast, name), cast.maya, "Words", part)
            written.add(str(part))
        except Refusal as refused:
            assert refused.status == 403
    assert written == set(parts.split())


def test_a_note_needs_words_and_a_day_that_has_come(cast: Cast) -> None:
    for text, happened, field in (
        (" ", on(), "text"),
        ("x" * (notes.LONGEST + 1), on(), "text"),
        ("Words", on(-1), "happened"),
    ):
        with pytest.raises(Invalid) as wrong:
            notes.write_note(
                cast.ana, case=cast.maya, compartment=CARE, text=text, happened=happened
            )
        assert set(wrong.value.fields) == {field}


def test_a_note_cannot_be_reached_through_another_case(cast: Cast) -> None:
    note = write(cast.ana, cast.maya)
    for act in (
        lambda: notes.note(cast.ana, case=cast.jun, note=note),
        lambda: notes.edit_note(cast.ana, case=cast.jun, note=note, text="x", happened=on()),
        lambda: notes.take_back_note(cast.ana, case=cast.jun, note=note),
        lambda: notes.note(cast.fe, case=cast.maya, note=note),
        lambda: notes.history(cast.fe, case=cast.maya, note=note),
    ):
        with pytest.raises(NotFound):
            act()


def test_nobody_has_changed_a_note_that_stands_alone(cast: Cast) -> None:
    note = write(cast.ana, cast.maya)
    with pytest.raises(Conflict):
        notes.versions(cast.ana, case=cast.maya, note=note)
