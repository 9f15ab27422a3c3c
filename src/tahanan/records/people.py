"""The office: organisations, teams, people and who belongs where. Days only, UUIDv4."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, UniqueConstraint

from tahanan.records.bases import CodeField, OfficeRow, one_of
from tahanan.records.vocabulary import OrganisationKind, Relation, TeamKind


class Installation(OfficeRow):
    """One row: what this installation is, and until which day its history is closed."""

    name = models.CharField(max_length=120)
    demonstration = models.BooleanField(default=False)
    links_check = models.BinaryField(max_length=8)
    registrar_public = models.BinaryField(max_length=32)
    closed_until = models.DateField(null=True)


class Organisation(OfficeRow):
    """An agency, church, or office of government."""

    name = models.CharField(max_length=160)
    kind = CodeField()
    region = models.CharField(max_length=10)
    since_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [one_of("organisation", "kind", OrganisationKind)]


class Person(OfficeRow):
    """Somebody who works here. The public key is signed by the registrar and checked before use."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    name = models.CharField(max_length=160)
    title = models.CharField(max_length=40, blank=True)
    public = models.BinaryField(max_length=32, null=True)
    public_signature = models.BinaryField(max_length=64, null=True)
    since_on = models.DateField()
    left_on = models.DateField(null=True)


class Team(OfficeRow):
    """Those who share a key. The private half is wrapped under the team key."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=160)
    kind = CodeField()
    facility = models.ForeignKey(
        "records.Facility", models.PROTECT, null=True, related_name="teams"
    )
    public = models.BinaryField(max_length=32, null=True)
    public_signature = models.BinaryField(max_length=64, null=True)
    private_wrap = models.BinaryField(max_length=128, null=True)
    since_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [one_of("team", "kind", TeamKind)]


class Membership(OfficeRow):
    """A person's place in a team; `confirmed_on` is the day a colleague with the key said yes."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = CodeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("membership", "role", Relation),
            UniqueConstraint(
                fields=["team", "person", "role"],
                condition=Q(until_on__isnull=True),
                name="membership_once",
            ),
        ]


class TeamKeyShare(OfficeRow):
    """The team key sealed to one member's public key; `turn` counts rotations of the team's key."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="shares")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shares")
    turn = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField(max_length=256)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["team", "person", "turn"], name="teamkeyshare_once")
        ]


class Publication(OfficeRow):
    """Figures that left the programme: a report as it was known on a day, published on another.

    What stands in one is public: it is shown to the digit to whoever may see figures.
    """

    report = CodeField()
    known_on = models.DateField()
    published_on = models.DateField()
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["report", "known_on"], name="publication_once"),
        ]
