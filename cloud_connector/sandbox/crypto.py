"""WeCom's message encryption as its documentation describes it, written here a second time on purpose.

AES-256-CBC, key = base64(EncodingAESKey + "="), IV = first 16 bytes of the key; plain text = 16 random bytes, length
(4 bytes, big-endian), message, receive id; padded to 32. Signature = sha1 of the sorted token, timestamp, nonce and
cipher text. Source: developer.work.weixin.qq.com/document/path/90968.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class BadMessage(Exception):
    """A cipher text that WeCom would not accept: wrong signature, key, padding, length or receiver."""


def key_bytes(encoding_aes_key: str) -> bytes:
    """The 32 key bytes in a 43-character EncodingAESKey; its last character may carry unused bits."""
    if len(encoding_aes_key) != 43:
        raise BadMessage("EncodingAESKey must have 43 characters")
    try:
        return base64.b64decode(encoding_aes_key + "=", validate=True)
    except binascii.Error as error:
        raise BadMessage("EncodingAESKey is not base64") from error


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    joined = "".join(sorted((token, timestamp, nonce, encrypted)))
    return hashlib.sha1(joined.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Envelope:
    """Seals and opens messages between WeCom and one app."""

    token: str
    encoding_aes_key: str
    receive_id: str

    def _cipher(self) -> Cipher[modes.CBC]:
        key = key_bytes(self.encoding_aes_key)
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def seal(self, message: str, *, salt: bytes | None = None) -> str:
        """Cipher text of `message`; `salt` (16 bytes) is random unless a test fixes it."""
        body = message.encode()
        plain = (salt or secrets.token_bytes(16)) + struct.pack(">I", len(body)) + body + self.receive_id.encode()
        pad = BLOCK - len(plain) % BLOCK
        plain += bytes([pad]) * pad
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()

    def open(self, encrypted: str) -> str:
        """The message in `encrypted`; raises BadMessage for anything that is not exactly right."""
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError) as error:
            raise BadMessage("not base64") from error
        if not data or len(data) % 16:
            raise BadMessage("not whole AES blocks")
        decryptor = self._cipher().decryptor()
        plain = decryptor.update(data) + decryptor.finalize()
        pad = plain[-1]
        if not 1 <= pad <= BLOCK or plain[-pad:] != bytes([pad]) * pad:
            raise BadMessage("bad padding")
        content = plain[16:-pad]
        if len(content) < 4:
            raise BadMessage("too short")
        (length,) = struct.unpack(">I", content[:4])
        body, receive_id = content[4 : 4 + length], content[4 + length :]
        if len(body) != length or receive_id != self.receive_id.encode():
            raise BadMessage("wrong length or receiver")
        try:
            return body.decode()
        except UnicodeDecodeError as error:
            raise BadMessage("not UTF-8") from error

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        return signature(self.token, timestamp, nonce, encrypted)

    def check(self, given: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Raise BadMessage unless `given` signs these values."""
        if not hmac.compare_digest(given.encode(), self.sign(timestamp, nonce, encrypted).encode()):
            raise BadMessage("wrong signature")
