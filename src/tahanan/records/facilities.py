"""Facilities in the office: what they are licensed for, until when, what is out of use."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from tahanan.records.bases import CodeField, OfficeRow, one_of
from tahanan.records.people import Organisation
from tahanan.records.vocabulary import FacilityKind, Permit, Sex


class Facility(OfficeRow):
    """An assessment center, shelter, foster or kin home, or survivor center.

    `private` is sealed under the server's key: its address (foster homes are on no public list),
    and after how many days it reviews and ends a stay. Those days stand again in a child's clocks,
    so in plain they would join her to her home.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="facilities")
    name = models.CharField(max_length=160)
    kind = CodeField()
    region = models.CharField(max_length=10)
    city = models.CharField(max_length=10)
    private = models.BinaryField()
    since_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [one_of("facility", "kind", FacilityKind)]


class FacilityPermit(OfficeRow):
    """A licence or an accreditation, valid from a day to a day, both included."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="permits")
    kind = CodeField()
    reference = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()

    class Meta:
        constraints = [
            one_of("facilitypermit", "kind", Permit),
            CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="facilitypermit_days_in_order"
            ),
        ]


class FacilityCapacity(OfficeRow):
    """Places for one sex (`unknown` stands for *girls and boys*) and one span of ages."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="capacities")
    line = models.PositiveSmallIntegerField()
    sex = CodeField()
    age_from = models.PositiveSmallIntegerField()
    age_until = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("facilitycapacity", "sex", Sex),
            CheckConstraint(
                condition=Q(age_until__gte=F("age_from")), name="facilitycapacity_ages_in_order"
            ),
            UniqueConstraint(
                fields=["facility", "line"],
                condition=Q(until_on__isnull=True),
                name="facilitycapacity_line",
            ),
        ]


class FacilityOutOfUse(OfficeRow):
    """Places of one line that cannot be used from a day until another."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="out_of_use")
    line = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=160)
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class FacilityPause(OfficeRow):
    """The whole home is not taking children now. Public, and never a neutral no."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True)


class HouseholdMember(OfficeRow):
    """An adult who lives in a home but does not work there: of a foster family, say."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="household")
    name = models.CharField(max_length=160)
    since_on = models.DateField()
    left_on = models.DateField(null=True)
