"""The second factor: codes from a phone and printed spare codes, kept by django-allauth."""

from __future__ import annotations

import base64
import json
from datetime import datetime, time
from urllib.parse import quote, urlencode
from uuid import UUID

from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from tahanan.access.accounts import key
from tahanan.base import clock
from tahanan.vault.suites import context, open_sealed, same, seal

TOTP_KIND = Authenticator.Type.TOTP
SPARE_KIND = Authenticator.Type.RECOVERY_CODES
_STEP = 64
_BOUND = context("tahanan/factor/1")


class SealingAdapter(DefaultMFAAdapter):
    """allauth's own `encrypt` does nothing: its secrets would lie in the database as typed."""

    def encrypt(self, text: str) -> str:
        """`text` under the server's key, which is in no database."""
        return base64.b64encode(seal(key("factor"), text.encode(), _BOUND, _STEP)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` closed. Raises Unopenable."""
        return open_sealed(key("factor"), base64.b64decode(encrypted_text), _BOUND).decode()


class PhoneCodes(TOTP):
    """Codes of six digits that change with the clock (RFC 6238), each good once.

    allauth remembers a used code in the cache, for less long than a tolerated code stays right,
    and apart in each process. Here the last used step stands, sealed, beside the secret.
    """

    def validate_code(self, code: str) -> bool:
        """Is `code` right now, and later than any used before? Then it is used."""
        opened = json.loads(SealingAdapter().decrypt(self.instance.data["secret"]))
        now = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
        tolerance = app_settings.TOTP_TOLERANCE
        for step in range(now - tolerance, now + tolerance + 1):
            right = format_hotp_value(hotp_value(opened["secret"], step))
            if same(right.encode(), code.encode()) and step > opened["used"]:
                self.instance.data = {"secret": _closed(opened["secret"], step)}
                self.instance.save(update_fields=["data"])
                return True
        return False


def new_secret() -> str:
    """A fresh secret for a phone, in base 32."""
    return str(generate_totp_secret())


def address_of(secret: str, name: str) -> str:
    """What the phone's camera reads."""
    issuer = app_settings.TOTP_ISSUER
    said = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(name)}?{said}"


def code_now(secret: str) -> str:
    """The code the phone shows now: to prove a new phone, and for the demonstration's list."""
    step = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, step)))


def fits(secret: str, code: str) -> bool:
    """Does a phone that was just given `secret` show `code`?"""
    step = int(clock.now().timestamp()) // app_settings.TOTP_PERIOD
    steps = range(step - app_settings.TOTP_TOLERANCE, step + app_settings.TOTP_TOLERANCE + 1)
    meant = _digits(code).encode()
    return any(same(format_hotp_value(hotp_value(secret, s)).encode(), meant) for s in steps)


def set_up(account: UUID, secret: str) -> list[str]:
    """Give the account this phone and ten spare codes, in place of any before. Gives the codes."""
    Authenticator.objects.filter(user_id=account).delete()
    _keep(account, TOTP_KIND, {"secret": _closed(secret, 0)})
    return _spare(account)


def new_spare_codes(account: UUID) -> list[str]:
    """Ten fresh spare codes; the old ones are void."""
    Authenticator.objects.filter(user_id=account, type=SPARE_KIND).delete()
    return _spare(account)


def accepts(account: UUID, typed: str) -> bool:
    """Is this the phone's code, or an unused spare code? Then it is used up."""
    code = _digits(typed)
    rows = Authenticator.objects.select_for_update().filter(user_id=account)
    held = {row.type: row for row in rows}
    if len(code) == app_settings.TOTP_DIGITS and TOTP_KIND in held:
        return PhoneCodes(held[TOTP_KIND]).validate_code(code)
    if len(code) == app_settings.RECOVERY_CODE_DIGITS and SPARE_KIND in held:
        return bool(RecoveryCodes(held[SPARE_KIND]).validate_code(code))
    return False


def spare_left(account: UUID) -> int:
    """How many spare codes are unused."""
    row = Authenticator.objects.filter(user_id=account, type=SPARE_KIND).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def _spare(account: UUID) -> list[str]:
    seed = SealingAdapter().encrypt(RecoveryCodes.generate_seed())
    row = _keep(account, SPARE_KIND, {"seed": seed, "used_mask": 0})
    return list(RecoveryCodes(row).generate_codes())


def _keep(account: UUID, kind: str, content: dict[str, object]) -> Authenticator:
    # allauth would write the exact instant, which would join this row to a ledger entry.
    day = datetime.combine(clock.today(), time(), clock.MANILA)
    row = Authenticator(user_id=account, type=kind, data=content, created_at=day)
    row.save(force_insert=True)
    return row


def _closed(secret: str, used: int) -> str:
    return SealingAdapter().encrypt(json.dumps({"secret": secret, "used": used}))


def _digits(typed: str) -> str:
    return "".join(letter for letter in typed if letter.isdigit() and letter.isascii())
