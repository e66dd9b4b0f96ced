"""What a manager may change: names, limits and defaults. Kept in the database with who changed it and when."""

from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from smart4s_kiosk.domain.errors import RuleBroken


class SettingOutOfRange(RuleBroken):
    """That value is outside what the setting allows."""

    code = "settings.out_of_range"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One weekday's hours in the showroom's own time; None when closed."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class WaitLimits:
    """Clocks of a request, in seconds: product.md's 60, 120, 180, and three minutes after 稍后."""

    ask_next_s: int = 60
    alarm_s: int = 120
    manager_s: int = 180
    later_s: int = 180
    walked_away_s: int = 90


@dataclass(frozen=True, slots=True)
class DriveCover:
    """What the store's policies for test cars pay, as it stands on every agreement; 0: not insured."""

    third_party_fen: int = 0
    seat_fen: int = 0
    excess_fen: int = 0
    """What the customer bears by fault before the insurer pays."""
    insurer: str = ""


@dataclass(frozen=True, slots=True)
class TestRoute:
    """A test-drive route that the store laid out."""

    name: str
    distance_km: float
    motorway_km: float = 0.0
    speed_limit_kmh: int = 60
    minutes: int = 30

    @property
    def uses_motorway(self) -> bool:
        """Probation drivers need a companion there."""
        return self.motorway_km > 0


_DAILY = OpeningHours(time(9, 0), time(18, 0))


LICENCE_PICTURE_DAYS = 30
"""The longest that a licence's picture may be kept after the check."""


@dataclass(frozen=True, slots=True)
class BusinessSettings:
    """One version of all of them."""

    store_name: str = ""
    brand_name: str = ""
    accent: str = "#2348A8"
    logo: str = ""
    """Media hash of the one-colour logo; empty for the drawn one."""
    time_zone: str = "Asia/Shanghai"
    opening: tuple[OpeningHours | None, ...] = (_DAILY,) * 7
    """Monday first."""
    closed_days: tuple[str, ...] = ()
    """ISO dates."""
    waits: WaitLimits = field(default_factory=WaitLimits)
    weights: dict[str, float] = field(default_factory=dict)
    """Rotation weights by name; missing ones keep the rule's defaults."""
    quote_days: int = 7
    discount_limits: tuple[tuple[str, int], ...] = (("consultant", 500_000), ("manager", 5_000_000))
    """Most that a role may take off by itself, in fen."""
    face_enabled: bool = False
    """Default off: the law asks for necessity and a prior assessment."""
    face_days: int = 180
    keep_licence_pictures: bool = False
    """Keep the pictures of checked licences, sealed, for 30 days; else they are deleted with the confirmation."""
    reveals_per_hour: int = 20
    export_rows_without_pin: int = 500
    sound_volume: int = 70
    sound_by_hour: tuple[tuple[int, int], ...] = ()
    """(hour, volume): from that hour on this volume instead, so that an evening is quieter than noon."""
    routes: tuple[TestRoute, ...] = ()
    address: str = ""
    phone: str = ""
    emergency_phone: str = ""
    company: str = ""
    """Registered name: the contracting party on agreements."""
    domain: str = ""
    """Printed beside every code."""
    deposit_fen: int = 0
    test_car_cover: DriveCover = field(default_factory=DriveCover)
    is_set_up: bool = False

    def __post_init__(self) -> None:
        """Refuse values that would silence an alarm or break the clock."""
        ZoneInfo(self.time_zone)
        w = self.waits
        volumes = (self.sound_volume, *(volume for _hour, volume in self.sound_by_hour))
        hours = [hour for hour, _volume in self.sound_by_hour]
        if not 15 <= w.ask_next_s < w.alarm_s < w.manager_s <= 900:
            raise SettingOutOfRange(reason="waits")
        if not all(0 <= v <= 100 for v in volumes):
            raise SettingOutOfRange(reason="volume")
        if hours != sorted(set(hours)) or not all(0 <= hour <= 23 for hour in hours):
            raise SettingOutOfRange(reason="hours")

    @property
    def zone(self) -> ZoneInfo:
        """The showroom's time zone: every "today", age and expiry is reckoned in it."""
        return ZoneInfo(self.time_zone)

    def is_open(self, now: datetime) -> bool:
        """Whether the showroom is open at `now` (aware)."""
        local = now.astimezone(self.zone)
        hours = self.opening[local.weekday()]
        if hours is None or local.date().isoformat() in self.closed_days:
            return False
        return hours.opens <= local.time() < hours.closes

    def volume_at(self, now: datetime) -> int:
        """How loud the reception's sounds are at `now` (aware), 0 to 100."""
        hour = now.astimezone(self.zone).hour
        begun = [volume for start, volume in self.sound_by_hour if start <= hour]
        return begun[-1] if begun else self.sound_volume
