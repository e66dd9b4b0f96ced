"""One suite for the vault's ports: the real ones on files, and the fakes."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from smart4s_kiosk.domain.ids import PersonId
from smart4s_kiosk.ports.vault import (
    FaceSealer,
    Fingerprints,
    MediaSealer,
    PersonForgotten,
    PersonKeyUnknown,
    PersonVault,
    PinHasher,
    RecoverySheets,
    SealBroken,
    StoreSealer,
)
from smart4s_kiosk.vault.opening import create_vault
from smart4s_kiosk.vault.sealing import new_key
from smart4s_kiosk.vault.store_seals import ScryptPinHasher
from tests.fakes.clock import FakeClock
from tests.fakes.vault import (
    FakeFaceSealer,
    FakeFingerprints,
    FakePersonVault,
    FakePinHasher,
    FakeRecoverySheets,
    FakeSealer,
)
from tests.integration.vault.places import folders_in, plain_places

LI, WANG = PersonId("person-li"), PersonId("person-wang")
CLOCK = FakeClock()


@dataclass(frozen=True)
class Ports:
    persons: PersonVault
    faces: FaceSealer
    store: StoreSealer
    media: MediaSealer
    fingerprints: Fingerprints
    pins: PinHasher
    sheets: RecoverySheets


@pytest.fixture(params=["real", "fake"])
def ports(request: pytest.FixtureRequest, tmp_path: Path) -> Ports:
    if request.param == "fake":
        persons = FakePersonVault(CLOCK)
        return Ports(
            persons,
            FakeFaceSealer(persons),
            FakeSealer(),
            FakeSealer(),
            FakeFingerprints(),
            FakePinHasher(),
            FakeRecoverySheets(),
        )
    vault = create_vault(folders_in(tmp_path), CLOCK, plain_places)
    pins = ScryptPinHasher(new_key(), cost=2**8)
    return Ports(vault.persons, vault.faces, vault.store, vault.media, vault.fingerprints, pins, vault.sheets)


def test_what_is_sealed_opens_for_the_same_person_and_purpose(ports: Ports) -> None:
    sealed = ports.persons.seal(LI, "customer.phone", b"13800138000")
    assert b"13800138000" not in sealed
    assert ports.persons.open(LI, "customer.phone", sealed) == b"13800138000"


def test_sealing_twice_gives_different_bytes(ports: Ports) -> None:
    assert ports.persons.seal(LI, "p", b"same") != ports.persons.seal(LI, "p", b"same")
    assert ports.store.seal("p", b"same") != ports.store.seal("p", b"same")


def test_another_purpose_or_person_opens_nothing(ports: Ports) -> None:
    sealed = ports.persons.seal(LI, "customer.phone", b"secret")
    ports.persons.seal(WANG, "customer.phone", b"other")
    with pytest.raises(SealBroken):
        ports.persons.open(LI, "customer.address", sealed)
    with pytest.raises(SealBroken):
        ports.persons.open(WANG, "customer.phone", sealed)


def test_every_changed_byte_is_noticed(ports: Ports) -> None:
    sealed = ports.persons.seal(LI, "p", b"plain")
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            ports.persons.open(LI, "p", changed)
    for torn in (b"", sealed[:5], sealed[:-1], sealed + b"\0"):
        with pytest.raises(SealBroken):
            ports.persons.open(LI, "p", torn)


def test_a_person_nobody_sealed_for_is_unknown(ports: Ports) -> None:
    assert not ports.persons.known(LI)
    assert ports.persons.receipt(LI) is None
    with pytest.raises(PersonKeyUnknown):
        ports.persons.open(LI, "p", b"anything at all, long enough to be sealed")


def test_forgetting_destroys_for_good_and_leaves_others_alone(ports: Ports) -> None:
    lis, wangs = ports.persons.seal(LI, "p", b"li"), ports.persons.seal(WANG, "p", b"wang")
    assert ports.persons.known(LI)
    receipt = ports.persons.forget(LI)
    assert not ports.persons.known(LI)
    with pytest.raises(PersonForgotten):
        ports.persons.open(LI, "p", lis)
    with pytest.raises(PersonForgotten):
        ports.persons.seal(LI, "p", b"back again")
    assert ports.persons.open(WANG, "p", wangs) == b"wang"
    assert receipt.person == LI
    assert receipt.forgotten_at == CLOCK.now()
    assert len(bytes.fromhex(receipt.receipt_hash)) == 32


def test_forgetting_twice_gives_the_same_receipt(ports: Ports) -> None:
    ports.persons.seal(LI, "p", b"li")
    first = ports.persons.forget(LI)
    CLOCK.advance(hours=1)
    assert ports.persons.forget(LI) == first == ports.persons.receipt(LI)
    assert ports.persons.forget(WANG).receipt_hash != first.receipt_hash


def test_a_person_without_a_key_can_be_forgotten_beforehand(ports: Ports) -> None:
    ports.persons.forget(LI)
    with pytest.raises(PersonForgotten):
        ports.persons.seal(LI, "p", b"late")


def test_a_face_goes_with_its_person(ports: Ports) -> None:
    sealed = ports.faces.seal(LI, b"\x01\x02" * 256)
    assert ports.faces.open(LI, sealed) == b"\x01\x02" * 256
    ports.persons.seal(WANG, "p", b"wang")
    with pytest.raises(SealBroken):
        ports.faces.open(WANG, sealed)
    ports.persons.forget(LI)
    with pytest.raises(PersonForgotten):
        ports.faces.open(LI, sealed)


def test_store_and_media_seals_are_bound_to_their_name(ports: Ports) -> None:
    for sealer in (ports.store, ports.media):
        sealed = sealer.seal("one", b"content" * 1000)
        assert sealer.open("one", sealed) == b"content" * 1000
        assert b"contentcontent" not in sealed
        with pytest.raises(SealBroken):
            sealer.open("two", sealed)
    with pytest.raises(SealBroken):
        ports.store.open("one", ports.media.seal("one", b"x"))
    assert ports.media.open("empty", ports.media.seal("empty", b"")) == b""


def test_fingerprints_are_equal_however_a_number_is_spelled(ports: Ports) -> None:
    prints = ports.fingerprints
    assert prints.phone("138 0013-8000") == prints.phone("１３８００１３８０００")
    assert prints.plate("京a·12345") == prints.plate("京A12345")
    assert prints.document_number("11010519491231002x") == prints.document_number("11010519491231002X")
    assert prints.phone("13800138000") != prints.phone("13800138001")


def test_fingerprints_of_different_kinds_never_meet(ports: Ports) -> None:
    prints = ports.fingerprints
    made = [prints.phone("8000"), prints.phone_tail("8000"), prints.plate("8000"), prints.document_number("8000")]
    assert len(set(made)) == 4
    assert all(len(text) == 64 for text in made)


def test_a_pin_is_right_or_wrong(ports: Ports) -> None:
    hashed = ports.pins.hash("204861")
    assert "204861" not in hashed
    assert hashed != ports.pins.hash("204861")
    assert ports.pins.verify("204861", hashed)
    assert ports.pins.verify("２０４８６１", hashed)
    assert not ports.pins.verify("204862", hashed)
    assert not ports.pins.verify("", hashed)
    assert not ports.pins.verify("", None)
    with pytest.raises(SealBroken):
        ports.pins.verify("204861", "torn")


def test_the_sheet_matches_itself_in_words_and_as_a_code(ports: Ports) -> None:
    sheet = ports.sheets.sheet()
    assert len(sheet.lines) == 4
    assert ports.sheets.matches("\n".join(sheet.lines))
    assert ports.sheets.matches(sheet.code)
    assert sheet.code not in repr(sheet)
