"""Words for refusals of papers, quotes, keys, the vault and the start: what is wrong, and what to do."""

from collections.abc import Mapping

from smart4s_kiosk.i18n import N_

MORE_REFUSALS: Mapping[str, str] = {
    "table.unreadable: too_large": N_("The file is too large: a table may have 5 MB"),
    "table.unreadable: too_many_rows": N_("The table is too long: it may have 5,000 rows"),
    "table.unreadable: empty": N_("The table is empty: it needs a row of headings and a row below it"),
    "table.unreadable: damaged": N_("The file is damaged, or it is no CSV and no Excel table"),
    "settings.out_of_range: waits": N_(
        "The waiting limits rise: 15 s or more for the next consultant, then reception, then the manager, at most 900 s"
    ),
    "settings.out_of_range: hours": N_("Two volumes begin at the same hour; please change or remove one"),
    "settings.out_of_range: opening": N_("The showroom closes after it opens; please look at the opening hours"),
    "settings.out_of_range: routes": N_("A route needs figures for kilometres, speed limit and minutes"),
    "export.too_long": N_("{rows} visits are too many for one sheet or print; please choose a shorter time"),
    "rotation.bad_weight": N_("There is no such weight, or its value is out of range"),
    "scenario.bad": N_("This scenario describes no day that can be"),
    "scenario.unreadable": N_("This file cannot be read as TOML"),
    "first_start.step_missing": N_("Something the store needs is not done yet"),
    "first_start.name_missing": N_("Please fill in the brand and the name of the store"),
    "first_start.not_a_colour": N_("An accent colour is written as # and six digits or letters from a to f"),
    "first_start.not_a_logo": N_("A logo is an SVG of one colour, at most 200 KB"),
    "app.no_screen": N_(
        "There is no screen here: start the program in the desktop or kiosk session, or set DISPLAY or WAYLAND_DISPLAY"
    ),
    "app.screens_crash": N_(
        "The screens ended by themselves again and again; look into logs/native.log in the data folder, and run:"
        " main.py doctor"
    ),
    "fonts.missing": N_("A font of the program is missing or damaged ({file}); please install the program again"),
    "documents.font_missing": N_(
        "A font of the program is missing or damaged ({file}), so nothing can be put on paper; please install the"
        " program again"
    ),
    "first_start.not_an_address": N_("An address begins with https:// and has no spaces in it"),
    "connector.refused: code_refused": N_(
        "This enrolment code is not right, was used already, or is older than 15 minutes; please ask for a new one"
    ),
    "connector.refused: proof_refused": N_(
        "The connector did not accept this terminal's key; please ask for a new code"
    ),
    "connector.refused: update_needed": N_("The connector is newer than this program; please install the newest one"),
    "connector.not_reached": N_("No connector answers at this address; please check it, or do this step later"),
    "connector.not_reached: no_name": N_("The name {host} is not found on the network; please check the address"),
    "connector.not_reached: refused": N_("{host} refuses the connection; please check the address and its port"),
    "connector.not_reached: proxy_away": N_("The proxy {host} does not answer"),
    "connector.not_reached: proxy_refuses": N_("The proxy {host} does not let the connection through"),
    "connector.not_reached: proxy_asks_password": N_("The proxy {host} asks for a password"),
    "connector.not_reached: tls_untrusted": N_("The certificate of {host} is not from a trusted issuer"),
    "connector.not_reached: tls_wrong_name": N_("The certificate belongs to another name than {host}"),
    "connector.not_reached: tls_wrong_time": N_(
        "The certificate of {host} is not valid at this machine's time; please check date and time first"
    ),
    "connector.not_reached: captive_portal": N_("A sign-in page of the network answers in the connector's place"),
    "connector.not_reached: not_a_connector": N_("Something else than a connector answers at {host}"),
    "connector.not_reached: connector_failing": N_("The connector has a fault of its own; please try again later"),
    "connector.not_reached: http_429": N_("Too many tries; please wait a minute and try again"),
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
