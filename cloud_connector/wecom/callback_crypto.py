"""WeCom's callback encryption: signature first, then AES-256-CBC, then every field of the frame checked.

Frame: 16 random bytes, length of the message (4 bytes, big-endian), message, receive id; PKCS#7 to blocks of 32
(not 16) bytes; IV is the key's first half. Source: pages 90930 and 91144.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_AES_BLOCK = 16
_HEAD = 20


class CallbackRefused(Exception):
    """A callback that is not WeCom's or not ours; `reason` is a stable word."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def aes_key_of(encoding_aes_key: str) -> bytes:
    """The 32-byte key of a 43-character EncodingAESKey, whose last character carries unused bits.

    Raises:
        ValueError: not 43 letters and digits.

    """
    if len(encoding_aes_key) != 43 or not encoding_aes_key.isascii() or not encoding_aes_key.isalnum():
        raise ValueError("an EncodingAESKey has 43 letters and digits")
    return base64.b64decode(encoding_aes_key + "=")


class CallbackCrypto:
    """Opens and seals callbacks of one app."""

    def __init__(self, token: str, encoding_aes_key: str, receive_id: str) -> None:
        self._token = token
        self._key = aes_key_of(encoding_aes_key)
        self._receive_id = receive_id.encode()

    def open(self, signature: str, timestamp: str, nonce: str, encrypted: str) -> bytes:
        """The message inside `encrypted`.

        Raises:
            CallbackRefused: signature, base64, length, padding, frame or receive_id is wrong.

        """
        expected = self.signature(timestamp, nonce, encrypted)
        if not hmac.compare_digest(expected.encode(), signature.encode()):
            raise CallbackRefused("signature")
        return self._message(self._decrypt(encrypted))

    def seal(self, message: bytes, *, random: bytes | None = None) -> str:
        """`message` encrypted, base64."""
        head = random if random is not None else secrets.token_bytes(16)
        frame = head + struct.pack(">I", len(message)) + message + self._receive_id
        pad = _BLOCK - len(frame) % _BLOCK
        encryptor = self._cipher().encryptor()
        sealed = encryptor.update(frame + bytes([pad]) * pad) + encryptor.finalize()
        return base64.b64encode(sealed).decode()

    def signature(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """SHA-1 over the sorted parts, as WeCom defines it."""
        joined = "".join(sorted((self._token, timestamp, nonce, encrypted)))
        return hashlib.sha1(joined.encode(), usedforsecurity=False).hexdigest()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))

    def _decrypt(self, encrypted: str) -> bytes:
        try:
            sealed = base64.b64decode(encrypted.encode("ascii"), validate=True)
        except (binascii.Error, UnicodeEncodeError):
            raise CallbackRefused("base64") from None
        if not sealed or len(sealed) % _AES_BLOCK:
            raise CallbackRefused("length")
        decryptor = self._cipher().decryptor()
        padded = decryptor.update(sealed) + decryptor.finalize()
        pad = padded[-1]
        if not 1 <= pad <= _BLOCK or len(padded) < pad + _HEAD or padded[-pad:] != bytes([pad]) * pad:
            raise CallbackRefused("padding")
        return padded[:-pad]

    def _message(self, frame: bytes) -> bytes:
        (length,) = struct.unpack(">I", frame[16:_HEAD])
        if length > len(frame) - _HEAD:
            raise CallbackRefused("frame")
        if not hmac.compare_digest(frame[_HEAD + length :], self._receive_id):
            raise CallbackRefused("receive_id")
        return frame[_HEAD : _HEAD + length]
