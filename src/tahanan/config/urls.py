"""Every address of the site, named once."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tahanan.web.doors")),
    path("", include("tahanan.web.entry")),
    path("", include("tahanan.web.account")),
    path("", include("tahanan.web.people")),
    path("", include("tahanan.web.home")),
]

handler400 = "tahanan.web.errors.bad_request"
handler403 = "tahanan.web.errors.forbidden"
handler404 = "tahanan.web.errors.not_found"
handler500 = "tahanan.web.errors.failed"
