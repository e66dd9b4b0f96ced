"""A file that somebody chose: read only as far as it may be long, and a place that cannot be read is said in words."""

from pathlib import Path

from smart4s_kiosk.domain.errors import Unavailable


def read_chosen(file: Path, most: int) -> bytes:
    """Its content; of a longer one `most` bytes and one more, so that whoever takes it refuses it as too large."""
    try:
        with file.open("rb") as source:
            return source.read(most + 1)
    except OSError as away:
        raise Unavailable("import_file") from away


def write_chosen(place: Path, content: bytes) -> int:
    """Its bytes at the place somebody chose. Raises `Unavailable` where nothing can be written."""
    try:
        return place.write_bytes(content)
    except OSError as away:
        raise Unavailable("export_file") from away
