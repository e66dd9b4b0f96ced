"""A list of staff from another program: which columns and words it may use, and what is wrong with it row by row."""

from smart4s_kiosk.domain.errors import RuleBroken
from smart4s_kiosk.domain.staff import Role, WeakPin, check_pin_strength
from smart4s_kiosk.ports.tables import Table
from smart4s_kiosk.services.staff_changes import NewMember

MOST_NAMED = 12
"""More bad rows than this are not named one by one."""
COLUMNS = {
    "name": ("name", "姓名"),
    "role": ("role", "岗位"),
    "badge": ("badge", "工号"),
    "job_title": ("title", "job_title", "职务"),
    "wecom_userid": ("wecom", "wecom_userid", "企业微信账号"),
    "skills": ("skills", "专长"),
    "languages": ("languages", "语言"),
    "pin": ("pin",),
}
ROLE_WORDS = {
    "reception": Role.RECEPTION,
    "前台": Role.RECEPTION,
    "consultant": Role.CONSULTANT,
    "顾问": Role.CONSULTANT,
    "销售顾问": Role.CONSULTANT,
    "manager": Role.MANAGER,
    "经理": Role.MANAGER,
    "administrator": Role.ADMINISTRATOR,
    "管理员": Role.ADMINISTRATOR,
}


class ImportRefused(RuleBroken):
    """This list cannot be imported; `rows` names the lines that are not complete."""

    code = "staff.import_refused"


def read_members(table: Table) -> list[NewMember]:
    """Everybody of the list. Every bad row is reported at once, counted as a spreadsheet counts, the head as row 1."""
    places = _places(table.head)
    members: list[NewMember] = []
    bad: list[int] = []
    badges: set[str] = set()
    for number, row in enumerate(table.rows, 2):
        member = _member({field: row[place].strip() for field, place in places.items()})
        if member is None or member.badge in badges:
            bad.append(number)
            continue
        badges.add(member.badge)
        members.append(member)
    if bad:
        more = " …" if len(bad) > MOST_NAMED else ""
        raise ImportRefused(rows=", ".join(map(str, bad[:MOST_NAMED])) + more)
    return members


def _places(head: tuple[str, ...]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in head]
    return {field: names.index(word) for field, words in COLUMNS.items() for word in words if word in names}


def _member(values: dict[str, str]) -> NewMember | None:
    name, badge = values.get("name", ""), values.get("badge", "")
    role = ROLE_WORDS.get(values.get("role", "").lower())
    if not name or not badge or role is None or not _is_usable(values.get("pin", "")):
        return None
    return NewMember(
        name=name,
        role=role,
        badge=badge,
        job_title=values.get("job_title", ""),
        wecom_userid=values.get("wecom_userid", ""),
        skills=_words(values.get("skills", "")),
        languages=_words(values.get("languages", "")) or ("zh",),
        pin=values.get("pin", ""),
    )


def _is_usable(pin: str) -> bool:
    """No PIN is fine: it is set later, by its owner."""
    if not pin:
        return True
    try:
        check_pin_strength(pin)
    except WeakPin:
        return False
    return True


def _words(text: str) -> tuple[str, ...]:
    return tuple(w for w in text.replace("、", " ").replace("，", " ").replace(",", " ").split() if w)
