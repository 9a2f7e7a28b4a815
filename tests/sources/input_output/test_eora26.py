"""Eora26: text files without labels beside files of labels; the discrepancy is left out."""

import zipfile

import numpy as np
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.eora26 import eora26_years, read_eora26

COUNTRIES = {"AFG": "Afghanistan", "SDS": "South Sudan", "SUD": "Sudan"}
SECTORS = ("Agriculture", "Fishing")
DEMAND = ("Household final consumption P.3h", "Changes in inventories P.52")
ADDED = ("Compensation of employees D.1", "Net operating surplus B.2n")


@pytest.fixture
def parts():
    """Files of 2015 by name: three countries and the row of discrepancies."""
    sectors = [(name, code, "Industries", s) for code, name in COUNTRIES.items() for s in SECTORS]
    sectors.append(("Statistical Discrepancies", "ROW", "TOTAL", "TOTAL"))
    demand = [(n, c, "Final demand", d) for c, n in COUNTRIES.items() for d in DEMAND]
    demand += [("Statistical Discrepancies", "ROW", "Final demand", d) for d in DEMAND]
    draw, n, m = np.random.default_rng(8), len(sectors), len(demand)
    tables = {
        "T": draw.integers(1, 99, (n, n)) + 0.5,
        "FD": draw.integers(1, 99, (n, m)) + 0.5,
        "VA": draw.integers(1, 99, (2, n)) + 0.5,
        "Q": draw.random((2, n)),
        "QY": draw.random((2, m)),
    }
    labels = {
        "labels_T": sectors,
        "labels_FD": demand,
        "labels_VA": [("Primary inputs", name, "") for name in ADDED],
        "labels_Q": [("CO2 (Gg)", "Total", ""), ("Employment (1000)", "Total", "")],
    }
    texts = {
        f"Eora26_2015_bp_{name}.txt": "\n".join("\t".join(map(repr, map(float, row))) for row in t)
        for name, t in tables.items()
    }
    texts |= {f"{name}.txt": "\n".join("\t".join(r) for r in rows) for name, rows in labels.items()}
    return tables, texts


def unpacked(folder, texts):
    for name, text in texts.items():
        (folder / name).write_text(text + "\n")
    return folder / "Eora26_2015_bp_T.txt"


def test_labels_and_numbers_meet(tmp_path, parts):
    tables, texts = parts
    table = read_eora26(unpacked(tmp_path, texts), 2015)
    assert table.rows == tuple((c, s) for c in ("AFG", "SSD", "SDN") for s in SECTORS)
    assert np.array_equal(table.transactions, tables["T"][:-1, :-1])
    assert np.array_equal(table.final_demand, tables["FD"][:-1, :-2])
    assert table.demand_columns[0] == ("AFG", "Household final consumption P.3h")
    assert (table.unit, table.prices) == ("thousand USD", "current basic prices")
    assert table.output is None
    assert np.array_equal(table.accounts["value added"].values, tables["VA"][:, :-1])


def test_an_archive_with_labels_apart_is_the_same(tmp_path, parts):
    _, texts = parts
    one = read_eora26(unpacked(tmp_path, texts), 2015)
    packed = tmp_path / "packed"
    packed.mkdir()
    for archive, chosen in (
        ("Eora26_2015_bp.zip", [name for name in texts if name.startswith("Eora26")]),
        ("indices.zip", [name for name in texts if name.startswith("labels")]),
    ):
        with zipfile.ZipFile(packed / archive, "w") as file:
            for name in chosen:
                file.writestr(name, texts[name])
    two = read_eora26(packed / "Eora26_2015_bp.zip", 2015)
    assert np.array_equal(one.transactions, two.transactions) and one.rows == two.rows


def test_fewer_labels_than_rows_are_refused(tmp_path, parts):
    _, texts = parts
    texts["labels_T.txt"] = "\n".join(texts["labels_T.txt"].splitlines()[:-1])
    with pytest.raises(SourceError, match="not those of Eora26"):
        read_eora26(unpacked(tmp_path, texts), 2015)


def test_a_missing_file_is_named(tmp_path, parts):
    _, texts = parts
    del texts["Eora26_2015_bp_FD.txt"]
    with pytest.raises(SourceError, match=r"Eora26_2015_bp_FD\.txt"):
        read_eora26(unpacked(tmp_path, texts), 2015)


def test_years_are_found_in_folders_of_years(tmp_path):
    (tmp_path / "1998").mkdir()
    (tmp_path / "1998" / "Eora26_1998_bp.zip").touch()
    (tmp_path / "Eora26_2015_pp.zip").touch()
    (tmp_path / "Eora26_2015_bp.zip").touch()
    found = eora26_years(tmp_path)
    assert list(found) == [1998, 2015] and found[2015].name == "Eora26_2015_bp.zip"
