"""Drawn stand-ins for staff photographs: a head, hair and a jacket in quiet colours, the same for the same name."""

import hashlib
import io

import cv2
import numpy as np

SIZE = 366
_SKIN = ((196, 214, 236), (176, 198, 226), (190, 206, 230))
_HAIR = ((34, 30, 28), (48, 40, 34), (62, 56, 52))
_JACKET = ((96, 74, 62), (72, 70, 74), (110, 96, 84), (84, 92, 78))
_GROUND = ((226, 230, 232), (218, 226, 230), (230, 228, 224))


def portrait(name: str, *, long_hair: bool) -> bytes:
    """A PNG of SIZE × SIZE pixels."""
    digest = hashlib.sha256(name.encode()).digest()
    scale = 4
    side = SIZE * scale
    picture = np.full((side, side, 3), _GROUND[digest[0] % len(_GROUND)], np.uint8)
    hair, skin = _HAIR[digest[1] % len(_HAIR)], _SKIN[digest[2] % len(_SKIN)]
    jacket = _JACKET[digest[3] % len(_JACKET)]
    middle, face_y = side // 2, int(side * 0.42)

    def ellipse(centre: tuple[int, int], axes: tuple[float, float], colour: tuple[int, int, int], *arc: int) -> None:
        start, end = arc or (0, 360)
        half = (int(axes[0] * side), int(axes[1] * side))
        cv2.ellipse(picture, centre, half, 0, start, end, colour, -1, cv2.LINE_AA)

    if long_hair:
        ellipse((middle, int(side * 0.5)), (0.23, 0.32), hair)
    ellipse((middle, int(side * 1.02)), (0.40, 0.34), jacket)
    collar = np.array(
        [[middle, int(side * 0.86)], [int(side * 0.42), int(side * 0.68)], [int(side * 0.58), int(side * 0.68)]]
    )
    cv2.fillPoly(picture, [collar.astype(np.int32)], (246, 246, 244), cv2.LINE_AA)
    ellipse((middle, int(side * 0.64)), (0.075, 0.10), skin)
    ellipse((middle, face_y), (0.165, 0.215), skin)
    cap = (0.185, 0.19) if long_hair else (0.168, 0.165)
    ellipse((middle, int(side * 0.36)), cap, hair, 180, 360)
    ellipse((middle - int(side * 0.06), int(side * 0.355)), (0.12 if long_hair else 0.10, 0.05), hair)
    for across in (-0.062, 0.062):
        ellipse((middle + int(side * across), int(side * 0.43)), (0.013, 0.013), (48, 44, 42))
    ellipse((middle, int(side * 0.525)), (0.05, 0.022), (128, 134, 190), 10, 170)
    small = cv2.resize(picture, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    _done, encoded = cv2.imencode(".png", small)
    return io.BytesIO(encoded.tobytes()).getvalue()
