"""The one Django application that holds every table."""

from django.apps import AppConfig


class Records(AppConfig):
    """All tables, one migration chain."""

    name = "tahanan.records"
    label = "records"
    verbose_name = "Records"
