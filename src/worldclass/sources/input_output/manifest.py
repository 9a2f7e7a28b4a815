"""Any table in CSV or Parquet, read by a manifest that says what is where.

Labels are matched by name and never by position. Every file must carry the same sectors; a
missing, additional or repeated label is an error that names it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from worldclass.core.atomic import write_text
from worldclass.core.datafile import load_toml, package_file
from worldclass.core.errors import SourceError
from worldclass.sources.input_output.manifest_accounts import read_account
from worldclass.sources.input_output.manifest_blocks import (
    aligned,
    read_block,
    read_output,
    refuse_other,
)
from worldclass.sources.input_output.manifest_cells import MOST_BYTES, locate
from worldclass.sources.input_output.manifest_places import refuse_unknown_places
from worldclass.sources.input_output.manifest_schema import Manifest
from worldclass.sources.input_output.manifest_sides import square
from worldclass.sources.input_output.raw import Label, RawTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEMPLATE = "manifest_template.toml"


def load_manifest(path: str | Path) -> Manifest:
    """Read a manifest without the files that it names.

    Raises
    ------
    SourceError
        The manifest is missing, is not TOML, or does not fit the schema.
    """
    return load_toml(Path(path), Manifest, error=SourceError)


def read_manifest(path: str | Path, *, most_bytes: int = MOST_BYTES) -> RawTable:
    """Read the table that a manifest describes.

    Parameters
    ----------
    path
        The manifest, a TOML file; the files that it names lie in its folder or below.
    most_bytes
        Largest file that is read.

    Returns
    -------
    The table with sectors in the order in which transactions list the sellers.

    Raises
    ------
    SourceError
        The manifest or a file is missing, not in the stated layout, or too large; a path leads out
        of the folder; a code is neither ISO3 nor a declared region; a label is missing, additional,
        repeated or empty; a cell is not a number.
        The message names the file, the line, the column and the content.
    """
    manifest_path = Path(path)
    manifest = load_manifest(manifest_path)
    folder = manifest_path.parent

    def file_of(name: str, key: str) -> Path:
        return locate(folder, name, key, manifest_path, limit=most_bytes)

    part = manifest.transactions
    block = read_block(manifest, part, file_of(part.file, "transactions.file"))
    refuse_unknown_places(manifest, block.places, block.file)
    use = square(block, layout=part.layout)
    part = manifest.final_demand
    demand = read_block(manifest, part, file_of(part.file, "final_demand.file"))
    refuse_unknown_places(manifest, demand.places, demand.file)
    zero = part.layout == "long" and part.absent == "zero"
    demand = aligned(demand, use.rows, zero=zero)
    output: NDArray[Any] | None = None
    labels: tuple[Label, ...] | None = None
    if manifest.output is not None:
        file = file_of(manifest.output.file, "output.file")
        labels, output = read_output(manifest, manifest.output, file)
        refuse_other(labels, use.rows, file)
    accounts = {
        one.name: read_account(manifest, one, file_of(one.file, f"account[{place}].file"), use.rows)
        for place, one in enumerate(manifest.account, start=1)
    }
    return RawTable(
        origin=f"{manifest.name}. {manifest.citation} Licence: {manifest.licence}",
        where=str(manifest_path),
        year=manifest.year,
        unit=manifest.unit,
        prices=manifest.prices,
        rows=use.rows,
        columns=use.columns,
        transactions=use.values,
        demand_columns=demand.columns,
        final_demand=demand.values,
        output_labels=labels,
        output=output,
        industry_names=manifest.industry_names,
        accounts=accounts,
    )


def write_manifest_template(path: str | Path) -> Path:
    """Write a manifest with every key explained, to be filled in.

    Parameters
    ----------
    path
        Where to write it; a file that is there is kept.

    Raises
    ------
    OutputError
        The file cannot be written.
    SourceError
        There is a file of that name already.
    """
    target = Path(path)
    if target.exists():
        raise SourceError(
            "There is a file of that name already.",
            where=str(target),
            remedy="Give another name, or remove the file.",
        )
    template = package_file("worldclass.sources.input_output", TEMPLATE)
    write_text(target, template.read_text(encoding="utf-8"))
    return target
