"""The open vault: every port of `ports.vault`, made from the store's key and the terminal's."""

import hmac

from smart4s_kiosk.ports.vault import RecoverySheet
from smart4s_kiosk.vault import sheet
from smart4s_kiosk.vault.person_keys import PersonKeyFile
from smart4s_kiosk.vault.persons import FilePersonVault, TerminalFaceSealer
from smart4s_kiosk.vault.places import PlaceName
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.signing import StoreDocumentSigner, TerminalSigner
from smart4s_kiosk.vault.store_seals import (
    KeyedFingerprints,
    KeyedMediaSealer,
    KeyedStoreSealer,
    ScryptPinHasher,
    StoreDatabaseKey,
)


class Vault:
    """What `app.build` takes its ports from. Everything in it may be used from any thread."""

    def __init__(
        self,
        vault_id: str,
        place: PlaceName,
        store_key: Key,
        terminal_key: Key,
        person_keys: PersonKeyFile,
        documents: StoreDocumentSigner,
    ) -> None:
        self.vault_id = vault_id
        self.place = place
        """Where the store's key is kept on this machine; the health page tells what that is worth."""
        self.person_keys = person_keys
        self.persons = FilePersonVault(person_keys)
        self.faces = TerminalFaceSealer(self.persons, terminal_key)
        self.fingerprints = KeyedFingerprints(store_key)
        self.store = KeyedStoreSealer(store_key)
        self.media = KeyedMediaSealer(store_key)
        self.pins = ScryptPinHasher(store_key)
        self.database_key = StoreDatabaseKey(store_key)
        self.device = TerminalSigner(terminal_key)
        self.documents = documents
        self.sheets = StoreSheets(store_key)


class StoreSheets:
    """The recovery sheet of the open vault."""

    def __init__(self, store_key: Key) -> None:
        self._key = store_key

    def sheet(self) -> RecoverySheet:
        """This store's sheet."""
        return sheet.sheet_of(self._key)

    def matches(self, text: str) -> bool:
        """Whether typed words or a scanned code are this store's sheet. Raises RuleBroken naming the line at fault."""
        return hmac.compare_digest(sheet.key_of(text).secret, self._key.secret)
