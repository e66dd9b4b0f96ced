"""What must not be on any page: cut words, parts over each other, small targets, faint text. Found on real widgets."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from smart4s_kiosk.ui.theme.colour import contrast
from smart4s_kiosk.ui.theme.look import look_of
from smart4s_kiosk.ui.widgets.dialog import Dialog
from smart4s_kiosk.ui.widgets.language_switch import LanguageSwitch
from smart4s_kiosk.ui.widgets.segmented import Segmented
from smart4s_kiosk.ui.widgets.typing_dialog import TypesByFinger
from smart4s_kiosk.ui.widgets.words import Words
from tests.screenshots.painted_words import PaintedWord, cut, tables_wider_than_their_place, words_of

LEAST_CONTRAST = 4.5
LEAST_TARGET = {"kiosk": 48, "tablet": 48, "desk": 48}
"""Pixels. A desk's controls are drawn lower than what can be pressed of them (docs/adr/0021)."""
Painted = tuple[QWidget, PaintedWord]
OVERLAYS = ("FocusRing", "BusyOverlay", "HiddenCorner", "ConfirmSheet")


def describe(widget: QWidget) -> str:
    text = getattr(widget, "text", "")
    said = text() if callable(text) else text
    return f"{type(widget).__name__}({said or widget.accessibleName() or widget.objectName()!r})"


def shown(window: QWidget) -> Iterator[QWidget]:
    """Visible descendants that are part of the page, not of a closed overlay; with a dialog open, those of the dialog."""
    dialogs = [d for d in window.findChildren(Dialog) if d.isVisibleTo(window)]
    top: QWidget = dialogs[-1] if dialogs else window  # the page below the scrim is judged in its own picture
    for widget in top.findChildren(QWidget):
        if widget.isVisibleTo(window) and not isinstance(widget, QScrollBar | QHeaderView) and not widget.isWindow():
            yield widget


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def in_scroll_area(widget: QWidget) -> bool:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractScrollArea):
            return True
        above = above.parentWidget()
    return False


def cut_words(window: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit, or that stick out of the window or their parent."""
    found = []
    for widget in shown(window):
        sticks_out = getattr(widget, "sticks_out", None)
        if callable(sticks_out):
            if sticks_out():
                found.append(f"cut: {describe(widget)} {widget.width()}x{widget.height()}")
        elif _plain_text_is_cut(widget):
            found.append(f"cut: {describe(widget)} {widget.width()}x{widget.height()}")
        if isinstance(widget, Words | QAbstractButton | QLabel) and not in_scroll_area(widget):
            parent = widget.parentWidget()
            inside = parent.rect() if parent is not None else window.rect()
            if widget.width() and widget.height() and not inside.adjusted(-2, -2, 2, 2).contains(widget.geometry()):
                found.append(f"outside its parent: {describe(widget)} {widget.geometry()} in {inside}")
            if not window.rect().adjusted(-1, -1, 1, 1).contains(place(widget, window)):
                found.append(f"outside the window: {describe(widget)}")
    return found


def _plain_text_is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        if not widget.text() or widget.pixmap().isNull() is False:
            return False
        if widget.textFormat() == Qt.TextFormat.RichText or "<" in widget.text():
            return widget.heightForWidth(widget.width()) > widget.height() + 2
        flags = Qt.TextFlag.TextWordWrap if widget.wordWrap() else Qt.TextFlag.TextExpandTabs
        need = QFontMetricsF(widget.font()).boundingRect(
            widget.contentsRect().toRectF().adjusted(0, 0, 0, 4000), int(flags), widget.text()
        )
        return need.width() > widget.contentsRect().width() + 2 or need.height() > widget.height() + 3
    if isinstance(widget, QPushButton) and widget.text():
        return widget.sizeHint().width() > widget.width() + 1
    if isinstance(widget, QCheckBox | QRadioButton):
        wide = QFontMetricsF(widget.font()).horizontalAdvance(widget.text().replace("&", ""))
        return bool(widget.text()) and wide > widget.width()
    return False


def sideways(window: QWidget) -> list[str]:
    """Pages never scroll sideways; what lies beyond the edge of such an area is cut."""
    found = []
    for widget in shown(window):
        inner = widget.widget() if isinstance(widget, QScrollArea) else None
        if not isinstance(widget, QScrollArea) or inner is None:
            continue
        over = inner.minimumSizeHint().width() - widget.viewport().width()
        if widget.horizontalScrollBar().maximum() > 0 or over > 1:
            found.append(f"sideways: {type(inner).__name__} is {over} wider than its place")
    return found


def scroller_of(widget: QWidget) -> QAbstractScrollArea | None:
    """The list that the widget scrolls in."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractScrollArea):
        above = above.parentWidget()
    return above


def clip_of(widget: QWidget, window: QWidget) -> QRect:
    """What its list lets be seen."""
    scroller = scroller_of(widget)
    return place(scroller.viewport() if scroller is not None else window, window)


def overlaps(window: QWidget) -> list[str]:
    """Two parts with content on the same spot, neither inside the other."""
    leaves = [w for w in shown(window) if _has_content(w) and not _under_overlay(w, window)]
    found = []
    for one, other in combinations(leaves, 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one) or in_scroll_area(one) != in_scroll_area(other):
            continue
        common = place(one, window).intersected(place(other, window))
        if scroller_of(one) is not scroller_of(other):
            common = common.intersected(clip_of(one, window)).intersected(clip_of(other, window))
        if common.width() > 2 and common.height() > 2 and one.width() and other.width():
            found.append(f"overlap: {describe(one)} and {describe(other)} by {common.width()}x{common.height()}")
    return found


def _has_content(widget: QWidget) -> bool:
    if isinstance(widget, Words | QLabel):
        text: Any = widget.text
        return bool((text() if callable(text) else text).strip())
    return isinstance(widget, QAbstractButton | QLineEdit | QComboBox | LanguageSwitch | Segmented) or callable(
        getattr(widget, "sticks_out", None)
    )


def _under_overlay(widget: QWidget, window: QWidget) -> bool:
    """Dialogs, notices and sheets lie over the page on purpose."""
    above: QWidget | None = widget
    while above is not None and above is not window:
        if isinstance(above, Dialog) or type(above).__name__ in (*OVERLAYS, "NoticeBar"):
            return True
        above = above.parentWidget()
    return False


def small_targets(window: QWidget) -> list[str]:
    """Pressable parts narrower or lower than a finger (a mouse pointer on desks)."""
    found = []
    for widget in shown(window):
        if not isinstance(widget, QAbstractButton | LanguageSwitch | Segmented | QLineEdit | QComboBox):
            continue
        if isinstance(widget.parentWidget(), QComboBox | QLineEdit | QAbstractSpinBox) or not widget.isEnabled():
            continue
        least = LEAST_TARGET[look_of(widget).density]
        if min(widget.width(), widget.height()) < least:
            found.append(f"small: {describe(widget)} {widget.width()}x{widget.height()} < {least}")
    return found


def painted(window: QWidget) -> Iterator[Painted]:
    """Every word that can be seen, with the widget that paints it."""
    for widget in shown(window):
        seen = _seen(widget, window)
        for word in words_of(widget):
            middle = word.place.center().toPoint()
            is_rolled_away = in_scroll_area(widget) and not seen.contains(widget.mapTo(window, middle))
            if not is_rolled_away and not _is_covered(widget, middle, window):
                yield widget, word


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """What the widgets around it leave to be seen."""
    seen, around = place(widget, window), widget.parentWidget()
    while around is not None and around is not window:
        seen, around = seen.intersected(place(around, window)), around.parentWidget()
    return seen


def _is_covered(widget: QWidget, at: QPoint, window: QWidget) -> bool:
    """Whether a notice, a sheet or another part lies over that spot."""
    above = window.childAt(widget.mapTo(window, at))
    return (
        above is not None and above is not widget and not above.isAncestorOf(widget) and not widget.isAncestorOf(above)
    )


def cut_painted_words(words: Sequence[Painted]) -> list[str]:
    """Words painted by hand or in a table's cells that end in an ellipsis or at an edge."""
    return [
        f"{how}: {word.text!r} of {describe(widget)}"
        for widget, word in words
        if (how := cut(widget, word, rolls=in_scroll_area(widget)))
    ]


def faint_text(window: QWidget, picture: QImage, words: Sequence[Painted] | None = None) -> list[str]:
    """Text whose colour is too near to what really lies behind it, whoever paints it."""
    pixels = pixels_of(picture)
    found = []
    for widget, word in painted(window) if words is None else words:
        spot = word.place.translated(widget.mapTo(window, QPoint(0, 0)).toPointF()).toAlignedRect()
        found += _judge(word.text, widget, word.colour, commonest(pixels, spot, word.colour))
    return found


def _judge(said: str, widget: QWidget, text: QColor, behind: QColor) -> list[str]:
    share = text.alphaF()
    mixed = QColor(
        round(text.red() * share + behind.red() * (1 - share)),
        round(text.green() * share + behind.green() * (1 - share)),
        round(text.blue() * share + behind.blue() * (1 - share)),
    )
    ratio = contrast(mixed.name().upper(), behind.name().upper())
    if ratio >= LEAST_CONTRAST:
        return []
    return [f"faint: {said!r} of {describe(widget)} {mixed.name()} on {behind.name()} = {ratio:.2f}"]


def pixels_of(picture: QImage) -> NDArray[np.uint32]:
    """0xAARRGGBB, row by row."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.bytesPerLine() // 4)
    return rows[:, : plain.width()].copy()


def commonest(pixels: NDArray[np.uint32], where: QRect, text: QColor) -> QColor:
    """The colour that most pixels of a region have, the text's own aside: what lies behind it."""
    high, wide = pixels.shape
    area = where.intersected(QRect(0, 0, wide, high))
    region = pixels[area.top() : area.bottom() + 1, area.left() : area.right() + 1] & 0xFFFFFF
    region = region[region != (text.rgb() & 0xFFFFFF)]
    if not region.size:
        return QColor("#FFFFFF") if text.lightness() < 128 else QColor("#000000")
    values, counts = np.unique(region, return_counts=True)
    return QColor.fromRgb(int(values[counts.argmax()]))


def ways_out(window: QWidget) -> list[str]:
    """On the public kiosk: nothing with a clipboard, a menu, a drop or a pointer of its own."""
    if look_of(window).density != "kiosk":
        return []
    found = []
    quiet = {Qt.ContextMenuPolicy.DefaultContextMenu, Qt.ContextMenuPolicy.NoContextMenu}
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit | QAbstractItemView):
            found.append(f"clipboard: {describe(widget)}")
        if widget.acceptDrops():
            found.append(f"drop: {describe(widget)}")
        if widget.contextMenuPolicy() not in quiet or widget.actions():
            found.append(f"menu: {describe(widget)}")
        shape = widget.cursor().shape()
        if widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor) and shape is not Qt.CursorShape.BlankCursor:
            found.append(f"pointer: {describe(widget)}")
        if isinstance(widget, QLabel) and widget.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            found.append(f"selectable: {describe(widget)}")
    return found


def untypable(window: QWidget) -> list[str]:
    """At a desk without a keyboard: fields that no finger can write into."""
    return [
        f"no pad: {describe(field)}"
        for field in shown(window)
        if isinstance(field, QLineEdit | QPlainTextEdit | QAbstractSpinBox)
        and not isinstance(field.parentWidget(), QComboBox | QAbstractSpinBox)
        and field.isEnabled()
        and not field.isReadOnly()
        and not any(isinstance(part, TypesByFinger) for part in field.children())
    ]


def faults(window: QWidget, picture: QImage) -> list[str]:
    """Everything wrong with a page."""
    words = list(painted(window))
    return [
        *cut_words(window),
        *cut_painted_words(words),
        *sideways(window),
        *tables_wider_than_their_place(shown(window)),
        *ways_out(window),
        *overlaps(window),
        *small_targets(window),
        *untypable(window),
        *faint_text(window, picture, words),
    ]
