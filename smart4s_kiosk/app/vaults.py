"""Where this machine's vault stands, from its settings."""

from smart4s_kiosk.app.settings import Settings
from smart4s_kiosk.vault.opening import VaultFolders


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
