"""Who belongs together, said from the child's page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from tahanan.base import clock
from tahanan.casework import survivors
from tahanan.casework.survivors import Belonging
from tahanan.records.vocabulary import Bond
from tahanan.web import child_form, codes, words
from tahanan.web.child_form import Ask
from tahanan.web.child_page import back_to
from tahanan.web.forms import Form, One
from tahanan.web.request import Request, acting, posted, signed_in

_NOT = "not"


class SiblingsForm(Form):
    """One question for each child: how does she belong to this one?"""

    def offer(self, of: Belonging) -> None:
        """A question for each of the others, with what is drawn now."""
        for other, bond in of.others:
            self.fields[_field(other.case)] = One(
                words.called(other.card),
                [(_NOT, lazy("Not a sister or brother")), *codes.choices(Bond)],
                hint=words.opening(words.years_old(other.card.birth)),
                hints={Bond.NOT_SURE: lazy("They are kept together until it is known.")},
                missing=lazy("Choose one."),
                initial=bond.value if bond else _NOT,
            )


@require_http_methods(["GET", "POST"])
@signed_in
def draw_siblings(request: Request, case: UUID) -> HttpResponse:
    """Those she may belong to: drawn already, or brought to safety with her."""
    of = survivors.belonging(request.actor, case=case)
    form = SiblingsForm(posted(request))
    form.offer(of)
    if request.method == "POST" and child_form.sent(form, lambda: _settle(request, case, of, form)):
        return back_to(case, "siblings")
    name = words.called(of.child.card)
    ask = Ask(
        _("Who belongs to %(name)s?") % {"name": name},
        _("Those brought to safety together, and those drawn before. “Not sure yet” is an answer.")
        if of.others
        else _("Nobody was brought to safety together with this child, as far as you may see."),
        _("Save who belongs together"),
        name,
        follows=(
            _("Places are looked for together, and parting needs a written reason."),
            _("What was drawn before is kept, with the days it stood."),
        ),
    )
    return child_form.show(request, case, form, ask)


def _settle(request: Request, case: UUID, of: Belonging, form: SiblingsForm) -> UUID:
    # Every answer, changed or not: the second press must say what the first said.
    codes_of = ((other.case, form.cleaned_data[_field(other.case)]) for other, _ in of.others)
    answers = [(other, None if code == _NOT else Bond(code)) for other, code in codes_of]
    return survivors.settle_siblings(
        acting(request), case=case, others=tuple(answers), from_on=clock.today()
    )


def _field(case: UUID) -> str:
    return f"bond-{case}"


urlpatterns: list[URLPattern] = [
    path("children/<uuid:case>/siblings", draw_siblings, name="draw_siblings"),
]
