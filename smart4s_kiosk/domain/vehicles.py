"""Test cars of the showroom, plate numbers and VINs."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.ids import CarId

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
_TAIL = "A-HJ-NP-Z0-9"
_PLATE = re.compile(
    rf"^(?:[{PROVINCES}][A-HJ-NP-Z](?:[{_TAIL}]{{5}}|[{_TAIL}]{{4}}[学警港澳临]|[ABCDEFGHJK][{_TAIL}][0-9]{{4}}|[0-9]{{5}}[ABCDEFGHJK])"
    r"|使[0-9]{6}|[0-9]{6}使|[A-HJ-NP-Z]{2}[0-9]{5})$"
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)
)


class Gearbox(StrEnum):
    """What a C2 licence may and may not drive."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"


class Energy(StrEnum):
    """What drives the car."""

    FUEL = "fuel"
    ELECTRIC = "electric"
    HYBRID = "hybrid"
    PLUG_IN = "plug_in"


class NotAPlate(RuleBroken):
    """That is not a Chinese number plate."""

    code = "vehicle.not_a_plate"


class NotAVin(RuleBroken):
    """That is not a vehicle identification number."""

    code = "vehicle.not_a_vin"


def clean_plate(typed: str) -> str:
    """A plate without dot and spaces, in capitals; 7 places, new-energy ones 8 (GA 36)."""
    plate = re.sub(r"[\s·.\-]", "", typed).upper()
    if not _PLATE.match(plate):
        raise NotAPlate
    return plate


def mask_plate(plate: str) -> str:
    """京A·**345: enough for its owner to know it."""
    return f"{plate[:2]}·**{plate[4:]}" if len(plate) >= 7 else plate


def vin_check_digit(vin: str) -> str:
    """The ninth place that the other sixteen ask for (GB 16735)."""
    total = sum(_VIN_VALUES[c] * w for c, w in zip(vin, _VIN_WEIGHTS, strict=True))
    remainder = total % 11
    return "X" if remainder == 10 else str(remainder)


def clean_vin(typed: str) -> str:
    """A VIN in capitals whose check digit is right."""
    vin = re.sub(r"\s", "", typed).upper()
    if len(vin) != 17 or any(c not in _VIN_VALUES for c in vin) or vin_check_digit(vin) != vin[8]:
        raise NotAVin
    return vin


@dataclass(frozen=True, slots=True)
class TestCar:
    """A car that customers may drive."""

    id: CarId
    version: int
    plate: str
    model: str
    gearbox: Gearbox
    energy: Energy
    licence_class: str = "C2"
    """Least class that may drive it: C2 for an automatic car, C1 for a manual one."""
    vin: str = ""
    mileage_km: int = 0
    insured_until: date | None = None
    is_active: bool = True
