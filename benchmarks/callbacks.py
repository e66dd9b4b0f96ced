"""Callback encryption under 100,000 bent messages: every one refused by a typed error; time to open a good one.

Run: python -m benchmarks.callbacks [--cases N] [--save]
"""

import base64
import random
import sys
import time
from typing import Any

from benchmarks.bar import run_bar
from cloud_connector.wecom.callback_crypto import CallbackCrypto, CallbackRefused
from cloud_connector.wecom.callback_xml import event_of

CRYPTO = CallbackCrypto("token", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wwcorp")
MESSAGE = b"<xml><ToUserName>wwcorp</ToUserName><Event>template_card_event</Event><EventKey>accept</EventKey></xml>"


def bent(chance: random.Random, good: bytes) -> str:
    """A ciphertext with flipped bits, cut, repeated, or of chance, under a signature that fits."""
    data = bytearray(good)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 4)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case 1:
            data = data[: chance.randrange(len(data))]
        case 2:
            data += data[: 16 * chance.randrange(1, 8)]
        case _:
            data = bytearray(chance.randbytes(16 * chance.randrange(0, 20)))
    return base64.b64encode(bytes(data)).decode()


def outcome(encrypted: str) -> str:
    """Why it was refused; "taken" where the flip hit only bytes that the signature alone guards."""
    try:
        event_of(CRYPTO.open(CRYPTO.signature("1", "n", encrypted), "1", "n", encrypted))
    except CallbackRefused as refused:
        return refused.reason
    return "taken"


def main() -> int:
    return run_bar("callbacks", __doc__, measure, cases=100_000)


def measure(cases: int) -> dict[str, Any]:
    """How many of each outcome; an untyped error ends the run."""
    chance, outcomes = random.Random(20261121), dict[str, int]()
    begun = time.perf_counter()
    for case in range(cases):
        reason = outcome(bent(chance, base64.b64decode(CRYPTO.seal(MESSAGE + b" " * (case % 64)))))
        outcomes[reason] = outcomes.get(reason, 0) + 1
    fuzz_s = time.perf_counter() - begun
    sealed = CRYPTO.seal(MESSAGE)
    signature = CRYPTO.signature("1", "n", sealed)
    begun = time.perf_counter()
    for _ in range(2_000):
        event_of(CRYPTO.open(signature, "1", "n", sealed))
    opening_us = (time.perf_counter() - begun) / 2_000 * 1e6
    return {
        "cases": cases,
        "typed_outcomes": sum(outcomes.values()),
        "outcomes": dict(sorted(outcomes.items())),
        "fuzz_seconds": round(fuzz_s, 1),
        "open_and_read_us": round(opening_us, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
