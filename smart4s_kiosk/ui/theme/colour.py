"""Colour arithmetic for the theme: contrast after WCAG 2.2, mixing, and OKLCH (Ottosson 2020) to keep a hue."""

import math
from dataclasses import dataclass, replace

Triple = tuple[float, float, float]


def parse(text: str) -> Triple:
    """Red, green, blue as 0 to 1 from "#RRGGBB"."""
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"not a colour: {text!r}")
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


def text_of(rgb: Triple) -> str:
    """A colour of 0 to 1 each as "#RRGGBB", clamped."""
    return "#" + "".join(f"{round(min(1.0, max(0.0, part)) * 255):02X}" for part in rgb)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else float(1.055 * part ** (1 / 2.4) - 0.055)


def luminance(colour: str) -> float:
    """Relative luminance, 0 black to 1 white."""
    red, green, blue = (_linear(part) for part in parse(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(share: float, colour: str, ground: str) -> str:
    """`share` (0 to 1) of `colour` laid over `ground`, in sRGB as a translucent layer would be."""
    pairs = zip(parse(colour), parse(ground), strict=True)
    red, green, blue = (share * top + (1 - share) * under for top, under in pairs)
    return text_of((red, green, blue))


@dataclass(frozen=True, slots=True)
class Oklch:
    """A colour by lightness (0 to 1), chroma and hue (radians)."""

    lightness: float
    chroma: float
    hue: float

    @classmethod
    def of(cls, colour: str) -> "Oklch":
        red, green, blue = (_linear(part) for part in parse(colour))
        long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
        a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
        return cls(lightness, math.hypot(a, b), math.atan2(b, a))

    def linear_rgb(self) -> Triple:
        """Linear light; parts outside 0 to 1 cannot be shown."""
        a, b = self.chroma * math.cos(self.hue), self.chroma * math.sin(self.hue)
        long = (self.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        middle = (self.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (self.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )

    def hex(self) -> str:
        """The nearest "#RRGGBB" of the same lightness and hue: chroma is lowered until it can be shown."""
        shown = self
        while shown.chroma > 0.001 and not all(-0.0005 <= part <= 1.0005 for part in shown.linear_rgb()):
            shown = replace(shown, chroma=shown.chroma - 0.002)
        red, green, blue = (_gamma(min(1.0, max(0.0, part))) for part in shown.linear_rgb())
        return text_of((red, green, blue))
