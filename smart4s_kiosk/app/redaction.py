"""Takes personal data out of what is about to be written into the log: by its form, and by the name it stands under.

A net under the rule that log lines carry ids only; it prefers hiding too much. UUIDs and hashes stay readable.
"""

import re
from collections.abc import Mapping

HIDDEN = "[hidden]"
PERSONAL_KEYS = frozenset(
    {
        "address", "birth_date", "birthday", "body", "customer_name", "driver_name", "email", "file_number",
        "first_name", "full_name", "given_name", "guest_name", "id_number", "licence_number", "mobile", "person_name",
        "phone", "phone_number", "pin", "plate", "plate_number", "staff_name", "surname", "tail", "token", "vin",
        "visitor_name", "wecom_name",
    }
)  # fmt: skip
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领民航应急"
_ALONE, _ENDS = r"(?<![0-9A-Za-z-])", r"(?![0-9A-Za-z-])"
_FORMS = (
    # Order matters: the longest forms first.
    ("[email]", re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+")),
    ("[id]", re.compile(_ALONE + r"[1-9]\d{16}[\dXx]" + _ENDS)),
    ("[vin]", re.compile(_ALONE + r"(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-HJ-NPR-Z0-9]{17}" + _ENDS)),
    ("[phone]", re.compile(_ALONE + r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}" + _ENDS)),
    ("[phone]", re.compile(_ALONE + r"\(?0\d{2,3}\)?[- ]?\d{7,8}" + _ENDS)),
    ("[number]", re.compile(_ALONE + r"\d{11,}" + _ENDS)),
    ("[id]", re.compile(_ALONE + r"[A-Z]{1,2}\d{7,10}" + _ENDS)),
    ("[plate]", re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z][·• .-]?[A-HJ-NP-Z0-9]{{4,6}}[挂学警港澳领使]?")),
)
_NAMED = re.compile(
    r"(?P<key>\b(?:" + "|".join(sorted((*PERSONAL_KEYS, "name"), key=len, reverse=True)) + r")['\"]?\s*[=:]\s*)"
    r"(?:'[^']*'|\"[^\"]*\"|[^\s,;)\]}]+)",
    re.IGNORECASE,
)


def redacted(text: str) -> str:
    """`text` without phones, ID numbers, plates, VINs, e-mail addresses, and values named as personal."""
    for label, form in _FORMS:
        text = form.sub(label, text)
    return _NAMED.sub(rf"\g<key>{HIDDEN}", text)


def redacted_value(key: str, value: object) -> object:
    """A log line's extra value: hidden when its key is personal, else redacted however deep it is nested."""
    if key.lower() in PERSONAL_KEYS:
        return HIDDEN
    if isinstance(value, bool | float | type(None)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**10 else redacted(str(value))
    if isinstance(value, Mapping):
        return {redacted(str(inner)): redacted_value(str(inner), content) for inner, content in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted_value("", content) for content in value]
    return redacted(str(value))
