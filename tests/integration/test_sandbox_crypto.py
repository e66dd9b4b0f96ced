"""The sandbox's own crypto against the published worked examples."""

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud_connector.sandbox.crypto import BadMessage, Envelope, key_bytes, signature
from cloud_connector.sandbox.xml import build, parse, text_of

OFFICIAL = Envelope("QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
POSTED = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)


def test_the_published_url_check_opens() -> None:
    OFFICIAL.check("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "1409659589", "263014780", ECHO)
    assert OFFICIAL.open(ECHO) == "1616140317555161061"


def test_the_published_message_opens() -> None:
    OFFICIAL.check("477715d11cdb4164915debcba66cb864d751f3e6", "1409659813", "1372623149", POSTED)
    root = parse(OFFICIAL.open(POSTED))
    assert (text_of(root, "FromUserName"), text_of(root, "Content")) == ("mycreate", "hello")


def test_sealing_the_published_plain_text_gives_the_published_cipher_text() -> None:
    # AES-CBC is exact: with the example's own 16 random bytes we must produce the example, byte by byte.
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = key_bytes(OFFICIAL.encoding_aes_key)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).decryptor()
    plain = decryptor.update(base64.b64decode(POSTED)) + decryptor.finalize()
    assert OFFICIAL.seal(OFFICIAL.open(POSTED), salt=plain[:16]) == POSTED


def test_a_key_with_unused_bits_is_a_key() -> None:
    assert len(key_bytes("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")) == 32


@given(message=st.text(max_size=400), token=st.text(alphabet="abcXYZ019", min_size=3, max_size=32))
def test_what_is_sealed_opens_again(message: str, token: str) -> None:
    envelope = Envelope(token, OFFICIAL.encoding_aes_key, "ww1")
    sealed = envelope.seal(message)
    assert len(base64.b64decode(sealed)) % 32 == 0
    assert envelope.open(sealed) == message
    envelope.check(signature(token, "1", "2", sealed), "1", "2", sealed)


def test_a_wrong_receiver_or_flipped_bit_never_opens_as_the_message() -> None:
    sealed = OFFICIAL.seal("hello")
    with pytest.raises(BadMessage):
        Envelope("QDG6eK", OFFICIAL.encoding_aes_key, "somebody").open(sealed)
    with pytest.raises(BadMessage):
        OFFICIAL.check("0" * 40, "1", "2", sealed)
    noise = random.Random(7)
    for _ in range(2000):
        raw = bytearray(noise.randbytes(noise.choice((0, 5, 16, 32, 64, 96))))
        with pytest.raises(BadMessage):
            OFFICIAL.open(base64.b64encode(bytes(raw)).decode())


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(str.strip))
def test_any_text_survives_the_xml(text: str) -> None:
    assert text_of(parse(build([("Name", text)])), "Name") == text


@pytest.mark.parametrize("hostile", ["", "<xml>", '<!DOCTYPE x [<!ENTITY a "b">]><xml>&a;</xml>', "plain"])
def test_hostile_xml_is_refused(hostile: str) -> None:
    with pytest.raises(BadMessage):
        parse(hostile)
