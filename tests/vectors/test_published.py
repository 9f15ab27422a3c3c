"""Published vectors: the primitives are the ones the standards mean, called in the right order."""

from __future__ import annotations

from uuid import UUID

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tahanan.vault import pairs, passphrase, suites
from tahanan.vault.suites import Unopenable

unhex = bytes.fromhex

SUBJECT = UUID("22222222-2222-4222-8222-222222222222")


def test_aes_256_gcm_opens_the_specification_s_case_16():
    """McGrew and Viega, *The Galois/Counter Mode of Operation*, as NIST SP 800-38D took it up.

    Our associated data begins with the suite byte; here that byte is the vector's own first.
    """
    key = unhex("feffe9928665731c6d6a8f9467308308" * 2)
    associated = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    nonce = unhex("cafebabefacedbaddecaf888")
    ciphertext = unhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    closed = associated[:1] + nonce + ciphertext
    assert suites._open(associated[0], key, closed, associated[1:]) == unhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    with pytest.raises(Unopenable):
        suites._open(associated[0], key, closed, associated[1:-1])


def test_hkdf_without_salt_gives_rfc_5869_case_3():
    assert suites.derive(b"\x0b" * 22, b"", 42) == unhex(
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    )


ED25519 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
        "c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
        "458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
]


@pytest.mark.parametrize(("seed", "public", "message", "signature"), ED25519)
def test_ed25519_signs_as_rfc_8032_does(seed, public, message, signature):
    assert pairs.public_of(unhex(seed)) == unhex(public)
    assert pairs.sign(unhex(seed), unhex(message)) == unhex(signature)
    pairs.verify(unhex(public), unhex(message), unhex(signature))


def test_argon2id_gives_rfc_9106_section_5_3():
    derived = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    ).derive(b"\x01" * 32)
    assert derived == unhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")


# CFRG's vectors for RFC 9180, mode base, X25519, HKDF-SHA256. Every published one carries
# associated data, which the library's public call does not take: hence its private one, here only,
# and in the direction that needs no chosen ephemeral key.
HPKE_INFO = unhex("4f6465206f6e2061204772656369616e2055726e")
HPKE_RECIPIENT = "497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d"
HPKE_SEALED = (
    "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256"
    "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a"
)


def test_hpke_opens_the_published_vector_of_our_suite():
    recipient = X25519PrivateKey.from_private_bytes(unhex(HPKE_RECIPIENT))
    opened = openssl.hpke._decrypt_with_aad(
        pairs._HPKE, unhex(HPKE_SEALED), recipient, HPKE_INFO, b"Count-0"
    )
    assert opened == b"Beauty is truth, truth beauty"


def test_what_we_seal_is_hpke_with_no_associated_data():
    """Ties our own calls to the one the vector went through."""
    pair, seed = pairs.new_pair(), suites.new_key()
    to = pairs.sign_public(seed, SUBJECT, "team", pair.public)
    sealed = pairs.seal_to(pairs.public_of(seed), to, b"a team key", b"context")
    info = b"\x11" + b"context" + SUBJECT.bytes
    private = X25519PrivateKey.from_private_bytes(pair.private)
    assert openssl.hpke._decrypt_with_aad(pairs._HPKE, sealed[1:], private, info, b"") == (
        b"a team key"
    )


def test_halves_keep_their_form_so_that_nobody_is_locked_out():
    """Our own vectors: a change here would shut out every person who holds keys."""
    salt, pepper = bytes(range(16)), bytes(range(32))
    halves = passphrase.derive_halves("Takin bumas", salt, pepper, passphrase.Cost(64, 2, 1))
    assert halves.auth.hex() == "387b5fcdd42a36eb3b1fbe53078692899d3ff3119d2666fcd54da956b32ee29c"
    assert halves.unlock.hex() == "6f7b770445ab31b545d7e6b649bf0a2ced7496d3011ea80541f661047fef24c9"
    recovered = passphrase.recovery_halves("6XRS-B8RT-D5AP-KMCX-EY5M-X62J-TSM2", salt, pepper)
    assert (
        recovered.auth.hex() == "cc405641d089086087a5ebf1c28cba59133515fa3761921516ee9172365fccde"
    )
    assert (
        recovered.unlock.hex() == "1b2d39653e557978179d7f7c692214c1b94b4f3ec2872351937765a23e711528"
    )


def test_wraps_and_texts_keep_their_form():
    """Our own vectors: what stands in a database must open after an upgrade."""
    key, here = bytes(range(32)), suites.context("case", 7, b"\1")
    assert here.hex() == "730000000463617365690000000137620000000101"
    assert (
        suites.unwrap(
            key,
            unhex(
                "010c6001bc459fe0c299efe35ce7f9cb304cd525514857dd3e3e56515270d9ef5f67c7c5e0afd5f08e1fa21396a813dc1beddd7b10969672cc35443130"
            ),
            here,
        )
        == b"\5" * 32
    )
    assert (
        suites.open_sealed(
            key,
            unhex(
                "02739780feaf717ff7d9a48e1fb167d9803b8da0a649cd6971832507566d0f03a0fa774a24d7ba46d5d5c4da6f"
            ),
            here,
        )
        == b"Tala"
    )
    assert suites.commitment(key).hex() == "1c8db25cb17c11d06e791742e6e60a00"
