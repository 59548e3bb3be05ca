#!/usr/bin/env python3
"""Makes the workbooks of this folder; needs openpyxl. The tests' expectations are written by hand."""
import datetime
import pathlib
import zipfile

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = pathlib.Path(__file__).parent
HEADINGS = ["公司名称", "客户编码", "手机", "金额", "生日", "备注"]


def kinds():
    """Cells of every kind, as a spreadsheet writes them, on the second of three sheets."""
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请填第二张表"])
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("客户")
    sheet.append([])
    sheet.append(HEADINGS)  # row 2
    rich = CellRichText("武汉", TextBlock(InlineFont(b=True), "达川"), " ")
    sheet.append([rich, "00123", 13900000001, 1234.1, datetime.date(2026, 11, 21), "第一行\n第二行"])  # row 3
    sheet.append([])
    sheet.append(["深圳禾恒", "C5", "138 0013 8000", 0.1 + 0.2, "2026年1月2日", True])  # row 5
    sheet.append(["错误", "C6", None, "#N/A", None, None])  # row 6
    sheet["D6"].data_type = "e"
    sheet.append(["公式", "C7", None, "=1+2", None, None])  # row 7: never calculated
    sheet.append(["合并", "C8", None, None, None, None])  # row 8
    sheet.append([None, "C9", None, None, None, None])  # row 9: merged with the row above
    sheet.merge_cells("A8:A9")
    sheet.append(["隐藏", "C10", None, 5, 46347, "x"])  # row 10
    sheet.row_dimensions[10].hidden = True
    sheet["E10"].number_format = 'yyyy"年"m"月"d"日";@'
    sheet["H11"] = "表外"
    sheet["A11"] = "百分比"
    sheet["B11"] = 42
    sheet["B11"].number_format = "00000"
    sheet["F11"] = 0.125
    sheet["F11"].number_format = "0.0%"
    other = book.create_sheet("Other")
    other.append(["name", "code"])
    other.append(["另一张表", "X1"])
    book.save(HERE / "kinds.xlsx")


def mac():
    """A workbook that counts days from 1904."""
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["公司名称", "生日"])
    book.active.append(["达川", datetime.date(2026, 11, 21)])
    book.save(HERE / "mac1904.xlsx")


def bomb():
    """A sheet that unpacks to a thousand times its size."""
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels":
            '<Relationships><Relationship Id="b" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml":
            '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>公司名称</t></is></c></row>'
            + " " * (24 << 20) + "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(HERE / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED, 9)


kinds()
mac()
bomb()
