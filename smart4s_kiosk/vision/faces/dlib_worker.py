"""Embeds faces with dlib's model, in an environment of its own that has dlib and nothing of this program.

Started as a plain file by `dlib_engine`. On standard input: numbers of a request (little-endian: width, height, box
left, top, right, bottom) and the picture's bytes (red-green-blue); on standard output 128 float32. The first answer is
one line: the SHA-256 of the weights. The 68-point model (non-commercial data) is never opened.
"""

import hashlib
import struct
import sys
from typing import Any

REQUEST = struct.Struct("<6i")
MAX_PIXELS = 40_000_000


def main() -> int:
    """Answer requests until standard input ends."""
    import dlib
    import face_recognition_models
    import numpy as np

    weights = face_recognition_models.face_recognition_model_location()
    points = dlib.shape_predictor(face_recognition_models.pose_predictor_five_point_model_location())
    model = dlib.face_recognition_model_v1(weights)
    out = sys.stdout.buffer
    out.write(_sha256(weights) + b"\n")
    out.flush()
    while header := sys.stdin.buffer.read(REQUEST.size):
        width, height, left, top, right, bottom = REQUEST.unpack(header)
        if not 0 < width * height <= MAX_PIXELS:
            return 2
        data = sys.stdin.buffer.read(width * height * 3)
        picture = np.frombuffer(data, np.uint8).reshape(height, width, 3)
        shape = points(picture, dlib.rectangle(left, top, right, bottom))
        numbers: Any = np.asarray(model.compute_face_descriptor(picture, shape), "<f4")
        out.write(numbers.tobytes())
        out.flush()
    return 0


def _sha256(path: str) -> bytes:
    with open(path, "rb") as stream:  # noqa: PTH123 - kept to what every environment has
        return hashlib.file_digest(stream, "sha256").hexdigest().encode("ascii")


if __name__ == "__main__":
    sys.exit(main())
