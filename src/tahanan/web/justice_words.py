"""The sentences of Justice: suspects, arrests, judgments, countries, support."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tahanan.base import countries as list_of
from tahanan.casework.justice import (
    ArrestShape,
    DemandShape,
    JudgmentShape,
    SupportShape,
    SuspicionShape,
    Who,
)
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import Answer, Plea, Sentence
from tahanan.web import words
from tahanan.web.codes import words_of

HERE = "PH"


def called(who: Who) -> str:
    """The name; else what else this person is called; else that it is not known."""
    return who.name or who.aliases or _("Somebody whose name is not known")


def also(who: Who) -> str:
    """What else a suspect with a name is called."""
    return _("Also called %(names)s.") % {"names": who.aliases} if who.name and who.aliases else ""


def to_her(of: SuspicionShape) -> str:
    """“Aunt or uncle. They live together.”"""
    lives = {
        Answer.YES: _("They live together."),
        Answer.NO: _("They do not live together."),
        Answer.UNKNOWN: _("Whether they live together is not known."),
    }
    return _("%(kin)s. %(lives)s") % {"kin": words_of(of.kin), "lives": lives[of.lives_with]}


def part(of: SuspicionShape) -> str:
    """“Collected the money. Under 18 then.”"""
    minor = {
        Answer.YES: _("Under 18 then."),
        Answer.NO: _("An adult then."),
        Answer.UNKNOWN: _("Whether under 18 then is not known."),
    }
    return _("%(part)s. %(minor)s") % {"part": words_of(of.part), "minor": minor[of.minor]}


def days(happened: Happening) -> str:
    """The days possible."""
    return words.span(happened.first, happened.last)


def arrest(of: ArrestShape) -> str:
    """“3 June, in an operation on record. Australia. Not supported by the programme.”"""
    said = [
        _("%(day)s, in an operation on record.") % {"day": days(of.happened)}
        if of.operation
        else _("%(day)s.") % {"day": days(of.happened)},
        _("%(place)s.") % {"place": country(of.country)} if of.country != HERE else "",
        "" if of.supported else _("Not supported by the programme."),
    ]
    return words.opening(" ".join(filter(None, said)))


def judgment(of: JudgmentShape) -> str:
    """“3 June, trial court: Convicted of trafficking in persons. Prison.”"""
    said = [
        _("%(day)s, %(court)s: %(outcome)s.")
        % {
            "day": days(of.happened),
            "court": words_of(of.level).lower(),
            "outcome": words_of(of.outcome).lower(),
        },
        _("Charge: %(charge)s.") % {"charge": words_of(of.charge)},
        _("Plea: %(plea)s.") % {"plea": words_of(of.plea)} if of.plea is not Plea.NONE else "",
        _("Sentence: %(sentence)s.") % {"sentence": words_of(of.sentence)}
        if of.sentence is not Sentence.NONE
        else "",
        _("Number: %(number)s.") % {"number": of.court_number} if of.court_number else "",
        _("%(place)s.") % {"place": country(of.country)} if of.country != HERE else "",
        "" if of.supported else _("Not supported by the programme."),
    ]
    return words.opening(" ".join(filter(None, said)))


def court_case(of: JudgmentShape) -> str:
    """“Crim. Case 4411, trial court, 3 June”."""
    said = [of.court_number, words_of(of.level), days(of.happened)]
    return ", ".join(filter(None, said))


def demand(of: DemandShape) -> str:
    """“Australia. We learned of it in June 2019.”"""
    return _("%(place)s. Known of: %(day)s.") % {
        "place": country(of.country),
        "day": days(of.happened),
    }


def support(spans: tuple[SupportShape, ...]) -> str:
    """Since when the programme supports this case, or that it does not."""
    if not spans:
        return _("The programme does not support this case.")
    said = [words.opening(words.from_to(each.from_on, each.until_on)) for each in spans]
    return ", ".join(said) + "."


def country(code: str) -> str:
    """A country's name in the active language."""
    if code == list_of.UNKNOWN:
        return _("Country not known")
    return list_of.names(words.language()).get(code, code)


def countries() -> list[tuple[str, str]]:
    """Every country by name, here first, then not known."""
    names = list_of.names(words.language())
    others = sorted(
        ((code, name) for code, name in names.items() if code not in (HERE, list_of.UNKNOWN)),
        key=lambda each: each[1],
    )
    return [(HERE, names[HERE]), (list_of.UNKNOWN, country(list_of.UNKNOWN)), *others]


def countries_to_choose() -> list[tuple[str, str]]:
    """The same, with none chosen yet."""
    return [("", _("Choose one")), *countries()]
