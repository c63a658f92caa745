"""Starts the C# echo server and generates its Python stubs."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import grpc
import pytest
from grpc_tools import protoc

SERVER_PROJECT = Path(__file__).resolve().parents[2] / "Heron.Grpc.TestServer"


def server_command():
    """Command line of the server: a built one from HERON_GRPC_TEST_SERVER, or `dotnet run`."""
    built = os.environ.get("HERON_GRPC_TEST_SERVER")
    if built is None:
        return ["dotnet", "run", "--project", str(SERVER_PROJECT)]
    return ["dotnet", built] if built.endswith(".dll") else [built]


class Server:
    """A running echo server; it ends when its standard input closes."""

    def __init__(self):
        self._process = subprocess.Popen(
            server_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        announcement = "listening on "
        lines = []
        for line in self._process.stdout:
            lines.append(line)
            if line.startswith(announcement):
                self.address = line.removeprefix(announcement).strip()
                return
        output = "".join(lines)
        raise RuntimeError(f"{server_command()} ended without an address. Its output:\n{output}")

    def stop(self):
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


@pytest.fixture(scope="session")
def server():
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def own_server():
    """A server that no other test uses, so that its counts are the test's own."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def stubs(tmp_path_factory):
    """The modules echo_pb2 and echo_pb2_grpc."""
    target = tmp_path_factory.mktemp("stubs")
    outputs = [f"--python_out={target}", f"--grpc_python_out={target}"]
    assert protoc.main(["protoc", f"-I{SERVER_PROJECT}", *outputs, "echo.proto"]) == 0
    sys.path.insert(0, str(target))
    return importlib.import_module("echo_pb2"), importlib.import_module("echo_pb2_grpc")


@pytest.fixture
def pb(stubs):
    return stubs[0]


@pytest.fixture
def open_channel(server):
    """Opens channels to the shared server and closes them after the test."""
    opened = []

    def open_one(*options):
        without_proxy = ("grpc.enable_http_proxy", 0)
        channel = grpc.insecure_channel(server.address, options=[without_proxy, *options])
        opened.append(channel)
        return channel

    yield open_one
    for channel in opened:
        channel.close()


@pytest.fixture
def echo(stubs, open_channel):
    return stubs[1].EchoStub(open_channel())
