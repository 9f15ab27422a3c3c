"""Each broken rule as one whole sentence about one home and, where it concerns one, a child."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as N_

from tahanan.base.ages import words
from tahanan.casework.admissions.suitability import Broken, Rule
from tahanan.casework.cases import Card
from tahanan.records.vocabulary import FacilityKind, Sex

_OF_THE_HOME: dict[Rule, str] = {
    Rule.NOT_A_HOME: N_("It is a survivor center, where nobody sleeps."),
    Rule.PAUSED: N_("It is not taking children now."),
    Rule.LICENCE_MISSING: N_(
        "No licence is recorded for it. Nobody can admit a child here until one is."
    ),
    Rule.LICENCE_AHEAD: N_(
        "Its licence begins on %(day)s. Nobody can admit a child here before that day."
    ),
    Rule.LICENCE_ENDED: N_(
        "Its licence ended on %(day)s and no renewal is recorded. "
        "Nobody can admit a child here until it is."
    ),
    Rule.ACCREDITATION_MISSING: N_("No accreditation is recorded for it."),
    Rule.ACCREDITATION_AHEAD: N_("Its accreditation begins on %(day)s."),
    Rule.ACCREDITATION_ENDED: N_("Its accreditation ended on %(day)s and no renewal is recorded."),
    Rule.NO_PLACES: N_("No licensed places are recorded for it."),
}
_OF_SEX: dict[tuple[Rule, Sex], str] = {
    (Rule.SEX, Sex.GIRL): N_("It is a home for girls, and %(name)s is a boy."),
    (Rule.SEX, Sex.BOY): N_("It is a home for boys, and %(name)s is a girl."),
    (Rule.SEX_UNKNOWN, Sex.GIRL): N_(
        "It is a home for girls, and nobody has recorded whether %(name)s is a girl or a boy."
    ),
    (Rule.SEX_UNKNOWN, Sex.BOY): N_(
        "It is a home for boys, and nobody has recorded whether %(name)s is a girl or a boy."
    ),
}
_OF_AGE = N_("It is licensed for ages %(low)s to %(high)s, and %(name)s is %(age)s.")
_OF_AGE_FAMILY = N_("It is approved for ages %(low)s to %(high)s, and %(name)s is %(age)s.")
_OF_NO_AGE = N_(
    "It is licensed for ages %(low)s to %(high)s, and nobody has estimated how old %(name)s is. "
    "Estimate her or his age first."
)


def neutral_no(children: int) -> str:
    """The one sentence for every confidential reason (DESIGN §4)."""
    return ngettext(
        "This home cannot take this child. Ask the safeguarding lead.",
        "This home cannot take these children. Ask the safeguarding lead.",
        children,
    )


def name_of(card: Card) -> str:
    """What the child is called: her chosen name, or “Child 5”."""
    if card.chosen:
        return card.chosen
    return gettext("Child %(number)d") % {"number": card.number}


def sentence(
    broken: Broken,
    kind: FacilityKind,
    cards: Mapping[UUID, Card],
    on: date,
    day: Callable[[date], str] | None = None,
) -> str:
    """The sentence for one broken rule. `cards` are those of the whole group that is asked for."""
    if broken.rule is Rule.CANNOT:
        return neutral_no(len(cards))
    if broken.rule is Rule.FULL:
        return _full(broken)
    template = _OF_THE_HOME.get(broken.rule) or _of_the_child(broken, kind)
    card = cards[broken.case] if broken.case else None
    return gettext(template) % {
        "day": (day or _plainly)(broken.day) if broken.day else "",
        "name": name_of(card) if card else "",
        "age": words(card.birth, on).said(gettext) if card else "",
        "low": broken.low,
        "high": broken.high,
    }


def sentences(
    broken: tuple[Broken, ...],
    kind: FacilityKind,
    cards: Mapping[UUID, Card],
    on: date,
    day: Callable[[date], str] | None = None,
) -> list[str]:
    """Every reason, each said once, in the order the rules found them."""
    return list(dict.fromkeys(sentence(each, kind, cards, on, day) for each in broken))


def _of_the_child(broken: Broken, kind: FacilityKind) -> str:
    match broken.rule:
        case Rule.SEX | Rule.SEX_UNKNOWN:
            return _OF_SEX[broken.rule, broken.sex]
        case Rule.AGE:
            return _OF_AGE_FAMILY if kind is FacilityKind.FAMILY_HOME else _OF_AGE
        case Rule.AGE_UNKNOWN:
            return _OF_NO_AGE
        case _:
            return N_("%(name)s lives here now.")


def _full(broken: Broken) -> str:
    """Too few places: none left at all, or fewer than the children asked for."""
    numbers = {
        "places": broken.places,
        "left": broken.left,
        "low": broken.low,
        "high": broken.high,
    }
    if broken.left:
        said = ngettext(
            "Only %(left)s of its places is free for them.",
            "Only %(left)s of its places are free for them.",
            broken.left,
        )
    elif broken.every:
        said = _all_taken(broken.places, broken.out_of_use)
    else:
        said = _line_taken(broken.sex, broken.out_of_use)
    return said % numbers


def _all_taken(places: int, out_of_use: bool) -> str:
    if out_of_use:
        return gettext("All %(places)s licensed places are taken or out of use.")
    return ngettext(
        "Its only licensed place is taken.", "All %(places)s licensed places are taken.", places
    )


def _line_taken(sex: Sex, out_of_use: bool) -> str:
    taken = {
        Sex.GIRL: gettext("No place for girls of %(low)s to %(high)s is left: all are taken."),
        Sex.BOY: gettext("No place for boys of %(low)s to %(high)s is left: all are taken."),
        Sex.UNKNOWN: gettext("No place for ages %(low)s to %(high)s is left: all are taken."),
    }
    unusable = {
        Sex.GIRL: gettext(
            "No place for girls of %(low)s to %(high)s is left: all are taken or out of use."
        ),
        Sex.BOY: gettext(
            "No place for boys of %(low)s to %(high)s is left: all are taken or out of use."
        ),
        Sex.UNKNOWN: gettext(
            "No place for ages %(low)s to %(high)s is left: all are taken or out of use."
        ),
    }
    return (unusable if out_of_use else taken)[sex]


def _plainly(day: date) -> str:
    """A day where no page says it: in a refusal."""
    return date_format(day, "j F Y")
