"""Staff: the list from another program is taken over whole or not at all."""

import pytest

from smart4s_kiosk.domain.staff import Role, WeakPin, WrongPin
from smart4s_kiosk.ports.tables import TableUnreadable
from smart4s_kiosk.services.staff_changes import NewMember
from smart4s_kiosk.services.staff_list import ImportRefused
from tests.showroom import Showroom

HEAD = "姓名,岗位,工号,职务,PIN\n"


@pytest.fixture
def showroom() -> Showroom:
    return Showroom()


def administrator(showroom: Showroom) -> NewMember:
    return NewMember("管理员甲", Role.ADMINISTRATOR, "A1", pin="739154")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk"])
def test_a_list_of_any_office_program_is_taken_over(showroom: Showroom, encoding: str) -> None:
    boss = showroom.staff.add(administrator(showroom))
    content = (HEAD + "王静,顾问,C07,销售顾问,\n李雷,前台,R01,,842650\n").encode(encoding)
    assert showroom.staff.import_list(content, by=boss.id) == 2
    roles = {member.name: member.role for member in showroom.staff.all()}
    assert roles == {"管理员甲": Role.ADMINISTRATOR, "王静": Role.CONSULTANT, "李雷": Role.RECEPTION}
    reception = next(member for member in showroom.staff.all() if member.name == "李雷")
    assert showroom.staff.sign_in(reception.id, "842650").name == "李雷"


def test_who_is_here_already_stays_as_they_are(showroom: Showroom) -> None:
    boss = showroom.staff.add(administrator(showroom))
    content = (HEAD + "别人,前台,A1,,\n王静,顾问,C07,,\n").encode()
    assert showroom.staff.import_list(content, by=boss.id) == 1
    assert showroom.staff.get(boss.id).name == "管理员甲"


def test_bad_rows_are_named_at_once_and_nothing_is_taken_over(showroom: Showroom) -> None:
    boss = showroom.staff.add(administrator(showroom))
    rows = ["王静,顾问,C07,,", ",顾问,C08,,", "李雷,国王,R01,,", "韩梅,前台,C07,,", "赵六,前台,R02,,123456"]
    with pytest.raises(ImportRefused) as refused:
        showroom.staff.import_list((HEAD + "\n".join(rows)).encode(), by=boss.id)
    assert refused.value.facts["rows"] == "3, 4, 5, 6"
    assert [member.name for member in showroom.staff.all()] == ["管理员甲"]


def test_a_list_without_the_needed_columns_names_every_row(showroom: Showroom) -> None:
    boss = showroom.staff.add(administrator(showroom))
    with pytest.raises(ImportRefused):
        showroom.staff.import_list("姓名,岗位\n王静,顾问\n".encode(), by=boss.id)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02,\n\x00", HEAD.encode()])
def test_what_is_no_table_is_refused(showroom: Showroom, content: bytes) -> None:
    boss = showroom.staff.add(administrator(showroom))
    with pytest.raises(TableUnreadable):
        showroom.staff.import_list(content, by=boss.id)


def test_only_the_first_administrator_needs_nobody_to_add_them(showroom: Showroom) -> None:
    with pytest.raises(WeakPin):
        showroom.staff.add(NewMember("甲", Role.ADMINISTRATOR, "A1", pin="123456"))
    showroom.staff.add(administrator(showroom))
    with pytest.raises(WrongPin):
        showroom.staff.add(NewMember("乙", Role.ADMINISTRATOR, "A2", pin="739154"))
