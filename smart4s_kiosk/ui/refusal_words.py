"""Words for refusals of papers, quotes, keys, the vault and the start: what is wrong, and what to do."""

from collections.abc import Mapping

from smart4s_kiosk.i18n import N_

MORE_REFUSALS: Mapping[str, str] = {
    "table.unreadable: too_large": N_("The file is too large: a table may have 5 MB"),
    "table.unreadable: too_many_rows": N_("The table is too long: it may have 5,000 rows"),
    "table.unreadable: empty": N_("The table is empty: it needs a row of headings and a row below it"),
    "table.unreadable: damaged": N_("The file is damaged, or it is no CSV and no Excel table"),
    "export.too_long": N_("{rows} visits are too many for one sheet or print; please choose a shorter time"),
    "rotation.bad_weight": N_("There is no such weight, or its value is out of range"),
    "scenario.bad": N_("This scenario describes no day that can be"),
    "scenario.unreadable": N_("This file cannot be read as TOML"),
    "first_start.step_missing": N_("Something the store needs is not done yet"),
    "first_start.name_missing": N_("Please fill in the brand and the name of the store"),
    "first_start.not_a_colour": N_("An accent colour is written as # and six digits or letters from a to f"),
    "first_start.not_a_logo": N_("A logo is an SVG of one colour, at most 200 KB"),
    "first_start.pins_differ": N_("The two PINs are not the same"),
    "first_start.no_surface": N_("A terminal shows at least one screen"),
    "first_start.camera_twice": N_("One camera cannot be used for two things"),
    "first_start.sheet_not_copied": N_(
        "This is not line {line} of the recovery sheet; please compare it with the paper"
    ),
    "first_start.sheet_locked": N_("Please give your PIN once more before the recovery sheet is shown"),
    "demo.stays_as_it_is": N_("The demo keeps its own cameras, screens and line; a real store is set up here"),
    "staff.last_administrator": N_("The store needs one administrator; make somebody else one first"),
}
