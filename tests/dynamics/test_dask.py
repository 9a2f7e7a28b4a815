"""The same call on a real Dask cluster gives the same table."""

import warnings
from collections.abc import Iterator

import pytest

from worldclass.core.errors import UsageError
from worldclass.dynamics.simulate import simulate

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Address of a scheduler with two worker processes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the cluster's own start and end
        local = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        )
        yield local.scheduler_address
        local.close(timeout=20)


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_a_dask_cluster_gives_the_table_of_one_process(cluster: str, tmp_path: object) -> None:
    settings = {"agents": 200, "years": 3}
    here = simulate("social-architecture", settings, seed=6, runs=5)
    with distributed.Client(cluster):
        there = simulate(
            "social-architecture",
            settings,
            seed=6,
            runs=5,
            backend="dask",
            checkpoint=str(tmp_path),
        )
    assert here.equals(there)


def test_without_a_cluster_the_error_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        simulate("social-architecture", {"agents": 100, "years": 1}, runs=2, backend="dask")
