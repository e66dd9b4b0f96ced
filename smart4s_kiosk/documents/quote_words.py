"""The words of a quote: what each line is called, what kind it is, what must be known about it."""

from collections.abc import Callable

from smart4s_kiosk.domain.loans import LoanMethod
from smart4s_kiosk.domain.quotes import LineCode, LineKind, Payee, QuoteLine
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.domain.taxes import ChargeNote
from smart4s_kiosk.i18n import N_, catalogue

Words = Callable[[str], str]
"""From a message in English to the paper's language."""

LINES = {
    LineCode.LIST_PRICE: N_("List price"),
    LineCode.DISCOUNT: N_("Store discount"),
    LineCode.PURCHASE_TAX: N_("Vehicle purchase tax"),
    LineCode.COMPULSORY_INSURANCE: N_("Compulsory insurance"),
    LineCode.VEHICLE_TAX: N_("Vehicle and vessel tax"),
    LineCode.COMMERCIAL_INSURANCE: N_("Commercial insurance"),
    LineCode.REGISTRATION_SERVICE: N_("Registration service"),
    LineCode.LOAN_SERVICE: N_("Loan service fee"),
    LineCode.EXTRA: N_("Extra"),
}
KINDS = {
    LineKind.CAR: N_("Car price"),
    LineKind.STATUTORY: N_("Statutory"),
    LineKind.OPTIONAL: N_("Optional"),
    LineKind.SERVICE_FEE: N_("Service fee"),
    LineKind.EXEMPT: N_("Exempt"),
}
PAYEES = {
    Payee.STORE: N_("This store"),
    Payee.TAX_AUTHORITY: N_("Tax authority"),
    Payee.INSURER: N_("Insurer"),
    Payee.LENDER: N_("Lender"),
    Payee.OTHER: N_("Other payee"),
}
NOTES = {
    ChargeNote.NONE: "",
    ChargeNote.HALVED: N_("new energy, halved"),
    ChargeNote.CAPPED: N_("new energy, relief at its cap"),
    ChargeNote.EXEMPT: N_("exempt"),
    ChargeNote.FIRST_YEAR: N_("first year"),
    ChargeNote.BY_MONTHS: N_("{months} months of this year"),
}
LOANS = {
    LoanMethod.EQUAL_INSTALMENT: N_("equal instalments"),
    LoanMethod.EQUAL_PRINCIPAL: N_("equal principal"),
    LoanMethod.FLAT_FEE: N_("flat fee by instalments"),
}
SUBSIDIES = {
    SubsidyKind.SCRAP: N_("Scrappage subsidy"),
    SubsidyKind.TRADE_IN: N_("Trade-in subsidy"),
    SubsidyKind.LOCAL: N_("Local subsidy"),
}


def words_in(language: str) -> Words:
    """The catalogue of the paper's language, which need not be the screen's."""
    known = catalogue(language)
    return lambda message: known.gettext(message) if message else ""


def line_title(line: QuoteLine, _: Words) -> str:
    """What the line is for; an extra goes by the store's name for it."""
    if line.code in {LineCode.EXTRA, LineCode.REGISTRATION_SERVICE} and line.name:
        return line.name
    return _(LINES[line.code])


def line_note(line: QuoteLine, _: Words) -> str:
    """What must be known beside the amount."""
    notes = [line.name if line.code in {LineCode.COMMERCIAL_INSURANCE, LineCode.LOAN_SERVICE} else ""]
    notes.append(_(NOTES[line.note]).format(months=line.months))
    if line.is_estimate:
        notes.append(_("estimate, the policy decides"))
    if line.is_unverified:
        notes.append(_("to be checked"))
    return _(", ").join(one for one in notes if one)
