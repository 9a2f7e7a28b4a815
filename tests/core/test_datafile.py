"""Data files are capped, decoded and checked, and every refusal says what to do."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from worldclass.core.datafile import Limits, key_path, load_toml, package_file
from worldclass.core.errors import SourceError, TheoryError, WorldclassError


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    unit: str
    value: float


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    item: dict[str, Inner] = {}


def write(folder: Path, content: bytes | str) -> Path:
    path = folder / "sample.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_file_that_fits_the_schema_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, 'title = "a"\n[item.x]\nunit = "day"\nvalue = 2\n')
    assert load_toml(path, Sample).item["x"].value == 2


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    assert load_toml(write(tmp_path, b'title = "a"\r\n'), Sample).title == "a"


def test_a_file_of_the_package_is_found_by_its_name() -> None:
    assert package_file("worldclass.people", "columns.toml").is_file()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfet\x00", "not UTF-8"),
        (b'title = "a\x00b"', "NUL byte"),
        (b"title = ", "not valid TOML"),
        (b"x" * 200, "larger than 100 bytes"),
        (b"[a]\n" * 6, "about 5 keys"),
        (b"a.b.c.d = 1", "more than 3 parts"),
        (b'"a" . "b" . c.d = 1', "more than 3 parts"),
        (b'titel = "a"', "'titel' is not known"),
        (b"", "'title' is missing"),
        (b"title = 3", "title: "),
        (b'title="a"\n[item.x]\nunit=1\nvalue=2', "item.x.unit: "),
    ],
)
def test_a_bad_file_is_refused_with_its_reason(tmp_path: Path, content: bytes, said: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(TheoryError) as caught:
        load_toml(path, Sample, error=TheoryError, limits=Limits(100, 4, 3))
    assert said in caught.value.what
    assert str(path) in caught.value.where
    assert caught.value.remedy


def test_nested_arrays_are_refused_instead_of_overflowing(tmp_path: Path) -> None:
    with pytest.raises(WorldclassError, match="nested too deeply"):
        load_toml(write(tmp_path, "title = " + "[" * 5000), Sample)


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match="no such file"):
        load_toml(tmp_path / name, Sample, error=SourceError)


def test_an_impossible_path_is_refused() -> None:
    with pytest.raises(WorldclassError):
        load_toml(Path("a\0b.toml"), Sample)


def test_many_errors_are_counted_not_all_listed(tmp_path: Path) -> None:
    keys = "".join(f"k{number} = 1\n" for number in range(9))
    with pytest.raises(WorldclassError, match=r"and 4 more\."):
        load_toml(write(tmp_path, 'title = "a"\n' + keys), Sample)


def test_a_key_path_leaves_out_parts_that_only_the_schema_knows() -> None:
    document = {"a": [{"b": 1}]}
    assert key_path(("a", 0, "tag", "b"), document) == "a[1].b"
