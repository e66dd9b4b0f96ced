"""The numbers and colours of the look, read once from resources/theme/tokens.toml into frozen values."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from smart4s_kiosk.ui.theme.colour import Oklch, contrast, mix

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
TOKENS_FILE = RESOURCES / "theme" / "tokens.toml"
DENSITIES = ("kiosk", "tablet", "desk")
LIGHT_LEAST, DARK_LEAST = 5.5, 6.5
"""Contrast that a derived accent must reach; `[brand.derive]` says so in words."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colour roles of one theme, "#RRGGBB" each; `scrim` is "rgba(r,g,b,a)"."""

    ground: str
    sunken: str
    surface: str
    raised: str
    line: str
    line_strong: str
    ink: str
    ink_2: str
    ink_3: str
    action: str
    action_down: str
    on_action: str
    quiet: str
    quiet_down: str
    accent: str
    accent_soft: str
    accent_line: str
    on_accent: str
    success: str
    success_soft: str
    warn: str
    warn_soft: str
    warn_fill: str
    danger: str
    danger_soft: str
    alarm: str
    on_alarm: str
    disabled: str
    on_disabled: str
    focus: str
    scrim: str


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size, line height (logical pixels) and weight of one kind of text."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Radii:
    """Corner radii of one density."""

    card: int
    control: int
    chip: int


@dataclass(frozen=True, slots=True)
class Borders:
    """Line widths of one density."""

    hair: int
    choice: int
    chosen: int
    focus: int


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """Type, corners and lines for one reading distance."""

    name: str
    styles: Mapping[str, TextStyle]
    radius: Radii
    border: Borders


@dataclass(frozen=True, slots=True)
class ChartColours:
    """Series and heat scale of one theme."""

    series: tuple[str, ...]
    heat: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brand:
    """What a dealer may change."""

    name: str
    store: str
    accent: str
    logo: Path | None = None
    """A one-colour SVG; None paints the drawn mark."""
    heroes: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Motion:
    """Duration in ms and easing of one kind of movement."""

    ms: int
    easing: str


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The whole look. Compared by identity, so that a `Look` can be a key."""

    brand: Brand
    palettes: Mapping[str, Palette]
    """"light", "dark" and "curtain" (the attract picture and the camera page)."""
    charts: Mapping[str, ChartColours]
    densities: Mapping[str, Density]
    space: Mapping[str, int]
    touch: Mapping[str, tuple[int, int, int]]
    motion: Mapping[str, Motion]
    seconds: Mapping[str, int]

    def for_brand(self, brand: Brand) -> "Tokens":
        """The same look in a dealer's colour."""
        max_chroma = 0.19
        light = derive_light(self.palettes["light"], brand.accent, max_chroma)
        dark = derive_dark(self.palettes["dark"], brand.accent, max_chroma)
        curtain = replace(
            self.palettes["curtain"],
            accent=dark.accent,
            accent_soft=dark.accent_soft,
            accent_line=dark.accent_line,
            focus=dark.focus,
        )
        return replace(self, brand=brand, palettes=MappingProxyType({"light": light, "dark": dark, "curtain": curtain}))


def derive_light(base: Palette, accent: str, max_chroma: float) -> Palette:
    """Lower the lightness of `accent` until it reads on the ground and on its own soft tint."""
    colour = Oklch.of(accent)
    colour = replace(colour, chroma=min(colour.chroma, max_chroma))
    while True:
        shown = accent if colour == Oklch.of(accent) else colour.hex()
        soft = mix(0.09, shown, base.surface)
        if min(contrast(shown, base.ground), contrast(shown, soft)) >= LIGHT_LEAST or colour.lightness <= 0.02:
            break
        colour = replace(colour, lightness=colour.lightness - 0.005)
    return replace(base, accent=shown, accent_soft=soft, accent_line=mix(0.35, shown, base.surface), focus=shown)


def derive_dark(base: Palette, accent: str, max_chroma: float) -> Palette:
    """Raise the lightness of `accent` until it reads on raised surfaces."""
    colour = Oklch.of(accent)
    colour = replace(colour, chroma=min(colour.chroma, max_chroma) * 0.72)
    while contrast(colour.hex(), base.raised) < DARK_LEAST and colour.lightness < 0.99:
        colour = replace(colour, lightness=colour.lightness + 0.005)
    shown = colour.hex()
    return replace(
        base,
        accent=shown,
        accent_soft=mix(0.10, shown, base.surface),
        accent_line=mix(0.32, shown, base.surface),
        focus=shown,
    )


def _palette(values: Mapping[str, str]) -> Palette:
    return Palette(**{field.name: values[field.name] for field in fields(Palette)})


def _curtain(values: Mapping[str, str], dark: Palette) -> Palette:
    """The curtain set names few roles; the others are those of the dark theme."""
    return replace(
        dark,
        ground=values["ground"],
        sunken=values["deep"],
        ink=values["ink"],
        ink_2=values["ink_2"],
        ink_3=values["ink_3"],
        line=values["line"],
        action=values["ink"],
        on_action=values["ground"],
        surface="#1C212A",
    )


def _density(name: str, raw: Mapping[str, Any]) -> Density:
    kiosk = name == "kiosk"
    return Density(
        name=name,
        styles=MappingProxyType({style: TextStyle(*numbers) for style, numbers in raw["type"][name].items()}),
        radius=Radii(*raw["radius"][name]),
        # The kiosk is read from two metres: its lines are heavier; the file says so in its comments.
        border=Borders(2, 3, 5, 5) if kiosk else Borders(**{k: raw["border"][k] for k in Borders.__slots__}),
    )


def parse_tokens(text: str) -> Tokens:
    """Tokens from the text of a tokens file."""
    raw = tomllib.loads(text)
    dark = _palette(raw["dark"])
    palettes = {"light": _palette(raw["light"]), "dark": dark, "curtain": _curtain(raw["curtain"], dark)}
    charts = {
        theme: ChartColours(tuple(raw["data"][f"series_{theme}"]), tuple(raw["data"][f"heat_{theme}"]))
        for theme in ("light", "dark")
    }
    return Tokens(
        brand=Brand(raw["brand"]["name"], raw["brand"]["store"], raw["brand"]["accent"]),
        palettes=MappingProxyType(palettes),
        charts=MappingProxyType({**charts, "curtain": charts["dark"]}),
        densities=MappingProxyType({name: _density(name, raw) for name in DENSITIES}),
        space=MappingProxyType(dict(raw["space"])),
        touch=MappingProxyType({name: (int(a), int(b), int(c)) for name, (a, b, c) in raw["touch"].items()}),
        motion=MappingProxyType(
            {name: Motion(*value) for name, value in raw["motion"].items() if isinstance(value, list)}
        ),
        seconds=MappingProxyType(dict(raw["time"])),
    )


@cache
def default_tokens() -> Tokens:
    """The look as shipped."""
    return parse_tokens(TOKENS_FILE.read_text(encoding="utf-8"))
