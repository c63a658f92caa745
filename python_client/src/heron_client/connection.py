"""Connections to a server: its catalogue, the caller's sessions, and waiting for an answer."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc

from heron_client import errors
from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.channels import SharedChannel, Tls, probe, shared_channel, split_address
from heron_client.spec import EnvironmentCard, card_from_proto, to_struct

DEFAULT_ADDRESS = "127.0.0.1:50051"
"""Where ``heron serve`` listens by default."""

DEFAULT_TIMEOUT = 60.0
"""Seconds that a call or step may take, reconnecting included."""

DEFAULT_CONNECT_TIMEOUT = 10.0
"""Seconds to wait for a server that does not answer (yet, or any more)."""

# Answers of the health service as bytes: field 1 is the status, 1 is SERVING.
_SERVING = b"\x08\x01"

# A server that answers with one of these is there, whatever it thinks of health checks.
_ANSWERS = frozenset({"UNIMPLEMENTED", "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND"})


@dataclass(frozen=True)
class SessionInfo:
    """One of the caller's sessions, as the server sees it.

    Attributes
    ----------
    session_id, env_id : str
        Session and its environment.
    num_envs : int
        Copies of the environment.
    age_seconds, lease_remaining_seconds : float
        Since its creation, and until it is closed if nothing renews it.
    next_sequence : int
        Number of the next reset or step.
    steps : int
        Steps carried out; one of all copies counts once. Wraps at 2**32.
    stream_messages : int
        Messages received on its streams, the opening ones included. Wraps at 2**32.
    stream_open : bool
        A stream is attached.
    """

    session_id: str
    env_id: str
    num_envs: int
    age_seconds: float
    lease_remaining_seconds: float
    next_sequence: int
    steps: int
    stream_messages: int
    stream_open: bool


@dataclass
class Connection:
    """A server's address with the options to reach it; see :func:`connect`.

    Nothing is opened before the first call. A connection may be pickled and survives a fork:
    each process opens its own channel.
    """

    address: str = DEFAULT_ADDRESS
    token: str | None = field(default=None, repr=False)
    tls: Tls = None
    timeout: float = DEFAULT_TIMEOUT
    connect_timeout: float = DEFAULT_CONNECT_TIMEOUT
    _channel: SharedChannel | None = field(default=None, repr=False, compare=False)
    _pid: int = field(default=0, repr=False, compare=False)

    def __post_init__(self) -> None:
        split_address(self.address)

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_channel": None, "_pid": 0}

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the channel; the next call opens one again. Closing twice is fine."""
        self._channel = None

    def wait_until_ready(self, seconds: float | None = None) -> None:
        """Wait until the server answers and says that it serves.

        Parameters
        ----------
        seconds : float or None
            Longest wait; None means ``connect_timeout``.

        Raises
        ------
        UnavailableError
            It does not; the message says whether nothing listens, it is not ready or it is frozen.
        """
        wait = self.connect_timeout if seconds is None else seconds
        deadline = time.monotonic() + wait
        not_ready = False
        while (left := deadline - time.monotonic()) > 0:
            try:
                reply = self._open().health(b"", timeout=left, wait_for_ready=True)
                if reply == _SERVING:
                    return
                not_ready = True
            except grpc.RpcError as error:
                if error.code().name in _ANSWERS:
                    return
            time.sleep(min(0.1, max(0.0, deadline - time.monotonic())))
        reason = (
            f"The server at {self.address} answers but is not ready (health: NOT_SERVING)."
            if not_ready
            else probe(self.address)
        )
        raise errors.UnavailableError(f"{reason} Waited {wait:.3g} s (connect_timeout).")

    def list_environments(self) -> dict[str, str]:
        """Return the catalogue: a sentence about each environment, by id."""
        reply: pb.ListEnvironmentsResponse = self.call(
            "ListEnvironments", pb.ListEnvironmentsRequest()
        )
        return {entry.id: entry.summary for entry in reply.environments}

    def get_environment(self, env_id: str, **parameters: object) -> EnvironmentCard:
        """Return one environment's card, with agents and spaces for the given parameters.

        Parameters
        ----------
        env_id : str
            For example ``"SimpleMicrogrids-v0"``.
        **parameters
            Parameters of the environment; those left out keep their defaults.

        Raises
        ------
        NotFoundError
            No such environment; the message lists those that there are.
        InvalidArgumentError
            A wrong parameter.
        """
        request = pb.GetEnvironmentRequest(env_id=env_id, parameters=to_struct(parameters))
        return card_from_proto(self.call("GetEnvironment", request, env_id=env_id))

    def list_sessions(self) -> list[SessionInfo]:
        """Return the caller's sessions (all that carry the same token)."""
        reply: pb.ListSessionsResponse = self.call("ListSessions", pb.ListSessionsRequest())
        names = SessionInfo.__dataclass_fields__
        return [
            SessionInfo(**{name: getattr(entry, name) for name in names})
            for entry in reply.sessions
        ]

    def close_session(self, session_id: str) -> bool:
        """End one of the caller's sessions; False when there was none any more."""
        request = pb.CloseSessionRequest(session_id=session_id)
        reply: pb.CloseSessionResponse = self.call("CloseSession", request)
        return reply.was_open

    def call(self, method: str, request: object, env_id: str | None = None) -> Any:
        """Make one unary call, and again after a broken connection.

        Parameters
        ----------
        method : str
            Name in the service ``MultiAgentEnv``. Safe to repeat: sessions number their requests.
        request : message
            Its request.
        env_id : str or None
            Put into errors.

        Returns
        -------
        message
            Its reply.

        Raises
        ------
        HeronError
            Of the class that stands for the status.
        """
        deadline = time.monotonic() + self.timeout
        while True:
            stub = self.ready_channel().stub
            try:
                return getattr(stub, method)(
                    request,
                    timeout=max(0.001, deadline - time.monotonic()),
                    metadata=self.metadata,
                )
            except grpc.RpcError as error:
                broken = error.code() is grpc.StatusCode.UNAVAILABLE
                if not broken or time.monotonic() >= deadline:
                    raise errors.from_rpc(error, self.address, env_id) from None
            self.wait_until_ready(min(self.connect_timeout, deadline - time.monotonic()))
            time.sleep(0.05)

    @property
    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Headers of every call: the token, if there is one."""
        return (("authorization", f"Bearer {self.token}"),) if self.token else ()

    def ready_channel(self) -> SharedChannel:
        """Return this process's channel, after waiting for the server on first use."""
        if self._channel is None or self._pid != os.getpid():
            self._open()
            self.wait_until_ready()
        return self._open()

    def _open(self) -> SharedChannel:
        if self._channel is None or self._pid != os.getpid():
            self._channel = shared_channel(self.address, self.tls)
            self._pid = os.getpid()
        return self._channel


def connect(
    address: str = DEFAULT_ADDRESS,
    token: str | None = None,
    tls: bool | str | Path | None = None,
    *,
    timeout: float = DEFAULT_TIMEOUT,
    connect_timeout: float = DEFAULT_CONNECT_TIMEOUT,
) -> Connection:
    """Describe how to reach a server; the first call opens the connection.

    Parameters
    ----------
    address : str
        ``host:port`` or ``unix:/path``.
    token : str or None
        Bearer token of a server that asks for one.
    tls : bool, str, Path or None
        None or False: plain text. True: TLS with the system's certificates. A path: TLS with the
        certificates of that PEM file.
    timeout : float
        Seconds that any call or step may take, reconnecting included.
    connect_timeout : float
        Seconds to wait for a server that does not answer.

    Returns
    -------
    Connection
        May be pickled, sent to other processes and used after a fork.
    """
    return Connection(address, token, tls, timeout, connect_timeout)


def as_connection(address: str | Connection, options: Mapping[str, Any]) -> Connection:
    """Accept a connection, or an address with the options of :func:`connect`."""
    given = {name: value for name, value in options.items() if value is not None}
    if isinstance(address, Connection):
        if given:
            raise errors.InvalidArgumentError(
                f"{', '.join(given)}: give them to connect(), not beside a connection."
            )
        return address
    return connect(address, **given)
