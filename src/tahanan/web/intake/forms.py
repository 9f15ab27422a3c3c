"""The screens of an intake as forms. They draw; what is right or wrong the casework says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.forms import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tahanan.casework import intake
from tahanan.casework.intake import Mend
from tahanan.records.vocabulary import HowSafe, Sex
from tahanan.web.forms import Age, Day, Form, Line, Number, One, PartsField, Tick


class Asked(Form):
    """One screen, drawn from what was typed on it at any time and what of that is to be mended."""

    step = ""

    def __init__(self, typed: Mapping[str, str], mends: Iterable[Mend] = ()) -> None:
        self._faults = [mend for mend in mends if mend.field in self.base_fields]
        super().__init__(dict(typed))

    def full_clean(self) -> None:
        """Only what casework says is to be mended: the same on the page and in the file."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        for mend in self._faults:
            self.add_error(mend.field, self._said(mend))

    def _said(self, mend: Mend) -> ValidationError:
        sentence = mend.problem.said(gettext)
        field = self.fields[mend.field]
        if isinstance(field, PartsField):
            return field.fault(mend.problem.field, sentence, mend.problem.code)
        return ValidationError(sentence, code=mend.problem.code)


class When(Asked):
    """The day and the hour."""

    happened = Day(
        _("When were the children brought to safety?"),
        partial=True,
        hint=_("For example, 17 9 2020. If only the month is known, leave the day empty."),
    )
    hour = Line(_("From about what hour?"), hint=_("For example, 02:12. Leave it empty if unsure."))


class Where(Asked):
    """The city, as typed; and which of several of one name."""

    city = Line(
        _("Where was it?"),
        hint=_("The city or municipality. No street and no barangay: they lead to a home."),
    )
    city_code = One(_("Which of these?"), [])

    def __init__(self, typed: Mapping[str, str], mends: Iterable[Mend] = ()) -> None:
        super().__init__(typed, mends)
        like = intake.cities_like(typed.get("city", "")) if self._several else ()
        field = self.fields["city_code"]
        assert isinstance(field, One)
        field.choices = [(city.code, city.full()) for city in like]
        if not like:
            del self.fields["city_code"]

    @property
    def _several(self) -> bool:
        chosen = bool(self.data.get("city_code"))
        return chosen or any(mend.problem.code == "several" for mend in self._faults)


class Who(Asked):
    """Who leads, who reported, how the children came to safety."""

    unit = Line(_("Which unit leads?"), hint=_("For example, the women and children’s desk."))
    source = Line(
        _("Who reported it?"), hint=_("A hotline, a school, a neighbour. No name is needed.")
    )
    how = One(
        _("How did the children come to safety?"),
        [
            (HowSafe.REMOVED.value, _("Brought out in an operation")),
            (HowSafe.SAFEGUARDED.value, _("Found and kept safe, without an operation")),
            (HowSafe.SURRENDERED.value, _("Handed over by family or neighbours")),
        ],
    )


class Custody(Asked):
    """Who ordered protective custody: the legal basis of every child's file."""

    decider = Line(_("Who decided?"), hint=_("The name of the person."))
    authority = Line(_("In what office?"), hint=_("For example, city social welfare office."))
    reference = Line(_("Reference, if there is one"))


class Known(Asked):
    """When what stands on the paper was written."""

    known = Day(
        _("When was it written on the paper?"),
        hint=_("The day it was learned, not today. Figures of that day then know it too."),
    )
    known_hour = Line(_("At about what hour?"), hint=_("Leave it empty if unsure."))


SHARED: dict[str, type[Asked]] = {
    "when": When,
    "where": Where,
    "known": Known,
    "who": Who,
    "custody": Custody,
}


class Tonight(Asked):
    """Three answers are enough for tonight."""

    name = Line(_("What does the child want to be called?"))
    no_name = Tick(_("No name is known yet"))
    sex = One(
        _("Girl or boy?"),
        [
            (Sex.GIRL.value, _("Girl")),
            (Sex.BOY.value, _("Boy")),
            (Sex.UNKNOWN.value, _("Not known yet")),
        ],
    )
    age = Age(_("About how old?"))
    age_unknown = Tick(_("Nobody can say"))


class Born(Asked):
    """The day of birth, or as much of it as is known."""

    born = Day(
        _("When was the child born?"),
        partial=True,
        hint=_("For example, 27 3 2012. If you know only the year, leave the rest empty."),
    )
    how_known = One(
        _("How do you know?"),
        [
            ("certificate", _("Birth certificate or other paper seen")),
            ("told", _("The child or the family told me")),
            ("estimated", _("Estimated")),
        ],
    )


class Needs(Asked):
    """What she needs tonight."""

    nothing = Tick(_("Nothing that we know of"))
    allergies = Line(_("Allergies"))
    medicine = Line(_("Medicine, and when it is due"))
    needs = Line(_("Milk, food, a light left on, or anything else"))
    need_by = Line(_("Before what hour?"), hint=_("For example, 04:00."))


class Belongs(Asked):
    """Who brought her, with whom she says she belongs, and how she speaks."""

    brought = Line(_("Who brought the child here?"))
    belongs = Line(
        _("With whom does the child say she or he belongs?"), hint=_("In the child’s own words.")
    )
    language = Line(_("Which language is spoken to the child?"))
    full_name = Line(
        _("Full name, if it is known"), hint=_("Given name, mother’s surname, surname.")
    )
    cannot_say = Tick(_("The child cannot say, and nobody else can"))


CHILD: dict[str, type[Asked]] = {
    "tonight": Tonight,
    "born": Born,
    "needs": Needs,
    "belongs": Belongs,
}


class HowMany(Form):
    """Several children at once."""

    how_many = Number(
        _("How many more children?"),
        hint=_("Each gets a pane, and is asked one by one."),
        missing=_("Write how many more children there are."),
    )


class Sheets(Form):
    """A new pack of blank sheets."""

    sheets = Number(
        _("How many sheets?"),
        hint=_("One for each child, and a few more."),
        missing=_("Write how many sheets to print."),
    )


class PackNumber(Form):
    """The number of a printed pack."""

    pack = Number(
        _("Number of the pack"),
        hint=_("It stands on every sheet, before the dash: 0417 on sheet 0417-3."),
        missing=_("Write the number of the pack."),
    )


def typed_on(step: str, request: HttpRequest) -> dict[str, str]:
    """Every input of one screen as it was sent, letter for letter."""
    return {name: request.POST.get(name, "") for name in intake.fields_of(step)}
