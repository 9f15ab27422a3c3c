"""Forms: what was typed stays, each thing to mend has one sentence, each sending has one key."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tahanan.base import clock
from tahanan.base.ages import parse_age
from tahanan.base.days import OLDEST_POSSIBLE, PartialDate, parse_date
from tahanan.base.errors import Invalid

RUN = "run"

Words = str | Promise


def run_key() -> str:
    """A fresh key for one sending of one form: the same key twice is the same act (DESIGN §3)."""
    return str(uuid.uuid4())


def run_of(request: HttpRequest) -> str | None:
    """The key a posted form carries, or None when there is none or it is not a key."""
    try:
        return str(uuid.UUID(request.POST.get(RUN, "")))
    except ValueError:
        return None


class Typed(QueryDict):
    """What was typed before the session locked: a form draws it, and takes none of it as sent."""

    @classmethod
    def of(cls, typed: Iterable[tuple[str, str]]) -> Typed:
        """The values by name, in their order."""
        made = cls(mutable=True)
        for name, value in typed:
            made.appendlist(name, value)
        return made


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend: the address of the field inside the page, and the sentence."""

    href: str
    sentence: str


class Form(forms.Form):
    """Base of every form. Show it in `ui.form(…, of=form)` with `ui.field(form["x"])`.

    `order` of fields is the order on the page and in the summary. Raise-and-show: after
    `except Invalid as fault: form.mend(fault)` the page shows the sentences of the casework.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("auto_id", "%s")
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.run = self._run()

    def _run(self) -> str:
        try:
            return str(uuid.UUID(self.data.get(RUN, "")))
        except ValueError:
            return run_key()

    def is_valid(self) -> bool:
        """Whether it was sent with nothing to mend; what is only drawn again is not sent."""
        return not isinstance(self.data, Typed) and super().is_valid()

    def full_clean(self) -> None:
        """Look for what is to be mended, once it is sent."""
        if isinstance(self.data, Typed):
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def mend(self, fault: Invalid) -> None:
        """Take the sentences of a refused command to their fields; unknown fields to the top."""
        for name, sentence in fault.fields.items():
            self.add_error(name if name in self.fields else None, gettext(sentence))

    @property
    def mends(self) -> tuple[Mend, ...]:
        """What stands in the summary: the first fault of each field, in the order of the page."""
        if not self.is_bound:
            return ()
        top = [Mend(f"#{first_id(self)}", str(fault)) for fault in self.non_field_errors()]
        return (
            *top,
            *(
                Mend(f"#{faulty_id(self[name])}", str(self.errors[name][0]))
                for name in self.fields
                if name in self.errors
            ),
        )


def mend_title(number: int) -> str:
    """“One thing to mend”."""
    return ngettext("One thing to mend", "%(number)s things to mend", number) % {"number": number}


def first_id(form: forms.BaseForm) -> str:
    """The id of the first thing one can type into."""
    for bound in form.visible_fields():
        return faulty_id(bound)
    return "main-content"


def faulty_id(bound: forms.BoundField) -> str:
    """The id of the part of `bound` that its fault names; else of its first part."""
    base = bound.auto_id or bound.html_name
    if isinstance(bound.field, PartsField):
        return (
            f"{base}-{wrong_parts(bound)[0]}" if bound.errors else f"{base}-{bound.field.parts[0]}"
        )
    return base


def wrong_parts(bound: forms.BoundField) -> tuple[str, ...]:
    """Which of the parts of a field of several are to be mended; all, when the fault names none."""
    assert isinstance(bound.field, PartsField)
    faults = bound.form.errors.as_data().get(bound.name, [])
    named = {str(fault.params.get("part")) for fault in faults if fault.params}
    return tuple(part for part in bound.field.parts if part in named) or bound.field.parts


# -- fields ----------------------------------------------------------------------------------------


class _Said:
    """What every field of ours takes: its label, one hint, and the sentence when it is empty."""

    def __init__(
        self, label: Words, *, hint: Words = "", missing: Words | None = None, **options: Any
    ) -> None:
        options.setdefault("required", missing is not None)
        errors = dict(options.pop("error_messages", {}))
        if missing is not None:
            errors["required"] = missing
        super().__init__(label=label, help_text=hint, error_messages=errors, **options)  # type: ignore[call-arg]


class Line(_Said, forms.CharField):
    """One line of text. Optional unless `missing` says what is asked when it is left empty."""

    def __init__(self, label: Words, *, longest: int = 200, **options: Any) -> None:
        options.setdefault("error_messages", {}).setdefault(
            "max_length", _("This is longer than %(limit_value)d letters. Shorten it.")
        )
        super().__init__(label, max_length=longest, **options)


class Passage(Line):
    """Several lines of text."""

    widget = forms.Textarea

    def __init__(self, label: Words, *, longest: int = 20_000, **options: Any) -> None:
        super().__init__(label, longest=longest, **options)


class Secret(Line):
    """A passphrase or a code, never shown back."""

    widget = forms.PasswordInput


class Number(_Said, forms.IntegerField):
    """A whole number, typed."""

    widget = forms.TextInput

    def __init__(self, label: Words, **options: Any) -> None:
        options.setdefault("error_messages", {}).setdefault(
            "invalid", _("This must be a whole number, like 12. Mend it.")
        )
        super().__init__(label, **options)


class _Chosen(_Said):
    """A field of choices. `hints` and `barred` explain one choice: value → sentence."""

    def __init__(
        self,
        label: Words,
        choices: Iterable[tuple[str, Words]] | Callable[[], Iterable[tuple[str, Words]]],
        *,
        hints: Mapping[str, Words] | None = None,
        barred: Mapping[str, Words] | None = None,
        **options: Any,
    ) -> None:
        errors = options.setdefault("error_messages", {})
        errors.setdefault("invalid_choice", _("Choose one of the answers on the page."))
        super().__init__(label, choices=choices, **options)
        self.hints = dict(hints or {})
        self.barred = dict(barred or {})

    def valid_value(self, value: Any) -> bool:
        # A box that cannot be ticked is refused when it comes ticked all the same.
        return str(value) not in self.barred and super().valid_value(value)  # type: ignore[misc]


class One(_Chosen, forms.ChoiceField):
    """One answer of a few: radios, or `look="choices"` for one tap each."""

    widget = forms.RadioSelect


class Listed(_Chosen, forms.ChoiceField):
    """One answer of many: a select."""

    widget = forms.Select


class Several(_Chosen, forms.MultipleChoiceField):
    """Any of a few: boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class Tick(_Said, forms.BooleanField):
    """One box to tick."""


class Parts(forms.Widget):
    """Several small inputs sent as `name-part`; keeps what was typed as a tuple of strings."""

    def __init__(self, parts: Sequence[str]) -> None:
        super().__init__()
        self.parts = tuple(parts)

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, ...] | None:
        """What was typed in each part; None when nothing was."""
        typed = tuple(str(data.get(f"{name}-{part}", "")).strip() for part in self.parts)
        return typed if any(typed) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form was sent without these inputs."""
        return all(f"{name}-{part}" not in data for part in self.parts)

    def id_for_label(self, id_: str) -> str:
        """The first part, where a label of the whole would lead."""
        return f"{id_}-{self.parts[0]}"


class PartsField(_Said, forms.Field):
    """A field typed in several small inputs. Its faults name the part in `params["part"]`."""

    parts: tuple[str, ...] = ()
    labels: Mapping[str, Words] = {}
    widths: Mapping[str, int] = {}

    def __init__(self, label: Words, **options: Any) -> None:
        super().__init__(label, widget=Parts(self.parts), **options)

    def fault(self, part: str, sentence: str, code: str = "invalid") -> forms.ValidationError:
        """A fault that marks one part. `sentence` is said as it is."""
        return forms.ValidationError(sentence.replace("%", "%%"), code=code, params={"part": part})


class Day(PartsField):
    """A day typed in three inputs, never a picker. Gives a `PartialDate`.

    `partial=True` also takes a month with its year, or a year alone. Days after today are refused,
    unless they may lie so many days `ahead`.
    """

    parts = ("day", "month", "year")
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    widths = {"day": 2, "month": 2, "year": 4}

    def __init__(
        self,
        label: Words,
        *,
        partial: bool = False,
        years_back: int = OLDEST_POSSIBLE,
        ahead: int = 0,
        **options: Any,
    ) -> None:
        super().__init__(label, **options)
        self.partial, self.years_back, self.ahead = partial, years_back, timedelta(days=ahead)

    def prepare_value(self, value: Any) -> Any:
        """A known day as it would be typed; what was typed, as it is."""
        if isinstance(value, PartialDate):
            known = {"day": 3, "month": 2}.get(value.precision, 1)
            value = (value.first, known)
        elif isinstance(value, date):
            value = (value, 3)
        else:
            return value
        on, known = value
        typed = (str(on.year), str(on.month), str(on.day))
        return tuple(reversed(typed[:known] + ("",) * (3 - known)))

    def to_python(self, value: Any) -> PartialDate | None:
        """What was typed as days possible; raises the sentences of what is to be mended."""
        if not value:
            return None
        day, month, year = value
        latest = clock.today() + self.ahead
        found = parse_date(day, month, year, latest, years_back=self.years_back)
        if isinstance(found, PartialDate):
            if not found.exact and not self.partial:
                missing = "day" if value[1] else "month"
                raise self.fault(missing, gettext("Write the day, the month and the year."))
            return found
        raise forms.ValidationError(
            [self.fault(one.field, one.said(gettext), one.code) for one in found]
        )


class Age(PartsField):
    """About how old, in years or, for a baby, in months. Gives the `PartialDate` of birth."""

    parts = ("years", "months")
    labels = {"years": _("Years"), "months": _("Months, for a baby")}
    widths = {"years": 2, "months": 2}

    def to_python(self, value: Any) -> PartialDate | None:
        """What was typed as days possible; raises the sentences of what is to be mended."""
        if not value:
            return None
        years, months = value
        found = parse_age(years, months, clock.today())
        if isinstance(found, PartialDate):
            return found
        raise forms.ValidationError(
            [self.fault(one.field, one.said(gettext), one.code) for one in found]
        )
