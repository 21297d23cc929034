"""A door that knows only public keys believes exactly what was signed."""

import base64
import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boxoffice.kernel.keyring import Keyring
from boxoffice.services.bookings.documents.codes import (
    CODE_LENGTH,
    ForgedCode,
    TicketClaims,
    TicketSigner,
    TicketVerifier,
)

MakeClaims = Callable[..., TicketClaims]
OLD_ROOT, NEW_ROOT = (
    "the old root secret that is long enough",
    "the new root secret that is long enough",
)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def test_a_code_says_what_was_signed_to_whoever_has_the_public_key(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    claims = make_claims(code_version=2**32 - 1)
    assert TicketVerifier(signer.public_keys).verify(signer.sign(claims)) == claims


def test_signing_twice_gives_the_same_text(signer: TicketSigner, make_claims: MakeClaims) -> None:
    claims = make_claims()
    assert signer.sign(claims) == signer.sign(claims)


def test_a_code_is_made_of_letters_that_qr_packs_tightly(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    code = signer.sign(make_claims())
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(ALPHABET)


def mutations(code: str) -> Iterator[str]:
    chance = random.Random(2027)  # noqa: S311 - the same mutations every time
    for position in chance.sample(range(len(code)), 60):
        other = chance.choice(ALPHABET.replace(code[position], ""))
        yield code[:position] + other + code[position + 1 :]
    for position in (0, 1, 7, 100, len(code) - 1):  # shortened, lengthened, swapped
        yield code[:position] + code[position + 1 :]
        yield code[:position] + "A" + code[position:]
    yield code[1] + code[0] + code[2:]
    yield code.lower()
    yield code[:-1] + "="
    yield code[:-8] + "======ZZ"
    yield code.replace(code[5], "İ", 1)
    yield code.replace("A", "０", 1)  # noqa: RUF001 - a full-width zero is what is tried
    yield from ("", " ", "\0", code[::-1], code + code, "https://tickets.example/" + code)


def test_every_altered_code_is_refused(signer: TicketSigner, make_claims: MakeClaims) -> None:
    code = signer.sign(make_claims())
    altered = [text for text in mutations(code) if text != code]
    assert len(altered) > 60
    for text in altered:
        with pytest.raises(ForgedCode):
            signer.verify(text)


def test_every_single_bit_counts(signer: TicketSigner, make_claims: MakeClaims) -> None:
    raw = base64.b32decode(signer.sign(make_claims()))
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(ForgedCode):
            signer.verify(base64.b32encode(flipped).decode())


@given(text=st.text(max_size=300) | st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_no_text_makes_it_stumble(signer: TicketSigner, text: str) -> None:
    with pytest.raises(ForgedCode):
        signer.verify(text)


def test_claims_of_one_ticket_cannot_carry_the_signature_of_another(
    signer: TicketSigner, make_claims: MakeClaims
) -> None:
    ours, theirs = (base64.b32decode(signer.sign(make_claims())) for _ in range(2))
    with pytest.raises(ForgedCode):
        signer.verify(base64.b32encode(ours[:71] + theirs[71:]).decode())


def test_codes_survive_a_rotation_of_the_root_and_end_with_it(make_claims: MakeClaims) -> None:
    claims = make_claims()
    old, both, new = (
        TicketSigner(Keyring(roots)) for roots in (OLD_ROOT, f"{NEW_ROOT},{OLD_ROOT}", NEW_ROOT)
    )
    printed = old.sign(claims)
    assert both.verify(printed) == claims
    assert new.verify(both.sign(claims)) == claims
    with pytest.raises(ForgedCode):
        new.verify(printed)
