"""The API answers what the Python API answers, under the same names."""

from __future__ import annotations

import json
from typing import Any

import polars as pl
import pytest

import worldclass as wc
from tests.explorer.server.serving import Served
from worldclass.claims.library import list_claims
from worldclass.core.datafile import package_file


def same(rows: list[dict[str, Any]], frame: pl.DataFrame) -> None:
    """Every row and column of a frame, in order; infinite numbers are null."""
    assert [list(row) for row in rows[:1]] == [frame.columns]
    assert len(rows) == frame.height
    for row, expected in zip(rows, frame.iter_rows(named=True), strict=True):
        for name, value in expected.items():
            found = row[name]
            if isinstance(value, float) and value == value:
                assert found == pytest.approx(value, rel=1e-9)
            else:
                assert found == value


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "atlas?theory=bromma&country=IND&year=2021:2023&sex=female",
            lambda: wc.atlas("bromma", country="IND", year="2021:2023", sex="female"),
        ),
        (
            "atlas?country=BRA&year=2023&sex=total&set=tau=1000&draws=10",
            lambda: wc.atlas(
                country="BRA", year=2023, sex="total", parameters={"tau": 1000}, draws=10
            ),
        ),
        (
            "compare?theory=kharas&theory=pew&country=IND&year=2019&sex=total&draws=0",
            lambda: wc.compare(["kharas", "pew"], country="IND", year=2019, sex="total", draws=0),
        ),
        (
            "rank?theory=ilo-status&class=employees&by=persons&year=2023",
            lambda: wc.rank("ilo-status", "employees", by="persons", year=2023, draws=0),
        ),
        (
            "change?theory=bromma&start=2000&end=2023&country=CHN",
            lambda: wc.change("bromma", start=2000, end=2023, country="CHN", draws=0),
        ),
        (
            "sweep?parameter=tau&value=1000&value=2000&country=IND&year=2023&sex=total",
            lambda: wc.sweep(
                "bromma", {"tau": [1000, 2000]}, country="IND", year=2023, sex="total", draws=0
            ),
        ),
        (
            "flows?by=pair&account=persons&group=NORTH&group=SOUTH&year=2008",
            lambda: wc.flows(2008, by="pair", account="persons", group=["NORTH", "SOUTH"], draws=0),
        ),
        ("compare_claims?theory=bromma&other=sakai", lambda: wc.compare_claims("bromma", "sakai")),
    ],
    ids=lambda given: given.split("?")[0] if isinstance(given, str) else "",
)
def test_a_route_answers_as_the_function_of_its_name(
    server: Served, path: str, expected: Any
) -> None:
    same(server.get(f"/api/{path}")["rows"], pl.DataFrame(expected()))


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("atlas?yaer=2023", "Did you mean 'year'?"),
        ("claims?theory=kharas&verdict=holds", "It has theory."),
        ("models?x=1", "It has none."),
    ],
)
def test_a_parameter_that_a_route_has_not_is_refused(
    server: Served, path: str, remedy: str
) -> None:
    status, _, body = server.ask("GET", f"/api/{path}")
    assert status == 422
    content = json.loads(body)
    assert "There is no parameter" in content["what"]
    assert remedy in content["remedy"]


def test_a_theory_file_of_ones_own_is_proved_and_counted(server: Served) -> None:
    text = package_file("worldclass.theories", "files", "ilo-status.toml").read_bytes()
    status, _, _ = server.ask("POST", "/api/theory/check", text)
    assert status == 200
    overlapping = text.replace(b"status = 'own-account'", b"status = 'employer'")
    for wrong in (b"", b"id = 1", overlapping, text.replace(b"status", b"__import__"), b"\xff"):
        status, _, body = server.ask("POST", "/api/theory/atlas?country=IND&year=2023", wrong)
        assert status == 422, body[:300]


def test_claims_are_listed_with_statement_verdict_and_where_they_are_from(server: Served) -> None:
    rows = server.get("/api/claims")["rows"]
    frame = wc.claims()
    assert [row["claim"] for row in rows] == list_claims() == server.get("/api/list_claims")
    same([{name: row[name] for name in frame.columns} for row in rows], frame)
    assert all(row["statement"] for row in rows)
    assert all("receipt that ships" in row["numbers_from"] for row in rows)
    own = server.get("/api/claims?theory=sakai")["rows"]
    assert [row["claim"] for row in own] == wc.list_claims("sakai")


@pytest.mark.parametrize("name", ["worker-elite-grew", "protest-wave-faded"])
def test_a_claim_is_answered_in_full(server: Served, name: str) -> None:
    found = server.get(f"/api/claims/{name}")
    expected = wc.claims(name).evaluations[name]
    assert found["claim"]["statement"] == expected.claim.statement
    assert found["verdict"]["word"] == expected.verdict.word
    assert found["verdict"]["share_holding"] == expected.verdict.share_holding
    assert found["verdict"]["deciding"][0]["choice"] == expected.verdict.deciding[0].choice
    assert found["evaluated"] == expected.specifications.height
    same(found["specifications"], expected.specifications)
    same(found["parts"], expected.parts)
    assert found["fingerprints"] == dict(expected.fingerprints)
    assert set(expected.absent) == set(found["absent"])
    assert found["receipt"] is expected.receipt


@pytest.mark.parametrize("name", ["worker-elite-grow", "no", "..%2fsecret", "bromma"])
def test_a_claim_that_is_not_there_is_404_with_a_remedy(server: Served, name: str) -> None:
    status, _, body = server.ask("GET", f"/api/claims/{name}")
    problem = json.loads(body)
    assert status == 404
    assert problem["what"]
    if "%2f" not in name:
        assert problem["where"] == "claim"
        assert "/api/list_claims" in problem["remedy"]


def test_long_runs_are_thinned_and_say_so(server: Served) -> None:
    asked = {"scenario": "keen-recovery", "seed": 1}
    status, _, body = server.ask("POST", "/api/simulate", asked)
    answer = json.loads(body)
    assert (status, answer["every"]) == (200, 2)
    whole = wc.simulate(scenario="keen-recovery", seed=1, workers=1)
    one = pl.col("quantity") == "employment"
    kept = [row["value"] for row in answer["rows"] if row["quantity"] == "employment"]
    assert kept == pytest.approx(whole.filter(one)["value"].gather_every(2).to_list())
    status, _, body = server.ask("POST", "/api/simulate", asked | {"every": 1})
    assert status == 422
    assert "'every'" in json.loads(body)["remedy"]


def test_a_method_that_a_route_has_not_is_405_and_names_those_it_has(server: Served) -> None:
    for method, path, allowed in (
        ("GET", "/api/simulate", "POST"),
        ("GET", "/api/theory/check", "POST"),
        ("DELETE", "/api/atlas", "GET"),
        ("POST", "/index.html", "GET, HEAD"),
    ):
        status, headers, _ = server.ask(method, path)
        assert (status, headers["allow"]) == (405, allowed)


def test_the_pages_with_simulations_are_those_of_an_export(server: Served) -> None:
    from worldclass.explorer.site.material import open_material
    from worldclass.explorer.site.site import make_site

    path = "data/simulation/kick-the-can.json.gz"
    status, _, body = server.ask("GET", f"/{path}")
    assert status == 200
    assert body == make_site(open_material())[path].make()
