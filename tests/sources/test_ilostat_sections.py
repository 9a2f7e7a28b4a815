"""ILOSTAT's modelled employment by section becomes margins of the labour accounts."""

import pytest

from worldclass.core.errors import SourceError
from worldclass.flows.labour.sections import DETAILS, MODELLED, read_modelled_sections

HEADER = "ref_area,source,indicator,sex,classif1,time,obs_value,obs_status,note_source"
DATA = f"/data/indicator/?id={MODELLED}&type=code&format=.csv.gz"


def lines(prefix: str, groups: tuple[str, ...] = DETAILS) -> str:
    rows = [HEADER]
    for place, letters in enumerate(groups):
        for sex, factor in (("SEX_F", 1), ("SEX_M", 2), ("SEX_T", 3)):
            count = (place + 1) * factor
            rows.append(f"BGD,XA:1,EMP,{sex},{prefix}{letters},2017,{count},,")
    return "\n".join(rows)


@pytest.mark.parametrize("prefix", ["ECO_ISIC4_", "ECO_DETAILS_"])
def test_both_namings_of_the_sections_are_read(provider, downloads, packed, prefix):
    provider.on(DATA, packed(lines(prefix)))
    found = read_modelled_sections(downloads, base=provider.base).of(["BGD"], 2017)
    assert found is not None
    assert set(found) == set(DETAILS)
    assert found["C"].tolist() == [3.0, 6.0]
    assert found["RSTU"].tolist() == [14.0, 28.0]


def test_a_data_set_without_a_section_is_refused(provider, downloads, packed):
    provider.on(DATA, packed(lines("ECO_ISIC4_", DETAILS[:-1])))
    with pytest.raises(SourceError, match="RSTU"):
        read_modelled_sections(downloads, base=provider.base)
