"""The staff's screens in the visit: reception's board before and after, the manager's figures and heat map."""

from smart4s_kiosk.demo.seed import demo_facts
from smart4s_kiosk.demo.visit import VisitScene
from smart4s_kiosk.domain.foot_traffic import hour_of
from smart4s_kiosk.i18n import _ as say
from smart4s_kiosk.services.board_views import Board, Standing
from smart4s_kiosk.vision.people.plan_file import read_floor
from smart4s_kiosk.vision.people.recording import count_recording


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

        read["after_s"] = round(scene.hands.wait(lambda: accepted(reader.read()), what="board"), 3)
        board = reader.read()
        read |= {"waiting": len(board.waiting), "with a consultant": [c.consultant for c in board.serving]}
        scene.hands.picture(scene.desktop.windows["reception"], "reception-board")


def count_people(scene: VisitScene) -> None:
    """The people counter looks at the floor camera's recording; what it counted is recorded like any hour."""
    application = scene.desktop.application
    floor = read_floor(scene.place.floor_plan)
    with scene.step("people counter") as read:
        counted = count_recording(scene.place.floor_video, began=hour_of(application.clock.now()), floor=floor)
        for part in counted.parts:
            application.services.foot_traffic.record(part)
        read |= {"frames": counted.frames, "came in": sum(p.came_in for p in counted.parts)}
        read["went out"] = sum(p.went_out for p in counted.parts)


def manager_today(scene: VisitScene) -> None:
    """Today's figures, and the heat map that the people counter made from the floor camera."""
    if "manager" not in scene.desktop.windows:
        return
    with scene.step("manager panel"):
        sign_in(scene, "manager", *pin_of("manager"))
        scene.hands.wait(lambda: scene.desktop.background.is_idle, what="figures")
        scene.hands.picture(scene.desktop.windows["manager"], "manager-today")
