"""Fixtures: the fake server of the unit tests, and the real one named by HERON_SERVER_COMMAND."""

from __future__ import annotations

import os

# Small networks learn several times faster with one thread, and workers inherit it.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from fake_server import fake_server


@pytest.fixture
def server():
    with fake_server() as running:
        yield running
