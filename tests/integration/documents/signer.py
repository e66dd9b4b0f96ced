"""A store's document identity for tests: the vault's real signer in a folder of the test."""

from datetime import datetime
from pathlib import Path

from smart4s_kiosk.ports.vault import DocumentSigner
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.signing import StoreDocumentSigner
from tests.builders_documents import NOW


class FixedClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


def a_signer(folder: Path, secret: int = 7) -> DocumentSigner:
    return StoreDocumentSigner(Key(bytes([secret]) * 32), folder, FixedClock(), "澄野汽车")
