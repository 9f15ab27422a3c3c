"""Names as Filipinos bear and write them: parts, tidy spelling, short and full forms, order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from tahanan.base.problems import Problem


def N_(text: str) -> str:
    """Mark `text` for translation and hand it back unchanged: the web layer translates."""
    return text


# How much of a name there is; the stored codes.
FULL: Final = "full"
NO_SURNAME_KNOWN: Final = "no-surname-known"
SINGLE_NAME: Final = "single-name"  # the whole legal name is one name, common in some communities
PLACEHOLDER: Final = "placeholder"
KINDS = (FULL, NO_SURNAME_KNOWN, SINGLE_NAME, PLACEHOLDER)

# The words for a child whose name nobody knows yet; the web layer translates and fills it.
CHILD_NUMBER: Final = N_("Child %(number)s")
LONGEST: Final = 100

SUFFIXES: Final = ("Jr.", "Sr.", "II", "III", "IV", "V", "VI")
_SUFFIX_FORMS = {suffix.lower(): suffix for suffix in SUFFIXES}
# “V.” is a middle initial, “V” a suffix: only Jr and Sr go with and without the dot.
_SUFFIX_FORMS.update(jr="Jr.", junior="Jr.", sr="Sr.", senior="Sr.")
_SUFFIX_FORMS.update({"2nd": "II", "3rd": "III", "4th": "IV"})
# Particles that open a surname; longest first.
_PARTICLES = (
    *(("de", "la"), ("de", "las"), ("de", "los")),
    *(("dela",), ("delas",), ("delos",), ("del",), ("de",)),
    *(("san",), ("santo",), ("santa",), ("sto.",), ("sta.",)),
    *(("bin",), ("binti",)),
)
_SMALL = {"de", "la", "las", "los", "dela", "delas", "delos", "del", "y", "bin", "binti"}
# Only before another word: Ma alone is a surname.
_SHORT_FORMS = {"ma": "Ma.", "sta": "Sta.", "sto": "Sto."}
# Given names that usually stand before another one: “Maria Clara Santos” has no middle name.
_FIRST_OF_TWO = {"ma.", "maria", "mary", "john", "juan", "jose", "ana", "anna", "mark", "princess"}
_NO_NAME = {
    *{"unknown", "none", "no name", "not known", "n/a", "nil", "unnamed", "anonymous"},
    *{"wala", "walang apelyido", "hindi alam", "di alam", "wala pa", "x", "xx", "xxx", "?", "-"},
}


@dataclass(frozen=True, slots=True)
class LegalName:
    """A name in its parts, each tidy text or empty.

    `middle` is the mother's maiden surname, as Philippine law has it. `surname` may be double
    (“Reyes Santos”, “Reyes-Santos”). `kind` is one of KINDS: a name without a surname says whether
    none is known or none exists. `number` is that of a placeholder, 0 otherwise.
    """

    given: str = ""
    middle: str = ""
    surname: str = ""
    suffix: str = ""
    nickname: str = ""
    kind: str = FULL
    number: int = 0

    def full(self) -> str:
        """“Maria Clara Reyes dela Cruz Jr.”."""
        if self.kind == PLACEHOLDER:
            return CHILD_NUMBER % {"number": self.number}
        return " ".join(filter(None, (self.given, self.middle, self.surname, self.suffix)))

    def short(self) -> str:
        """Given name and surname, with the suffix that tells father from son: “Juan Cruz Jr.”."""
        if self.kind == PLACEHOLDER:
            return self.full()
        return " ".join(filter(None, (self.given, self.surname, self.suffix)))

    def listed(self) -> str:
        """As in a list by surname: “dela Cruz, Maria Clara R., Jr.”; else the given name."""
        if self.kind == PLACEHOLDER:
            return self.full()
        first = " ".join(filter(None, (self.given, middle_initial(self.middle))))
        return ", ".join(filter(None, (self.surname, first, self.suffix)))

    def called(self) -> str:
        """What she is called: the nickname, else the given name, else all there is."""
        return self.nickname or self.given or self.full()

    def sort_key(self) -> tuple[str, ...]:
        """Order by surname as Philippine lists have it: dela Cruz under D, ñ after n, numbers last.

        A name without a surname stands under its given name; placeholders come after all names.
        """
        if self.kind == PLACEHOLDER:
            return ("\uffff", f"{self.number:06d}")
        first = self.surname or self.given
        order = SUFFIXES.index(self.suffix) + 1 if self.suffix in SUFFIXES else 0
        return (*map(_order, (first, self.given, self.middle)), str(order))


def placeholder(number: int) -> LegalName:
    """“Child 5”: a child whose name nobody knows yet, the fifth of her removal."""
    if number < 1:
        raise ValueError("children are counted from one")
    return LegalName(kind=PLACEHOLDER, number=number)


def named(
    given: str,
    middle: str = "",
    surname: str = "",
    suffix: str = "",
    nickname: str = "",
    kind: str = FULL,
) -> LegalName | tuple[Problem, ...]:
    """A tidy name from typed parts, or what to mend (each Problem's `field` is a part's name)."""
    parts = {
        "given": tidy(given),
        "middle": tidy(middle),
        "surname": tidy(surname),
        "nickname": tidy(nickname),
    }
    problems = [problem for field, text in parts.items() if (problem := _wrong(field, text))]
    standard = suffix_of(suffix) if suffix.strip() else ""
    if standard is None:
        text = N_("“%(typed)s” is not a suffix. Write Jr., Sr., II, III or IV, or clear it.")
        problems.append(Problem("suffix", "suffix-unknown", text, {"typed": suffix.strip()[:20]}))
    problems += _against_kind(parts, kind)
    if problems or standard is None:
        return tuple(problems)
    return LegalName(
        parts["given"], parts["middle"], parts["surname"], standard, parts["nickname"], kind
    )


def _against_kind(parts: dict[str, str], kind: str) -> list[Problem]:
    if kind not in (FULL, NO_SURNAME_KNOWN, SINGLE_NAME):
        raise ValueError(f"no such kind of typed name: {kind}")
    found = []
    if not parts["given"] and not (kind == FULL and parts["surname"]):
        text = N_("The given name is missing. Write it, or choose “No name known yet”.")
        found.append(Problem("given", "given-missing", text))
    if kind == FULL and not parts["surname"]:
        text = N_("The surname is missing. Write it, or choose “No surname known”.")
        found.append(Problem("surname", "surname-missing", text))
    if kind != FULL and parts["surname"]:
        text = N_("There is a surname, yet “No surname” is chosen. Clear one of the two.")
        found.append(Problem("surname", "surname-and-none", text))
    return found


def _wrong(field: str, text: str) -> Problem | None:
    if len(text) > LONGEST:
        sentence = N_("A name here has at most %(most)s letters. Shorten it.")
        return Problem(field, "too-long", sentence, {"most": LONGEST})
    if text.casefold().strip(".") in _NO_NAME:
        sentence = N_("“%(typed)s” is not a name. Leave it empty, or choose what is not known.")
        return Problem(field, "not-a-name", sentence, {"typed": text})
    strange = next((letter for letter in text if not _of_a_name(letter)), "")
    if strange:
        sentence = N_("“%(sign)s” does not belong in a name. Take it out.")
        return Problem(field, "strange-sign", sentence, {"sign": strange})
    if text and not any(letter.isalpha() for letter in text):
        sentence = N_("“%(typed)s” has no letter. Write the name, or leave it empty.")
        return Problem(field, "no-letter", sentence, {"typed": text})
    return None


def _of_a_name(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LM" or letter in " .'’-"


def tidy(text: str) -> str:
    """One spelling of what was typed: composed, single spaces, no control signs, “Ma.”, “Sta.”.

    Text all in capitals or all in small letters gets capitals where names have them (particles
    stay small: “dela Cruz”); mixed letters are the person's own and stay. Quotes become ’.
    """
    plain = unicodedata.normalize("NFC", text).replace("'", "’").replace("`", "’")
    plain = "".join(each if unicodedata.category(each)[0] != "C" else " " for each in plain)
    words = plain.split()
    letters = "".join(words)
    if letters.isupper() or letters.islower():
        words = [_capital(word, first=index == 0) for index, word in enumerate(words)]
    before = [_SHORT_FORMS.get(word.rstrip(".").lower(), word) for word in words[:-1]]
    return " ".join(before + words[-1:])


def _capital(word: str, *, first: bool) -> str:
    low = word.lower()
    if low in _SMALL and not (first and low in {"y", "la", "las", "los"}):
        return low
    if re.fullmatch(r"(ii|iii|iv|vi)", low):
        return low.upper()
    return re.sub(r"(^|[-’])(\w)", lambda found: found[1] + found[2].title(), low)


def fold(text: str) -> str:
    """Small letters without accents, for comparing: “Peñablanca” → “penablanca”."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def suffix_of(text: str) -> str | None:
    """The standard form of a suffix (“jr” → “Jr.”, “3rd” → “III”), or None if it is none."""
    return _SUFFIX_FORMS.get(text.strip().lower())


def middle_initial(middle: str) -> str:
    """“R.” for Reyes, “D.” for dela Cruz; empty for none."""
    return f"{middle[0].upper()}." if middle else ""


def parse(text: str) -> LegalName:
    """A name written on one line, in its likely parts: a proposal for a person to check.

    Understands “Surname, Given Middle Suffix” and “Given Middle Surname Suffix”, particles (de la,
    dela, delos, San, Sta.), “Ma.”, hyphens, and a nickname in quotes or brackets. Without a comma
    the last surname is the surname and the one before it the middle name, if at least one given
    name is left. One word alone is a given name with no surname known.
    """
    nickname, rest = _take_nickname(text)
    before, comma, after = rest.partition(",")
    if comma and suffix_of(after) is None:
        words, suffix = _take_suffix(tidy(after.replace(",", " ")).split())
        surname, more = _take_suffix(tidy(before).split())
        given, middle = _given_and_middle(_units(words))
        return LegalName(given, middle, " ".join(surname), suffix or more, nickname)
    words, suffix = _take_suffix(tidy(rest.replace(",", " ")).split())
    units = _units(words)
    if len(units) < 2:
        return LegalName(" ".join(units), "", "", suffix, nickname, NO_SURNAME_KNOWN)
    given, middle = _given_and_middle(units[:-1])
    return LegalName(given, middle, units[-1], suffix, nickname)


def _given_and_middle(units: list[str]) -> tuple[str, str]:
    """Split what stands before the surname: the last of it is the middle, but for a paired name."""
    if len(units) < 2:
        return " ".join(units), ""
    last = units[-1]
    initial = re.fullmatch(r"\w\.?", last) is not None
    particle = " " in last and last.split()[0].lower() not in _FIRST_OF_TWO
    paired = len(units) == 2 and units[0].lower() in _FIRST_OF_TWO
    if initial or particle or not paired:
        return " ".join(units[:-1]), last
    return " ".join(units), ""


def _units(words: list[str]) -> list[str]:
    """Words joined where they are one name: a particle with what follows it, “Ma.” likewise."""
    units: list[str] = []
    at = 0
    while at < len(words):
        size = _particle_size(words, at)
        units.append(" ".join(words[at : at + size]))
        at += size
    return units


def _particle_size(words: list[str], at: int) -> int:
    low = [word.lower() for word in words[at:]]
    if low[0] == "ma." and len(low) > 1:
        return 2
    for particle in _PARTICLES:
        size = len(particle)
        # “Santa” or “San” opens a surname only after a given name: Santa Reyes is a given name.
        if at and tuple(low[:size]) == particle and len(low) > size:
            return size + 1
    return 1


def _take_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and (suffix := suffix_of(words[-1])):
        return words[:-1], suffix
    return words, ""


def _take_nickname(text: str) -> tuple[str, str]:
    found = re.search(r"[\"“(]([^\"”()]+)[\"”)]", text)
    if not found:
        return "", text
    return tidy(found[1]), text[: found.start()] + " " + text[found.end() :]


def _order(text: str) -> str:
    """Letters in Filipino order: accents dropped, ñ after n, spaces and signs left out."""
    # “~” sorts after every letter, so “ñ” as “n~” comes after all of “n”.
    kept = text.casefold().replace("ñ", "n~")
    apart = unicodedata.normalize("NFD", kept)
    return "".join(letter for letter in apart if letter.isalpha() or letter == "~")
