"""The staff's screens in the visit: reception's board before and after, the manager's figures and heat map."""

from smart4s_kiosk.demo.seed import demo_facts
from smart4s_kiosk.demo.visit import VisitScene
from smart4s_kiosk.i18n import _ as say
from smart4s_kiosk.services.board_views import Board, Standing


def pin_of(role: str) -> tuple[str, str]:
    """Name and PIN of the demo's first member of a role (the demo's PINs stand in its own data file)."""
    member = next(one for one in demo_facts()["staff"] if one["role"] == role)
    return member["name"], member["pin"]


def sign_in(scene: VisitScene, surface: str, name: str, pin: str) -> None:
    """Choose a name, type the PIN, press the button."""
    window, hands = scene.desktop.windows[surface], scene.hands
    hands.press(window, name)
    hands.type_digits(window, pin)
    hands.press(window, say("Sign in"), exact=True)
    hands.wait(lambda: hands.button(window, say("Sign in"), exact=True) is None, what=f"{surface} signed in")


def open_reception(scene: VisitScene) -> None:
    """Reception signs in; the board stands there before the guest comes."""
    if "reception" not in scene.desktop.windows:
        return
    with scene.step("reception signs in"):
        sign_in(scene, "reception", *pin_of("reception"))
        scene.hands.picture(scene.desktop.windows["reception"], "reception-before")


def board_moved(scene: VisitScene) -> None:
    """The guest stands on the board, with whoever comes."""
    if "reception" not in scene.desktop.windows:
        return
    with scene.step("reception board") as read:
        reader = scene.desktop.application.services.board

        def accepted(board: Board) -> bool:
            return any(c.visit_id == scene.visit_id and c.standing is Standing.COMING for c in board.serving)

        read["after_s"] = round(scene.hands.wait(lambda: accepted(reader.read()), what="board", limit_s=5), 3)
        board = reader.read()
        read |= {"waiting": len(board.waiting), "with a consultant": [c.consultant for c in board.serving]}
        scene.hands.picture(scene.desktop.windows["reception"], "reception-board")


def manager_today(scene: VisitScene) -> None:
    """Today's figures, and the heat map that the people counter made from the floor camera."""
    if "manager" not in scene.desktop.windows:
        return
    with scene.step("manager panel"):
        sign_in(scene, "manager", *pin_of("manager"))
        scene.hands.picture(scene.desktop.windows["manager"], "manager-today")
