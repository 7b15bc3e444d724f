"""Small workbooks made by hand, honest and otherwise."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = ("订单号", "商品", "数量")


def column(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet_xml(rows: Iterable[tuple[int, str]], *, dimension: str = "A1:C9") -> str:
    body = "".join(f'<row r="{number}">{cells}</row>' for number, cells in rows)
    return f'<worksheet xmlns="{_MAIN}"><dimension ref="{dimension}"/><sheetData>{body}</sheetData></worksheet>'


def rows_xml(*rows: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (number, "".join(text_cell(f"{column(at)}{number}", text) for at, text in enumerate(cells)))
        for number, cells in enumerate(rows, 1)
    ]


def parts_of(*sheets: str, more: dict[str, str] | None = None, states: Sequence[str] = ()) -> dict[str, str]:
    tabs = "".join(
        f'<sheet name="S{at}" sheetId="{at}" r:id="rId{at}" state="{dict(enumerate(states, 1)).get(at, "visible")}"/>'
        for at in range(1, len(sheets) + 1)
    )
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="rIdS" Type="{_DOCUMENT}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    links += f'<Relationship Id="rIdT" Type="{_DOCUMENT}/styles" Target="styles.xml"/>'
    return {
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
        **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets, 1)},
        **(more or {}),
    }


def zipped(parts: dict[str, str | bytes] | dict[str, str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(*rows: Sequence[str]) -> bytes:
    return zipped(parts_of(sheet_xml(rows_xml(*rows))))
