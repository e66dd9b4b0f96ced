"""Words for mistakes in the settings."""

from smart4s_kiosk.app.settings_reading import Mistake, SettingsBroken
from smart4s_kiosk.i18n import N_, _

SENTENCES = {
    "unknown_setting": N_("there is no such setting"),
    "not_text": N_("must be text in quotation marks"),
    "text_too_long": N_("must be one line of at most {longest} characters"),
    "not_a_name": N_("may only have letters, digits, - and _ (at most 64)"),
    "not_one_of": N_("“{value}” is not possible; choose one of: {allowed}"),
    "not_a_list": N_("must be a list with at least one of: {allowed}"),
    "said_twice": N_("names something twice: {value}"),
    "not_a_flag": N_("must be true or false"),
    "not_a_whole_number": N_("must be a whole number from {least} to {most}"),
    "out_of_range": N_("{value} is not between {least} and {most}"),
    "not_a_path": N_("is not a path"),
    "path_not_absolute": N_("“{value}” must be a whole path, from the root or from ~"),
    "not_a_web_address": N_("“{value}” is not an address that begins with: {schemes}"),
    "web_address_too_long": N_("“{value}” must end after the host and path, without ? or #"),
    "secret_in_settings": N_("must not carry a password; secrets do not belong in settings (see docs/operations.md)"),
    "not_a_database": N_("“{value}” is not a postgresql:// address with a database name"),
    "not_a_time_zone": N_("“{value}” is not a known time zone"),
    "file_too_large": N_("the file is too large for settings"),
    "file_unreadable": N_("the file cannot be read: {reason}"),
    "file_not_utf8": N_("the file is not UTF-8 text; save it again as UTF-8"),
    "file_not_toml": N_("the file is not valid TOML: {reason}"),
}


def say(mistake: Mistake) -> str:
    """One line: where, which setting, what is wrong, and the near name if there is one."""
    sentence = _(SENTENCES[mistake.code]).format(**mistake.facts)
    near = mistake.facts.get("near")
    hint = _("; did you mean {near}?").format(near=near) if near else ""
    what = f"{mistake.key}: " if mistake.key and mistake.key != mistake.where else ""
    return f"{mistake.where}: {what}{sentence}{hint}"


def say_all(broken: SettingsBroken) -> str:
    """A heading and one line for each mistake."""
    head = _("Mistakes in the settings: {count}. Nothing was started.").format(count=len(broken.mistakes))
    return "\n".join([head, *(f"  {say(mistake)}" for mistake in broken.mistakes)])
