"""Small tables in the layouts of their providers, written as the real files are."""

from __future__ import annotations

import struct
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

COUNTRIES = ("AUS", "ROM", "USA", "RoW")
INDUSTRIES = {
    "c1": ("AtB", "Agriculture"),
    "c2": ("20", "Wood"),
    "c35": ("P", "Private households"),
}
ISIC4 = {"A01": "Crops", "C31_C32": "Furniture", "U": "Extraterritorial"}
DEMAND_2013 = {
    "c37": "Households",
    "c38": "NPISH",
    "c39": "Government",
    "c41": "GFCF",
    "c42": "Inv",
}
DEMAND_2016 = ("CONS_h", "CONS_np", "CONS_g", "GFCF", "INVEN")


@dataclass(frozen=True)
class Sheet:
    """Numbers of a small world table, and the header of its release."""

    tops: list[tuple[str, str, str, str]]
    rows: list[tuple[str, str, str, str]]
    values: np.ndarray
    totals: list[tuple[str, str, str, str]]
    below: np.ndarray
    title: str

    def cells(self, *, unit: str = "(millions of US$)") -> list[list[object]]:
        """The sheet from A1 on."""
        left = ["", "", "", ""]
        head = [[text, *left[1:], *([""] * len(self.tops))] for text in (self.title, "current")]
        for line in range(4):
            head.append([*left, *(top[line] for top in self.tops)])
        head[2][0], head[3][0] = "(industry-by-industry)", unit
        body = [
            [*label, *(float(v) for v in row)]
            for label, row in zip(self.rows, self.values, strict=True)
        ]
        last = len(self.tops) - 1
        foot = [
            [*label, *(float(v) for v in row), *([""] * (last + 1 - len(row)))]
            for label, row in zip(self.totals, self.below, strict=True)
        ]
        return head + body + foot


def _numbers(n: int, m: int, seed: int = 5) -> np.ndarray:
    """Use, demand and output whose rows balance."""
    draws = np.random.default_rng(seed).integers(1, 90, (n, n + m)).astype(float)
    draws[-1], draws[:, n - 1] = 0.0, 0.0  # one sector neither buys nor sells
    return np.hstack([draws, draws.sum(axis=1, keepdims=True)])


@pytest.fixture
def sheet2013() -> Sheet:
    """Four countries × three industries as in the 2013 release; one code is a number."""
    sectors = [(code, name, c, n) for c in COUNTRIES for n, (code, name) in INDUSTRIES.items()]
    demand = [("", name, c, n) for c in COUNTRIES for n, name in DEMAND_2013.items()]
    values = _numbers(len(sectors), len(demand))
    n = len(sectors)
    tops = [*sectors, *demand, ("", "Total output", "TOT", "c64")]
    totals = [("", "Value added at basic prices", "TOT", "r64"), ("", "Output", "TOT", "r69")]
    below = np.vstack([values[:, -1] - values[:, :n].sum(axis=0), values[:, -1]])
    return Sheet(tops, sectors, values, totals, below, "World Input-Output Table for 1995")


@pytest.fixture
def sheet2016() -> Sheet:
    """Three countries × three industries as in the 2016 release."""
    countries = ("AUS", "USA", "ROW")
    places = list(enumerate(ISIC4.items(), start=1))
    rows = [(code, name, c, f"r{i}") for c in countries for i, (code, name) in places]
    tops = [(code, name, c, f"c{i}") for c in countries for i, (code, name) in places]
    tops += [(d, d, c, f"c{57 + i}") for c in countries for i, d in enumerate(DEMAND_2016)]
    values = _numbers(len(rows), len(countries) * 5, seed=6)
    tops.append(("GO", "Total output", "TOT", "c62"))
    totals = [("II_fob", "", "TOT", "r65"), ("VA", "", "TOT", "r70"), ("GO", "", "TOT", "r73")]
    use = values[:, : len(rows)].sum(axis=0)
    below = np.vstack([use, values[:, -1] - use, values[:, -1]])
    return Sheet(tops, rows, values, totals, below, "Intercountry Input-Output Table")


@pytest.fixture
def change():
    """A copy of a frozen table with other fields."""
    return replace


@pytest.fixture
def write_xlsx():
    """Write sheets as `.xlsx`; an empty text leaves the cell empty."""

    def write(path: Path, **sheets: list[list[object]]) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append([None if cell == "" else cell for cell in row])
        path.parent.mkdir(parents=True, exist_ok=True)
        book.save(path)
        return path

    return write


@pytest.fixture
def write_xlsb():
    """Write one sheet as `.xlsb`, the binary format of MS-XLSB; no library writes it."""

    def write(path: Path, name: str, rows: list[list[object]]) -> Path:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("xl/workbook.bin", _book(name))
            archive.writestr("xl/_rels/workbook.bin.rels", _RELATIONS)
            archive.writestr("xl/worksheets/sheet1.bin", _page(rows))
        return path

    return write


_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org'
    '/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.bin" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    "</Relationships>"
)


def _record(kind: int, content: bytes = b"") -> bytes:
    """Type and length in groups of seven bits, then the content."""
    out = bytearray()
    for number in (kind, len(content)):
        while True:
            number, group = number >> 7, number & 0x7F
            out.append(group | (0x80 if number else 0))
            if not number:
                break
    return bytes(out) + content


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _book(name: str) -> bytes:
    sheet = struct.pack("<II", 0, 1) + _text("rId1") + _text(name)
    parts = [(0x83, b""), (0x8F, b""), (0x9C, sheet), (0x90, b""), (0x84, b"")]
    return b"".join(_record(kind, content) for kind, content in parts)


def _page(rows: list[list[object]]) -> bytes:
    size = struct.pack("<4I", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    out = [_record(0x81), _record(0x94, size), _record(0x91)]
    for place, row in enumerate(rows):
        out.append(_record(0x00, struct.pack("<I", place) + bytes(13)))
        for column, cell in enumerate(row):
            head = struct.pack("<II", column, 0)
            if isinstance(cell, str):
                if cell:
                    out.append(_record(0x06, head + _text(cell)))
            elif float(cell).is_integer():  # whole numbers are stored as RK, as the release does
                out.append(_record(0x02, head + struct.pack("<i", int(cell) << 2 | 2)))
            else:
                out.append(_record(0x05, head + struct.pack("<d", cell)))
    return b"".join([*out, _record(0x92), _record(0x82)])


@pytest.fixture
def accounts2013() -> list[list[object]]:
    """The sheet DATA of the 2013 accounts; hours of one sector are missing."""
    head = ["Country", "Variable", "Description", "Code", "_1995", "_1996"]
    rows: list[list[object]] = [head]
    for i, country in enumerate(COUNTRIES[:-1]):
        for j, (code, name) in enumerate([*INDUSTRIES.values(), ("TOT", "TOTAL")]):
            stored: object = float(code) if code.isdecimal() else code
            rows.append([country, "EMP", name, stored, 10.0 * i + j, 1.0])
            hours: object = "NA" if (country, code) == ("USA", "P") else 20.0 * i + j
            rows.append([country, "H_EMP", name, stored, hours, 1.0])
            rows.append([country, "GO_P", name, stored, 100.0, 100.0])
    return rows


@pytest.fixture
def accounts2016() -> list[list[object]]:
    """The sheet DATA of the 2016 accounts, whose years are numbers."""
    rows: list[list[object]] = [["country", "variable", "description", "code", 2000, 2014]]
    for i, country in enumerate(("AUS", "USA")):
        for j, (code, name) in enumerate(ISIC4.items()):
            rows.append([country, "EMPE", name, code, 1.0, 10.0 * i + j])
            rows.append([country, "COMP", name, code, 1.0, 500.0 + j])
    return rows
