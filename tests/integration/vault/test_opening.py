"""First start, every day, a new machine: the vault as a whole."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from smart4s_kiosk.cli import main
from smart4s_kiosk.domain.errors import Unavailable
from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vault import PersonForgotten, SealBroken, StoreKeyMissing
from smart4s_kiosk.vault.keyring_place import KeyringPlace
from smart4s_kiosk.vault.opening import (
    MARK_NAME,
    SheetOfAnotherStore,
    VaultAlreadyThere,
    VaultFolders,
    create_vault,
    ensure_vault,
    has_vault,
    move_keys,
    open_vault,
    restore_vault,
)
from smart4s_kiosk.vault.person_copy import CopyState
from smart4s_kiosk.vault.places import PlaceName, PlainFilePlace, SecretPlace
from smart4s_kiosk.vault.sheet import SheetLineWrong
from tests.fakes.clock import FakeClock
from tests.integration.vault.places import folders_in, plain_places
from tests.integration.vault.test_places import DictionaryRing
from tests.waiting import PATIENCE_S

CLOCK = FakeClock()
LI, WANG = PersonId("li"), PersonId("wang")


def test_a_store_is_made_once_and_opened_every_day(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    assert not has_vault(folders)
    made = create_vault(folders, CLOCK, plain_places)
    sealed = made.persons.seal(LI, "phone", b"13800138000")
    media, pin = made.media.seal("m", b"jpeg"), made.pins.hash("204861")
    opened = open_vault(folders, CLOCK, plain_places)
    assert opened.persons.open(LI, "phone", sealed) == b"13800138000"
    assert opened.media.open("m", media) == b"jpeg"
    assert opened.pins.verify("204861", pin)
    assert opened.database_key.hex() == made.database_key.hex()
    assert opened.device.public_key() == made.device.public_key()
    assert opened.fingerprints.phone("1") == made.fingerprints.phone("1")
    with pytest.raises(VaultAlreadyThere):
        create_vault(folders, CLOCK, plain_places)


def test_two_stores_share_nothing(tmp_path: Path) -> None:
    one = create_vault(folders_in(tmp_path / "one"), CLOCK, plain_places)
    two = create_vault(folders_in(tmp_path / "two"), CLOCK, plain_places)
    assert one.database_key.hex() != two.database_key.hex()
    assert one.fingerprints.phone("1") != two.fingerprints.phone("1")
    assert one.device.public_key() != two.device.public_key()
    with pytest.raises(SealBroken):
        two.store.open("x", one.store.seal("x", b"y"))


def test_no_key_stands_in_the_data_folder_or_in_any_file_in_the_clear(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    vault = create_vault(folders, CLOCK, plain_places)
    vault.documents.identity()
    key = bytes.fromhex(next((tmp_path / "keys").rglob("store-key.key")).read_text(encoding="ascii"))
    for place in folders.data.rglob("*"):
        content = place.read_bytes() if place.is_file() else b""
        assert key not in content
        assert key.hex().encode() not in content
        assert vault.database_key.hex().encode() not in content


def test_a_missing_key_is_told_and_never_replaced(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    create_vault(folders, CLOCK, plain_places)
    mark = (folders.data / MARK_NAME).read_bytes()
    for key in (tmp_path / "keys").rglob("*.key"):
        key.unlink()
    for opening in (open_vault, ensure_vault):
        with pytest.raises(StoreKeyMissing) as missing:
            opening(folders, CLOCK, plain_places)
        assert missing.value.facts["place"] == "plain-file"
        assert not missing.value.waiting_helps
    assert (folders.data / MARK_NAME).read_bytes() == mark
    with pytest.raises(StoreKeyMissing):
        open_vault(folders_in(tmp_path / "empty"), CLOCK, plain_places)


def test_another_stores_key_in_the_place_is_not_taken(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    create_vault(folders, CLOCK, plain_places)
    next((tmp_path / "keys").rglob("store-key.key")).write_text("ab" * 32, encoding="ascii")
    with pytest.raises(StoreKeyMissing):
        open_vault(folders, CLOCK, plain_places)


def test_a_locked_key_ring_is_waited_for(tmp_path: Path) -> None:
    ring = DictionaryRing()

    def places(_folders: VaultFolders, vault_id: str) -> Sequence[SecretPlace]:
        return [KeyringPlace(ring, vault_id)]

    create_vault(folders_in(tmp_path), CLOCK, places)
    ring.is_locked = True
    with pytest.raises(StoreKeyMissing) as missing:
        open_vault(folders_in(tmp_path), CLOCK, places)
    assert missing.value.waiting_helps
    ring.is_locked = False
    assert open_vault(folders_in(tmp_path), CLOCK, places).place is PlaceName.KEYRING


def test_a_new_machine_opens_everything_from_the_sheet_and_the_copy(tmp_path: Path) -> None:
    old_folders = folders_in(tmp_path / "old", copy=False)
    stick = tmp_path / "stick"
    stick.mkdir()
    old = create_vault(replace(old_folders, person_keys_copy=stick), CLOCK, plain_places)
    lis, wangs = old.persons.seal(LI, "phone", b"li"), old.persons.seal(WANG, "phone", b"wang")
    media, face = old.media.seal("m", b"jpeg"), old.faces.seal(LI, b"template")
    receipt = old.persons.forget(WANG)
    paper = old.sheets.sheet()
    assert old.person_keys.copy_state() is CopyState.FRESH

    folders = replace(folders_in(tmp_path / "new"), person_keys_copy=stick)
    new = restore_vault(folders, CLOCK, "\n".join(paper.lines), plain_places)
    assert new.persons.open(LI, "phone", lis) == b"li"
    assert new.media.open("m", media) == b"jpeg"
    assert new.database_key.hex() == old.database_key.hex()
    assert new.documents.identity().private_key == old.documents.identity().private_key
    with pytest.raises(PersonForgotten):
        new.persons.open(WANG, "phone", wangs)
    assert new.persons.receipt(WANG) == receipt
    with pytest.raises(SealBroken):
        new.faces.open(LI, face)  # faces stay with the machine that took them
    assert new.device.public_key() != old.device.public_key(), "another machine is another device"
    assert open_vault(folders, CLOCK, plain_places).persons.open(LI, "phone", lis) == b"li"


def test_the_same_machine_gets_its_key_back_from_the_scanned_code(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    made = create_vault(folders, CLOCK, plain_places)
    sealed, code = made.persons.seal(LI, "p", b"li"), made.sheets.sheet().code
    next((tmp_path / "keys").rglob("store-key.key")).unlink()
    back = restore_vault(folders, CLOCK, code, plain_places)
    assert back.persons.open(LI, "p", sealed) == b"li"
    assert back.device.public_key() == made.device.public_key()


def test_a_sheet_of_another_store_or_with_a_slip_changes_nothing(tmp_path: Path) -> None:
    folders = folders_in(tmp_path / "one")
    create_vault(folders, CLOCK, plain_places)
    other = create_vault(folders_in(tmp_path / "two"), CLOCK, plain_places).sheets.sheet()
    before = {path: path.read_bytes() for path in (tmp_path / "one").rglob("*") if path.is_file()}
    with pytest.raises(SheetOfAnotherStore):
        restore_vault(folders, CLOCK, other.code, plain_places)
    with pytest.raises(SheetLineWrong):
        restore_vault(folders, CLOCK, " ".join(other.lines).replace("-", "q-", 1), plain_places)
    assert {path: path.read_bytes() for path in (tmp_path / "one").rglob("*") if path.is_file()} == before


def test_without_file_and_copy_nothing_is_restored_unless_it_is_given_up(tmp_path: Path) -> None:
    old = create_vault(folders_in(tmp_path / "old"), CLOCK, plain_places)
    sealed = old.persons.seal(LI, "p", b"li")
    folders, code = folders_in(tmp_path / "new"), old.sheets.sheet().code
    with pytest.raises(Unavailable):
        restore_vault(folders, CLOCK, code, plain_places)
    assert not has_vault(folders)
    new = restore_vault(folders, CLOCK, code, plain_places, without_person_keys=True)
    assert not new.persons.known(LI)
    assert new.persons.open(WANG, "p", new.persons.seal(WANG, "p", b"wang")) == b"wang"
    assert sealed


def test_a_further_terminal_joins_with_the_sheet_and_shares_the_person_keys(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    first = create_vault(replace(folders_in(tmp_path / "a"), person_keys=share), CLOCK, plain_places)
    sealed = first.persons.seal(LI, "p", b"li")
    second = restore_vault(
        replace(folders_in(tmp_path / "b"), person_keys=share), CLOCK, first.sheets.sheet().code, plain_places
    )
    assert second.persons.open(LI, "p", sealed) == b"li"
    first.persons.forget(LI)
    with pytest.raises(PersonForgotten):
        second.persons.open(LI, "p", sealed)


def test_keys_move_to_a_better_place_and_leave_the_old_one(tmp_path: Path) -> None:
    ring = DictionaryRing()

    def better(folders: VaultFolders, vault_id: str) -> Sequence[SecretPlace]:
        return [KeyringPlace(ring, vault_id), PlainFilePlace(folders.keys / vault_id)]

    folders = folders_in(tmp_path)
    made = create_vault(folders, CLOCK, plain_places)
    sealed = made.persons.seal(LI, "p", b"li")
    assert open_vault(folders, CLOCK, better).place is PlaceName.PLAIN_FILE
    assert move_keys(folders, CLOCK, better) is PlaceName.KEYRING
    assert not list((tmp_path / "keys").rglob("*.key"))
    opened = open_vault(folders, CLOCK, better)
    assert opened.place is PlaceName.KEYRING
    assert opened.persons.open(LI, "p", sealed) == b"li"
    assert opened.device.public_key() == made.device.public_key()
    assert move_keys(folders, CLOCK, better) is PlaceName.KEYRING


def test_when_no_place_works_it_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    ring = DictionaryRing()
    ring.is_locked = True
    with pytest.raises(Unavailable):
        create_vault(folders_in(tmp_path), CLOCK, lambda _folders, vault_id: [KeyringPlace(ring, vault_id)])
    assert not has_vault(folders_in(tmp_path))


def test_three_processes_starting_at_once_share_one_vault(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from smart4s_kiosk.app.clock import SystemClock
from smart4s_kiosk.vault.opening import ensure_vault
from tests.integration.vault.places import folders_in, plain_places
vault = ensure_vault(folders_in(Path(sys.argv[1])), SystemClock(), plain_places)
print(vault.vault_id, vault.database_key.hex(), vault.device.public_key().hex())
"""
    root = Path(__file__).resolve().parents[3]
    starts = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=root, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = {start.communicate(timeout=PATIENCE_S)[0] for start in starts}
    assert [start.returncode for start in starts] == [0, 0, 0]
    assert len(answers) == 1


def test_a_device_signature_is_ed25519(tmp_path: Path) -> None:
    device = create_vault(folders_in(tmp_path), CLOCK, plain_places).device
    Ed25519PublicKey.from_public_bytes(device.public_key()).verify(device.sign(b"message"), b"message")


def test_the_document_seal_is_made_once_and_belongs_to_its_key(tmp_path: Path) -> None:
    clock = FakeClock()
    folders = replace(folders_in(tmp_path), organisation="示范4S店")
    vault = create_vault(folders, clock, plain_places)
    identity = vault.documents.identity()
    assert open_vault(folders, clock, plain_places).documents.identity() == identity
    certificate = x509.load_der_x509_certificate(identity.certificate)
    key = serialization.load_der_private_key(identity.private_key, None)
    assert isinstance(key, EllipticCurvePrivateKey)
    assert certificate.public_key() == key.public_key()
    assert "示范4S店" in certificate.subject.rfc4514_string()
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    certificate.verify_directly_issued_by(certificate)
    clock.advance(days=3600)
    renewed = vault.documents.identity()
    assert renewed.private_key == identity.private_key
    assert x509.load_der_x509_certificate(renewed.certificate).not_valid_after_utc > clock.now()


def test_the_mark_holds_nothing_secret_and_a_torn_one_is_told(tmp_path: Path) -> None:
    folders = folders_in(tmp_path)
    create_vault(folders, CLOCK, plain_places)
    assert set(json.loads((folders.data / MARK_NAME).read_text(encoding="utf-8"))) == {
        "version",
        "vault_id",
        "store_check",
        "place",
    }
    (folders.data / MARK_NAME).write_text("{", encoding="utf-8")
    with pytest.raises(Unavailable):
        open_vault(folders, CLOCK, plain_places)


def test_the_commands_print_the_sheet_and_bring_the_key_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SMART4S_VAULT_KEY_FOLDER", str(tmp_path / "keys"))
    monkeypatch.setenv("SMART4S_VAULT_USE_KEYRING", "no")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folders = replace(folders_in(tmp_path))
    create_vault(folders, CLOCK, plain_places)
    data = ["--data-folder", str(folders.data)]
    assert main([*data, "vault", "sheet"]) == 0
    sheet = tmp_path / "sheet.txt"
    sheet.write_text("\n".join(capsys.readouterr().out.splitlines()[:4]), encoding="utf-8")
    for key in (tmp_path / "keys").rglob("store-key.key"):
        key.unlink()
    assert main([*data, "vault", "sheet"]) == 1
    assert main([*data, "vault", "restore", "--sheet", str(sheet)]) == 0
    assert main([*data, "vault", "sheet"]) == 0
    assert main([*data, "vault", "move"]) == 0
    assert main([*data, "vault", "copy"]) == 1, "no copy is set up"
    sheet.write_text("ba-zhuamg", encoding="utf-8")
    capsys.readouterr()
    assert main([*data, "vault", "restore", "--sheet", str(sheet)]) == 1
    assert "zhuang" in capsys.readouterr().err
