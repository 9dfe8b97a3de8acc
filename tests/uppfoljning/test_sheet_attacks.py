"""Workbooks made to do harm are refused in words (trust 5.2.3)."""

import io
import struct
import zipfile

import pytest
from openpyxl import Workbook

from uppfoljning.exceptions.sheets import SheetFault
from uppfoljning.sheets import reading

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def workbook():
    book, file = Workbook(), io.BytesIO()
    for row in (["a", "b"], [1, 2]):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def with_part(name, content):
    """The workbook with one of its parts as `content`."""
    source, file = zipfile.ZipFile(io.BytesIO(workbook())), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for each in source.namelist():
            packed.writestr(each, content if each == name else source.read(each))
        if name not in source.namelist():
            packed.writestr(name, content)
    return file.getvalue()


def sheet(rows, before=b""):
    head = f'<worksheet xmlns="{NAMESPACE}"><sheetData>'.encode()
    return with_part(SHEET, before + head + rows + b"</sheetData></worksheet>")


def laughs():
    """A few hundred bytes that say they are some terabytes."""
    names = "bcdefghi"
    inner = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 20}">'
        for before, name in zip("a" + names, names, strict=False)
    )
    kind = f'<!DOCTYPE x [<!ENTITY a "{"x" * 1000}">{inner}]>'
    return sheet(
        b'<row r="1"><c t="inlineStr"><is><t>&i;</t></is></c></row>', kind.encode()
    )


def reading_a_file():
    kind = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return sheet(b'<row r="1"><c t="inlineStr"><is><t>&a;</t></is></c></row>', kind)


def bomb():
    return with_part(SHEET, b"<worksheet>" + b" " * reading.MOST_UNPACKED)


def lying_bomb():
    """It says in its list that it is small."""
    content = bytearray(bomb())
    for place in places(content, CENTRAL):
        length = struct.unpack_from("<H", content, place + 28)[0]
        if content[place + 46 : place + 46 + length] == SHEET.encode():
            struct.pack_into("<I", content, place + 24, 100)
    return bytes(content)


def locked():
    content = bytearray(workbook())
    for mark, offset in ((LOCAL, 6), (CENTRAL, 8)):
        for place in places(content, mark):
            content[place + offset] |= 1
    return bytes(content)


def places(content, mark):
    place = content.find(mark)
    while place != -1:
        yield place
        place = content.find(mark, place + 4)


def damaged():
    content = bytearray(workbook())
    for place in range(200, 1500, 37):
        content[place] ^= 0xFF
    return bytes(content)


ATTACKS = {
    "laughs": laughs,
    "file": reading_a_file,
    "bomb": bomb,
    "lying bomb": lying_bomb,
    "locked": locked,
    "damaged": damaged,
    "half": lambda: workbook()[:-200],
    "half a part": lambda: with_part(SHEET, b"<worksheet><sheetData><row"),
    "far away": lambda: sheet(b'<row r="1048576"><c r="XFD1048576"/></row>'),
    "nowhere": lambda: sheet(b'<row r="1"><c r="!!!"><v>1</v></c></row>'),
    "no number": lambda: sheet(b'<row r="x"><c t="s"><v>999</v></c></row>'),
    "no sheet": lambda: with_part("xl/workbook.xml", b"<workbook/>"),
    "other kind": lambda: with_part("[Content_Types].xml", b"<Types/>"),
    "page": lambda: LOCAL + b"<!DOCTYPE html><script>alert(1)</script>",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_workbook_made_to_do_harm_is_refused(attack):
    with pytest.raises(SheetFault) as refusal:
        reading.read(ATTACKS[attack](), wanted=["a"])

    assert "root:" not in str(refusal.value)


def test_name_that_leads_out_of_the_folder_is_written_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "inner").mkdir()
    monkeypatch.chdir(tmp_path / "inner")

    reading.read(with_part("../evil.txt", b"x"), wanted=["a"])

    assert [path.name for path in tmp_path.rglob("*")] == ["inner"]
