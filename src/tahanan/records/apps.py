"""The application that holds every table, and the gate's factors, which django-allauth keeps."""

from allauth.account.apps import AccountConfig
from allauth.mfa.apps import MFAConfig
from django.apps import AppConfig
from django.contrib.auth.apps import AuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class Records(AppConfig):
    """All tables, one migration chain."""

    name = "tahanan.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """Raise the walls after each migrate; refuse a database role they would not hold."""
        from tahanan.records.walls.raising import after_migrate
        from tahanan.records.walls.roles import refuse_strong

        post_migrate.connect(after_migrate, sender=self)
        connection_created.connect(refuse_strong)


class Factors(MFAConfig):
    """allauth's authenticators (TOTP, spare codes). Its signals and checks concern e-mail only."""

    def ready(self) -> None:
        """Nothing: `casework.entry` calls the factors, no signal does."""


class Accounts(AccountConfig):
    """Imported by allauth's factors and never used: its tables stay empty, no address is mounted.

    Its own `ready` would demand a middleware that serves those addresses.
    """

    def ready(self) -> None:
        """Nothing."""


class Permissions(AuthConfig):
    """Imported by allauth and never used: who may do what stands in `access.rules` alone."""

    def ready(self) -> None:
        """Nothing: Django would fill a table with a permission for each model."""


class ContentTypes(ContentTypesConfig):
    """Imported by Permissions and never used."""

    def ready(self) -> None:
        """Nothing: Django would fill a table with the name of each model."""
