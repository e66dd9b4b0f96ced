"""The seal: accepted by strangers, chained, and broken by any change of any byte."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from smart4s_kiosk.documents.pdf import BODY, Colophon, Paper
from smart4s_kiosk.documents.seal import AlreadySealed, NotAPdf, PadesSeals
from smart4s_kiosk.documents.seal_check import check_seal
from smart4s_kiosk.documents.test_drive_agreement import AgreementMaker
from smart4s_kiosk.domain.seals import FIRST, SealChainBroken, SealEntry, SealKind, check_chain
from smart4s_kiosk.ports.documents import SealedPdf
from tests.builders_documents import NOW, STORE, an_agreement
from tests.integration.documents.signer import a_signer


@pytest.fixture(scope="module")
def seals(tmp_path_factory: pytest.TempPathFactory) -> PadesSeals:
    return PadesSeals(a_signer(tmp_path_factory.mktemp("seal")), reason="约定电子签名", location="望江路体验中心")


def a_paper() -> bytes:
    sheet = Paper(Colophon(STORE, "试", "1", "zh_CN", NOW))
    sheet.paragraph("试驾协议 𠮷", BODY)
    return sheet.finish()


@pytest.fixture(scope="module")
def sealed(seals: PadesSeals) -> SealedPdf:
    return seals.seal(a_paper(), kind=SealKind.AGREEMENT, subject_id="a1", now=NOW, previous=None, mileage_km=3218)


def test_a_sealed_agreement_is_intact_and_keeps_its_pages(seals: PadesSeals) -> None:
    pdf = AgreementMaker().agreement(an_agreement())
    made = seals.seal(pdf, kind=SealKind.AGREEMENT, subject_id="a1", now=NOW, previous=None, mileage_km=3218)
    verdict = seals.check(made.pdf)
    assert verdict.is_intact
    assert verdict.entry == made.entry
    assert (made.entry.previous_hash, made.entry.mileage_km, verdict.signed_at) == (FIRST, 3218, NOW)
    assert made.pdf.startswith(pdf)


def test_poppler_says_the_signature_is_valid(sealed: SealedPdf, tmp_path: Path) -> None:
    if not shutil.which("pdfsig"):
        pytest.skip("poppler-utils is not installed")
    place = tmp_path / "sealed.pdf"
    place.write_bytes(sealed.pdf)
    said = subprocess.run(["pdfsig", str(place)], capture_output=True, text=True, timeout=30, check=False).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_agreement_key_and_return_form_one_chain(seals: PadesSeals) -> None:
    entries: list[SealEntry] = []
    previous = None
    for kind, mileage in ((SealKind.AGREEMENT, 3218), (SealKind.KEY_OUT, 3218), (SealKind.KEY_IN, 3236)):
        made = seals.seal(
            a_paper(), kind=kind, subject_id="a1", now=NOW + timedelta(minutes=len(entries)),
            previous=previous, mileage_km=mileage,
        )  # fmt: skip
        read = seals.check(made.pdf).entry
        assert read == made.entry
        entries.append(made.entry)
        previous = made.entry
    check_chain(entries)
    with pytest.raises(SealChainBroken):
        check_chain([entries[0], entries[2]])
    with pytest.raises(SealChainBroken):
        check_chain([entries[0], replace(entries[1], mileage_km=1), entries[2]])


def bytes_to_try(pdf: bytes) -> Iterator[int]:
    """The seal's own revision whole, and samples of everything before it."""
    chance = Random(20261121)
    start = pdf.rindex(b"/Contents <")
    contents_end = pdf.index(b">", start)
    yield from range(start - 40, start + 200)
    yield from range(contents_end - 20, len(pdf), 2)
    yield from chance.sample(range(start + 200, contents_end - 20), 150)
    yield from chance.sample(range(start - 40), 200)


def test_every_changed_byte_is_found(seals: PadesSeals, sealed: SealedPdf) -> None:
    certificate = seals._signer.identity().certificate
    chance = Random(4)
    missed = []
    for place in bytes_to_try(sealed.pdf):
        for change in (0x20, chance.randrange(1, 256)):
            changed = bytearray(sealed.pdf)
            changed[place] ^= change
            if check_seal(bytes(changed), certificate).is_intact:
                missed.append((place, change))
    assert missed == []


def test_added_and_removed_bytes_are_found(seals: PadesSeals, sealed: SealedPdf) -> None:
    pdf = sealed.pdf
    certificate = seals._signer.identity().certificate
    contents = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    changed = [
        pdf + b"\n",
        pdf + b"\0",
        pdf[:-1],
        pdf[1:],
        b"\n" + pdf,
        pdf[:contents] + b" " + pdf[contents:],
        pdf[:contents] + pdf[contents : contents + 40].lower() + pdf[contents + 40 :],
        pdf[:-200] + pdf[-199:],
        pdf + pdf[-700:],
        b"",
    ]
    assert [check_seal(one, certificate).is_intact for one in changed] == [False] * len(changed)
    appended = check_seal(pdf + b"%%EOF\n", certificate)
    assert [one.code for one in appended.findings] == ["range"]


def test_an_unsealed_pdf_and_another_stores_seal_are_named(
    seals: PadesSeals, sealed: SealedPdf, tmp_path: Path
) -> None:
    assert [one.code for one in seals.check(a_paper()).findings] == ["not_sealed"]
    stranger = PadesSeals(a_signer(tmp_path, secret=9))
    assert [one.code for one in stranger.check(sealed.pdf).findings] == ["other_key"]
    assert check_seal(sealed.pdf).is_intact


def test_a_second_seal_on_top_is_found(seals: PadesSeals, sealed: SealedPdf) -> None:
    with pytest.raises(AlreadySealed):
        seals.seal(sealed.pdf, kind=SealKind.QUOTE, subject_id="q", now=NOW, previous=None)
    twice = sealed.pdf + b"/ByteRange [0 1 2 3]"
    assert [one.code for one in seals.check(twice).findings] == ["several_seals"]


def test_a_link_that_does_not_fit_its_pages_is_found(seals: PadesSeals) -> None:
    pdf = a_paper()
    honest = seals.seal(pdf, kind=SealKind.QUOTE, subject_id="q", now=NOW, previous=None).entry
    forged = seals._signed(pdf, replace(honest, content_hash="00" * 32))
    assert [one.code for one in seals.check(forged).findings] == ["entry"]


def test_what_is_no_pdf_is_refused(seals: PadesSeals) -> None:
    for bad in (b"", b"hello", b"%PDF-1.4\n"):
        with pytest.raises(NotAPdf):
            seals.seal(bad, kind=SealKind.QUOTE, subject_id="q", now=NOW, previous=None)
