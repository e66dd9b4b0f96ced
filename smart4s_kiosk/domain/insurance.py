"""Commercial car insurance in a quote: chosen covers with an insurer's premium, or the store's labelled estimate.

Product of 2020: own damage holds theft, glass, fire and flood; the old single lines of those names no longer exist.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.money import half_up
from smart4s_kiosk.domain.provenance import Provenance


class CoverNotEstimated(RuleBroken):
    """The store's estimate has no figure for this cover; ask the insurer."""

    code = "insurance.cover_not_estimated"


class CoverCode(StrEnum):
    """What is insured: 车损, 三者, 车上人员, 划痕, 医保外, 车轮, 外部电网, 自用充电桩."""

    OWN_DAMAGE = "own_damage"
    THIRD_PARTY = "third_party"
    SEATS = "seats"
    SCRATCHES = "scratches"
    OUTSIDE_MEDICAL_LIST = "outside_medical_list"
    WHEELS = "wheels"
    EXTERNAL_GRID = "external_grid"
    OWN_CHARGER = "own_charger"


@dataclass(frozen=True, slots=True)
class Cover:
    """One cover; `insured_fen` 0 means the car's own value."""

    code: CoverCode
    insured_fen: int = 0


@dataclass(frozen=True, slots=True)
class CommercialInsurance:
    """The set chosen with its premium for one year."""

    covers: tuple[Cover, ...]
    premium_fen: int
    is_estimate: bool
    """True: the store's own figure, "估算，以保单为准"; False: the insurer's."""
    insurer: str = ""
    quoted_on: date | None = None


@dataclass(frozen=True, slots=True)
class PremiumRate:
    """How the store estimates one cover: a fixed part plus a share of the car's price."""

    code: CoverCode
    new_energy: bool
    insured_fen: int
    fixed_fen: int
    share: Decimal = Decimal(0)
    by_seat: bool = False


@dataclass(frozen=True, slots=True)
class PremiumEstimates:
    """The store's estimating table."""

    provenance: Provenance
    rates: tuple[PremiumRate, ...]

    def estimate(self, covers: Iterable[Cover], price_fen: int, *, seats: int, new_energy: bool) -> CommercialInsurance:
        """A labelled estimate for one year; raises `CoverNotEstimated` when a cover has no rate."""
        chosen = tuple(covers)
        total = Fraction(0)
        for cover in chosen:
            rate = self._rate(cover, new_energy=new_energy)
            fixed = rate.fixed_fen * (seats if rate.by_seat else 1)
            total += fixed + price_fen * Fraction(rate.share)
        return CommercialInsurance(chosen, half_up(total), is_estimate=True, quoted_on=self.provenance.dated)

    def _rate(self, cover: Cover, *, new_energy: bool) -> PremiumRate:
        for rate in self.rates:
            if (rate.code, rate.insured_fen, rate.new_energy) == (cover.code, cover.insured_fen, new_energy):
                return rate
        raise CoverNotEstimated(cover=cover.code.value, insured_fen=cover.insured_fen)
