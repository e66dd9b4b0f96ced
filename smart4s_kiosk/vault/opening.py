"""Opening the vault of a machine: make it at first start, open it every day, bring it back from a recovery sheet.

`vault.json` in the data folder says which vault the data belongs to and proves its key; it holds nothing secret. A
missing key is never replaced by a new one: that would make the data unreadable without a word.
"""

import hmac
import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from smart4s_kiosk.domain.errors import RuleBroken, Unavailable
from smart4s_kiosk.ports.clock import Clock
from smart4s_kiosk.ports.vault import StoreKeyMissing
from smart4s_kiosk.vault import files, sealing, sheet
from smart4s_kiosk.vault.keyring_place import KeyringPlace, silent_key_ring
from smart4s_kiosk.vault.person_keys import PersonKeyFile
from smart4s_kiosk.vault.places import (
    HandedOverPlace,
    PlaceName,
    PlainFilePlace,
    SecretPlace,
    SystemdPlace,
    round_trips,
)
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.signing import StoreDocumentSigner
from smart4s_kiosk.vault.vault import Vault

MARK_NAME = "vault.json"
STORE_KEY, TERMINAL_KEY = "store-key", "terminal-key"
_VERSION = 1
_log = logging.getLogger(__name__)


class VaultAlreadyThere(RuleBroken):
    """This data folder has a vault already."""

    code = "vault.already_there"


class SheetOfAnotherStore(RuleBroken):
    """The recovery sheet belongs to another store."""

    code = "vault.sheet_of_another_store"


@dataclass(frozen=True, slots=True)
class VaultFolders:
    """Where a vault's files stand."""

    data: Path
    keys: Path
    """Key files of this machine: outside the data folder."""
    person_keys: Path | None = None
    """Shared folder of the person keys; None: beside the key files."""
    person_keys_copy: Path | None = None
    use_keyring: bool = True
    organisation: str = ""
    """The store's name in the certificate of its documents."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What vault.json says."""

    vault_id: str
    store_check: str
    place: str


PlacesMaker = Callable[[VaultFolders, str], Sequence[SecretPlace]]
"""Makes the places where secrets of a vault may be, best first."""


def possible_places(folders: VaultFolders, vault_id: str) -> list[SecretPlace]:
    """Every place where secrets may be on this machine, best first."""
    own = folders.keys / vault_id
    places: list[SecretPlace] = []
    ring = silent_key_ring() if folders.use_keyring else None
    if ring is not None:
        places.append(KeyringPlace(ring, f"smart4s-kiosk/{vault_id}"))
    return [
        *places,
        HandedOverPlace("smart4s-"),
        SystemdPlace(own, PlaceName.TPM2),
        SystemdPlace(own, PlaceName.HOST_KEY),
        PlainFilePlace(own),
    ]


def has_vault(folders: VaultFolders) -> bool:
    """Whether first start made a vault for this data folder."""
    return (folders.data / MARK_NAME).exists()


def create_vault(folders: VaultFolders, clock: Clock, places: PlacesMaker = possible_places) -> Vault:
    """First start of a new store: new keys, in the best place that works. Raises VaultAlreadyThere, Unavailable."""
    with _alone(folders, clock):
        if has_vault(folders):
            raise VaultAlreadyThere
        return _establish(folders, clock, places, sealing.new_key(), is_new_store=True)


def ensure_vault(folders: VaultFolders, clock: Clock, places: PlacesMaker = possible_places) -> Vault:
    """Open the vault, or make it when there is none: for the demo showroom and tools, however many start at once."""
    with _alone(folders, clock):
        if not has_vault(folders):
            return _establish(folders, clock, places, sealing.new_key(), is_new_store=True)
    return open_vault(folders, clock, places)


def restore_vault(
    folders: VaultFolders,
    clock: Clock,
    typed_sheet: str,
    places: PlacesMaker = possible_places,
    *,
    without_person_keys: bool = False,
) -> Vault:
    """A new machine, a further terminal, or one that lost its key: the store's key comes from its recovery sheet.

    The person keys come from the copy when their file is not there; `without_person_keys` gives up what they sealed
    and begins a new file, when file and copy are both lost. Raises SheetOfAnotherStore, RuleBroken naming the
    line of the sheet at fault, KeyFileDamaged, Unavailable.
    """
    store_key = sheet.key_of(typed_sheet)
    with _alone(folders, clock):
        return _establish(folders, clock, places, store_key, is_new_store=without_person_keys)


def open_vault(folders: VaultFolders, clock: Clock, places: PlacesMaker = possible_places) -> Vault:
    """The vault of every day. Raises StoreKeyMissing when no place has the key that this data needs."""
    mark = _read_mark(folders)
    if mark is None:
        raise StoreKeyMissing("store key", waiting_helps=False, reason="no vault yet", place="")
    there = places(folders, mark.vault_id)
    for place in there:
        store_key = _key_in(place, STORE_KEY)
        if store_key is not None and hmac.compare_digest(_check_of(store_key), mark.store_check):
            return _vault(folders, clock, mark.vault_id, place.name, store_key, _terminal_key(there))
    held_by_ring = mark.place == PlaceName.KEYRING.value
    raise StoreKeyMissing("store key", waiting_helps=held_by_ring, reason="not in any place", place=mark.place)


def move_keys(folders: VaultFolders, clock: Clock, places: PlacesMaker = possible_places) -> PlaceName:
    """Put the keys into the best place that works now, and take them out of every other. Returns that place."""
    with _alone(folders, clock):
        mark = _read_mark(folders)
        vault = open_vault(folders, clock, places)
        assert mark is not None, "a vault that opened has a mark"
        there = places(folders, mark.vault_id)
        best = next(place for place in there if place.name is vault.place or round_trips(place))
        secrets = {name: _found(there, name) for name in (STORE_KEY, TERMINAL_KEY)}
        for name, key in secrets.items():
            if key is not None and _key_in(best, name) != key:
                best.put(name, key.secret)
        if all(_key_in(best, name) == key for name, key in secrets.items()):
            for place in there:
                if place is not best:
                    _let_go(place)
        _write_mark(folders, _Mark(mark.vault_id, mark.store_check, best.name.value))
        return best.name


def _let_go(place: SecretPlace) -> None:
    for name in (STORE_KEY, TERMINAL_KEY):
        try:
            place.remove(name)
        except Unavailable as away:
            _log.warning(
                "old keys not removed", extra={"action": "vault.move", "place": place.name.value, "why": away.what}
            )


def _found(places: Sequence[SecretPlace], secret_name: str) -> Key | None:
    return next((key for place in places if (key := _key_in(place, secret_name)) is not None), None)


@contextmanager
def _alone(folders: VaultFolders, clock: Clock) -> Iterator[None]:
    """One process at a time makes or restores the vault of a data folder."""
    try:
        files.make_private_folder(folders.data)
    except OSError as error:
        raise Unavailable("data folder", waiting_helps=False, reason=error.strerror or "") from error
    with files.FileLock(folders.data / f"{MARK_NAME}.lock", clock).held():
        yield


def _establish(
    folders: VaultFolders, clock: Clock, places: PlacesMaker, store_key: Key, *, is_new_store: bool
) -> Vault:
    """Keep the key in the best place that works, have the person keys there, and write the mark last."""
    mark = _read_mark(folders)
    if mark is not None and not hmac.compare_digest(_check_of(store_key), mark.store_check):
        raise SheetOfAnotherStore
    vault_id = mark.vault_id if mark else os.urandom(8).hex()
    there = places(folders, vault_id)
    place = next((place for place in there if round_trips(place)), None)
    if place is None:
        raise Unavailable("key folder", waiting_helps=False)
    place.put(STORE_KEY, store_key.secret)
    vault = _vault(folders, clock, vault_id, place.name, store_key, _terminal_key(there))
    if is_new_store:
        vault.person_keys.create()
    elif not vault.person_keys.place.exists():
        vault.person_keys.restore_from_copy()
    content = {
        "version": _VERSION,
        "vault_id": vault_id,
        "store_check": _check_of(store_key),
        "place": place.name.value,
    }
    files.write_whole(folders.data / MARK_NAME, json.dumps(content, indent=1).encode())
    return vault


def _vault(
    folders: VaultFolders, clock: Clock, vault_id: str, place: PlaceName, store_key: Key, terminal_key: Key
) -> Vault:
    person_folder = folders.person_keys or folders.keys / vault_id
    person_keys = PersonKeyFile(person_folder, store_key, clock, folders.person_keys_copy)
    documents = StoreDocumentSigner(store_key, folders.data, clock, folders.organisation)
    return Vault(vault_id, place, store_key, terminal_key, person_keys, documents)


def _terminal_key(places: Sequence[SecretPlace]) -> Key:
    """This terminal's own key, made where it can be kept if there is none yet."""
    if (known := _found(places, TERMINAL_KEY)) is not None:
        return known
    fresh = sealing.new_key()
    for place in places:
        if round_trips(place):
            place.put(TERMINAL_KEY, fresh.secret)
            return fresh
    raise Unavailable("key folder", waiting_helps=False)


def _key_in(place: SecretPlace, secret_name: str) -> Key | None:
    """A key in a place; a place that is away or holds something else counts as not having it."""
    try:
        secret = place.get(secret_name)
    except Unavailable as away:
        _log.info(
            "secret place away", extra={"action": "vault.place_away", "place": place.name.value, "why": away.what}
        )
        return None
    return Key(secret) if secret is not None and len(secret) == sealing.KEY_BYTES else None


def _check_of(store_key: Key) -> str:
    """Proves a key without giving anything of it away."""
    return sealing.derive(store_key, "store-check", 16).hex()


def _write_mark(folders: VaultFolders, mark: _Mark) -> None:
    content = {"version": _VERSION, **asdict(mark)}
    files.write_whole(folders.data / MARK_NAME, json.dumps(content, indent=1).encode())


def _read_mark(folders: VaultFolders) -> _Mark | None:
    place = folders.data / MARK_NAME
    try:
        if not place.exists():
            return None
        content = json.loads(place.read_text(encoding="utf-8"))
        return _Mark(str(content["vault_id"]), str(content["store_check"]), str(content.get("place", "")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unavailable("vault.json", waiting_helps=False) from error
