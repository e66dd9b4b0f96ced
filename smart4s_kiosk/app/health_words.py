"""Words for what the checks find: what it is, and what to do about it. Chinese stands in the catalogue."""

from dataclasses import dataclass

from smart4s_kiosk.app.health import Finding, Level
from smart4s_kiosk.i18n import N_, _

_GOOD = ""
_NETWORK = N_("Ask whoever looks after the showroom's network")
_REINSTALL = N_("Install the program again; nothing of the showroom's data is lost by that")
_KEEPS_WORKING = N_("The showroom goes on without it; messages wait and leave later")

FINDINGS: dict[str, tuple[str, str]] = {
    "check.too_slow": (
        N_("The check “{check}” gave no answer within {limit_s} seconds"),
        N_("Run the check again; if it stays so, restart this machine"),
    ),
    "check.failed": (N_("The check “{check}” could not be carried out ({code})"), N_("Send the log to support")),
    "disk.good": (N_("{free_gb} GB are free on the data disk"), _GOOD),
    "disk.low": (
        N_("Only {free_gb} GB ({percent} %) are free on the data disk"),
        N_("Remove old backups and videos from the disk that holds {folder}"),
    ),
    "disk.full": (
        N_("The data disk is full: {free_gb} GB are left"),
        N_("Free space on the disk that holds {folder} now; nothing new can be written down until then"),
    ),
    "disk.read_only": (
        N_("The data folder cannot be written"),
        N_("Give the program's user the right to write in {folder}, or choose another folder in the settings"),
    ),
    "fonts.good": (N_("All {count} fonts are there"), _GOOD),
    "fonts.missing": (N_("Fonts are missing or damaged: {files}"), _REINSTALL),
    "models.good": (N_("Model {model} is the tested one"), _GOOD),
    "models.missing": (N_("Model {model} is missing"), _REINSTALL),
    "models.damaged": (N_("Model {model} is not the one that was tested"), _REINSTALL),
    "camera.good": (N_("The {role} is there and free"), _GOOD),
    "camera.remote": (N_("The {role} is a network camera"), _GOOD),
    "camera.recorded": (N_("The {role} is a recording: {path}"), N_("Choose a real camera for daily work")),
    "camera.not_chosen": (
        N_("No {role} is chosen"),
        N_("Where there is one, choose it: manager panel, “Set up again”"),
    ),
    "camera.absent": (
        N_("The {role} is not connected"),
        N_("Check its cable and power; it is looked for at {path}"),
    ),
    "camera.no_permission": (
        N_("The program may not use the {role}"),
        N_("Add the program's user to the group “video” and sign in again"),
    ),
    "camera.busy": (
        N_("The {role} is in use by “{holder}”"),
        N_("That is right if it is this program; otherwise close the other one"),
    ),
    "printer.good": (N_("Printer “{printer}” is ready"), _GOOD),
    "printer.no_sheets": (
        N_("No printer for sheets is chosen"),
        N_("Codes are shown large on the screen instead; where there is one, choose it: manager panel, “Set up again”"),
    ),
    "printer.no_slips": (
        N_("No printer for slips is chosen"),
        N_("The kiosk shows no button for them; where there is one, choose it: manager panel, “Set up again”"),
    ),
    "printer.absent": (N_("The system does not know printer “{printer}”"), N_("Correct its name, or set it up again")),
    "printer.paused": (
        N_("Printer “{printer}” is paused"),
        N_("Look at its paper and display, then enable it in the system's printer settings"),
    ),
    "printer.silent": (N_("The printing system does not answer"), N_("Restart the printing service (CUPS)")),
    "printer.cannot_ask": (
        N_("Whether printer “{printer}” is ready cannot be asked on this system"),
        N_("Print a test page from the system"),
    ),
    "dns.good": (N_("Names are found on the network"), _GOOD),
    "dns.not_needed": (N_("No connector is set up, so no names are needed"), _GOOD),
    "dns.dead": (N_("The name {host} is not found: the network's DNS does not answer for it"), _NETWORK),
    "connector.ok": (N_("The connector answers"), _GOOD),
    "proxy.none": (N_("No proxy stands on the way"), _GOOD),
    "proxy.used": (N_("The way leads through the proxy {proxy}"), _GOOD),
    "certificate.good": (N_("The certificate of {host} is trusted, until {certificate_until}"), _GOOD),
    "certificate.none": (
        N_("The connector is reached without a protected connection"),
        N_("Use an address that begins with https:// outside of a trial"),
    ),
    "connector.not_chosen": (N_("No connector is set up"), N_("Messages to WeCom wait until there is one")),
    "connector.no_name": (N_("The name {host} is not found on the network"), _NETWORK),
    "connector.refused": (
        N_("{host} refuses the connection"),
        N_("Check the connector's address and port in the settings, or ask whoever runs it"),
    ),
    "connector.no_answer": (N_("{host} does not answer: there is no way through the network"), _KEEPS_WORKING),
    "connector.proxy_away": (N_("The proxy {host} does not answer"), _NETWORK),
    "connector.proxy_refuses": (N_("The proxy {host} does not let the connection through"), _NETWORK),
    "connector.proxy_asks_password": (
        N_("The proxy {host} asks for a password"),
        N_("Ask for a rule in the proxy that lets this machine through without one"),
    ),
    "connector.tls_untrusted": (
        N_("The certificate of {host} is not from a trusted issuer ({reason})"),
        N_("If a proxy opens TLS here, put its certificate into the setting connector.certificate_file"),
    ),
    "connector.tls_wrong_name": (
        N_("The certificate belongs to another name than {host}"),
        N_("Check the connector's address; somebody else may be answering in its place"),
    ),
    "connector.tls_wrong_time": (
        N_("The certificate of {host} is not valid at this machine's time"),
        N_("Check this machine's date and time first; then ask whoever runs the connector"),
    ),
    "connector.tls_failed": (N_("No protected connection to {host} came about ({reason})"), _NETWORK),
    "connector.captive_portal": (
        N_("A sign-in page of the network answers in the connector's place"),
        N_("Have this machine allowed in the network without a sign-in page"),
    ),
    "connector.not_a_connector": (
        N_("Something else than a connector answers at {host}"),
        N_("Correct the connector's address in the settings"),
    ),
    "connector.connector_failing": (N_("The connector has a fault of its own (status {status})"), _KEEPS_WORKING),
    "clock.good": (N_("The clock is right to {seconds} s"), _GOOD),
    "clock.nothing_to_compare": (
        N_("The clock could not be compared with another"),
        N_("Compare date and time with another clock"),
    ),
    "clock.wrong": (
        N_("The clock is {minutes} minutes off; nothing can be signed until it is right"),
        N_("Set date and time, and switch on setting them from the network"),
    ),
    "clock.off_database": (
        N_("This machine's clock differs from the store's database by {minutes} minutes; the database's time is used"),
        N_("Set date and time, and switch on setting them from the network"),
    ),
    "clock.behind_journal": (
        N_("The clock is {minutes} minutes behind what was written down last; nothing can be signed until it is right"),
        N_("Set date and time, and switch on setting them from the network"),
    ),
    "vault.guarded": (N_("The keys are well kept ({place})"), _GOOD),
    "vault.not_made": (N_("First start was not done yet: there are no keys"), N_("Run the program and follow it")),
    "vault.disk_readable": (
        N_("Whoever takes this machine's disk can read the customers' data ({place})"),
        N_("Use a machine with TPM 2.0 or encrypt the whole disk, then move the keys (docs/operations.md)"),
    ),
    "vault.keys_beside_data": (
        N_("The keys lie in the data folder: whoever copies it can read everything"),
        N_("Set vault.key_folder to a folder outside the data folder and move the keys there"),
    ),
    "vault.key_missing": (
        N_("The store's key is not on this machine (it was kept in: {place})"),
        N_("Unlock the key ring if there is one, or bring the key back with the recovery sheet: main.py vault restore"),
    ),
    "vault.unreadable": (
        N_("The keys cannot be read: {what}"),
        N_("Check the rights of the key folder, or bring the key back with the recovery sheet: main.py vault restore"),
    ),
    "person_keys.copy_fresh": (N_("The copy of the person keys is up to date"), _GOOD),
    "person_keys.copy_none": (
        N_("There is no copy of the person keys: if this disk dies, sealed contacts are lost"),
        N_("Set vault.person_keys_copy to a folder on another disk"),
    ),
    "person_keys.copy_stale": (
        N_("The copy of the person keys is old; it may still hold keys of people who asked to be forgotten"),
        N_("Let the program run for a minute with the copy's disk connected, or run: main.py vault copy"),
    ),
    "person_keys.copy_away": (
        N_("The disk with the copy of the person keys is away"),
        N_("Connect it: until then the copy cannot forget whom the showroom forgot"),
    ),
    "person_keys.away": (
        N_("The file of person keys cannot be reached: {file}"),
        N_("Check the shared folder and its network; contacts cannot be read or written until then"),
    ),
    "person_keys.damaged": (
        N_("The file of person keys is damaged ({reason})"),
        N_("Bring back its newest copy: docs/operations.md, “Person keys”"),
    ),
    "backup.good": (N_("The newest backup is {hours} hours old"), _GOOD),
    "backup.no_folder": (
        N_("No backups are made: if this disk dies, all records are lost"),
        N_("Set backup.folder to a folder on another disk"),
    ),
    "backup.none_yet": (N_("There is no backup yet"), N_("Leave the program running, or run: main.py backup make")),
    "backup.away": (
        N_("The folder for backups cannot be read: {folder}"),
        N_("Check that its disk is plugged in and the folder may be written"),
    ),
    "backup.old": (
        N_("The newest backup is {days} days old"),
        N_("Check that {folder} can be written and has room, then run: main.py backup make"),
    ),
    "database.good": (N_("The database answers"), _GOOD),
    "database.none_yet": (N_("There is no database yet"), N_("It is made at first start")),
    "database.away": (
        N_("The database cannot be reached"),
        N_("Check that the database server runs and that this machine reaches it"),
    ),
    "database.no_keys": (
        N_("Without its keys the database cannot be opened"),
        N_("Mend the data keys first; the database itself may be in order"),
    ),
    "database.no_disk": (
        N_("The database cannot be opened because its disk cannot be written"),
        N_("Mend the disk first; the records on it are as they were"),
    ),
    "database.unreadable": (
        N_("The database cannot be opened with this store's key, or is damaged"),
        N_("Put the newest backup in place: main.py backup list, then main.py backup restore"),
    ),
    "database.needs_migration": (N_("The database is from an older version"), N_("Run: main.py migrate")),
    "database.newer": (
        N_("The database is from a newer version of the program"),
        N_("Install the newest version on this machine too"),
    ),
}

LEVELS = {
    Level.GOOD: N_("In order"),
    Level.ADVICE: N_("Advice"),
    Level.WARNING: N_("Needs attention"),
    Level.BROKEN: N_("Serious"),
}
ROLES = {"face": N_("face camera"), "document": N_("document camera"), "floor": N_("floor camera")}
PLACES = {
    "keyring": N_("the system's key ring"),
    "handed-over": N_("handed over by the system"),
    "tpm2": N_("sealed by the machine's security chip"),
    "host-key": N_("sealed with a key on the same disk"),
    "plain-file": N_("an unprotected file"),
}
CHECKS = {
    "disk": N_("Disk"), "fonts": N_("Fonts"), "models": N_("Models"), "camera": N_("Cameras"),
    "printer": N_("Printer"), "vault": N_("Data keys"), "database": N_("Database"), "backup": N_("Backups"),
    "dns": N_("Network names"),
    "connector": N_("Connector, proxy and certificate"), "clock": N_("Clock"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words."""

    what: str
    to_do: str
    """Empty when there is nothing to do."""
    level: str


def say(finding: Finding) -> Said:
    """A finding in the language in use."""
    what, to_do = FINDINGS[finding.code]
    facts = {**finding.facts}
    if "role" in facts:
        facts["role"] = _(ROLES[str(facts["role"])])
    if facts.get("place"):
        facts["place"] = _(PLACES[str(facts["place"])])
    if "check" in facts:
        facts["check"] = _(CHECKS.get(str(facts["check"]), str(facts["check"])))
    return Said(_(what).format(**facts), _(to_do).format(**facts), _(LEVELS[finding.level]))
