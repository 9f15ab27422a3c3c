"""What can go wrong, as a sentence a person can read."""

from __future__ import annotations


class Refusal(Exception):
    """A reasoned no: the page shows `sentence`, tests and counts go by `code`."""

    status = 403

    def __init__(self, code: str, sentence: str, **details: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.details = details


class NotFound(Refusal):
    """No relation to the thing asked for, or no such thing: the same words for both (404)."""

    status = 404

    def __init__(self) -> None:
        super().__init__("not-found", "There is nothing here that you may see.")


class Locked(Refusal):
    """Signed in, but the keys are not open (423)."""

    status = 423

    def __init__(self) -> None:
        super().__init__("locked", "You are signed in, but your keys are still locked.")


class Conflict(Refusal):
    """Somebody wrote first (409). `standing` is the shape that stands now, for both to be shown."""

    status = 409

    def __init__(self, code: str, sentence: str, standing: object = None) -> None:
        super().__init__(code, sentence, standing=standing)
        self.standing = standing


class Invalid(Refusal):
    """Fields to mend (422): field name → sentence naming the field and the mend."""

    status = 422

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__("invalid", " ".join(fields.values()))
        self.fields = fields
