"""Calls per second of the Python client, each way beside an echo of as many bytes on the same server.

    dotnet run -c Release --project tests/Heron.Benchmarks -- serve --listen 127.0.0.1:50061
    python tests/Heron.Benchmarks/python/wire.py --address 127.0.0.1:50061

Ways alternate in short rounds, so that a busy machine slows all of them alike; the table shows medians over the rounds.
"""

from __future__ import annotations

import argparse
import queue
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import numpy as np
from grpc_tools import protoc
from heron_client import connect, vector_env
from heron_client._generated import multi_agent_env_pb2 as pb

ECHO_PROTO = Path(__file__).resolve().parent.parent / "Wire" / "echo.proto"
ENVIRONMENT = "SimpleMicrogrids-v0"
COPIES = (1, 64, 1024)


def echo_stub(channel: grpc.Channel) -> tuple[Any, Any]:
    """Generate and import the stub of the echo; returns the messages and a stub."""
    folder = tempfile.mkdtemp()
    arguments = [f"-I{ECHO_PROTO.parent}", f"--python_out={folder}", f"--grpc_python_out={folder}"]
    if protoc.main(["protoc", *arguments, str(ECHO_PROTO)]) != 0:
        raise RuntimeError(f"protoc failed on {ECHO_PROTO}.")
    sys.path.insert(0, folder)
    import echo_pb2
    import echo_pb2_grpc

    return echo_pb2, echo_pb2_grpc.EchoStub(channel)


class EchoStream:
    """A stream that answers every message with ``reply_bytes`` bytes."""

    def __init__(self, messages: Any, stub: Any, request_bytes: int, reply_bytes: int) -> None:
        self._request = messages.EchoRequest(
            payload=bytes(request_bytes), reply_length=reply_bytes
        )
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._call = stub.Stream(self._drain())

    def __call__(self) -> None:
        self._requests.put(self._request)
        next(self._call)

    def _drain(self) -> Iterator[Any]:
        while True:
            yield self._requests.get()


def unary_ways(channel: grpc.Channel, stub: Any, messages: Any, echo: Any) -> dict[str, Any]:
    """One readable step per call."""
    session = stub.CreateSession(
        pb.CreateSessionRequest(env_id=ENVIRONMENT, autoreset_mode=pb.AUTORESET_MODE_NEXT_STEP)
    )
    stub.Reset(pb.ResetRequest(session_id=session.session_id, seed=1))
    step = pb.StepRequest(session_id=session.session_id)
    for agent in session.spec.agents:
        step.actions[agent.id].values.append(0.0)
    reply = stub.Step(step)
    request = messages.EchoRequest(payload=bytes(step.ByteSize()), reply_length=reply.ByteSize())
    return {"unary echo": lambda: echo.Unary(request), "unary Step": lambda: stub.Step(step)}


def stream_ways(address: str, copies: int, messages: Any, echo: Any) -> dict[str, Any]:
    """One packed vector step per message, through the client that users have."""
    environments = vector_env(ENVIRONMENT, copies, address=address)
    environments.reset(seed=1)
    spec = environments.spec
    continuous = np.zeros((copies, spec.continuous_length), np.float32)
    request = continuous.nbytes + 12
    agents = len(spec.agents)
    reply = copies * (4 * (spec.observation_length + agents + len(spec.metric_names)) + agents + 1)
    return {
        f"stream echo, {copies}": EchoStream(messages, echo, request, reply + 40),
        f"StepStream, {copies}": lambda: environments.step(continuous),
    }


def rate(way: Callable[[], Any], seconds: float) -> float:
    """Calls per second over one round."""
    calls, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        for _ in range(20):
            way()
        calls += 20
    return calls / elapsed


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="127.0.0.1:50061")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=0.5, help="per way and round")
    args = parser.parse_args()

    connection = connect(args.address)
    channel = grpc.insecure_channel(args.address, [("grpc.enable_http_proxy", 0)])
    messages, echo = echo_stub(channel)
    stub = connection.ready_channel().stub
    groups = [unary_ways(channel, stub, messages, echo)]
    groups += [stream_ways(args.address, copies, messages, echo) for copies in COPIES]
    for group in groups:
        rates: dict[str, list[float]] = {name: [] for name in group}
        for _ in range(args.rounds):
            for name, way in group.items():
                rates[name].append(rate(way, args.seconds))
        floor = statistics.median(next(iter(rates.values())))
        for name, values in rates.items():
            median = statistics.median(values)
            print(f"{name:20} {median:9.0f} /s  best {max(values):9.0f} /s  {median / floor:5.2f} x echo")


if __name__ == "__main__":
    main()
