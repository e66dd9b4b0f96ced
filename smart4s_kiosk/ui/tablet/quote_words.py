"""Words of quote lines, sets of insurance, subsidies and warnings on the tablet."""

from collections.abc import Mapping

from smart4s_kiosk.domain.quotes import LineCode, LineKind, QuoteLine, QuoteWarning
from smart4s_kiosk.domain.subsidies import SubsidyKind
from smart4s_kiosk.domain.taxes import ChargeNote
from smart4s_kiosk.i18n import N_, _
from smart4s_kiosk.services.tablet_quotes import InsuranceSet

LINES: Mapping[LineCode, str] = {
    LineCode.LIST_PRICE: N_("List price"),
    LineCode.DISCOUNT: N_("Our discount"),
    LineCode.PURCHASE_TAX: N_("Purchase tax"),
    LineCode.COMPULSORY_INSURANCE: N_("Compulsory insurance"),
    LineCode.VEHICLE_TAX: N_("Vehicle tax"),
    LineCode.COMMERCIAL_INSURANCE: N_("Commercial insurance"),
    LineCode.REGISTRATION_SERVICE: N_("Registration service"),
    LineCode.LOAN_SERVICE: N_("Loan service"),
    LineCode.EXTRA: N_("Extra"),
}
KINDS: Mapping[LineKind, str] = {
    LineKind.CAR: "",
    LineKind.STATUTORY: N_("statutory"),
    LineKind.OPTIONAL: N_("optional"),
    LineKind.SERVICE_FEE: N_("service fee"),
    LineKind.EXEMPT: N_("exempt"),
}
NOTES: Mapping[ChargeNote, str] = {
    ChargeNote.NONE: "",
    ChargeNote.HALVED: N_("halved"),
    ChargeNote.CAPPED: N_("reduced to the cap"),
    ChargeNote.EXEMPT: "",
    ChargeNote.FIRST_YEAR: N_("first year"),
    ChargeNote.BY_MONTHS: N_("{months} months"),
}
INSURANCE: Mapping[InsuranceSet, tuple[str, str]] = {
    InsuranceSet.NONE: (N_("No commercial insurance"), N_("compulsory only")),
    InsuranceSet.THIRD_PARTY: (N_("Third party"), N_("2 million, outside the medical list")),
    InsuranceSet.STANDARD: (N_("Standard"), N_("own damage, third party 2 million, outside the medical list")),
    InsuranceSet.FULL: (N_("Full"), N_("own damage, third party 3 million, seats, scratches")),
}
SUBSIDIES: Mapping[SubsidyKind, str] = {
    SubsidyKind.SCRAP: N_("Old car is scrapped"),
    SubsidyKind.TRADE_IN: N_("Old car is traded in"),
    SubsidyKind.LOCAL: N_("Local subsidy"),
}
WARNINGS: Mapping[QuoteWarning, str] = {
    QuoteWarning.PRICE_BOOK_OLD: N_("The price book is older than seven days"),
    QuoteWarning.RULE_ENDS_SOON: N_("A rule of this quote ends soon; its last day limits the quote"),
    QuoteWarning.TRADE_IN_VALUATION_OVER: N_("The valuation of the old car has ended"),
}


def line_name(line: QuoteLine) -> str:
    """What a line is for."""
    return line.name if line.name and line.code is LineCode.EXTRA else _(LINES[line.code])


def line_note(line: QuoteLine) -> str:
    """Its kind and what a reader must know: 法定，减半."""
    if line.is_unverified:
        return _("to be checked")
    parts = [_(KINDS[line.kind]), _(NOTES[line.note]).format(months=line.months)]
    if line.is_estimate:
        parts.append(_("estimate"))
    return _(", ").join(part for part in parts if part)
