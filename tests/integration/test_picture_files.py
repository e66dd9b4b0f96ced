"""Hostile and broken picture files: one refusal each, nothing decoded that should not be."""

import io
import random
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pil

from smart4s_kiosk.domain.errors import ShowroomError
from smart4s_kiosk.i18n import use_language
from smart4s_kiosk.ui.wording import REFUSALS, refusal_words
from smart4s_kiosk.vision.ocr import picture_files
from smart4s_kiosk.vision.ocr.picture_files import decode_picture, open_picture


def encoded(width: int, height: int, kind: str, **options: object) -> bytes:
    rng = np.random.default_rng(1)
    picture = Pil.fromarray(rng.integers(0, 255, (height, width, 3), dtype=np.uint8))
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def animation(kind: str) -> bytes:
    frames = [Pil.new("RGB", (300, 300), (shade, 0, 0)) for shade in (0, 120, 240)]
    stream = io.BytesIO()
    frames[0].save(stream, kind, save_all=True, append_images=frames[1:], duration=100)
    return stream.getvalue()


def jpeg_that_claims(width: int, height: int, *, progressive: bool = False) -> bytes:
    data = bytearray(encoded(320, 320, "JPEG", progressive=progressive))
    place = data.find(b"\xff\xc2" if progressive else b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def with_thumbnail(data: bytes) -> bytes:
    """A whole small JPEG inside the note that a camera writes before the picture."""
    note = b"Exif\0\0" + encoded(160, 120, "JPEG")[:60_000]
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note + data[2:]


WHOLE = encoded(400, 300, "JPEG")
HOSTILE = {
    "text": (b"this is no picture\n" * 50, "picture.wrong_kind"),
    "empty": (b"", "picture.wrong_kind"),
    "pdf": (b"%PDF-1.7\n" + b"0" * 500, "picture.wrong_kind"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "picture.wrong_kind"),
    "zip": (b"PK\x03\x04" + bytes(500), "picture.wrong_kind"),
    "still gif": (encoded(300, 300, "GIF"), "picture.wrong_kind"),
    "moving gif": (animation("GIF"), "picture.animated"),
    "moving webp": (animation("WEBP"), "picture.animated"),
    "moving png": (animation("PNG"), "picture.animated"),
    "one pixel": (encoded(1, 1, "PNG"), "picture.too_small"),
    "one line": (encoded(4000, 8, "JPEG"), "picture.too_small"),
    "100 megapixels": (jpeg_that_claims(11_600, 8_700), "picture.too_large"),
    "largest jpeg": (jpeg_that_claims(65_535, 65_535), "picture.too_large"),
    "20 progressive megapixels": (jpeg_that_claims(5000, 4000, progressive=True), "picture.too_large"),
    "half a jpeg with a thumbnail": (with_thumbnail(WHOLE)[:-4000], "picture.incomplete"),
    "half a jpeg": (WHOLE[: len(WHOLE) // 2], "picture.incomplete"),
    "head of a jpeg": (WHOLE[:30], "picture.incomplete"),
    "half a png": (encoded(400, 300, "PNG")[:5000], "picture.incomplete"),
    "half a webp": (encoded(400, 300, "WEBP")[:3000], "picture.incomplete"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_for_its_own_reason(name: str, tmp_path: Path) -> None:
    data, code = HOSTILE[name]
    place = tmp_path / "licence.jpg"
    place.write_bytes(data)
    with pytest.raises(ShowroomError) as caught:
        open_picture(place)
    assert caught.value.code == code


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    tracemalloc.start()
    with pytest.raises(picture_files.PictureTooLarge):
        decode_picture(jpeg_that_claims(30_000, 30_000))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_a_huge_file_is_not_even_read(tmp_path: Path) -> None:
    place = tmp_path / "huge.jpg"
    with place.open("wb") as stream:
        stream.truncate(2 * 1024**3)  # sparse: takes no disk
    with pytest.raises(picture_files.PictureTooHeavy):
        open_picture(place)


@pytest.mark.parametrize("place", ["nowhere.jpg", "."])
def test_no_file_at_all(place: str, tmp_path: Path) -> None:
    with pytest.raises(picture_files.PictureNotFound):
        open_picture(tmp_path / place)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_good_pictures_open(kind: str) -> None:
    assert decode_picture(encoded(400, 300, kind)).shape == (300, 400, 3)


@pytest.mark.parametrize(
    "data", [WHOLE + bytes(200_000), with_thumbnail(WHOLE), encoded(400, 300, "JPEG", progressive=True)]
)
def test_what_phones_put_before_and_behind_a_picture_does_no_harm(data: bytes) -> None:
    assert decode_picture(data).shape == (300, 400, 3)


def test_the_camera_s_note_of_rotation_is_followed() -> None:
    exif = Pil.Exif()
    exif[0x0112] = 6
    assert decode_picture(encoded(400, 300, "JPEG", exif=exif)).shape == (400, 300, 3)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_damaged_bytes_never_break_anything(seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(WHOLE)
    for _ in range(rng.randrange(1, 60)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        decode_picture(bytes(data[: rng.randrange(1, len(data))]))
    except ShowroomError:
        return


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_refusal_has_one_sentence_of_its_own(language: str) -> None:
    use_language(language)
    try:
        refusals = (
            picture_files.PictureNotFound(),
            picture_files.PictureTooHeavy(limit=32),
            picture_files.PictureOfWrongKind(),
            picture_files.PictureTooLarge(pixels=100, limit=50),
            picture_files.PictureTooSmall(width=1, height=1),
            picture_files.PictureMoves(),
            picture_files.PictureIncomplete(),
        )
        sentences = {refusal_words(refusal).words for refusal in refusals}
        assert len(sentences) == len(refusals)
        assert all(refusal.code in REFUSALS for refusal in refusals)
        assert not any("{" in sentence for sentence in sentences)
        is_chinese = [any("\u4e00" <= char <= "\u9fff" for char in sentence) for sentence in sentences]
        assert all(is_chinese) == (language == "zh_CN")
    finally:
        use_language("zh_CN")
