"""Sealing, keys of their own for each use, recovery sheets: properties over any input."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smart4s_kiosk.ports.vault import SealBroken
from smart4s_kiosk.vault import sealing, sheet
from smart4s_kiosk.vault.sealing import Key
from smart4s_kiosk.vault.store_seals import KeyedFingerprints, ScryptPinHasher, StoreDatabaseKey
from smart4s_kiosk.vault.syllables import SYLLABLES

KEYS = st.binary(min_size=32, max_size=32).map(Key)
NAMES = st.text(max_size=20)


@given(key=KEYS, bound=st.binary(max_size=40), plain=st.binary(max_size=2000))
def test_sealed_bytes_open_and_hide(key: Key, bound: bytes, plain: bytes) -> None:
    sealed = sealing.seal(key, bound, plain)
    assert len(sealed) == len(plain) + sealing.OVERHEAD
    assert sealing.open_sealed(key, bound, sealed) == plain
    assert len(plain) < 8 or plain not in sealed


@given(key=KEYS, other=KEYS, bound=st.binary(max_size=9), wrong=st.binary(max_size=9), plain=st.binary(max_size=99))
def test_another_key_or_binding_never_opens(key: Key, other: Key, bound: bytes, wrong: bytes, plain: bytes) -> None:
    sealed = sealing.seal(key, bound, plain)
    if wrong != bound:
        with pytest.raises(SealBroken):
            sealing.open_sealed(key, wrong, sealed)
    if other != key:
        with pytest.raises(SealBroken):
            sealing.open_sealed(other, bound, sealed)


@given(key=KEYS, junk=st.binary(max_size=200))
def test_junk_is_refused_and_never_breaks_anything(key: Key, junk: bytes) -> None:
    with pytest.raises(SealBroken):
        sealing.open_sealed(key, b"x", junk)


@given(first=st.lists(NAMES, max_size=4), second=st.lists(NAMES, max_size=4))
def test_two_lists_of_names_bind_differently(first: list[str], second: list[str]) -> None:
    assert (sealing.binding(*first) == sealing.binding(*second)) == (first == second)


def test_keys_of_uses_follow_rfc_5869() -> None:
    key = Key(bytes(range(32)))
    extracted = hmac.digest(b"\0" * 32, key.secret, "sha256")
    expected = hmac.digest(extracted, b"smart4s/media\x01", "sha256")
    assert sealing.derive(key, "media") == expected
    assert sealing.derive(key, "database") != expected
    assert len(sealing.derive(key, "x", 48)) == 48


def test_a_key_cannot_be_read_off_its_representation() -> None:
    key = Key(b"\x41" * 32)
    database = StoreDatabaseKey(key)
    assert "41" not in repr(key)
    assert "A" * 8 not in repr(key)
    assert database.hex() not in repr(database)
    with pytest.raises(ValueError, match="32 bytes"):
        Key(b"short")


def test_fingerprints_are_keyed() -> None:
    one, two = KeyedFingerprints(Key(b"\1" * 32)), KeyedFingerprints(Key(b"\2" * 32))
    assert one.phone_tail("8000") != two.phone_tail("8000")
    assert one.phone_tail("8000") != hashlib.sha256(b"8000").hexdigest()


def test_a_pin_hash_is_worth_nothing_in_another_store() -> None:
    one, two = ScryptPinHasher(Key(b"\1" * 32), cost=2**4), ScryptPinHasher(Key(b"\2" * 32), cost=2**4)
    hashed = one.hash("204861")
    assert one.verify("204861", hashed)
    assert not two.verify("204861", hashed)


@pytest.mark.parametrize("torn", ["scrypt$99999999$8$1$a$b", "scrypt$999999$8$1$" + "A" * 22 + "==$" + "A" * 43 + "="])
def test_a_pin_hash_that_asks_for_endless_work_is_refused(torn: str) -> None:
    with pytest.raises(SealBroken):
        ScryptPinHasher(Key(b"\1" * 32), cost=2**4).verify("1", torn)


def test_there_is_one_syllable_for_each_byte() -> None:
    assert len(set(SYLLABLES)) == 256
    assert all(s.isascii() and s.isalpha() and s.islower() for s in SYLLABLES)
    fixed = hashlib.sha256(" ".join(SYLLABLES).encode()).hexdigest()
    assert fixed == "8e771148b406ba73558d78a900ecbfcd401b69fc07dd09a2d0af3a0806b11e6b", (
        "sheets printed before would no longer open"
    )


@given(key=KEYS)
def test_a_sheet_gives_its_key_back_typed_and_scanned(key: Key) -> None:
    made = sheet.sheet_of(key)
    assert [len(line.split()) for line in made.lines] == [3, 3, 3, 3]
    assert sheet.key_of("\n".join(made.lines)) == key
    assert sheet.key_of(" ".join(made.lines).upper().replace("-", "  ")) == key
    assert sheet.key_of(made.code) == key
    assert sheet.key_of(f" {made.code.lower()}\n") == key
    assert set(made.code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:"), "a QR code's small alphabet"


@given(key=KEYS, at=st.integers(0, 35), step=st.integers(1, 255))
def test_a_wrong_syllable_is_found_in_its_line_or_gives_another_key(key: Key, at: int, step: int) -> None:
    words = " ".join(sheet.sheet_of(key).lines).replace("-", " ").split()
    words[at] = SYLLABLES[(SYLLABLES.index(words[at]) + step) % 256]
    try:
        assert sheet.key_of(" ".join(words)) != key  # one in 256: the store's own check catches it
    except sheet.SheetLineWrong as slip:
        assert slip.facts["line"] == at // 9 + 1  # noqa: PT017 - either outcome is right


def test_most_wrong_syllables_are_found() -> None:
    words = " ".join(sheet.sheet_of(Key(bytes(range(32)))).lines).replace("-", " ").split()
    found = 0
    for at in range(36):
        for step in range(1, 256):
            wrong = [*words[:at], SYLLABLES[(SYLLABLES.index(words[at]) + step) % 256], *words[at + 1 :]]
            try:
                sheet.key_of(" ".join(wrong))
            except sheet.SheetLineWrong:
                found += 1
    assert found / (36 * 255) > 0.99


def test_what_is_not_a_syllable_is_named_with_near_ones() -> None:
    words = " ".join(sheet.sheet_of(Key(bytes(32))).lines).split()
    words[4] = "ai-zhuamg-ai"
    with pytest.raises(sheet.SheetLineWrong) as slip:
        sheet.key_of(" ".join(words))
    assert slip.value.facts["line"] == 2
    assert slip.value.facts["word"] == "zhuamg"
    assert "zhuang" in str(slip.value.facts["near"])


@pytest.mark.parametrize("text", ["", "ai", "ai " * 35, "ai " * 37, "S4SKEY1:", "S4SKEY1:AAAA", "S4SKEY1:1", "§" * 50])
def test_what_is_no_sheet_is_refused(text: str) -> None:
    with pytest.raises((sheet.SheetUnreadable, sheet.SheetLineWrong)):
        sheet.key_of(text)


@given(text=st.text(max_size=300))
def test_any_text_is_answered_with_a_refusal_at_most(text: str) -> None:
    for typed in (text, "S4SKEY1:" + text):
        with pytest.raises((sheet.SheetUnreadable, sheet.SheetLineWrong)):
            sheet.key_of(typed)
