"""Calls with messages both ways: requests out, answers in, with a deadline on every read."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator
from typing import Any
from weakref import WeakSet

import grpc

from heron_client import errors
from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.connection import Connection

_TICK_SECONDS = 0.1
"""How often deadlines are looked at: the precision of a time-out."""


class BrokenStreamError(Exception):
    """The connection broke; whether the last request arrived is unknown, so it may be repeated."""


class StreamEndedError(BrokenStreamError):
    """The server ended the stream without an error."""


class Stream:
    """A call with messages both ways, with a deadline on every read.

    Parameters
    ----------
    connection : Connection
        Server to call; it must be ready.
    method : str
        Name in the service ``MultiAgentEnv``.
    env_id : str
        Named in errors.

    Attributes
    ----------
    read_deadline : float or None
        ``time.monotonic()`` at which the read that is going on ends, if there is one.
    """

    def __init__(self, connection: Connection, method: str, env_id: str) -> None:
        self._address = connection.address
        self._timeout = connection.timeout
        self._env_id = env_id
        self._requests: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.read_deadline: float | None = None
        self._expired = False
        call = getattr(connection.ready_channel().stub, method)
        self._call: grpc.StreamCall = call(_drain(self._requests), metadata=connection.metadata)
        _watchdog().watch(self)

    def __del__(self) -> None:
        # Lets the thread that sends requests end.
        self._requests.put(None)

    def send(self, request: object) -> None:
        """Send a message; does not wait."""
        self._requests.put(request)

    def read(self, deadline: float) -> Any:
        """Wait for the next message.

        Parameters
        ----------
        deadline : float
            ``time.monotonic()`` until which it must have come.

        Raises
        ------
        StreamEndedError
            There is none: the server ended the stream.
        BrokenStreamError
            The connection broke.
        HeronError
            The server refused a request, or did not answer in time. The stream has ended.
        """
        self.read_deadline = deadline
        try:
            return next(self._call)
        except StopIteration:
            raise StreamEndedError("The server ended the stream.") from None
        except grpc.RpcError as error:
            raise self._translate(error) from None
        finally:
            self.read_deadline = None

    def cancel(self) -> None:
        """End the stream at once; what it has not answered stays unanswered."""
        self._requests.put(None)
        self._call.cancel()

    def expire(self) -> None:
        """End a read whose deadline has passed."""
        self._expired = True
        self._call.cancel()

    def _translate(self, error: grpc.RpcError) -> Exception:
        details = error.details() or ""
        if self._expired:
            return errors.DeadlineExceededError(
                f"{self._address} did not answer a request of {self._env_id} within "
                f"{self._timeout:.3g} s (timeout): the server is frozen, or one step takes longer. "
                "Give connect() or the environment a larger timeout if it does.",
                self._env_id,
            )
        if errors.is_broken_connection(error):
            return BrokenStreamError(details)
        if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
            # The call itself has no deadline, so this is what the server says of the client.
            return errors.DeadlineExceededError(details, self._env_id)
        return errors.from_rpc(error, self._address, self._env_id)


class StepStream(Stream):
    """An open stream of a session.

    Parameters
    ----------
    connection : Connection
        Server to call; it must be ready.
    opening : StreamOpen
        First message.
    deadline : float
        ``time.monotonic()`` until which the server must have answered.
    env_id : str
        Named in errors.

    Attributes
    ----------
    next_sequence : int
        The number that the server expects first.
    """

    def __init__(
        self, connection: Connection, opening: pb.StreamOpen, deadline: float, env_id: str
    ) -> None:
        super().__init__(connection, "StepStream", env_id)
        try:
            self.send(pb.StepStreamRequest(open=opening))
            reply = self.read(deadline)
        except BaseException:
            self.cancel()
            raise
        self.next_sequence: int = reply.opened.next_sequence

    def exchange(self, request: pb.StepStreamRequest, deadline: float) -> list[pb.PackedResult]:
        """Send a request and wait for its whole result.

        Parameters
        ----------
        request : StepStreamRequest
            With its sequence number.
        deadline : float
            ``time.monotonic()`` until which the last message must have come.

        Returns
        -------
        list of PackedResult
            The messages of the result; together they cover all copies.

        Raises
        ------
        BrokenStreamError
            The connection broke.
        HeronError
            The server refused the request, or did not answer in time. The stream has ended.
        """
        self.send(request)
        reply = self.read(deadline)
        if reply.result.last:
            return [reply.result]
        results = [reply.result]
        while not results[-1].last:
            results.append(self.read(deadline).result)
        return results


def _drain(requests: queue.SimpleQueue[object]) -> Iterator[object]:
    # A function of its own, so that the sending thread keeps the queue alive and not the stream.
    while (request := requests.get()) is not None:
        yield request


class _Watchdog:
    """Ends reads that are past their deadline; grpcio's streams know no time-out of a read."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._streams: WeakSet[Stream] = WeakSet()
        self._lock = threading.Lock()
        self._running = False

    def watch(self, stream: Stream) -> None:
        with self._lock:
            self._streams.add(stream)
            if not self._running:
                self._running = True
                threading.Thread(target=self._run, name="heron-deadlines", daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(_TICK_SECONDS)
            now = time.monotonic()
            with self._lock:
                streams = list(self._streams)
                if not streams:
                    self._running = False
                    return
            for stream in streams:
                deadline = stream.read_deadline
                if deadline is not None and now > deadline:
                    stream.expire()
            del streams


_instance = _Watchdog()


def _watchdog() -> _Watchdog:
    global _instance
    if _instance.pid != os.getpid():
        # Threads do not survive a fork.
        _instance = _Watchdog()
    return _instance
