"""Fixtures: the fake server of the unit tests, and the real one named by HERON_SERVER_COMMAND."""

from __future__ import annotations

import os

# Small networks learn several times faster with one thread, and workers inherit it.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")
os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")

import pytest
from fake_server import fake_server
from real_server import VARIABLE, real_server


@pytest.fixture
def server():
    with fake_server() as running:
        yield running


def _need_real_server():
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} is not set: no server to start; the script test.sh sets it")


@pytest.fixture(scope="session")
def heron():
    """Return a real server that the tests share."""
    _need_real_server()
    with real_server() as running:
        yield running


@pytest.fixture
def own_heron():
    """Return a real server that a test may kill or freeze."""
    _need_real_server()
    with real_server() as running:
        yield running


@pytest.fixture
def narrow_heron():
    """Return a real server that carries out one drive at a time."""
    _need_real_server()
    with real_server("--max-drives", "1") as running:
        yield running


@pytest.fixture(scope="session")
def ray_session():
    """Run Ray with two cores for all tests that train."""
    ray = pytest.importorskip("ray", reason="needs the extra [rllib]")
    try:
        ray.init(include_dashboard=False, num_cpus=2, log_to_driver=False)
    except Exception:  # Ray raises no other class when its node does not come up, now and then.
        ray.shutdown()
        ray.init(include_dashboard=False, num_cpus=2, log_to_driver=False)
    yield ray
    ray.shutdown()
