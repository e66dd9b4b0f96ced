"""Where this machine's vault and records stand, from its settings."""

from pathlib import Path

from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.storage.open import DatabasePlace
from smart4s_kiosk.vault.opening import VaultFolders
from smart4s_kiosk.vault.vault import Vault

DATABASE_FILE = "showroom.db"


def vault_folders(settings: Settings, organisation: str = "") -> VaultFolders:
    """The folders of the vault that belongs to the data folder in use."""
    return VaultFolders(
        data=settings.data.place,
        keys=settings.vault.place,
        person_keys=settings.vault.person_keys_folder,
        person_keys_copy=settings.vault.person_keys_copy,
        use_keyring=settings.vault.use_keyring,
        organisation=organisation,
    )


def media_folder(settings: Settings) -> Path:
    """Photos and papers, encrypted."""
    return settings.data.place / "media"


def database_place(settings: Settings, vault: Vault) -> DatabasePlace:
    """The showroom's database."""
    return DatabasePlace(
        url=settings.data.database_url or None,
        file=settings.data.place / DATABASE_FILE,
        key=bytes.fromhex(vault.database_key.hex()),
    )
