"""Penn World Table is read from Stata's format and from CSV."""

import io
import sys

import pytest

from worldclass.core.errors import SourceError
from worldclass.sources.pwt import read_pwt

VARIABLES = {"labsh": "pwt_labsh", "emp": "pwt_emp"}
CSV = (
    "countrycode,country,year,labsh,emp\n"
    "BRA,Brazil,1950,0.5,17.0\nBRA,Brazil,2018,0.55,\nBRA,Brazil,2019,0.56,94.5\n"
)
ROWS = [
    ("BRA", 2019, "pwt_emp", 94.5),
    ("BRA", 2018, "pwt_labsh", 0.55),
    ("BRA", 2019, "pwt_labsh", 0.56),
]


def read(provider, downloads, body):
    return read_pwt(downloads, VARIABLES, url=provider.on("/pwt", body))


def rows(frame):
    return sorted(frame.select("iso3", "year", "indicator", "value").rows(), key=str)


@pytest.fixture(params=[114, 118])
def stata(request):
    pandas = pytest.importorskip("pandas", reason="Stata files need worldclass[pandas]")
    buffer = io.BytesIO()
    pandas.read_csv(io.StringIO(CSV)).to_stata(buffer, version=request.param, write_index=False)
    return buffer.getvalue()


def test_a_csv_is_read(provider, downloads):
    assert rows(read(provider, downloads, CSV.encode())) == sorted(ROWS, key=str)


def test_stata_gives_the_same_rows(provider, downloads, stata):
    assert rows(read(provider, downloads, stata)) == sorted(ROWS, key=str)


def test_a_cut_stata_file_is_refused_and_not_kept(provider, downloads, stata, cached):
    with pytest.raises(SourceError, match="Stata file is damaged"):
        read(provider, downloads, stata[: len(stata) // 2])
    assert cached() == []


def test_without_pandas_the_error_says_what_to_install(provider, downloads, monkeypatch, stata):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(SourceError, match="pandas, which reads it, is not") as caught:
        read(provider, downloads, stata)
    assert "worldclass[pandas]" in caught.value.remedy


def test_a_missing_variable_is_named(provider, downloads, cached):
    with pytest.raises(SourceError, match="lacks the columns labsh"):
        read(provider, downloads, CSV.replace("labsh", "share").encode())
    assert cached() == []


def test_a_web_page_is_refused(provider, downloads):
    with pytest.raises(SourceError, match="web page instead of data"):
        read(provider, downloads, b"<html>Dataverse login</html>")
