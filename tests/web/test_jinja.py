"""What every template is given: addresses and words, as Django would give them one by one."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext, override

from tahanan.web import jinja


def test_an_address_with_ids_is_what_it_would_be_without_the_shortcut() -> None:
    for case in (uuid4(), uuid4(), UUID(int=0)):
        assert jinja.url("child", case=case) == reverse("child", kwargs={"case": case})
    assert jinja.url("home") == reverse("home")


def test_a_message_is_said_in_the_language_of_who_asks() -> None:
    said = {}
    for language in ("en", "fil", "ceb", "en"):
        with override(language):
            said[language] = jinja.said("Save")
            assert said[language] == gettext("Save")
    assert len(set(said.values())) > 1
