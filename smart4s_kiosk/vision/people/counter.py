"""Counts people on one floor camera: the grid is written at most once a minute, who passes the door at once."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from smart4s_kiosk.domain.foot_traffic import DOOR_EVERY, WRITE_EVERY, FloorCounts, FloorPlan, Metres, hour_of
from smart4s_kiosk.ports.vision import CameraMoved, Finding, Frame, PersonMoved
from smart4s_kiosk.vision.people.detector import MotionAndOutline
from smart4s_kiosk.vision.people.floor_map import FloorMap
from smart4s_kiosk.vision.people.scene import SceneWatch
from smart4s_kiosk.vision.people.tracker import Track, Tracker
from smart4s_kiosk.vision.people.zones import Tally, Walker

LOOKS_A_SECOND = 6.0
OUTLINES_EVERY_S = 1.0
GAP_AT_MOST_S = 1.0
"""A longer pause between two looks counts as this: nobody's dwell grows while the camera was away."""
TRAIL = 64


@dataclass(slots=True)
class _Follower:
    """A track's way: kept back until the track is known to be a person, then walked from its first step."""

    walker: Walker
    waiting: deque[tuple[Metres, float]]
    moment: float


class PeopleCounter:
    """An analyser (see `pipeline`) for floor cameras. Anonymous: boxes and places only, no picture is kept."""

    name = "people"
    interval_s = 1 / LOOKS_A_SECOND
    is_on = True

    def __init__(
        self, plan: FloorPlan, floor_map: FloorMap, *, write: Callable[[FloorCounts], None], camera: str = "floor"
    ) -> None:
        self._plan = plan
        self._map = floor_map
        self._write = write
        self._camera = camera
        self._detector = MotionAndOutline()
        self._tracker = Tracker()
        self._scene = SceneWatch()
        self._followers: dict[int, _Follower] = {}
        self._tally = Tally()
        self._outlines_due = 0.0
        self._since: datetime | None = None
        self._door_written: datetime | None = None
        self.people = 0
        """Confirmed tracks since the start."""

    def look(self, frame: Frame) -> list[Finding]:
        """Findings of one frame; counts are written each minute and when the hour changes, the door at once."""
        self._write_when_due(frame.taken_at)
        with_outlines = frame.moment >= self._outlines_due
        if with_outlines:
            self._outlines_due = frame.moment + OUTLINES_EVERY_S
        detections = self._detector.find(frame.pixels, standing=self._tracker.standing(), with_outlines=with_outlines)
        if self._scene.look(frame.pixels, self._detector.background(), frame.moment):
            return [CameraMoved(frame.camera, frame.taken_at)]
        if self._scene.has_moved:
            return []
        tracks = self._tracker.step(detections, frame.moment)
        self._follow(tracks, frame.moment)
        confirmed = [track for track in tracks if track.is_confirmed]
        self._tally.most_at_once = max(self._tally.most_at_once, len(confirmed))
        return [self._finding(frame, track) for track in confirmed]

    def measured_again(self, plan: FloorPlan, floor_map: FloorMap) -> None:
        """Take a new plan and new clicked points."""
        self._plan, self._map = plan, floor_map
        self._followers.clear()
        self._detector, self._tracker = MotionAndOutline(), Tracker()
        self._scene.measured_again()

    def finish(self) -> None:
        """Write what is still in memory: the program stops, or the recording ended."""
        if self._since is not None:
            self._flush(self._since)

    def _finding(self, frame: Frame, track: Track) -> PersonMoved:
        return PersonMoved(frame.camera, track.number, frame.taken_at, track.box, self._map.place(track.foot))

    def _follow(self, tracks: tuple[Track, ...], moment: float) -> None:
        living = {track.number for track in tracks}
        self._followers = {number: f for number, f in self._followers.items() if number in living}
        for track in tracks:
            place = self._map.place(track.foot)
            if place is None:
                continue
            follower = self._followers.get(track.number)
            if follower is None:
                follower = _Follower(Walker(self._plan), deque(maxlen=TRAIL), moment)
                self._followers[track.number] = follower
            follower.waiting.append((place, min(moment - follower.moment, GAP_AT_MOST_S)))
            follower.moment = moment
            if track.is_confirmed:
                self._walk(follower)

    def _walk(self, follower: _Follower) -> None:
        if len(follower.waiting) > 1:
            self.people += 1
        while follower.waiting:
            place, seconds = follower.waiting.popleft()
            follower.walker.step(place, seconds, self._tally)

    def _write_when_due(self, now: datetime) -> None:
        if self._since is None:
            self._since = now
        elif now - self._since >= WRITE_EVERY or hour_of(now) != hour_of(self._since):
            self._flush(self._since)
            self._since = now
        elif self._tally.came_in or self._tally.went_out:
            self._write_door(self._since, now)

    def _write_door(self, since: datetime, now: datetime) -> None:
        """Who came and went, without the grid: a small row. Kept for the next try where it cannot be written."""
        if self._door_written is not None and now - self._door_written < DOOR_EVERY:
            return
        self._door_written = now
        tally = self._tally
        self._write(FloorCounts(self._camera, hour_of(since), came_in=tally.came_in, went_out=tally.went_out))
        tally.came_in = tally.went_out = 0

    def _flush(self, since: datetime) -> None:
        tally, self._tally = self._tally, Tally()
        counts = FloorCounts(
            camera=self._camera,
            hour=hour_of(since),
            came_in=tally.came_in,
            went_out=tally.went_out,
            cells={cell: milliseconds / 1000 for cell, milliseconds in tally.cells.items()},
            zones=tally.zone_counts(),
            most_at_once=tally.most_at_once,
        )
        if counts.cells or counts.came_in or counts.went_out:
            self._write(counts)
