"""Intake of one removal: its board, one thing on each screen, siblings, paper."""

from __future__ import annotations

from django.urls import URLPattern, path

from tahanan.web.intake import begin, board, child, known, paper, shared, siblings

_ONE = "intake/<uuid:removal>"
_CHILD = f"{_ONE}/child/<uuid:child>"

urlpatterns: list[URLPattern] = [
    path("intake", begin.intakes, name="intake"),
    path("intake/paper", paper.packs, name="intake-paper"),
    path("intake/paper/<uuid:pack>", paper.sheets, name="intake-sheets"),
    path(_ONE, board.board, name="intake-board"),
    path(f"{_ONE}/on", board.go_on, name="intake-on"),
    path(f"{_ONE}/several", board.several, name="intake-several"),
    path(f"{_ONE}/finish", board.finish, name="intake-finish"),
    path(f"{_ONE}/line", board.without_a_line, name="intake-line"),
    path(f"{_ONE}/siblings", siblings.siblings, name="intake-siblings"),
    path(f"{_ONE}/siblings/part", siblings.part, name="intake-part"),
    path(f"{_ONE}/shared/<str:step>", shared.shared, name="intake-shared"),
    path(f"{_ONE}/child/new", child.new, name="intake-new"),
    path(_CHILD, child.check, name="intake-check"),
    path(f"{_CHILD}/known", known.known, name="intake-known"),
    path(f"{_CHILD}/met", board.met, name="intake-met"),
    path(f"{_CHILD}/remove", board.remove, name="intake-remove"),
    path(f"{_CHILD}/<str:step>", child.step, name="intake-child"),
]
