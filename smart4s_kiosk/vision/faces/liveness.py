"""Measures how a head is held from five landmarks, left and right in a number that a flat photograph cannot change.

The rules of the active challenge (which gesture, how far, how long) are business: `domain/liveness.py`. There is no
passive anti-spoof model here, and none is claimed: a film of the visitor making the right gestures would pass.
"""

import math

from smart4s_kiosk.domain.liveness import Pose

_FLAT = 1e-6


def measure_pose(landmarks: tuple[tuple[float, float], ...]) -> Pose:
    """The pose of five points in YuNet's order: the person's right eye, left eye, nose, right and left mouth corner.

    `turn` is the nose's co-ordinate along the eyes in the frame that the eyes and the middle of the mouth span, from
    the middle of the eyes: the same for every affine picture of the same flat face.
    """
    (right_x, right_y), (left_x, left_y), (nose_x, nose_y), right_mouth, left_mouth = landmarks
    middle_x, middle_y = (right_x + left_x) / 2, (right_y + left_y) / 2
    across_x, across_y = left_x - right_x, left_y - right_y
    down_x = (right_mouth[0] + left_mouth[0]) / 2 - middle_x
    down_y = (right_mouth[1] + left_mouth[1]) / 2 - middle_y
    eyes, height = math.hypot(across_x, across_y), math.hypot(down_x, down_y)
    size = across_x * down_y - across_y * down_x
    turn = ((nose_x - middle_x) * down_y - (nose_y - middle_y) * down_x) / size if abs(size) > _FLAT else 0.0
    return Pose(turn=turn, nose_y=nose_y, eyes=eyes, breadth=eyes / max(height, _FLAT))
