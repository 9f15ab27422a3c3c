"""The office of the cast: organisations, teams with real keys, and people who hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tahanan.access import actor as actors
from tahanan.access import installation, links
from tahanan.base import clock, ids
from tahanan.casework.facilities import Numbers, steps
from tahanan.records.models import (
    Facility,
    FacilityCapacity,
    FacilityPermit,
    Installation,
    Membership,
    Organisation,
    Person,
    Team,
    TeamKeyShare,
)
from tahanan.records.vocabulary import (
    FacilityKind,
    OrganisationKind,
    Permit,
    Relation,
    Sex,
    TeamKind,
)
from tahanan.vault import links as keyed
from tahanan.vault import pairs, suites

REGION = "0700000000"
CITY = "0730600000"
_SINCE = date(2020, 1, 6)


@dataclass
class Office:
    """What was built, by short names: plain values, so that a snapshot can keep it."""

    organisations: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, UUID] = field(default_factory=dict)
    team_keys: dict[UUID, bytes] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    private: dict[UUID, bytes] = field(default_factory=dict)
    facilities: dict[str, UUID] = field(default_factory=dict)

    def organisation(self, key: str, name: str, kind: OrganisationKind) -> UUID:
        """An organisation of the programme."""
        made = Organisation(name=name, kind=kind, region=REGION, since_on=_SINCE)
        made.save(force_insert=True)
        self.organisations[key] = made.id
        return made.id

    def team(
        self, key: str, name: str, kind: TeamKind, of: str, facility: UUID | None = None
    ) -> UUID:
        """A team with its own key and signed public half."""
        team_key, pair, id = suites.new_key(), pairs.new_pair(), ids.uuid4()
        seed = installation.roots().registrar_seed
        signed = pairs.sign_public(seed, id, "team", pair.public)
        Team(
            id=id,
            organisation_id=self.organisations[of],
            name=name,
            kind=kind,
            facility_id=facility,
            public=signed.public,
            public_signature=signed.signature,
            private_wrap=suites.wrap(team_key, pair.private, suites.context("team-private", id)),
            since_on=_SINCE,
        ).save(force_insert=True)
        self.teams[key], self.team_keys[id] = id, team_key
        return id

    def person(self, key: str, name: str, of: str, places: dict[str, Relation]) -> UUID:
        """Somebody with a pair of her own, and a confirmed place in each team of `places`."""
        pair, id = pairs.new_pair(), ids.uuid4()
        seed = installation.roots().registrar_seed
        signed = pairs.sign_public(seed, id, "person", pair.public)
        Person(
            id=id,
            organisation_id=self.organisations[of],
            name=name,
            public=signed.public,
            public_signature=signed.signature,
            since_on=_SINCE,
        ).save(force_insert=True)
        self.people[key], self.private[id] = id, pair.private
        for team, role in places.items():
            self._join(id, signed, self.teams[team], role)
        return id

    def home(self, key: str, name: str, of: str) -> UUID:
        """An assessment center for girls and boys of 3 to 17, with licence and accreditation."""
        today = clock.today()
        id = ids.uuid4()
        made = Facility(
            id=id,
            organisation_id=self.organisations[of],
            name=name,
            kind=FacilityKind.ASSESSMENT_CENTER,
            region=REGION,
            city=CITY,
            private=steps.seal(id, "14 Acacia Lane", Numbers(30, 90)),
            since_on=_SINCE,
        )
        made.save(force_insert=True)
        for kind in Permit:
            FacilityPermit(
                facility=made,
                kind=kind,
                valid_from=_SINCE,
                valid_until=date(today.year + 2, 3, 14),
            ).save(force_insert=True)
        FacilityCapacity(
            facility=made,
            line=1,
            sex=Sex.UNKNOWN,
            age_from=3,
            age_until=17,
            places=12,
            from_on=_SINCE,
        ).save(force_insert=True)
        self.facilities[key] = made.id
        return made.id

    def actor(self, key: str) -> actors.Actor:
        """That person, signed in and unlocked."""
        person = Person.objects.get(id=self.people[key])
        places = Membership.objects.filter(person=person, confirmed_on__isnull=False)
        memberships = tuple(
            actors.Membership(
                place.team_id,
                place.team.organisation_id,
                TeamKind(place.team.kind),
                Relation(place.role),
                place.team.facility_id,
            )
            for place in places.select_related("team").order_by("id")
        )
        held = {each.team: (self.team_keys[each.team],) for each in memberships}
        return actors.Actor(
            person.id,
            person.organisation_id,
            person.name,
            memberships,
            actors.Keyring(self.private[person.id], held),
        )

    def _join(self, person: UUID, signed: pairs.SignedPublic, team: UUID, role: Relation) -> None:
        Membership(
            team_id=team, person_id=person, role=role, from_on=_SINCE, confirmed_on=_SINCE
        ).save(force_insert=True)
        sealed = pairs.seal_to(
            installation.registrar_public(),
            signed,
            self.team_keys[team],
            suites.context("team-share", team, 1),
        )
        TeamKeyShare(team_id=team, person_id=person, turn=1, sealed=sealed).save(force_insert=True)


def install() -> None:
    """The one row without which nothing starts."""
    roots = installation.roots()
    Installation(
        name="Test house",
        links_check=keyed.check_value(roots.links_root),
        registrar_public=pairs.public_of(roots.registrar_seed),
    ).save(force_insert=True)
    installation.forget()
    links.forget()


def build() -> Office:
    """Eight organisations, one home with its three teams, and everybody the tests call by name."""
    install()
    office = Office()
    _organisations(office)
    _teams(office)
    for key, name, of, places in _PEOPLE:
        office.person(key, name, of, places)
    return office


def _organisations(office: Office) -> None:
    office.organisation("silungan", "Silungan", OrganisationKind.NGO)
    office.organisation("amihan", "Bahay Amihan", OrganisationKind.NGO)
    office.organisation("ginhawa", "Ginhawa Therapy", OrganisationKind.HEALTH_SERVICE)
    office.organisation("katarungan", "Katarungan Law", OrganisationKind.LEGAL_SERVICE)
    office.organisation("bantay", "Bantay Desk", OrganisationKind.LAW_ENFORCEMENT)
    office.organisation("parish", "Parish of the Good Road", OrganisationKind.CHURCH)
    office.organisation("lungsod", "City Social Welfare", OrganisationKind.LOCAL_GOVERNMENT)
    office.organisation("agapay", "Agapay", OrganisationKind.NGO)


def _teams(office: Office) -> None:
    home = office.home("amihan", "Bahay Amihan", "amihan")
    for key, name, kind, of, facility in (
        ("casework", "Silungan casework", TeamKind.CASEWORK, "silungan", None),
        ("safeguarding", "Silungan safeguarding", TeamKind.SAFEGUARDING, "silungan", None),
        ("protection", "Silungan data protection", TeamKind.PROTECTION, "silungan", None),
        ("direction", "Silungan direction", TeamKind.DIRECTION, "silungan", None),
        ("administration", "Silungan administration", TeamKind.ADMINISTRATION, "silungan", None),
        ("staff", "Bahay Amihan staff", TeamKind.FACILITY_STAFF, "amihan", home),
        ("clinic", "Bahay Amihan clinic", TeamKind.FACILITY_CLINIC, "amihan", home),
        ("house", "Bahay Amihan house", TeamKind.FACILITY_HOUSE, "amihan", home),
        ("therapy", "Ginhawa therapists", TeamKind.THERAPY, "ginhawa", None),
        ("legal", "Katarungan liaison", TeamKind.LEGAL, "katarungan", None),
        ("police", "Bantay liaison", TeamKind.POLICE, "bantay", None),
        ("church", "Good Road focal", TeamKind.CHURCH, "parish", None),
        ("cowork", "City social workers", TeamKind.COWORK, "lungsod", None),
        ("agapay", "Agapay casework", TeamKind.CASEWORK, "agapay", None),
    ):
        office.team(key, name, kind, of, facility)


_PEOPLE: tuple[tuple[str, str, str, dict[str, Relation]], ...] = (
    ("ana", "Ana Reyes", "silungan", {"casework": Relation.CASE_MANAGER}),
    ("ben", "Ben Torres", "silungan", {"casework": Relation.SUPERVISOR}),
    ("cora", "Cora Lim", "amihan", {"staff": Relation.FACILITY_HEAD}),
    ("dan", "Dan Uy", "ginhawa", {"therapy": Relation.THERAPIST}),
    ("eli", "Eli Ramos", "parish", {"church": Relation.CHURCH_FOCAL}),
    ("fe", "Fe Navarro", "agapay", {"agapay": Relation.CASE_MANAGER}),
    ("gil", "Gil Santos", "silungan", {"protection": Relation.PROTECTION_OFFICER}),
    ("nilda", "Nilda Cruz", "amihan", {"clinic": Relation.NURSE}),
    ("hana", "Hana Ocampo", "amihan", {"house": Relation.HOUSE_PARENT}),
    ("gary", "Gary Yap", "amihan", {"house": Relation.GUARD}),
    ("sol", "Sol Mercado", "amihan", {"staff": Relation.FACILITY_SOCIAL_WORKER}),
    ("leo", "Leo Saldua", "katarungan", {"legal": Relation.LEGAL_LIAISON}),
    ("sela", "Sela Dizon", "silungan", {"safeguarding": Relation.SAFEGUARDING_LEAD}),
    ("lito", "Lito Ferrer", "bantay", {"police": Relation.LAW_ENFORCEMENT}),
    ("ada", "Ada Cruz", "silungan", {"administration": Relation.ADMINISTRATOR}),
    ("dora", "Dora Pineda", "silungan", {"direction": Relation.DIRECTOR}),
    ("coby", "Coby Tan", "lungsod", {"cowork": Relation.CASE_MANAGER}),
)
