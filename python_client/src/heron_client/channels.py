"""gRPC channels: one per server and process, opened on first use."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any, Literal, TypeAlias
from weakref import WeakValueDictionary, finalize

import grpc

from heron_client._generated.multi_agent_env_pb2_grpc import MultiAgentEnvStub
from heron_client._generated.rollouts_pb2_grpc import RolloutsStub
from heron_client.errors import InvalidArgumentError

Tls: TypeAlias = "bool | str | Path | None"

MAX_RECEIVE_BYTES = 256 * 1024 * 1024
"""Largest message taken; the server splits packed replies at about 1 MiB."""

KEEPALIVE_MS = 10_000
"""Interval of pings while a call is open."""

PING_TIMEOUT_MS = 10_000
"""An unanswered ping ends the connection after this time: this is what notices a frozen server.

grpcio's own keepalive timeout alone is not honoured; without this option it takes a minute."""

_HEALTH = "/grpc.health.v1.Health/Check"


class SharedChannel:
    """A channel with its stubs, closed when the last connection of this process lets go of it."""

    def __init__(self, address: str, tls: Tls) -> None:
        channel = _open(address, tls)
        self.stub: Any = MultiAgentEnvStub(channel)
        self.rollouts: Any = RolloutsStub(channel)
        # Messages of the health service as bytes: an empty request asks for the server as a whole.
        self.health = channel.unary_unary(_HEALTH, bytes, bytes)
        finalize(self, _close, channel, os.getpid()).atexit = False


def _close(channel: grpc.Channel, pid: int) -> None:
    # A forked child must leave the parent's channel alone.
    if pid == os.getpid():
        channel.close()


# Keyed by the process as well, because a channel does not survive a fork.
_channels: WeakValueDictionary[tuple[int, str, str], SharedChannel] = WeakValueDictionary()


def shared_channel(address: str, tls: Tls) -> SharedChannel:
    """Return this process's channel to ``address``; nothing is sent yet.

    Parameters
    ----------
    address : str
        ``host:port`` or ``unix:/path``.
    tls : bool, str, Path or None
        As in :func:`heron_client.connect`.
    """
    key = (os.getpid(), address, str(tls))
    channel = _channels.get(key)
    if channel is None:
        channel = SharedChannel(address, tls)
        _channels[key] = channel
    return channel


def _open(address: str, tls: Tls) -> grpc.Channel:
    options: list[tuple[str, int]] = [
        ("grpc.max_receive_message_length", MAX_RECEIVE_BYTES),
        ("grpc.max_send_message_length", -1),
        ("grpc.keepalive_time_ms", KEEPALIVE_MS),
        ("grpc.keepalive_timeout_ms", PING_TIMEOUT_MS),
        ("grpc.http2.ping_timeout_ms", PING_TIMEOUT_MS),
        ("grpc.http2.max_pings_without_data", 0),
        ("grpc.initial_reconnect_backoff_ms", 100),
        ("grpc.min_reconnect_backoff_ms", 1_000),
        ("grpc.max_reconnect_backoff_ms", 2_000),
        # Retries are ours, by sequence number. Channels that share nothing survive a fork.
        ("grpc.enable_retries", 0),
        ("grpc.use_local_subchannel_pool", 1),
    ]
    if _is_local(address):
        # Proxy variables of the shell must not capture traffic within the machine.
        options.append(("grpc.enable_http_proxy", 0))
    if not tls:
        return grpc.insecure_channel(address, options)
    return grpc.secure_channel(address, _credentials(tls), options)


def _credentials(tls: Literal[True] | str | Path) -> grpc.ChannelCredentials:
    if tls is True:
        return grpc.ssl_channel_credentials()
    try:
        return grpc.ssl_channel_credentials(Path(tls).read_bytes())
    except OSError as error:
        raise InvalidArgumentError(
            f"tls={str(tls)!r} cannot be read ({error.strerror}). Give True for the system's "
            "certificates or the path of a PEM file with the server's authority."
        ) from None


def split_address(address: str) -> tuple[str, int] | None:
    """Split ``host:port``; None for unix sockets and other schemes.

    Raises
    ------
    InvalidArgumentError
        It is neither.
    """
    if address.startswith(("unix:", "unix-abstract:", "dns:", "ipv4:", "ipv6:")):
        return None
    host, colon, port = address.rpartition(":")
    if not colon or not host or not port.isdigit() or int(port) > 65_535:
        raise InvalidArgumentError(
            f"address={address!r} is not HOST:PORT. Example: '127.0.0.1:50051'."
        )
    return host.strip("[]"), int(port)


def _is_local(address: str) -> bool:
    if address.startswith(("unix:", "unix-abstract:")):
        return True
    split = split_address(address)
    return split is not None and (split[0] in ("localhost", "::1") or split[0].startswith("127."))


def probe(address: str) -> str:
    """Say what is wrong at an address where no server answers, by opening a plain socket.

    Returns
    -------
    str
        One sentence that names the address.
    """
    split = split_address(address)
    if split is None:
        return f"No server answers at {address}."
    try:
        with socket.create_connection(split, timeout=2.0):
            return (
                f"Something accepts connections at {address} but does not answer: the server is "
                "frozen or overloaded, or it is no heron server (or TLS is on at one end only)."
            )
    except ConnectionRefusedError:
        return (
            f"Nothing listens at {address} (connection refused). Start a server there: "
            f"heron serve --listen {address}"
        )
    except socket.gaierror:
        return f"The host name of {address} cannot be resolved."
    except OSError as error:
        return f"{address} cannot be reached: {error.strerror or error}."
