import json
import zlib
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.documents.qr import (
    LinkUnreadable,
    PayloadTooLong,
    QuoteCodes,
    digits,
    key_id,
    matrix,
    open_quote_link,
    undigits,
)
from tests.builders_documents import STORE
from tests.builders_quotes import a_full_quote
from tests.integration.documents.reading import codes_in, picture_of_code


class Signer:
    """A real Ed25519 key."""

    def __init__(self) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    def public_key(self) -> bytes:
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)


SIGNER = Signer()
CODES = QuoteCodes(SIGNER)
PAGE = "https://connector.chengye.example/q/" + "k7" * 13


def test_the_signed_quote_fits_a_code_of_version_18_and_is_read_back(tmp_path: Path) -> None:
    link = CODES.quote_link(a_full_quote(), STORE, "王静", page=PAGE)
    code = CODES.matrix(link)
    assert code.version <= 18
    assert codes_in(picture_of_code(code), tmp_path) == [link]
    opened = open_quote_link(link)
    public = Ed25519PublicKey.from_public_bytes(SIGNER.public_key())
    public.verify(opened.signature, opened.signed)
    assert opened.key_id == key_id(SIGNER.public_key())
    assert sum(line[1] for line in opened.facts[6]) == 25_085_513
    assert opened.facts[10] == a_full_quote().check_code()


def test_a_changed_link_is_refused_or_its_signature_fails() -> None:
    link = CODES.quote_link(a_full_quote(), STORE, "王静", page=PAGE)
    head, _, fragment = link.partition("#")
    public = Ed25519PublicKey.from_public_bytes(SIGNER.public_key())
    for place in range(3, len(fragment), 11):
        digit = (int(fragment[place]) + 1) % 10
        changed = f"{head}#{fragment[:place]}{digit}{fragment[place + 1 :]}"
        try:
            opened = open_quote_link(changed)
        except LinkUnreadable:
            continue
        if opened.key_id == key_id(SIGNER.public_key()):
            with pytest.raises(InvalidSignature):
                public.verify(opened.signature, opened.signed)


def test_the_text_quote_holds_every_figure_and_is_read_back(tmp_path: Path) -> None:
    quote = a_full_quote()
    text = CODES.quote_text(quote, STORE, "王静")
    for words in (
        "239,800.00",
        "−6,000.00",
        "10,345.13",
        "落地价 250,855.13",
        "未列费用，一律不收取",
        quote.check_code(),
    ):
        assert words in text
    code = CODES.matrix(text)
    assert code.version <= 18
    assert codes_in(picture_of_code(code), tmp_path) == [text]


@given(st.binary(min_size=1, max_size=300))
def test_digits_round_trip(data: bytes) -> None:
    assert undigits(digits(data)) == data


@pytest.mark.parametrize("fragment", ["", "12", "99999", "1234", "abc", "１２３４５", "00001" * 60])
def test_what_is_no_link_is_refused(fragment: str) -> None:
    with pytest.raises(LinkUnreadable):
        open_quote_link(f"https://x/q#{fragment}")


def test_a_packed_bomb_is_bounded() -> None:
    packer = zlib.compressobj(9, wbits=-15)
    packed = packer.compress(json.dumps(["0" * 5_000_000]).encode()) + packer.flush()
    with pytest.raises(LinkUnreadable):
        open_quote_link("https://x/q#" + digits(bytes([1]) + bytes(68) + packed))


def test_a_payload_that_no_phone_reads_is_refused() -> None:
    with pytest.raises(PayloadTooLong):
        matrix("车" * 2000)
    with pytest.raises(PayloadTooLong):
        matrix("a" * 1200)
