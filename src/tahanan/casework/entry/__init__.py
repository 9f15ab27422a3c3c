"""The gate: coming in, unlocking, going out, and one's own account."""

from tahanan.casework.entry.acts import (
    GATE,
    change_person,
    lock,
    recover,
    second_factor,
    sign_in,
    sign_out,
    unlock,
)
from tahanan.casework.entry.opening import NOBODY, actor_of, open_session
from tahanan.casework.entry.sessions import sweep
from tahanan.casework.entry.shapes import (
    Cookies,
    KnownDevice,
    NewPhone,
    NewWords,
    Opened,
    Refused,
    SignedIn,
    Waiting,
    Where,
)

__all__ = [
    "GATE",
    "NOBODY",
    "Cookies",
    "KnownDevice",
    "NewPhone",
    "NewWords",
    "Opened",
    "Refused",
    "SignedIn",
    "Waiting",
    "Where",
    "actor_of",
    "change_person",
    "lock",
    "open_session",
    "recover",
    "second_factor",
    "sign_in",
    "sign_out",
    "sweep",
    "unlock",
]
