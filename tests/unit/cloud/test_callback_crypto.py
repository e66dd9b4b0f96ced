"""Callback encryption: the published examples open, and whatever is bent is refused by a typed error."""

import base64
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cloud_connector.wecom.callback_crypto import CallbackCrypto, CallbackRefused, aes_key_of

# The worked example of pages 90930 and 91144.
OFFICIAL = CallbackCrypto("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
MESSAGE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"  # its last character carries unused bits
OURS = CallbackCrypto("token", KEY, "wwcorp")


def sealed_raw(frame: bytes) -> str:
    """`frame` encrypted as it is, so that tests can bend the padding."""
    encryptor = OURS._cipher().encryptor()
    return base64.b64encode(encryptor.update(frame) + encryptor.finalize()).decode()


def opened(encrypted: str) -> bytes:
    return OURS.open(OURS.signature("1", "n", encrypted), "1", "n", encrypted)


def refusal(encrypted: str) -> str:
    with pytest.raises(CallbackRefused) as caught:
        opened(encrypted)
    return caught.value.reason


def test_the_official_url_check_opens() -> None:
    plain = OFFICIAL.open("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", ECHO)
    assert plain == b"1616140317555161061"


def test_the_official_message_opens() -> None:
    plain = OFFICIAL.open("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", MESSAGE)
    assert plain.startswith(b"<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]>")
    assert b"<Content><![CDATA[hello]]></Content>" in plain


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_what_is_sealed_opens_again(message: bytes) -> None:
    assert opened(OURS.seal(message)) == message


@pytest.mark.parametrize("length", range(64))
def test_every_pad_from_1_to_32_opens(length: int) -> None:
    """A 16-byte pad would fail here: real messages carry pads up to 32."""
    sealed = OURS.seal(b"x" * length)
    assert len(base64.b64decode(sealed)) % 32 == 0
    assert opened(sealed) == b"x" * length


def test_a_wrong_signature_is_found_before_anything_is_decrypted() -> None:
    with pytest.raises(CallbackRefused, match="signature"):
        OURS.open("0" * 40, "1", "n", "not base64 at all")
    with pytest.raises(CallbackRefused, match="signature"):
        OURS.open("签名", "1", "n", "AAAA")


@pytest.mark.parametrize("pad", [0, 33, 255])
def test_a_pad_out_of_range_is_refused(pad: int) -> None:
    assert refusal(sealed_raw(b"r" * 16 + struct.pack(">I", 0) + b"wwcorp" + b"p" * 37 + bytes([pad]))) == "padding"


def test_wrong_fill_bytes_are_refused() -> None:
    frame = b"r" * 16 + struct.pack(">I", 0) + b"wwcorp"
    assert opened(sealed_raw(frame + bytes([6]) * 6)) == b""
    assert refusal(sealed_raw(frame + b"\x01\x02\x03\x04\x05\x06")) == "padding"


def test_a_length_beyond_the_frame_is_refused() -> None:
    frame = b"r" * 16 + struct.pack(">I", 2**31) + b"wwcorp"
    assert refusal(sealed_raw(frame + bytes([6]) * 6)) == "frame"


def test_another_company_is_refused() -> None:
    stranger = CallbackCrypto("token", KEY, "wwother").seal(b"hello")
    assert refusal(stranger) == "receive_id"


@pytest.mark.parametrize(
    ("encrypted", "reason"),
    [("", "length"), ("AAAA", "length"), ("A" * 22, "base64"), ("@@@@", "base64"), ("é", "base64")],
)
def test_what_is_not_base64_of_whole_blocks_is_refused(encrypted: str, reason: str) -> None:
    assert refusal(encrypted) == reason


@pytest.mark.parametrize("key", ["", "a" * 42, "a" * 44, "a" * 42 + "=", "a" * 42 + "é"])
def test_a_key_of_another_shape_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        aes_key_of(key)


def test_any_flipped_bit_is_refused_or_changes_only_what_the_signature_guards() -> None:
    """The signature covers every bit; behind a signature that fits, no flip may raise anything untyped."""
    sealed = base64.b64decode(OURS.seal(b"<xml>hello</xml>", random=b"0123456789abcdef"))
    good = base64.b64encode(sealed).decode()
    signature = OURS.signature("1", "n", good)
    for bit in range(len(sealed) * 8):
        bent = bytearray(sealed)
        bent[bit // 8] ^= 1 << bit % 8
        text = base64.b64encode(bytes(bent)).decode()
        with pytest.raises(CallbackRefused, match="signature"):
            OURS.open(signature, "1", "n", text)
        try:
            opened(text)
        except CallbackRefused:
            continue


def test_random_ciphertext_is_refused_by_a_typed_error() -> None:
    chance = random.Random(4)
    refused = 0
    for _ in range(2_000):
        noise = base64.b64encode(chance.randbytes(chance.randrange(0, 200))).decode()
        try:
            opened(noise)
        except CallbackRefused:
            refused += 1
    assert refused == 2_000
