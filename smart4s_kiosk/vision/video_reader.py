"""Decodes one video file in a process of its own and writes plain frames to standard output.

A hostile or damaged file may crash or starve a decoder: here that ends this small process, never the kiosk. The
process gets no secret, limits its memory and processor time, and speaks only this: an eight-byte magic, then for each
frame three little-endian 32-bit numbers (width, height, milliseconds) and width × height × 3 bytes.
"""

import faulthandler
import os
import struct
import sys
from typing import Any

MAGIC = b"S4VIDEO1"
HEADER = struct.Struct("<III")
MAX_SIDE = 4096
MEMORY_BYTES = 1_500_000_000
CPU_SECONDS_PER_RUN = 3600
STUCK_AFTER_S = 5
"""A decoder that gives no frame for this long ends its process; the reader of the pipe then sees the end."""


def main(path: str, loop: bool) -> int:
    """Write the frames of `path`; 0 at the end, 2 when it is no video within the limits."""
    _limit_resources()
    import cv2

    cv2.setNumThreads(1)
    out = sys.stdout.buffer
    out.write(MAGIC)
    out.flush()
    played = 0
    while True:
        faulthandler.dump_traceback_later(STUCK_AFTER_S, exit=True)
        capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
        frames = _play(cv2, capture, out) if capture.isOpened() else 0
        faulthandler.cancel_dump_traceback_later()
        capture.release()
        played += frames
        if frames == 0:
            return 0 if played else 2
        if not loop:
            return 0


def _play(cv2: Any, capture: Any, out: Any) -> int:
    """Write one run through the file; how many frames it had (0 for one beyond the limits)."""
    width = int(capture.get(cv2.CAP_PROP_FRAME_WIDTH))
    height = int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return 0
    frames = 0
    while True:
        faulthandler.dump_traceback_later(STUCK_AFTER_S, exit=True)
        got, picture = capture.read()
        faulthandler.cancel_dump_traceback_later()
        if not got or picture is None or picture.shape[:2] != (height, width):
            return frames
        milliseconds = max(0, int(capture.get(cv2.CAP_PROP_POS_MSEC)))
        out.write(HEADER.pack(width, height, milliseconds & 0xFFFFFFFF))
        out.write(picture.tobytes())
        out.flush()
        frames += 1


def _limit_resources() -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS_PER_RUN, CPU_SECONDS_PER_RUN))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    os.nice(5)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1], sys.argv[2:] == ["--loop"]))
    except BrokenPipeError:
        os._exit(0)
