"""A contact code as a PNG picture: modules from `qrcode`, written without an imaging library."""

import struct
import zlib

import qrcode

SCALE = 8
QUIET = 4


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(text: str) -> bytes:
    """`text` as a black-on-white QR picture, 8 pixels a module, 4 modules of quiet zone."""
    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    rows = []
    for row in code.get_matrix():
        line = b"\x00" + b"".join((b"\x00" if dark else b"\xff") * SCALE for dark in row)
        rows.append(line * SCALE)
    size = len(rows) * SCALE
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    picture = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + picture
