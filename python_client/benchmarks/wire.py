"""Steps per second from Python over the wire, beside a bare echo of the same bytes.

python benchmarks/wire.py --address 127.0.0.1:50051

Only the server of tests/Heron.Benchmarks (``serve``) has an echo; others are measured without it.
All measurements take turns, so that noise of the machine hits them alike.
"""

from __future__ import annotations

import argparse
import os
import queue
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("GRPC_VERBOSITY", "ERROR")

import grpc
import numpy as np

from heron_client import connect, vector_env
from heron_client._generated import multi_agent_env_pb2 as pb

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--address", default="127.0.0.1:50051")
parser.add_argument("--copies", type=int, nargs="+", default=[1, 64, 171, 1024])
parser.add_argument("--seconds", type=float, default=0.5, help="per round")
parser.add_argument("--rounds", type=int, default=7)
args = parser.parse_args()
connection = connect(args.address)
channel = connection.ready_channel()
plain = grpc.insecure_channel(args.address)
ENV_ID, LIMIT = "SimpleMicrogrids-v0", 1_000_000


def varint(number: int) -> bytes:
    """Encode a whole number as protobuf does."""
    groups = []
    while number > 127:
        groups.append(number & 127 | 128)
        number >>= 7
    return bytes([*groups, number])


def echo_request(length: int, reply: int) -> bytes:
    """Encode an EchoRequest of ``length`` bytes that asks for ``reply`` bytes."""
    tail = b"\x10" + varint(reply)
    payload = max(0, length - 3 - len(tail))
    return b"\x0a" + varint(payload) + bytes(payload) + tail


def unary_step() -> tuple[Callable[[], object], int, int]:
    """Return a readable step of one copy, and the sizes of its messages."""
    parameters = {"max_episode_steps": LIMIT}
    session = channel.stub.CreateSession(
        pb.CreateSessionRequest(env_id=ENV_ID, parameters=parameters)
    )
    channel.stub.Reset(pb.ResetRequest(session_id=session.session_id, seed=1))
    request = pb.StepRequest(session_id=session.session_id)
    for agent in session.spec.agents:
        request.actions[agent.id].values.append(0.1)
    reply = channel.stub.Step(request)
    return lambda: channel.stub.Step(request, timeout=10), request.ByteSize(), reply.ByteSize()


def stream_step(copies: int) -> Callable[[], object]:
    """Return a packed step of this many copies."""
    env = vector_env(ENV_ID, copies, address=connection, max_episode_steps=LIMIT)
    env.reset(1)
    actions = np.full((copies, env.spec.continuous_length), 0.1, np.float32)
    return lambda: env.step(actions)


def unary_echo(length: int, reply: int) -> Callable[[], object]:
    """Return an echo of the same sizes as a call."""
    echo = plain.unary_unary("/heron.benchmarks.Echo/Unary", bytes, bytes)
    request = echo_request(length, reply)
    echo(request, timeout=5)
    return lambda: echo(request, timeout=10)


def stream_echo(length: int, reply: int) -> Callable[[], object]:
    """Return an echo of the same sizes on a stream."""
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    call = plain.stream_stream("/heron.benchmarks.Echo/Stream", bytes, bytes)
    replies, request = call(iter(requests.get, None)), echo_request(length, reply)

    def echo() -> object:
        requests.put(request)
        return next(replies)

    return echo


def rate(step: Callable[[], object]) -> float:
    """Count calls per second over a round."""
    start, calls = time.perf_counter(), 0
    while (elapsed := time.perf_counter() - start) < args.seconds:
        for _ in range(20):
            step()
        calls += 20
    return calls / elapsed


step, request_bytes, reply_bytes = unary_step()
cases: dict[str, tuple[Callable[[], object], int]] = {"Step, unary, readable": (step, 6)}
for copies in args.copies:
    cases[f"StepStream, {copies} copies"] = (stream_step(copies), 6 * copies)
try:
    cases[f"echo, unary, {request_bytes} -> {reply_bytes} B"] = (
        unary_echo(request_bytes, reply_bytes),
        0,
    )
    for copies in args.copies:
        # Actions out; observations, rewards, flags and metrics back, with a few bytes around.
        sizes = 24 * copies + 12, (48 + 24 + 6 + 1 + 12) * copies + 30
        cases[f"echo, stream, {sizes[0]} -> {sizes[1]} B"] = (stream_echo(*sizes), 0)
except grpc.RpcError:
    print("This server has no echo.")
rates: dict[str, list[float]] = {name: [] for name in cases}
for number in range(args.rounds + 1):
    for name, (call, _) in cases.items():
        value = rate(call)
        if number > 0:  # the first round warms up
            rates[name].append(value)
print(f"{'':<34} {'calls/s (median)':>17} {'best':>8} {'agent-steps/s':>14}")
for name, (_, agents) in cases.items():
    middle = statistics.median(rates[name])
    steps = f"{agents * middle:,.0f}" if agents else ""
    print(f"{name:<34} {middle:>17,.0f} {max(rates[name]):>8,.0f} {steps:>14}")
