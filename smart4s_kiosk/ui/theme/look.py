"""The look of one window: theme, density and scale, and how a widget finds the look it lives in."""

from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.ui.theme import fonts
from smart4s_kiosk.ui.theme.tokens import Density, Palette, TextStyle, Tokens, default_tokens

ThemeName = Literal["light", "dark", "curtain"]
DensityName = Literal["kiosk", "tablet", "desk"]
AnyWidget = TypeVar("AnyWidget", bound=QWidget)
LARGE_TYPE = 1.18
"""大字版: everything below the headings grows by this."""
_EXTRAS = {"foot": TextStyle(32, 44, 500), "key": TextStyle(60, 72, 500)}
"""tokens.toml says it beside other styles: "32 for the foot", "keys 60"."""
_GROWS = {"body", "body_l", "note", "caption", "label", "clause"}


@dataclass(frozen=True, slots=True)
class Look:
    """Everything a widget asks before it draws. Sizes come out in pixels of this window."""

    theme: ThemeName = "light"
    density: DensityName = "kiosk"
    scale: float = 1.0
    large_type: bool = False
    reduce_motion: bool = False
    tokens: Tokens = field(default_factory=default_tokens)

    @property
    def palette(self) -> Palette:
        return self.tokens.palettes[self.theme]

    @property
    def measures(self) -> Density:
        return self.tokens.densities[self.density]

    @property
    def is_dark(self) -> bool:
        return self.theme != "light"

    def px(self, size: float) -> int:
        """A design size in this window's pixels, never 0 for something that exists."""
        return max(1, round(size * self.scale)) if size > 0 else 0

    def colour(self, role: str) -> QColor:
        """A colour role as a QColor; "scrim" included."""
        value: str = getattr(self.palette, role)
        if value.startswith("rgba("):
            red, green, blue, alpha = (int(part) for part in value[5:-1].split(","))
            return QColor(red, green, blue, alpha)
        return QColor(value)

    def style(self, name: str) -> TextStyle:
        """One text style at this window's scale."""
        base = _EXTRAS.get(name) or self.measures.styles[name]
        grown = self.scale * (LARGE_TYPE if self.large_type and name in _GROWS else 1.0)
        return TextStyle(max(1, round(base.size * grown)), max(1, round(base.line * grown)), base.weight)

    def font(self, name: str, *, weight: int = 0) -> QFont:
        """The font of one text style."""
        return fonts.font(self.style(name), weight=weight)

    def radius(self, kind: Literal["card", "control", "chip"]) -> int:
        return self.px(getattr(self.measures.radius, kind))

    def border(self, kind: Literal["hair", "choice", "chosen", "focus"]) -> int:
        return max(1, self.px(getattr(self.measures.border, kind)))

    def duration(self, kind: str) -> int:
        """Milliseconds of one kind of movement; 0 with reduced motion."""
        return 0 if self.reduce_motion else self.tokens.motion[kind].ms

    def in_theme(self, theme: ThemeName) -> "Look":
        return replace(self, theme=theme)

    def curtain(self) -> "Look":
        """The dark set of the attract picture and the camera page."""
        return replace(self, theme="curtain")


_DEFAULTS: dict[DensityName, Look] = {}


def default_look(density: DensityName = "desk") -> Look:
    """The look of a widget that nobody dressed (tests, tools)."""
    if density not in _DEFAULTS:
        _DEFAULTS[density] = Look(density=density)
    return _DEFAULTS[density]


def with_look(widget: AnyWidget, look: Look) -> AnyWidget:
    """The widget with the look it will live in, also before it has a parent to take it from."""
    setattr(widget, "_look", look)  # noqa: B010 - a plain attribute, found again by look_of
    return widget


def look_of(widget: QWidget) -> Look:
    """The look given to the nearest ancestor that has one."""
    place: QWidget | None = widget
    while place is not None:
        found = getattr(place, "_look", None)
        if isinstance(found, Look):
            return found
        place = place.parentWidget()
    return default_look()
