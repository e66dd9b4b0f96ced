"""Checks of the vault: whether it opens, what its place is worth, how the person keys and their copy are."""

from collections.abc import Callable, Iterator

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vault import KeyFileDamaged, StoreKeyMissing
from smart4s_kiosk.vault.opening import VaultFolders, has_vault
from smart4s_kiosk.vault.person_copy import CopyState
from smart4s_kiosk.vault.vault import Vault

_COPY_LEVELS = {
    CopyState.FRESH: Level.GOOD,
    CopyState.NONE: Level.WARNING,
    CopyState.STALE: Level.WARNING,
    CopyState.AWAY: Level.WARNING,
}
_NOBODY = PersonId("nobody")


def check_vault(folders: VaultFolders, open_vault: Callable[[], Vault]) -> Iterator[Finding]:
    """Opens the vault as the program does at start."""
    if not has_vault(folders):
        yield Finding("vault.not_made", Level.ADVICE, {"folder": folders.data})
        return
    try:
        vault = open_vault()
    except StoreKeyMissing as missing:
        yield Finding("vault.key_missing", Level.BROKEN, {"place": missing.facts.get("place", "")})
        return
    except Unavailable as away:
        yield Finding("vault.unreadable", Level.BROKEN, {"what": away.what})
        return
    yield from _place_findings(folders, vault)
    yield from _person_key_findings(vault)


def _place_findings(folders: VaultFolders, vault: Vault) -> Iterator[Finding]:
    facts = {"place": vault.place.value, "folder": folders.keys}
    safe = vault.place.survives_theft
    yield Finding("vault.guarded" if safe else "vault.disk_readable", Level.GOOD if safe else Level.BROKEN, facts)
    if folders.data in (folders.keys, *folders.keys.parents):
        yield Finding("vault.keys_beside_data", Level.BROKEN, facts)


def _person_key_findings(vault: Vault) -> Iterator[Finding]:
    facts = {"file": vault.person_keys.place}
    try:
        vault.person_keys.knows(_NOBODY)
        copy = vault.person_keys.copy_state()
    except KeyFileDamaged as damaged:
        yield Finding("person_keys.damaged", Level.BROKEN, {**facts, "reason": damaged.facts.get("reason", "")})
    except Unavailable:
        yield Finding("person_keys.away", Level.BROKEN, facts)
    else:
        yield Finding(f"person_keys.copy_{copy.value}", _COPY_LEVELS[copy], facts)
