"""What a manifest says: a TOML file that describes a table kept in CSV or Parquet files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from worldclass.core.countries import countries
from worldclass.sources.input_output.labour_rows import Sex, Skill
from worldclass.sources.input_output.manifest_units import check_labour_unit, money_unit

Layout = Literal["wide", "long"]
Absent = Literal["error", "zero"]
Text = Annotated[str, Field(min_length=1)]
REST = "ROW"
"""The rest of the world, a region that need not be declared."""
_MARKS = {".", ",", "'", " ", "_", "\u00a0", "\u202f", "’", ""}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Csv(_Strict):
    """How CSV files are written.

    Parameters
    ----------
    delimiter
        Between cells; one character.
    decimal
        Before the fraction.
    thousands
        Between groups of three digits; empty where there is none.
    header_rows
        Of wide tables: 1 where a column is headed "USA|Wheat", 2 where one line names the
        countries and the line below it the industries.
    separator
        Between country and industry in one heading or label.
    """

    delimiter: str = Field(default=",", min_length=1, max_length=1)
    decimal: Literal[".", ","] = "."
    thousands: str = Field(default="", max_length=1)
    header_rows: Literal[1, 2] = 1
    separator: Text = "|"

    @model_validator(mode="after")
    def _distinct(self) -> Csv:
        if self.thousands not in _MARKS:
            raise ValueError(f"thousands = {self.thousands!r} is no mark between digits")
        if self.thousands == self.decimal:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}")
        if self.delimiter in '"\n\r\0':
            raise ValueError(f"delimiter = {self.delimiter!r} cannot stand between cells")
        return self


class _File(_Strict):
    """One file.

    Parameters
    ----------
    file
        Path, from the manifest's folder; `.csv` or `.parquet`, also within a folder below.
    unit
        Unit of the file's numbers; that of the table by default, from which it must not differ.
    absent
        What an empty cell or an absent pair means: an error, or zero.
    """

    file: Text
    unit: str = ""
    absent: Absent = "error"


class Transactions(_File):
    """Intermediate deliveries: the row, or seller, sells to the column, or buyer.

    Parameters
    ----------
    layout
        "wide": one line a seller, one column a buyer. "long": one line a pair.
    seller_country, seller_industry
        Names of the columns that label the seller.
    buyer_country, buyer_industry, value
        Names of columns in the long layout.
    """

    layout: Layout
    seller_country: Text = "seller_country"
    seller_industry: Text = "seller_industry"
    buyer_country: Text = "buyer_country"
    buyer_industry: Text = "buyer_industry"
    value: Text = "value"


class FinalDemand(_File):
    """Deliveries to final demand, laid out as the transactions; the buyer has a category.

    Parameters
    ----------
    category
        Name of the column in the long layout.
    """

    layout: Layout
    seller_country: Text = "seller_country"
    seller_industry: Text = "seller_industry"
    buyer_country: Text = "buyer_country"
    category: Text = "category"
    value: Text = "value"


class Output(_File):
    """Gross output: one line a sector."""

    country: Text = "country"
    industry: Text = "industry"
    value: Text = "value"


class Column(_Strict):
    """One column of an account in the wide layout: its name, and whom it counts."""

    name: Text
    sex: Sex = "total"
    skill: Skill = "total"
    row: str = ""


class Account(_Strict):
    """A satellite account: hours, persons, compensation, emissions.

    Parameters
    ----------
    name, unit
        What it counts, in which unit; hours and persons have the units of `units.toml`.
    file
        As for the other files.
    columns
        Wide layout: one line a sector, one column a row of the account.
    sex, skill, row
        Long layout: names of the columns that tell rows apart; none where there is one row.
    sexes, skills
        What the codes in these columns mean: `{ F = "female", M = "male" }`.
    """

    name: Text
    unit: Text
    file: Text
    absent: Absent = "error"
    country: Text = "country"
    industry: Text = "industry"
    value: Text = "value"
    columns: tuple[Column, ...] = ()
    sex: str = ""
    skill: str = ""
    row: str = ""
    sexes: dict[str, Sex] = {}
    skills: dict[str, Skill] = {}

    @model_validator(mode="after")
    def _one_layout(self) -> Account:
        check_labour_unit(self.name, self.unit)
        if self.columns and (self.sex or self.skill or self.row):
            raise ValueError(
                "give columns (wide layout) or sex, skill, row (long layout), not both"
            )
        names = [column.name for column in self.columns]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"columns named twice: {', '.join(twice)}")
        return self


class Manifest(_Strict):
    """The whole manifest.

    Parameters
    ----------
    name, year, unit, prices
        Of the table; the unit is one of money, such as "million USD".
    citation, licence
        Whom to cite, and on which terms the table may be used.
    country
        The one country of a national table, whose files then carry no column of countries.
    countries
        Our code (ISO3) by the files' name of a country, where the two differ.
    regions
        Name of each code that is no country, but the rest of the world (`ROW`).
    industry_names
        Name of each industry code.
    csv
        How the CSV files are written.
    transactions, final_demand, output
        The files; output may be left out.
    account
        Satellite accounts.
    """

    name: Text
    year: int = Field(ge=1700, le=2200)
    unit: Text
    prices: Text
    citation: Text
    licence: Text
    country: str = ""
    countries: dict[str, Text] = {}
    regions: dict[str, Text] = {}
    industry_names: dict[str, str] = {}
    csv: Csv = Csv()
    transactions: Transactions
    final_demand: FinalDemand
    output: Output | None = None
    account: tuple[Account, ...] = ()

    @field_validator("unit")
    @classmethod
    def _of_money(cls, unit: str) -> str:
        return money_unit(unit)

    @field_validator("regions")
    @classmethod
    def _no_country(cls, regions: dict[str, str]) -> dict[str, str]:
        if taken := sorted(set(regions) & set(countries())):
            raise ValueError(f"{', '.join(taken)} is a country's code; a region has one of its own")
        return regions

    @model_validator(mode="after")
    def _consistent(self) -> Manifest:
        for key in ("transactions", "final_demand", "output"):
            part = getattr(self, key)
            if part is not None and part.unit and part.unit != self.unit:
                raise ValueError(
                    f"{key}.unit is {part.unit!r}, the table's unit is {self.unit!r}; "
                    "bring both to one unit"
                )
        if self.country and self.csv.header_rows == 2:
            raise ValueError("a table of one country has one line of headings, not two")
        names = [account.name for account in self.account]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"accounts named twice: {', '.join(twice)}")
        return self
