"""What a device signs, byte for byte. The signature itself (Ed25519) is made by the vault and checked by the API."""

import hashlib
from collections.abc import Iterable
from urllib.parse import quote

HEADER_DEVICE = "X-Device"
HEADER_TIME = "X-Ts"
HEADER_NONCE = "X-Nonce"
HEADER_SIGNATURE = "X-Sig"
MAX_SKEW_S = 300
"""How far a device's clock may be from the server's before it is told the time."""
NONCE_BYTES = 16


def sorted_query(parameters: Iterable[tuple[str, str]]) -> str:
    """The query as both sides write it: pairs sorted, percent-encoded, joined by `&`."""
    return "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(parameters))


def canonical(
    *, method: str, path: str, query: Iterable[tuple[str, str]], body: bytes, device_id: str, unix_ts: int, nonce: str
) -> bytes:
    """The signed string, one part a line: v1, METHOD, path, query, sha256 of the body as sent, device, time, nonce."""
    digest = hashlib.sha256(body).hexdigest()
    parts = ("v1", method.upper(), path, sorted_query(query), digest, device_id, str(unix_ts), nonce)
    if any("\n" in part for part in parts):
        raise ValueError("a signed part holds a line break")
    return "\n".join(parts).encode()


def enrolment_proof(code: str, public_key_hex: str) -> bytes:
    """What a device signs to show that the key it brings is its own."""
    return f"{code}|{public_key_hex}".encode()
