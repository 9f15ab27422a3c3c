"""Types that hold secrets: they show nothing and are never pickled or copied."""

from __future__ import annotations

import copy
import pickle

import pytest

from tahanan.vault.links import Column
from tahanan.vault.pairs import Pair
from tahanan.vault.passphrase import Halves
from tahanan.vault.roots import NAMES, Roots

LEAK = b"do-not-show-this-to-anybody-ever"

HOLDERS = [
    Pair(LEAK, bytes(32)),
    Halves(LEAK, LEAK),
    Roots(*[LEAK] * len(NAMES)),
    Column(LEAK, "stay.home"),
]


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_a_secret_shows_its_name_only(holder):
    for shown in (repr(holder), str(holder), f"{holder}", f"{holder!r}", repr([holder])):
        assert "show" not in shown
        assert type(holder).__name__ in shown


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_a_secret_refuses_pickling_and_copying(holder):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="never pickled"):
            pickle.dumps(holder, protocol)
    for attempt in (copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="never pickled"):
            attempt(holder)


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda holder: type(holder).__name__)
def test_a_secret_has_no_dictionary_to_dump(holder):
    with pytest.raises(TypeError):
        vars(holder)
