"""Starts the server named by HERON_SERVER_COMMAND on a free loopback port."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import tempfile
import time

VARIABLE = "HERON_SERVER_COMMAND"
START_SECONDS = 60


class RealServer:
    """A server process; a restart keeps the port and loses the sessions.

    The command, with ``serve --listen`` added unless it has that, prints
    ``Listening on 127.0.0.1:PORT``. Further options may follow.
    """

    def __init__(self, *options):
        self.address = "127.0.0.1:0"
        self.options = options
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the server
        self.start()

    def start(self):
        command = os.environ[VARIABLE]
        if "--listen" not in command:
            command += " serve --listen 127.0.0.1:0"
        command = command.replace("127.0.0.1:0", self.address)
        self.process = subprocess.Popen(
            [*shlex.split(command), *self.options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
            bufsize=1,
        )
        deadline = time.monotonic() + START_SECONDS
        for line in self.process.stdout:
            if "Listening on " in line:
                self.address = line.split("Listening on ")[1].split()[0]
                return
            if time.monotonic() > deadline:
                break
        self.kill()
        self.log.seek(0)
        raise RuntimeError(f"{command} did not say where it listens:\n{self.log.read()}")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def restart(self):
        self.kill()
        self.start()

    def restart_gracefully(self):
        """Restart as a supervisor does: the server ends itself on a signal."""
        self.process.terminate()
        self.process.wait(30)
        self.process.stdout.close()
        self.start()

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)
        # The signal is on its way for a moment, in which the server may still answer.
        os.waitpid(self.process.pid, os.WUNTRACED)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)


@contextlib.contextmanager
def real_server(*options):
    server = RealServer(*options)
    try:
        yield server
    finally:
        server.kill()
        server.log.close()
