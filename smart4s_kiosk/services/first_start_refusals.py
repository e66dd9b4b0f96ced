"""Why a step of the first start is not taken."""

from smart4s_kiosk.domain.errors import NotAllowed, RuleBroken


class StepMissing(RuleBroken):
    """A step that the store cannot open without is not done yet."""

    code = "first_start.step_missing"


class NameMissing(RuleBroken):
    """The store needs a brand and a name."""

    code = "first_start.name_missing"


class NotAColour(RuleBroken):
    """An accent colour is written as # and six digits or letters from a to f."""

    code = "first_start.not_a_colour"


class NotALogo(RuleBroken):
    """A logo is an SVG file of one colour, at most 200 KB."""

    code = "first_start.not_a_logo"


class NotAnAddress(RuleBroken):
    """An address begins with https:// and has no spaces."""

    code = "first_start.not_an_address"


class PinsDiffer(RuleBroken):
    """The two PINs are not the same."""

    code = "first_start.pins_differ"


class CameraTwice(RuleBroken):
    """One camera cannot have two roles."""

    code = "first_start.camera_twice"


class NoSurface(RuleBroken):
    """A terminal shows at least one screen."""

    code = "first_start.no_surface"


class SheetNotCopied(RuleBroken):
    """What was typed is not this line of the recovery sheet."""

    code = "first_start.sheet_not_copied"


class SheetLocked(NotAllowed):
    """The recovery sheet of an open store is shown to an administrator who has just given their PIN again."""

    code = "first_start.sheet_locked"
