"""Errors of the client: one class per status of the contract, with the server's sentence intact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import grpc


class HeronError(Exception):
    """Base of every error that this package raises about a server, a session or an action.

    Parameters
    ----------
    message : str
        What is wrong, the value, what is allowed and what to do next.
    env_id : str or None
        Environment concerned, if any.

    Attributes
    ----------
    message : str
        As given.
    env_id : str or None
        As given.
    status : str
        Name of the gRPC status that the class stands for, e.g. ``"INVALID_ARGUMENT"``.
    """

    status: ClassVar[str] = "UNKNOWN"

    def __init__(self, message: str, env_id: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.env_id = env_id


class InvalidArgumentError(HeronError, ValueError):
    """A parameter, an action or another argument is malformed; the message names it."""

    status = "INVALID_ARGUMENT"


class NotFoundError(HeronError, LookupError):
    """The server knows no such environment, or no such session of this client."""

    status = "NOT_FOUND"


class FailedPreconditionError(HeronError):
    """The session is not in a state for this call; the message names the call to make first."""

    status = "FAILED_PRECONDITION"


class AbortedError(HeronError):
    """Another call of the session is running, or a newer stream took the session over."""

    status = "ABORTED"


class ResourceExhaustedError(HeronError):
    """A limit of the server, stated in the message, is reached."""

    status = "RESOURCE_EXHAUSTED"


class UnauthenticatedError(HeronError, PermissionError):
    """The server asks for a token; pass ``token=`` to :func:`heron_client.connect`."""

    status = "UNAUTHENTICATED"


class UnimplementedError(HeronError, NotImplementedError):
    """The server is older than this client, or it is not a heron server."""

    status = "UNIMPLEMENTED"


class InternalError(HeronError):
    """A defect of the server; the message carries a trace id. The session is closed."""

    status = "INTERNAL"


class UnavailableError(HeronError, ConnectionError):
    """No server answers; the message says whether nothing listens, or it is not ready or frozen."""

    status = "UNAVAILABLE"


class DeadlineExceededError(HeronError, TimeoutError):
    """A call was not answered within ``timeout``, or the client did not answer within its lease."""

    status = "DEADLINE_EXCEEDED"


class SessionLostError(NotFoundError):
    """The server does not know the session any more: it was restarted, or the lease ended."""


class ReplayError(SessionLostError):
    """A lost session was rebuilt from its seeds and actions, but its state differs from before."""


_BY_STATUS: Mapping[str, type[HeronError]] = {
    error.status: error
    for error in (
        InvalidArgumentError,
        NotFoundError,
        FailedPreconditionError,
        AbortedError,
        ResourceExhaustedError,
        UnauthenticatedError,
        UnimplementedError,
        InternalError,
        UnavailableError,
        DeadlineExceededError,
    )
} | {"PERMISSION_DENIED": UnauthenticatedError, "OUT_OF_RANGE": InvalidArgumentError}


def is_broken_connection(error: grpc.RpcError) -> bool:
    """Whether a stream ended because its connection did, in the ways in which grpcio says so."""
    code, details = error.code(), error.details() or ""
    return code is grpc.StatusCode.UNAVAILABLE or (
        code in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN, grpc.StatusCode.CANCELLED)
        and ("RST_STREAM" in details or "Stream removed" in details or "GOAWAY" in details)
    )


def from_rpc(error: grpc.RpcError, address: str, env_id: str | None = None) -> HeronError:
    """Translate an error of grpcio.

    Parameters
    ----------
    error : grpc.RpcError
        Error of a finished call.
    address : str
        Server that was called.
    env_id : str or None
        Environment concerned, if any.

    Returns
    -------
    HeronError
        Of the class that stands for the status; raise it ``from None``.
    """
    status = error.code().name
    details = error.details() or ""
    if status == "UNIMPLEMENTED":
        details = (
            f"The server at {address} does not offer this call. Is it a heron server? {details}"
        )
    elif status == "DEADLINE_EXCEEDED":
        details = f"{address} did not answer in time. {details}"
    kind = _BY_STATUS.get(status, HeronError)
    text = details if kind is not HeronError else f"{status} from {address}: {details}"
    return kind(text or f"{status} from {address}.", env_id)
