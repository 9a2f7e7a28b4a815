"""GLORIA: use becomes transactions where each industry makes its own product, and only there."""

import numpy as np
import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.input_output.gloria import gloria_years, read_gloria

REGIONS = ("DEU", "IND", "XAF")
SECTORS = ("Growing wheat", "Textiles")
DEMAND = ("Household final consumption P.3h", "Government final consumption P.3g")
ADDED = ("Compensation of employees D.1", "Net operating surplus B.2n")
SATELLITES = [
    ("Female employment", "Employment", "1000 people"),
    ("Male employment", "Employment", "1000 people"),
    ("Total CO2", "Emissions", "kt"),
]


@pytest.fixture
def build(tmp_path, write_xlsx):
    """Write the three downloads of 2015; returns the folder of the tables and their numbers."""

    def write(*, supply=None, year=2015, readme="GLORIA_ReadMe_059a.xlsx"):
        s, draw = len(SECTORS), np.random.default_rng(9)
        r, n = len(REGIONS), len(REGIONS) * s
        use, made = draw.random((n, n)), np.diag(draw.random(n) + 9)
        if supply is not None:
            made = made + supply
        whole = np.zeros((r, 2, s, r, 2, s))
        whole[:, 0, :, :, 1, :] = made.reshape(r, s, r, s)
        whole[:, 1, :, :, 0, :] = use.reshape(r, s, r, s)
        demand, added = np.zeros((r, 2, s, r * 2)), np.zeros((r * 2, r, 2, s))
        demand[:, 1] = draw.random((r, s, r * 2))
        added[:, :, 0] = draw.random((r * 2, r, s))
        labour = np.zeros((3, r, 2, s))
        labour[:, :, 0] = draw.random((3, r, s))
        tables, accounts = tmp_path / f"GLORIA_MRIOs_59_{year}", tmp_path
        accounts = tmp_path / f"GLORIA_SatelliteAccounts_059_{year}"
        for folder, parts in (
            (tables, {"T": whole, "Y": demand, "V": added}),
            (accounts, {"TQ": labour, "YQ": np.zeros((3, r * 2))}),
        ):
            folder.mkdir()
            for name, values in parts.items():
                rows = {"T": 2 * n, "Y": 2 * n, "V": r * 2}.get(name, 3)
                file = f"2023_120secMother_AllCountries_002_{name}-Results_{year}_059_"
                path = folder / f"{file}Markup001(full).csv"
                np.savetxt(path, values.reshape(rows, -1), delimiter=",")
        write_xlsx(
            tmp_path / readme,
            **{
                "Regions": [["Region_acronyms", "Region_names"], *([c, c] for c in REGIONS)],
                "Sectors": [["Sector_names"], *([name] for name in SECTORS)],
                "Value added and final demand": [
                    ["Value_added_names", "Final_demand_names"],
                    *map(list, zip(ADDED, DEMAND, strict=True)),
                ],
                "Satellites": [
                    ["Sat_indicator", "Sat_head_indicator", "Sat_unit"],
                    *map(list, SATELLITES),
                ],
            },
        )
        return tables, {"use": use, "made": made, "demand": demand, "labour": labour}

    return write


def test_use_and_supply_become_one_table(build):
    folder, numbers = build()
    table = read_gloria(folder, 2015)
    assert table.rows == table.columns == tuple((c, s) for c in REGIONS for s in SECTORS)
    assert np.allclose(table.transactions, numbers["use"])
    assert np.allclose(table.output, np.diagonal(numbers["made"]))
    assert np.allclose(table.final_demand, numbers["demand"][:, 1].reshape(6, -1))
    assert (table.unit, table.origin[:19]) == ("thousand USD", "GLORIA release 59a ")


def test_employment_comes_by_sex(build):
    folder, numbers = build()
    persons = read_gloria(folder, 2015).accounts["employment"]
    assert persons.unit == "thousand persons"
    assert persons.rows == ("employment: female", "employment: male")
    assert np.allclose(persons.values, numbers["labour"][:2, :, 0].reshape(2, -1))


def test_joint_products_are_refused(build):
    off = np.zeros((6, 6))
    off[2, 1] = 0.25
    folder, _ = build(supply=off)
    with pytest.raises(SourceError, match=r"industry \('IND', 'Growing wheat'\) makes"):
        read_gloria(folder, 2015)


def test_missing_accounts_are_an_error_that_names_the_database(build, tmp_path):
    folder, _ = build()
    import shutil

    shutil.rmtree(tmp_path / "GLORIA_SatelliteAccounts_059_2015")
    with pytest.raises(SourceError, match="not those of GLORIA") as caught:
        read_gloria(folder, 2015)
    assert "GLORIA_MRIOs_59_2015" in caught.value.where


def test_years_are_found_by_name(tmp_path):
    for name in ("GLORIA_MRIOs_59_2015.zip", "GLORIA_MRIOs_59_1990", "GLORIA_ReadMe_059a.xlsx"):
        (tmp_path / name).touch()
    assert list(gloria_years(tmp_path)) == [1990, 2015]
