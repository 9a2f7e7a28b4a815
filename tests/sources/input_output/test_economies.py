"""Whatever is read is an economy: labels agree, rows balance, accounts fit."""

from dataclasses import replace

import numpy as np
import pymrio
import pytest

from worldclass.flows.validate import make_economy
from worldclass.sources.input_output.find import find_table
from worldclass.sources.input_output.manifest import read_manifest


def test_wiod_2013(tmp_path, sheet2013, write_xlsx):
    write_xlsx(tmp_path / "wiot95_row_apr12.xlsx", WIOT=sheet2013.cells())
    economy, _ = make_economy(find_table(tmp_path))
    added = economy.satellites["Value added at basic prices"].values
    assert np.allclose(economy.value_added, added)
    assert economy.countries == ("AUS", "ROU", "USA", "ROW")


def test_wiod_2016(tmp_path, sheet2016, write_xlsb):
    write_xlsb(tmp_path / "WIOT2014_Nov16_ROW.xlsb", "2014", sheet2016.cells())
    economy, _ = make_economy(find_table(tmp_path))
    assert np.allclose(economy.value_added, economy.satellites["VA"].values)
    assert not economy.active[-1], "an industry without output stays in the table"


def test_pymrio_s_test_economy_and_its_footprints(tmp_path):
    from worldclass.flows.solve import requirements

    system = pymrio.load_test()
    system.calc_all()
    system.save_all(tmp_path / "IOT_2022_ixi")
    economy, _ = make_economy(find_table(tmp_path))
    required = requirements(economy, economy.demand_by_consumer()).values
    factor = system.factor_inputs.F.to_numpy()[0] / economy.output
    footprint = factor @ required
    assert np.allclose(footprint, system.factor_inputs.D_cba_reg.to_numpy()[0], rtol=1e-8)


def test_a_table_by_manifest(tmp_path):
    (tmp_path / "z.csv").write_text("industry,A,M\nA,150,500\nM,200,100\n")
    (tmp_path / "y.csv").write_text("industry,final\nA,350\nM,1700\n")
    (tmp_path / "h.csv").write_text("industry,women,men\nM,1,2\nA,3,4\n")
    (tmp_path / "m.toml").write_text(
        'name = "Miller and Blair 2.3"\nyear = 2009\nunit = "USD"\nprices = "current"\n'
        'citation = "Miller and Blair (2009)."\nlicence = "facts"\ncountry = "USA"\n'
        '[transactions]\nfile = "z.csv"\nlayout = "wide"\nseller_industry = "industry"\n'
        '[final_demand]\nfile = "y.csv"\nlayout = "wide"\nseller_industry = "industry"\n'
        '[[account]]\nname = "hours"\nunit = "hours"\nfile = "h.csv"\n'
        'columns = [{ name = "women", sex = "female" }, { name = "men", sex = "male" }]\n'
    )
    economy, _ = make_economy(read_manifest(tmp_path / "m.toml"))
    assert economy.output.tolist() == [1000, 2000]
    assert economy.satellites["hours: female"].values.tolist() == [3, 1]
    assert economy.satellites["hours: male"].unit == "hours"


def ten_countries(table):
    """Rows and columns of ten countries, Romania and the rest of the world among them."""
    kept = {"BRA", "CHN", "DEU", "IND", "JPN", "LUX", "ROU", "TWN", "USA", "ROW"}
    rows = [i for i, (country, _) in enumerate(table.rows) if country in kept]
    demand = [i for i, (country, _) in enumerate(table.demand_columns) if country in kept]
    labels = tuple(table.rows[i] for i in rows)
    return replace(
        table,
        rows=labels,
        columns=labels,
        transactions=table.transactions[np.ix_(rows, rows)],
        demand_columns=tuple(table.demand_columns[i] for i in demand),
        final_demand=table.final_demand[np.ix_(rows, demand)],
        output=table.output[rows],
    )


@pytest.mark.mirror
def test_the_release_as_published_is_the_table_of_the_mirror(mirror, tmp_path, write_xlsb):
    """Ten countries of a real year, written in the provider's layout, come back the same."""
    table = ten_countries(find_table(mirror.root, 1995))
    categories = (category for _, category in table.demand_columns[:5])
    code = dict(zip(categories, ("c37", "c38", "c39", "c41", "c42"), strict=True))
    names = {"ROU": "ROM", "ROW": "RoW"}
    tops = [("x", "name", names.get(c, c), i) for c, i in table.columns]
    tops += [("", "name", names.get(c, c), code[d]) for c, d in table.demand_columns]
    tops.append(("", "Total", "TOT", "c64"))
    values = np.hstack([table.transactions, table.final_demand, table.output[:, None]])
    head = [["World Input-Output Table for 1995", *[""] * (3 + len(tops))] for _ in range(2)]
    head += [["", "", "", "", *line] for line in zip(*tops, strict=True)]
    body = [
        ["x", "name", names.get(c, c), i, *map(int, row)]
        for (c, i), row in zip(table.rows, values, strict=True)
    ]
    file = write_xlsb(tmp_path / "wiot95_row_apr12.xlsb", "WIOT", head + body)
    read = find_table(file)
    assert (read.rows, read.columns, read.demand_columns) == (
        table.rows,
        table.columns,
        table.demand_columns,
    )
    assert np.array_equal(read.transactions, table.transactions)
    assert np.array_equal(read.final_demand, table.final_demand)
    assert np.array_equal(read.output, table.output)
