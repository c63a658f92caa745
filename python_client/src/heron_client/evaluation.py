"""Episodes that the server plays by itself, with policies that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import grpc

from heron_client import errors
from heron_client._generated import rollouts_pb2 as pb
from heron_client.channels import probe
from heron_client.connection import DEFAULT_ADDRESS, Connection, as_connection
from heron_client.episodes import EpisodeSummary, summary_from_proto
from heron_client.event_options import EventOptions, episode_fields
from heron_client.fields import fill

BuiltinPolicy: TypeAlias = Literal["random", "neutral", "rules"]
"""At random within space and mask; the middle of each box; the rules of the environment."""


def evaluate(
    env_id: str | None = None,
    *,
    policy: BuiltinPolicy | None = None,
    checkpoint: str | None = None,
    sampled: bool = False,
    episodes: int = 1,
    seed: int = 0,
    max_steps: int | None = None,
    t_end: float | None = None,
    max_events: int | None = None,
    options: EventOptions | None = None,
    agents: Sequence[str | Mapping[str, object]] = (),
    call_timeout: float | None = None,
    address: str | Connection = DEFAULT_ADDRESS,
    token: str | None = None,
    tls: bool | str | Path | None = None,
    timeout: float | None = None,
    connect_timeout: float | None = None,
    **parameters: object,
) -> Iterator[EpisodeSummary]:
    """Let the server play episodes by itself, step by step or event-driven.

    Parameters
    ----------
    env_id : str or None
        For example ``"Thermostat-v0"``. May be None with a checkpoint, which knows its environment.
    policy : {"random", "neutral", "rules"} or None
        Who acts when there is no checkpoint; None means at random.
    checkpoint : str or None
        Folder of a checkpoint within the server's folder of runs, or of a run: its best checkpoint.
    sampled : bool
        The policies of a checkpoint draw their actions as in training, instead of taking the
        likeliest ones.
    episodes, seed : int
        How many, and the seed of the first; episode i has this plus i.
    max_steps : int or None
        Step by step: most steps of an episode.
    t_end : float or None
        Simulated seconds of an episode, which makes it event-driven.
    max_events : int or None
        Event-driven: most events of an episode.
    options : EventOptions or None
        Event-driven: timing and disturbances; None: as the environment declares.
    agents : sequence of str
        Agents that the policy acts for; empty means all. Not with a checkpoint. Dicts are agents of
        a composition, as in :func:`heron_client.parallel_env`.
    call_timeout : float or None
        Seconds that all episodes together may take; None: as long as it takes. A server that is
        gone or frozen is noticed all the same.
    address, token, tls, timeout, connect_timeout
        As in :func:`heron_client.parallel_env`.
    **parameters
        Parameters of the environment; with a checkpoint those that differ from its training.

    Yields
    ------
    EpisodeSummary
        One per episode, as it ends. The first ``next`` sends the request; to stop reading ends the
        evaluation.

    Raises
    ------
    NotFoundError
        No such environment or checkpoint.
    InvalidArgumentError
        An argument is malformed or out of range; the message names it.
    FailedPreconditionError
        The checkpoint is damaged, or of another version.
    ResourceExhaustedError
        The server carries out as many evaluations and drives as it may, or more events wait to
        happen than it holds.
    DeadlineExceededError
        It took longer than ``call_timeout``.
    UnavailableError
        No server answers, or it stopped in between.
    """
    connection = as_connection(
        address,
        {"token": token, "tls": tls, "timeout": timeout, "connect_timeout": connect_timeout},
    )
    shared = episode_fields(env_id or "", parameters, agents, seed, t_end, options)
    request = pb.EvaluateRequest(**shared)
    fields = {
        "env_id": env_id,
        "checkpoint": checkpoint,
        "sampled": sampled,
        "episodes": _at_least_one(episodes),
        "max_steps": max_steps,
        "t_end_seconds": t_end,
        "max_events": max_events,
    }
    fill(request, fields)
    if policy is not None:
        if checkpoint is not None:
            raise errors.InvalidArgumentError("Give policy or checkpoint, not both.")
        request.builtin = _builtin(policy)
    return _play(connection, request, call_timeout)


def _play(
    connection: Connection, request: pb.EvaluateRequest, timeout: float | None
) -> Iterator[EpisodeSummary]:
    call: grpc.StreamCall = connection.ready_channel().rollouts.Evaluate(
        request, timeout=timeout, metadata=connection.metadata
    )
    try:
        for response in call:
            yield summary_from_proto(response.summary)
    except grpc.RpcError as error:
        raise _translate(error, connection, request, timeout) from None
    finally:
        call.cancel()


def _translate(
    error: grpc.RpcError, connection: Connection, request: pb.EvaluateRequest, timeout: float | None
) -> errors.HeronError:
    env_id = request.env_id or None
    if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED and timeout is not None:
        return errors.DeadlineExceededError(
            f"The evaluation took longer than {timeout:g} s (call_timeout). Give it more time, or "
            "ask for fewer or shorter episodes.",
            env_id,
        )
    if errors.is_broken_connection(error):
        return errors.UnavailableError(
            f"The connection broke during an evaluation. {probe(connection.address)} Evaluate "
            f"again, with the seed of the episode that is missing ({error.details()}).",
            env_id,
        )
    return errors.from_rpc(error, connection.address, env_id)


def _builtin(policy: str) -> Any:
    if policy not in get_args(BuiltinPolicy):
        raise errors.InvalidArgumentError(
            f"policy is {policy!r}; it takes one of {', '.join(get_args(BuiltinPolicy))}."
        )
    return pb.BuiltinPolicy.Value(f"BUILTIN_POLICY_{policy.upper()}")


def _at_least_one(episodes: int) -> int:
    if episodes == 0:
        raise errors.InvalidArgumentError("episodes is 0; it takes at least 1.")
    return episodes
