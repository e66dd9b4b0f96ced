"""Folders and places for tests: nothing of the machine's own key ring or services."""

from collections.abc import Sequence
from pathlib import Path

from smart4s_kiosk.vault.opening import VaultFolders
from smart4s_kiosk.vault.places import PlainFilePlace, SecretPlace


def folders_in(folder: Path, *, copy: bool = False) -> VaultFolders:
    """Data, key and copy folders below one temporary folder."""
    if copy:
        (folder / "stick").mkdir(exist_ok=True)
    return VaultFolders(
        data=folder / "data",
        keys=folder / "keys",
        person_keys_copy=folder / "stick" if copy else None,
        use_keyring=False,
    )


def plain_places(folders: VaultFolders, vault_id: str) -> Sequence[SecretPlace]:
    """Plain files only."""
    return [PlainFilePlace(folders.keys / vault_id)]
