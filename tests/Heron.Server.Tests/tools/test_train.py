"""Training as a process: what TensorBoard and numpy read of it, and what survives a kill."""

from __future__ import annotations

import csv
import hashlib
import os
import shlex
import signal
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import TIMEOUT_SECONDS, VARIABLE

SMALL = "--num-envs 2 --train-batch-size 96 --hidden-dim 16 --num-sgd-iter 1 --seed 3".split()
WALL_TIMES = {"steps_per_second", "sampling_seconds", "learning_seconds", "elapsed_seconds"}
DIGEST_LENGTH = 71


@pytest.fixture
def heron():
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} is not set: no program to run; the script test.sh sets it")
    return shlex.split(os.environ[VARIABLE])


@pytest.fixture
def train(heron, tmp_path):
    """Return a function that trains the run ``tmp_path/NAME`` to its end."""

    def run(*options, name="run"):
        place = ["--checkpoint-dir", tmp_path, "--experiment-name", name]
        command = [*heron, "train", *SMALL, *place, *options]
        subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)
        return tmp_path / name

    return run


def rows(run):
    """Return the numbers of a run that do not depend on the machine's speed."""
    with (run / "metrics.csv").open() as file:
        return [
            {key: value for key, value in row.items() if key not in WALL_TIMES}
            for row in csv.DictReader(file)
        ]


def is_whole(checkpoint):
    """Compare a checkpoint with the digest at its end."""
    data = (checkpoint / "checkpoint.npz").read_bytes()
    digest = hashlib.sha256(data[:-DIGEST_LENGTH]).hexdigest()
    return data[-DIGEST_LENGTH:].decode() == f"sha256:{digest}"


def saved(line):
    """Return the checkpoint that a line of output announces, if it does."""
    path = line.partition("saved: ")[2].partition(" (reward")[0].strip()
    return Path(path) if line.startswith(("Checkpoint saved", "Best model saved")) else None


def test_tensorboard_reads_every_number(train):
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")

    run = train("--iterations", "6", "--checkpoint-freq", "3")

    events = accumulator.EventAccumulator(str(run), size_guidance={"scalars": 0})
    events.Reload()
    returns = events.Scalars("return/mean")
    assert [event.step for event in returns] == [96 * i for i in range(1, 7)]
    means = [float(row["mean_return"]) for row in rows(run)]
    assert [event.value for event in returns] == pytest.approx(means, rel=1e-6)
    assert {"loss/value", "policy/entropy", "environment/cost"} <= set(events.Tags()["scalars"])
    text = events.Tensors("configuration")[0].tensor_proto.string_val[0].decode()
    assert '"environment_id": "SimpleMicrogrids-v0"' in text


def test_tensorboard_shows_a_resumed_run_once(train, heron):
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    run = train("--iterations", "6", "--checkpoint-freq", "2")

    resume = [*heron, "train", "--resume", run / "checkpoint_000002"]
    subprocess.run(resume, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)

    events = accumulator.EventAccumulator(str(run), size_guidance={"scalars": 0})
    events.Reload()
    steps = [event.step for event in events.Scalars("return/mean")]
    assert steps == [96 * i for i in range(1, 7)]


def test_numpy_reads_weights_by_the_names_of_rllib(train):
    run = train("--iterations", "1", "--preset", "tutorial4")

    weights = np.load(run / "checkpoint_000001" / "checkpoint.npz")

    head = weights["shared_policy/pi.net.mlp.0.weight"]
    first = weights["shared_policy/encoder.actor_encoder.net.mlp.0.weight"]
    assert (head.shape, head.dtype) == ((2, 16), np.float32)
    assert first.shape == (16, 2)
    assert np.abs(first).max() <= 1  # 1 / sqrt(2) at first, and one small update


def test_killed_runs_keep_what_they_announced_and_go_on_as_if_nothing_had_happened(
    train, heron, tmp_path
):
    # Many more than are read before each kill: no run is at its end when the kill reaches it.
    length = ["--iterations", "500", "--checkpoint-freq"]
    killed = tmp_path / "killed"
    start = [*heron, "train", *SMALL, *length, "1"]
    start += ["--checkpoint-dir", tmp_path, "--experiment-name", killed.name]
    resume = [*heron, "train", "--resume", killed]

    announced = []
    for command, lines in [(start, 25), (resume, 30), (resume, 24), (resume, 35)]:
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for i, line in enumerate(process.stdout):
                announced.append(saved(line))
                if i == lines:
                    process.kill()
        assert process.returncode == -signal.SIGKILL
        checkpoints = {path for path in announced if path is not None}
        assert checkpoints
        assert all(is_whole(path) for path in checkpoints)
        # The name of a checkpoint that is still being written begins with a dot.
        finished = [path for path in killed.glob("*checkpoint*") if path.name[0] != "."]
        assert all(is_whole(path) for path in finished)
    subprocess.run(resume, check=True, capture_output=True, timeout=TIMEOUT_SECONDS)

    reference = train(*length, "500", name="reference")
    assert rows(killed) == rows(reference)
    last = "checkpoint_000500/checkpoint.npz"
    ours, theirs = np.load(killed / last), np.load(reference / last)
    names = [name for name in ours.files if "mlp" in name]
    assert names
    assert all(np.array_equal(ours[name], theirs[name]) for name in names)


def test_interrupted_run_saves_and_returns_130(heron, tmp_path):
    command = [*heron, "train", *SMALL, "--iterations", "20000"]
    command += ["--checkpoint-dir", tmp_path, "--experiment-name", "run"]

    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        # A shell makes what it starts in the background ignore Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        for line in process.stdout:
            if line.startswith("    3 |"):
                process.send_signal(signal.SIGINT)
            if line.startswith("Final checkpoint: "):
                checkpoint = Path(line.partition(": ")[2].strip())
    assert process.returncode == 130
    assert is_whole(checkpoint)
    assert int(checkpoint.name.partition("_")[2]) == len(rows(tmp_path / "run"))
