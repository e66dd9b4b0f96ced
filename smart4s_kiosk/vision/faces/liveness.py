"""Measures where a head points from five landmarks, in numbers that a flat photograph cannot change.

The rules of the active challenge (which gesture, how far, how long) are business: `domain/liveness.py`. There is no
passive anti-spoof model here, and none is claimed: a film of the visitor making the right gestures would pass.
"""

from smart4s_kiosk.domain.liveness import Pose

_FLAT = 1e-6


def measure_pose(landmarks: tuple[tuple[float, float], ...]) -> Pose:
    """Co-ordinates of the nose in the frame that the eyes and the middle of the mouth span.

    `landmarks` in YuNet's order: the person's right eye, left eye, nose, right and left mouth corner. With the origin
    between the eyes, one axis goes from right to left eye and the other to the mouth: both co-ordinates are the same
    for every affine picture of the same flat face.
    """
    (right_x, right_y), (left_x, left_y), (nose_x, nose_y), right_mouth, left_mouth = landmarks
    middle_x, middle_y = (right_x + left_x) / 2, (right_y + left_y) / 2
    across_x, across_y = left_x - right_x, left_y - right_y
    down_x = (right_mouth[0] + left_mouth[0]) / 2 - middle_x
    down_y = (right_mouth[1] + left_mouth[1]) / 2 - middle_y
    size = across_x * down_y - across_y * down_x
    if abs(size) < _FLAT:
        return Pose(turn=0.0, nod=0.0)
    nose_x, nose_y = nose_x - middle_x, nose_y - middle_y
    turn = (nose_x * down_y - nose_y * down_x) / size
    nod = (across_x * nose_y - across_y * nose_x) / size
    return Pose(turn=turn, nod=nod)
