"""The forms of Justice."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from tahanan.casework.cases import CardSeen
from tahanan.casework.justice import JudgmentShape, KnownSuspect, Named, Who
from tahanan.casework.operations import Happening
from tahanan.records.vocabulary import (
    Answer,
    Charge,
    CourtLevel,
    Outcome,
    Part,
    Plea,
    Sentence,
    SuspectKin,
)
from tahanan.web import codes, justice_words, words
from tahanan.web.forms import Day, Form, Line, Listed, One, Passage, Tick

_TO = lazy("What is this person to %(name)s?")
_LIVES = lazy("Does this person live with %(name)s?")
_ONE: tuple[str, str | Promise] = ("", lazy("Choose one"))


class _Dated(Form):
    """A form with a day, known in part perhaps."""

    day_field = "happened"

    @property
    def when(self) -> Happening:
        """The days possible."""
        given = self.cleaned_data[self.day_field]
        return Happening(given.first, given.last)


class SuspicionForm(_Dated):
    """Who a suspect is, and what is said of him and this child."""

    day_field = "named"
    name = Line(lazy("Name, if it is known"), longest=160)
    aliases = Line(lazy("What else is this person called?"), longest=160)
    words = Passage(
        lazy("Who is this, and how do you know?"),
        hint=lazy("Never what was shown or written, and no address on the internet."),
        longest=2000,
    )
    kin = Listed(
        "",
        [_ONE, *codes.choices(SuspectKin)],
        missing=lazy("Choose what this person is to the child. Not known is an answer."),
    )
    lives_with = One(
        "",
        codes.choices(Answer),
        missing=lazy("Choose whether they live together. Not known is an answer."),
    )
    part = Listed(
        lazy("What was this person’s part?"),
        [_ONE, *codes.choices(Part)],
        missing=lazy("Choose this person’s part. Not known is an answer."),
    )
    minor = One(
        lazy("Was this person under 18 then?"),
        codes.choices(Answer),
        hints={Answer.YES: lazy("A child in conflict with the law goes another way.")},
        missing=lazy("Choose whether this person was under 18. Not known is an answer."),
    )
    named = Day(
        lazy("When was this person first named?"),
        partial=True,
        missing=lazy("Write the day, the month or at least the year."),
    )

    def about(self, child: CardSeen) -> None:
        """Ask of the child by what she is called."""
        name = {"name": words.called(child.card)}
        self.fields["kin"].label = _TO % name
        self.fields["lives_with"].label = _LIVES % name

    @property
    def who(self) -> Who:
        """Who it is, as typed."""
        given = self.cleaned_data
        return Who(given["name"], given["aliases"], given["words"])


class NameForm(SuspicionForm):
    """As above, for one who is named the first time here; and for whom else."""

    def offer(self, beside: Iterable[CardSeen], known: Iterable[KnownSuspect]) -> None:
        """Sisters and brothers she may be named with, and who is named for them already."""
        already = [(str(each.id), _known(each)) for each in known]
        if already:
            field = Listed(
                lazy("Is it somebody named already?"),
                [("", lazy("Nobody named yet")), *already],
            )
            self.fields = {"suspect": field, **self.fields}
        for child in beside:
            name = {"name": words.called(child.card)}
            self.fields[f"kin-{child.case}"] = Listed(
                _TO % name,
                [("", _("Not named for %(name)s") % name), *codes.choices(SuspectKin)],
            )
            self.fields[f"lives-{child.case}"] = Listed(
                _LIVES % name,
                codes.choices(Answer),
                initial=Answer.UNKNOWN,
            )

    def clean(self) -> dict[str, object]:
        """Somebody named already has a name: it is corrected, not typed anew."""
        given = super().clean() or self.cleaned_data
        if given.get("suspect") and any(given.get(each) for each in ("name", "aliases", "words")):
            self.add_error(
                "suspect",
                _("Choose somebody named already, or write who it is: not both."),
            )
        return given

    @property
    def suspect(self) -> UUID | None:
        """Who was chosen of those named already."""
        chosen = self.cleaned_data.get("suspect")
        return UUID(chosen) if chosen else None

    def of(self, case: UUID) -> tuple[Named, ...]:
        """The child, and each sister or brother this suspect is named for too."""
        given = self.cleaned_data
        herself = Named(case, SuspectKin(given["kin"]), Answer(given["lives_with"]))
        others = (
            Named(
                UUID(name.removeprefix("kin-")),
                SuspectKin(kin),
                Answer(given[name.replace("kin-", "lives-")] or Answer.UNKNOWN),
            )
            for name, kin in given.items()
            if name.startswith("kin-") and kin
        )
        return herself, *others


class ArrestForm(_Dated):
    """One arrest."""

    happened = Day(
        lazy("When was the arrest?"),
        partial=True,
        missing=lazy("Write the day, the month or at least the year."),
    )
    operation = Listed(lazy("In which operation?"), [])
    country = Listed(lazy("In which country?"), justice_words.countries)
    supported = Tick(lazy("The programme supported this"))

    def offer(self, operations: Iterable[tuple[UUID, Happening]]) -> None:
        """The operations that may be chosen."""
        field = self.fields["operation"]
        assert isinstance(field, Listed)
        field.choices = [
            ("", _("In none that is on record here")),
            *(
                (str(id), _("The operation of %(day)s") % {"day": words.span(on.first, on.last)})
                for id, on in dict(operations).items()
            ),
        ]


class JudgmentForm(_Dated):
    """What one court decided on one charge."""

    docket = Listed(lazy("In which court case?"), [])
    court_number = Line(
        lazy("The court’s own number"),
        hint=lazy("It is sealed in Justice of every child this suspect is named for."),
        longest=160,
    )
    level = One(
        lazy("Which court?"), codes.choices(CourtLevel), missing=lazy("Choose which court.")
    )
    happened = Day(
        lazy("When did it decide?"),
        partial=True,
        missing=lazy("Write the day, the month or at least the year."),
    )
    charge = Listed(
        lazy("On which charge?"),
        [_ONE, *codes.choices(Charge)],
        hint=lazy("Several charges are several judgments."),
        missing=lazy("Choose on which charge."),
    )
    outcome = One(
        lazy("What did it decide?"), codes.choices(Outcome), missing=lazy("Choose what it decided.")
    )
    plea = Listed(lazy("How did the accused answer?"), codes.choices(Plea))
    sentence = Listed(lazy("Which sentence?"), codes.choices(Sentence))
    country = Listed(lazy("In which country?"), justice_words.countries)
    supported = Tick(lazy("The programme supported this"))

    def offer(self, judgments: Iterable[JudgmentShape]) -> None:
        """The court cases on record; no question where there is none."""
        found = {str(each.docket): justice_words.court_case(each) for each in judgments}
        if not found:
            del self.fields["docket"]
            return
        field = self.fields["docket"]
        assert isinstance(field, Listed)
        field.choices = [("", _("One that is not on record yet")), *found.items()]


class DemandForm(_Dated):
    """Where somebody paid from."""

    country = Listed(
        lazy("From which country?"),
        justice_words.countries_to_choose,
        missing=lazy("Choose the country. Not known is an answer."),
    )
    happened = Day(
        lazy("When did we learn of it?"),
        partial=True,
        missing=lazy("Write the day, the month or at least the year."),
    )


class SupportForm(Form):
    """Since when the programme supports a case."""

    from_on = Day(lazy("Since when?"), missing=lazy("Write the first day."))


class EndForm(Form):
    """Until when it did."""

    on = Day(lazy("Until when?"), missing=lazy("Write the last day."))


def _known(suspect: KnownSuspect) -> str:
    return _("%(suspect)s, named for %(child)s") % {
        "suspect": justice_words.called(suspect.who),
        "child": words.called(suspect.of.card),
    }
