"""The examples run, shortened, as a user starts them."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

pytest.importorskip("ray.rllib", reason="needs the extra [rllib]")
pytest.importorskip("matplotlib", reason="needs the extra [plot]")


def run(script, *options):
    result = subprocess.run(
        [sys.executable, EXAMPLES / script, *options],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "MPLBACKEND": "Agg"},
    )
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout


@pytest.mark.parametrize("mapping", ["clip", "rescale"])
def test_microgrids_example(heron, tmp_path, mapping):
    options = ["--iterations", "1", "--normalize-actions", mapping, "--output", str(tmp_path)]
    output = run("01_microgrids_ppo.py", "--address", heron.address, *options)

    rows = list(csv.DictReader((tmp_path / "curve.csv").open()))
    assert [row["steps"] for row in rows] == ["500"]
    start = float(rows[0]["mean_return"])
    # An untrained policy: -11,000 to -12,500 with clip, -18,000 to -18,800 with rescale.
    assert -15_000 < start < -8_000 if mapping == "clip" else start < -15_000
    assert (tmp_path / "curve.png").stat().st_size > 0
    assert "greedy episode:" in output


def test_arena_example(heron, tmp_path):
    options = ["--stop-return", "-100", "--batch", "800", "--output", str(tmp_path)]
    output = run("02_arena_two_policies.py", "--address", heron.address, *options)

    (row,) = csv.DictReader((tmp_path / "curve.csv").open())
    assert float(row["sum"]) == pytest.approx(float(row["policy1"]) + float(row["policy2"]))
    assert "_" * 12 in output
    assert "R1=" in output


def test_comparison_example(tmp_path):
    native, rllib = tmp_path / "metrics.csv", tmp_path / "curve.csv"
    native.write_text("iteration,environment_steps,mean_return\n1,96,\n2,192,-7.5\n3,288,-5\n")
    rllib.write_text("iteration,steps,mean_return\n1,500,-9\n")
    picture = tmp_path / "curves.png"

    output = run("03_compare_curves.py", f"a={native}", f"b={rllib}", "--output", str(picture))

    assert output.splitlines() == [
        "a: -7.5 to -5.0 after 288 steps",
        "b: -9.0 to -9.0 after 500 steps",
    ]
    assert picture.stat().st_size > 0
