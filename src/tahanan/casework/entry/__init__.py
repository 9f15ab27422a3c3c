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
from tahanan.casework.entry.held import Held, held, hold, mark_of
from tahanan.casework.entry.importing import importer, open_keys, teams_of
from tahanan.casework.entry.language import choose_language
from tahanan.casework.entry.opening import NOBODY, actor_of, open_session
from tahanan.casework.entry.own import (
    KnownDevice,
    OwnAccount,
    OwnPlace,
    Renewed,
    forget_device,
    keep_phone,
    keep_words,
    new_spare_codes,
    own_account,
    propose,
    reopen,
)
from tahanan.casework.entry.proposals import Proposal
from tahanan.casework.entry.sessions import sweep
from tahanan.casework.entry.shapes import (
    Cookies,
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
    "Held",
    "KnownDevice",
    "NewPhone",
    "NewWords",
    "Opened",
    "OwnAccount",
    "OwnPlace",
    "Proposal",
    "Refused",
    "Renewed",
    "SignedIn",
    "Waiting",
    "Where",
    "actor_of",
    "change_person",
    "choose_language",
    "forget_device",
    "held",
    "hold",
    "importer",
    "keep_phone",
    "keep_words",
    "lock",
    "mark_of",
    "new_spare_codes",
    "open_keys",
    "open_session",
    "own_account",
    "propose",
    "recover",
    "reopen",
    "second_factor",
    "sign_in",
    "sign_out",
    "sweep",
    "teams_of",
    "unlock",
]
