"""The consultant's part of the visit, on the tablet: licence, decision, clauses, two signatures, seal, key, quote."""

from functools import partial
from itertools import product

import cv2
import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from smart4s_kiosk.demo.hands import NotOnScreen
from smart4s_kiosk.demo.seed import demo_facts
from smart4s_kiosk.demo.visit import VisitScene
from smart4s_kiosk.demo.visit_desk import sign_in
from smart4s_kiosk.demo.visit_kiosk import CONSULTANT
from smart4s_kiosk.domain.agreements import Agreement, AgreementState
from smart4s_kiosk.domain.names import mask_name
from smart4s_kiosk.i18n import _ as say
from smart4s_kiosk.ui.widgets.qr_label import QrLabel
from smart4s_kiosk.ui.widgets.signature_pad import SignaturePad
from smart4s_kiosk.ui.widgets.touch_button import TouchButton

CAR = "京AD0"
MOST_CLAUSES = 12


def tablet_of(scene: VisitScene) -> QWidget:
    """The tablet's window."""
    return scene.desktop.windows["tablet"]


def agreement_of(scene: VisitScene) -> Agreement:
    """The newest agreement of the visit."""
    return scene.desktop.application.services.test_drives.of_visit(scene.visit_id)[-1]


def scan(scene: VisitScene) -> None:
    """Sign in, choose the car, ask the customer, read the licence, confirm every field and the declaration."""
    tablet, hands = tablet_of(scene), scene.hands
    pin = next(one["pin"] for one in demo_facts()["staff"] if one["name"] == CONSULTANT)
    with scene.step("tablet: today"):
        sign_in(scene, "tablet", CONSULTANT, pin)
        # The rail has a door of the same name: the guest's own button is meant.
        guest = partial(hands.button, tablet, say("Test drive"), exact=True, kind=TouchButton)
        hands.wait(lambda: guest() is not None, what="the guest")
        hands.picture(tablet, "tablet-today")
        hands.press(tablet, say("Test drive"), exact=True, kind=TouchButton)
    with scene.step("tablet: licence") as read:
        hands.press(tablet, say("Reserve and go on"))
        hands.press(tablet, say("Agree, photograph it"), exact=True)
        hands.wait(lambda: hands.button(tablet, say("Read it"), exact=True) is not None, what="a sharp page")
        hands.picture(tablet, "tablet-capture")
        hands.press(tablet, say("Read it"), exact=True)
        forward = say("Checked, to the declaration")
        hands.wait(lambda: _checked(scene, forward), what="fields")
        hands.picture(tablet, "tablet-licence")
        hands.press(tablet, forward, exact=True)
        hands.press(tablet, say("None of these apply to me"), exact=True)
        hands.wait(lambda: hands.button(tablet, say("Confirm and read the agreement")) is not None, what="verdict")
        hands.picture(tablet, "tablet-decision")
        hands.press(tablet, say("Confirm and read the agreement"), exact=True)
        hands.wait(lambda: agreement_of(scene).state is AgreementState.VERIFIED, what="verified")
        agreement = agreement_of(scene)
        read |= {"name": mask_name(agreement.driver_name), "class": agreement.licence_classes}
        read |= {"valid until": agreement.licence_valid_until, "decision": agreement.decision}


def sign(scene: VisitScene) -> None:
    """Clauses one by one, both signatures, the sealed paper, the key."""
    tablet, hands = tablet_of(scene), scene.hands
    with scene.step("tablet: agreement"):
        last = say("All read, to the signature")
        for clause in range(MOST_CLAUSES):
            seen: list[str] = []  # what stands there may be gone a moment later: press what was seen

            def can_go_on(seen: list[str] = seen) -> bool:
                seen[:] = [_either(scene, last, say("Understood, next"))]
                return seen != [""]

            hands.wait(can_go_on, what="clause")
            if clause == 0:
                hands.picture(tablet, "tablet-clause")
            (word,) = seen
            hands.press(tablet, word, exact=True)
            if word == last:
                break
    with scene.step("tablet: signatures") as read:
        for number, word in enumerate((say("Signed, on to the consultant"), say("Signed, seal it"))):
            hands.wait(lambda: hands.button(tablet, say("Undo a stroke"), exact=True) is not None, what="pad")
            hands.settle(scene.desktop.background)
            hands.sign(hands.find(tablet, SignaturePad), seed=number)
            if number == 0:
                hands.picture(tablet, "tablet-signature")
            hands.press(tablet, word, exact=True)
            hands.wait(partial(_is_gone, scene, word), what="signed")
        hands.wait(lambda: agreement_of(scene).state is AgreementState.SEALED, what="sealed")
        hands.wait(lambda: hands.button(tablet, say("Hand out the key"), exact=True) is not None, what="key page")
        hands.picture(tablet, "tablet-sealed")
        agreement = agreement_of(scene)
        pdf = scene.desktop.application.services.test_drives.pdf(agreement.id)
        (scene.report.folder / "agreement.pdf").write_bytes(pdf)
        scene.report.files["Sealed agreement (PDF)"] = "agreement.pdf"
        read |= {"number": agreement.number, "seal": agreement.seal_hash[:16], "bytes": len(pdf)}
        hands.press(tablet, say("Hand out the key"), exact=True)
        hands.wait(lambda: agreement_of(scene).state is AgreementState.KEY_OUT, what="key out")


def _is_gone(scene: VisitScene, word: str) -> bool:
    return scene.hands.button(tablet_of(scene), word, exact=True) is None


def quote(scene: VisitScene) -> None:
    """Priced, published, and the code read back from the picture of the screen."""
    tablet, hands = tablet_of(scene), scene.hands
    with scene.step("tablet: quote") as read:
        hands.settle(scene.desktop.background)
        hands.press(tablet, say("Today"), exact=True)
        hands.press(tablet, say("Quote"), exact=True, kind=TouchButton)
        hands.wait(lambda: hands.button(tablet, say("Make the quote"), exact=True) is not None, what="a priced plan")
        hands.settle(scene.desktop.background)
        hands.picture(tablet, "tablet-quote")
        hands.press(tablet, say("Make the quote"), exact=True)
        label = hands.find(tablet, QrLabel, what="code")
        path = hands.picture(tablet, "tablet-quote-published")
        services = scene.desktop.application.services
        issued = services.quotes.newest(scene.visit_id)
        assert issued is not None
        (scene.report.folder / "quote.pdf").write_bytes(services.quotes.sheet(issued.quote.id))
        scene.report.files["Quote sheet (PDF)"] = "quote.pdf"
        decoded = decode(label)
        read |= {"number": issued.quote.number, "total_fen": issued.record.total_fen, "picture": path.name}
        read["code decodes"] = decoded in {issued.link, issued.text}
        if not read["code decodes"]:
            raise NotOnScreen(what="a code that decodes", got=decoded[:40])


def decode(label: QWidget) -> str:
    """What a phone reads from the code on the screen, at twice its size."""
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    grey = np.ascontiguousarray(rows[:, : image.width()])
    # Each of OpenCV's two readers misses about one dense code in sixty at some size; together they missed none.
    readers: tuple[cv2.QRCodeDetector | cv2.QRCodeDetectorAruco, ...] = (
        cv2.QRCodeDetector(),
        cv2.QRCodeDetectorAruco(),
    )
    for reader, size in product(readers, (1, 2, 3)):
        larger = cv2.resize(grey, None, fx=size, fy=size, interpolation=cv2.INTER_NEAREST)
        padded = cv2.copyMakeBorder(larger, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255)
        text, _corners, _straight = reader.detectAndDecode(padded)
        if text:
            return str(text)
    return ""


def _checked(scene: VisitScene, forward: str) -> bool:
    """All fields confirmed; a marked one is compared with the picture by the person and accepted."""
    tablet, hands = tablet_of(scene), scene.hands
    if hands.button(tablet, forward, exact=True) is not None:
        return True
    weak = hands.button(tablet, say("Correct"), exact=True)
    if weak is not None:
        hands.touch(weak)
    return False


def _either(scene: VisitScene, *words: str) -> str:
    tablet = tablet_of(scene)
    return next((w for w in words if scene.hands.button(tablet, w, exact=True) is not None), "")
