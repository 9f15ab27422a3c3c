"""The house of the whole night: Ana and Ben with cards of their own, and homes with few beds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.casework import gatehouse, night
from tests.casework.gatehouse import Someone

from tahanan.access.actor import Actor
from tahanan.base import clock
from tahanan.casework import admissions, entry, facilities, intake, people
from tahanan.casework.facilities import Places
from tahanan.records.models import Person
from tahanan.records.vocabulary import FacilityKind, Permit, Sex

MANDAUE = "0731300000"
VALID = timedelta(days=400)


@dataclass
class NightHouse:
    """Who works here, with what stands on each card; the homes; the pair that Ben holds."""

    staff: dict[str, Any]
    homes: dict[str, UUID] = field(default_factory=dict)
    bens: tuple[UUID, ...] = ()

    @property
    def ana(self) -> Someone:
        """Ana, as she signs in."""
        found: Someone = self.staff["ana"]
        return found

    def ben_takes_both_beds(self, home: str) -> None:
        """At his own desk, while Ana reads: a place asked for and taken."""
        ben = gatehouse.actor(self.staff["ben"])
        asked = admissions.ask_for_place(ben, cases=self.bens)
        admissions.admit_to_facility(ben, request=asked, facility=self.homes[home], cases=self.bens)


def build(house: Any) -> NightHouse:
    """One team, four homes, and two children of an earlier night who still have no bed."""
    here = NightHouse(gatehouse.build(house))
    ada = gatehouse.actor(here.staff["ada"])
    family, shelter = FacilityKind.FAMILY_HOME, FacilityKind.SHELTER
    _home(here, ada, "foster", "Foster household 7", family, 2)
    _home(here, ada, "center", "Bahay Narra", FacilityKind.ASSESSMENT_CENTER, 4)
    _home(here, ada, "shelter", "Bahay Yakal", shelter, 3)
    _home(here, ada, "next", "Bahay Molave", shelter, 2)
    ana = _by_spare_code(here.ana)
    for newcomer in people.newcomers(ana):
        people.confirm_colleague(ana, membership=newcomer.membership)
    ben = gatehouse.actor(here.staff["ben"])
    before = night.begin(ben, here.staff["team"], on=clock.today() - timedelta(days=2))
    for name in ("Lea", "Noel"):
        night.meet(ben, before, name)
    here.bens = tuple(pane.case for pane in intake.board(ben, intake=before).panes if pane.case)
    intake.finish_intake(ben, intake=before)
    return here


def _by_spare_code(someone: Someone) -> Actor:
    """Somebody unlocked, whose phone still has its code of this minute to give."""
    waiting = gatehouse.first_step(someone)
    done = entry.second_factor(
        entry.GATE, cookies=waiting, code=someone.spare[-1], where=gatehouse.HERE
    )
    assert isinstance(done, entry.SignedIn)
    return gatehouse.opened(done.cookies).actor


def _home(
    here: NightHouse, ada: Actor, key: str, name: str, kind: FacilityKind, places: int
) -> None:
    today = clock.today()
    home = facilities.add_facility(
        ada,
        organisation=Person.objects.get(id=ada.person).organisation_id,
        name=name,
        kind=kind,
        city=MANDAUE,
        address=f"1 {name} Road",
        review_days=30,
        stay_target_days=90,
    )
    for permit in Permit:
        facilities.record_permit(
            ada, facility=home, kind=permit, valid_from=today - VALID, valid_until=today + VALID
        )
    facilities.set_capacity(ada, facility=home, lines=(Places(Sex.UNKNOWN, 0, 17, places),))
    here.homes[key] = home
