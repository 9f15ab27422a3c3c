"""Suspects, arrests, judgments, demand, support: written in a child's Justice, by press."""

from __future__ import annotations

from django.urls import URLPattern, path

from tahanan.web.justice.beside import record_demand, support, take_back_demand
from tahanan.web.justice.courts import (
    correct_arrest,
    correct_judgment,
    record_arrest,
    record_judgment,
    take_back_arrest,
    take_back_judgment,
)
from tahanan.web.justice.suspects import correct_suspicion, name_suspect, take_back_suspicion

_HER = "children/<uuid:case>"
_SUSPICION = f"{_HER}/suspicions/<uuid:suspicion>"
_SUSPECT = f"{_HER}/suspects/<uuid:suspect>"

urlpatterns: list[URLPattern] = [
    path(f"{_HER}/suspects", name_suspect, name="name_suspect"),
    path(_SUSPICION, correct_suspicion, name="correct_suspicion"),
    path(f"{_SUSPICION}/back", take_back_suspicion, name="take_back_suspicion"),
    path(f"{_SUSPECT}/arrests", record_arrest, name="record_arrest"),
    path(f"{_SUSPECT}/judgments", record_judgment, name="record_judgment"),
    path(f"{_HER}/arrests/<uuid:arrest>", correct_arrest, name="correct_arrest"),
    path(f"{_HER}/arrests/<uuid:arrest>/back", take_back_arrest, name="take_back_arrest"),
    path(f"{_HER}/judgments/<uuid:judgment>", correct_judgment, name="correct_judgment"),
    path(f"{_HER}/judgments/<uuid:judgment>/back", take_back_judgment, name="take_back_judgment"),
    path(f"{_HER}/demand", record_demand, name="record_demand"),
    path(f"{_HER}/demand/<uuid:demand>/back", take_back_demand, name="take_back_demand"),
    path(f"{_HER}/support", support, name="support"),
]
