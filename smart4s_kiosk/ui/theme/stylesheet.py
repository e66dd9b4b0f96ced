"""One Qt style sheet per (theme, density, scale), built from the tokens; parts choose by dynamic property `role`."""

from functools import lru_cache

from smart4s_kiosk.ui.theme.fonts import FAMILIES
from smart4s_kiosk.ui.theme.look import Look
from smart4s_kiosk.ui.theme.tokens import RESOURCES

TONES = ("ink", "ink_2", "ink_3", "accent", "success", "warn", "danger", "on_action", "on_alarm", "on_disabled")
_CONTROL = {"kiosk": 104, "tablet": 48, "desk": 48}
_ROW = {"kiosk": 96, "tablet": 56, "desk": 48}


@lru_cache(maxsize=32)
def stylesheet(look: Look) -> str:
    """The whole sheet.

    Roles: labels by style name (`role="title"`, `tone="ink_2"`); buttons `primary`, `secondary`, `equal`, `danger`,
    `link`, `plain`, `nav`; frames `card`, `chosen`, `alarmed`, `well`, `raised`, `side`, `bar`, `alarm`, `rule`, and
    `notice` with a tone of `quiet`, `success`, `warn`, `danger`.
    """
    parts = (_ground(look), _labels(look), _buttons(look), _frames(look), _fields(look), _choices(look), _views(look))
    return "\n".join(parts)


def _ground(look: Look) -> str:
    p, body = look.palette, look.style("body")
    families = ", ".join(f'"{name}"' for name in FAMILIES)
    return f"""
* {{ font-family: {families}; outline: 0; }}
QWidget {{ color: {p.ink}; font-size: {body.size}px; font-weight: 400; background: transparent; }}
QWidget[role="page"], QMainWindow, QDialog {{ background: {p.ground}; }}
QDialog {{ background: {p.raised}; }}
QScrollArea, QStackedWidget {{ background: transparent; border: 0; }}
QToolTip {{ background: {p.raised}; color: {p.ink}; border: 1px solid {p.line_strong}; padding: {look.px(6)}px; }}
QSplitter::handle {{ background: {p.line}; }}
"""


def _labels(look: Look) -> str:
    styles = {name: look.style(name) for name in look.measures.styles}
    sizes = [f'QLabel[role="{n}"] {{ font-size: {s.size}px; font-weight: {s.weight}; }}' for n, s in styles.items()]
    tones = [f'QLabel[tone="{tone}"] {{ color: {getattr(look.palette, tone)}; }}' for tone in TONES]
    return "\n".join(sizes + tones)


def _button(look: Look, role: str, fill: str, down: str, text: str, edge: str) -> str:
    p = look.palette
    label, radius, line = look.style("label"), look.radius("control"), look.border("choice")
    selector = f'QPushButton[role="{role}"]'
    return f"""
{selector} {{ background: {fill}; color: {text}; border: {line}px solid {edge}; border-radius: {radius}px;
  padding: 0 {look.px(24 if look.density == "kiosk" else 14)}px; min-height: {_control(look) - 2 * line}px;
  font-size: {label.size}px; font-weight: 500; }}
{selector}:pressed {{ background: {down}; }}
{selector}:disabled {{ background: {p.disabled}; color: {p.on_disabled}; border-color: {p.disabled}; }}
"""


def _control(look: Look) -> int:
    return look.px(_CONTROL[look.density])


def _buttons(look: Look) -> str:
    p = look.palette
    return "".join(
        (
            _button(look, "primary", p.action, p.action_down, p.on_action, p.action),
            _button(look, "secondary", p.quiet, p.quiet_down, p.ink, p.quiet),
            _button(look, "equal", p.surface, p.quiet, p.ink, p.ink),
            _button(look, "danger", p.surface, p.danger_soft, p.danger, p.danger),
            _button(look, "link", "transparent", p.quiet, p.accent, "transparent"),
            _button(look, "plain", "transparent", p.quiet_down, p.ink, "transparent"),
            _navigation(look),
        )
    )


def _navigation(look: Look) -> str:
    p, least = look.palette, _control(look)
    return f"""
QPushButton[role="nav"] {{ text-align: left; background: transparent; color: {p.ink_2}; border: 0;
  border-radius: {look.radius("control")}px; padding: 0 {look.px(12)}px; min-height: {least}px; }}
QPushButton[role="nav"]:checked {{ background: {p.quiet}; color: {p.ink}; font-weight: 500; }}
"""


def _frames(look: Look) -> str:
    p, card, hair = look.palette, look.radius("card"), look.border("hair")
    chosen = look.border("chosen")
    notices = "".join(
        f'QFrame[role="notice"][tone="{tone}"] {{ background: {fill}; }}'
        for tone, fill in (
            ("quiet", p.quiet),
            ("success", p.success_soft),
            ("warn", p.warn_soft),
            ("danger", p.danger_soft),
        )
    )
    return f"""
QFrame[role="card"] {{ background: {p.surface}; border: {hair}px solid {p.line}; border-radius: {card}px; }}
QFrame[role="chosen"] {{ background: {p.surface}; border: {chosen}px solid {p.accent}; border-radius: {card}px; }}
QFrame[role="alarmed"] {{ background: {p.surface}; border: {hair + 1}px solid {p.danger}; border-radius: {card}px; }}
QFrame[role="well"] {{ background: {p.sunken}; border: 0; border-radius: {card}px; }}
QFrame[role="raised"] {{ background: {p.raised}; border: 1px solid {p.line_strong}; border-radius: {card}px; }}
QFrame[role="side"] {{ background: {p.surface}; border: 0; border-right: 1px solid {p.line}; }}
QFrame[role="bar"] {{ background: {p.surface}; border: 0; border-bottom: 1px solid {p.line}; }}
QFrame[role="alarm"] {{ background: {p.alarm}; border: 0; }}
QFrame[role="alarm"] QLabel {{ color: {p.on_alarm}; }}
QFrame[role="rule"] {{ background: {p.line}; border: 0; min-height: {hair}px; max-height: {hair}px; }}
QFrame[role="notice"] {{ border: 0; border-radius: {look.radius("control")}px; }}
{notices}
"""


def _fields(look: Look) -> str:
    p, body = look.palette, look.style("body")
    least, hair = _control(look), 1
    selectors = ("QLineEdit", "QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QPlainTextEdit")
    plain = ", ".join(selectors)
    focus = ", ".join(f"{name}:focus" for name in selectors)
    chosen = look.border("chosen")
    off = ", ".join(f"{name}:disabled" for name in selectors)
    return f"""
{plain} {{ background: {p.surface}; color: {p.ink}; border: {hair}px solid {p.line_strong}; font-size: {body.size}px;
  border-radius: {look.radius("control")}px; padding: 0 {look.px(12)}px; min-height: {least - 2}px;
  selection-background-color: {p.accent_line}; selection-color: {p.ink}; placeholder-text-color: {p.ink_3}; }}
QPlainTextEdit {{ padding: {look.px(10)}px {look.px(12)}px; }}
{focus} {{ border: {chosen}px solid {p.accent}; padding: 0 {look.px(12) - chosen + 1}px; }}
{off} {{ background: {p.disabled}; color: {p.on_disabled}; border-color: {p.disabled}; }}
QLineEdit[state="error"] {{ border: 2px solid {p.danger}; }}
QLineEdit[state="weak"] {{ border: 2px solid {p.warn_fill}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox::drop-down {{ border: 0; width: {look.px(28)}px; }}
QComboBox::down-arrow {{ image: url("{_mark("down_dark" if look.is_dark else "down_light")}"); width: {look.px(18)}px;
  height: {look.px(18)}px; }}
QComboBox QAbstractItemView {{ background: {p.raised}; color: {p.ink}; border: 1px solid {p.line_strong};
  selection-background-color: {p.accent_soft}; selection-color: {p.ink}; }}
"""


def _mark(name: str) -> str:
    return (RESOURCES / "theme" / "marks" / f"{name}.svg").as_posix()


def _choices(look: Look) -> str:
    p = look.palette
    box = look.px({"kiosk": 64, "tablet": 24, "desk": 18}[look.density])
    knob = look.px(28)
    least = look.px(_CONTROL[look.density] - (0 if look.density == "desk" else 4))
    groove = look.px(6)
    return f"""
QCheckBox, QRadioButton {{ spacing: {look.px(10)}px; min-height: {least}px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {box}px; height: {box}px; background: {p.surface};
  border: {look.border("choice")}px solid {p.line_strong}; border-radius: {box // 5}px; }}
QRadioButton::indicator {{ border-radius: {(box + 2 * look.border("choice")) // 2}px; }}
QCheckBox::indicator:checked, QRadioButton::indicator:checked {{ background: {p.action}; border-color: {p.action};
  image: url("{_mark("check_on_light" if look.is_dark else "check_on_dark")}"); }}
QSlider::groove:horizontal {{ background: {p.line}; height: {groove}px; border-radius: {groove // 2}px; }}
QSlider::sub-page:horizontal {{ background: {p.ink}; height: {groove}px; border-radius: {groove // 2}px; }}
QSlider::handle:horizontal {{ background: {p.surface}; border: 2px solid {p.ink}; width: {knob - 4}px;
  height: {knob - 4}px; margin: -{(knob - groove) // 2}px 0; border-radius: {knob // 2}px; }}
QProgressBar {{ background: {p.line}; border: 0; border-radius: {groove // 2}px; max-height: {groove}px; }}
QProgressBar::chunk {{ background: {p.accent}; border-radius: {groove // 2}px; }}
"""


def _views(look: Look) -> str:
    p, note = look.palette, look.style("note")
    width = look.px(10)
    return f"""
QTableView, QListView, QTreeView {{ background: {p.surface}; alternate-background-color: {p.surface};
  border: 1px solid {p.line}; border-radius: {look.radius("control")}px; gridline-color: {p.line};
  selection-background-color: {p.accent_soft}; selection-color: {p.ink}; }}
QTableView::item, QListView::item {{ padding: 0 {look.px(10)}px; border: 0; border-bottom: 1px solid {p.line};
  min-height: {look.px(_ROW[look.density])}px; }}
QHeaderView {{ background: {p.sunken}; border: 0; }}
QHeaderView::section {{ background: {p.sunken}; color: {p.ink_2}; border: 0; border-bottom: 1px solid {p.line};
  padding: 0 {look.px(13)}px; min-height: {look.px(48)}px; font-size: {note.size}px; font-weight: 500; }}
QTableCornerButton::section {{ background: {p.sunken}; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: {width}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {width}px; margin: 0; }}
QScrollBar::handle {{ background: {p.line_strong}; border-radius: {width // 2 - 1}px; margin: 2px;
  min-height: {look.px(48)}px; min-width: {look.px(48)}px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: 0;
  width: 0; height: 0; }}
QTabBar::tab {{ background: transparent; color: {p.ink_2}; border: 0; padding: {look.px(8)}px {look.px(16)}px;
  border-bottom: 3px solid transparent; }}
QTabBar::tab:selected {{ color: {p.ink}; border-bottom-color: {p.accent}; }}
QTabWidget::pane {{ border: 0; }}
QMenu {{ background: {p.raised}; border: 1px solid {p.line_strong}; padding: {look.px(4)}px; }}
QMenu::item {{ padding: {look.px(8)}px {look.px(16)}px; }}
QMenu::item:selected {{ background: {p.accent_soft}; color: {p.ink}; }}
"""
