"""The key files: made once, private to their owner, and refused in one clear sentence."""

from __future__ import annotations

import os

import pytest

from tahanan.vault import roots
from tahanan.vault.roots import RootsUnfit


@pytest.fixture
def keys(tmp_path):
    directory = tmp_path / "keys"
    roots.create_roots(directory)
    return directory


def test_a_fresh_installation_has_six_different_keys(keys):
    held = [(keys / name).read_bytes() for name in (*roots.NAMES, roots.SEALER)]
    assert len(set(held)) == 6
    assert {len(key) for key in held} == {32}
    assert {file.name for file in keys.iterdir()} == {*roots.NAMES, roots.SEALER}


def test_the_files_are_for_their_owner_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        roots.create_roots(tmp_path / "keys")
    finally:
        os.umask(before)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "keys").iterdir()} == {0o600}


def test_what_was_written_is_what_is_loaded(keys):
    loaded = roots.load_roots(keys)
    for name in roots.NAMES:
        assert getattr(loaded, name) == (keys / name).read_bytes()
    assert roots.load_sealer_seed(keys) == (keys / "sealer").read_bytes()


def test_a_second_set_up_overwrites_nothing(keys):
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    with pytest.raises(RootsUnfit, match=r"exists already\. It was not overwritten\."):
        roots.create_roots(keys)
    assert before == {file.name: file.read_bytes() for file in keys.iterdir()}


def test_one_key_file_left_is_enough_to_refuse_a_new_set(keys):
    for name in (*roots.NAMES, roots.SEALER)[:-1]:
        (keys / name).unlink()
    with pytest.raises(RootsUnfit, match="sealer exists already"):
        roots.create_roots(keys)
    assert [file.name for file in keys.iterdir()] == ["sealer"]


def test_a_set_up_that_looked_too_early_overwrites_nothing_either(keys, monkeypatch):
    """Two at once: both saw an empty folder, one was faster."""
    before = {file.name: file.read_bytes() for file in keys.iterdir()}
    monkeypatch.setattr(roots.os.path, "lexists", lambda path: False)
    with pytest.raises(RootsUnfit, match="exists already"):
        roots.create_roots(keys)
    assert before == {file.name: file.read_bytes() for file in keys.iterdir()}


@pytest.mark.parametrize("name", roots.NAMES)
def test_a_missing_key_file_is_named_with_its_mend(keys, name):
    (keys / name).unlink()
    with pytest.raises(RootsUnfit, match=rf"{name} is missing\. Bring it back from escrow\."):
        roots.load_roots(keys)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_cut_or_overlong_key_file_is_refused(keys, size):
    (keys / "pepper").write_bytes(bytes(size))
    with pytest.raises(RootsUnfit, match="pepper is damaged: it must hold exactly 32 bytes"):
        roots.load_roots(keys)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610])
def test_a_key_file_others_can_reach_is_refused_with_its_mend(keys, mode):
    (keys / "links_root").chmod(mode)
    with pytest.raises(RootsUnfit, match=r"Run: chmod 600 .*links_root"):
        roots.load_roots(keys)


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o711])
def test_a_keys_folder_others_can_enter_is_refused_with_its_mend(keys, mode):
    keys.chmod(mode)
    for attempt in (roots.load_roots, roots.load_sealer_seed, roots.create_roots):
        with pytest.raises(RootsUnfit, match=r"Run: chmod 700 .*keys"):
            attempt(keys)


def test_a_missing_folder_is_said_and_not_made(tmp_path):
    with pytest.raises(RootsUnfit, match="keys is missing"):
        roots.load_roots(tmp_path / "keys")
    assert not (tmp_path / "keys").exists()


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "keys").write_text("")
    with pytest.raises(RootsUnfit, match="keys is not a folder"):
        roots.create_roots(tmp_path / "keys")


def test_a_folder_where_a_key_should_be_is_said(keys):
    (keys / "pepper").unlink()
    (keys / "pepper").mkdir()
    with pytest.raises(RootsUnfit, match="pepper cannot be read"):
        roots.load_roots(keys)


def test_the_sealer_may_have_a_folder_of_its_own(keys, tmp_path):
    own = tmp_path / "sealer"
    own.mkdir(mode=0o700)
    (keys / "sealer").rename(own / "sealer")
    assert len(roots.load_sealer_seed(own)) == 32
    roots.load_roots(keys)
    with pytest.raises(RootsUnfit, match="sealer is missing"):
        roots.load_sealer_seed(keys)
