"""Every address of the site, named once."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tahanan.web.doors")),
    path("", include("tahanan.web.entry")),
    path("", include("tahanan.web.account")),
    path("", include("tahanan.web.people")),
    path("", include("tahanan.web.home")),
    path("", include("tahanan.web.figures")),
    path("", include("tahanan.web.child_page")),
    path("", include("tahanan.web.notes")),
    path("", include("tahanan.web.summaries")),
    path("", include("tahanan.web.cases")),
    path("", include("tahanan.web.status")),
    path("", include("tahanan.web.justice")),
    path("", include("tahanan.web.operations")),
    path("", include("tahanan.web.legal_basis")),
    path("", include("tahanan.web.siblings")),
    path("", include("tahanan.web.same_child")),
    path("", include("tahanan.web.therapists")),
    path("", include("tahanan.web.intake")),
    path("", include("tahanan.web.places")),
    path("", include("tahanan.web.facilities")),
    path("", include("tahanan.web.admissions")),
]

handler400 = "tahanan.web.errors.bad_request"
handler403 = "tahanan.web.errors.forbidden"
handler404 = "tahanan.web.errors.not_found"
handler500 = "tahanan.web.errors.failed"
