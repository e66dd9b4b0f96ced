"""Puts a look on a window or a part of it, and marks widgets with roles."""

from typing import TypeVar

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from smart4s_kiosk.ui.theme.fonts import font, load_fonts
from smart4s_kiosk.ui.theme.look import Look, with_look
from smart4s_kiosk.ui.theme.stylesheet import stylesheet
from smart4s_kiosk.ui.theme.tokens import TextStyle

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def prepare_application(application: QApplication) -> None:
    """Fusion, bundled fonts and a calm palette: once, before the first window."""
    load_fonts()
    application.setStyle("Fusion")
    application.setFont(font(TextStyle(15, 22, 400)))


def dress(widget: QWidget, look: Look) -> None:
    """Give `widget` and everything in it a look; call again to change it at run time."""
    with_look(widget, look)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, look.colour("ground"))
    palette.setColor(QPalette.ColorRole.WindowText, look.colour("ink"))
    palette.setColor(QPalette.ColorRole.Text, look.colour("ink"))
    palette.setColor(QPalette.ColorRole.PlaceholderText, look.colour("ink_3"))
    palette.setColor(QPalette.ColorRole.Highlight, look.colour("accent_line"))
    palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("ink"))
    widget.setPalette(palette)
    widget.setStyleSheet(stylesheet(look))


def role(widget: AnyWidget, name: str, *, tone: str = "") -> AnyWidget:
    """Mark a widget for the style sheet; returns it, so that it can be used while building."""
    widget.setProperty("role", name)
    if tone:
        widget.setProperty("tone", tone)
    refresh(widget)
    return widget


def refresh(widget: QWidget) -> None:
    """Read the style sheet again after a property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
