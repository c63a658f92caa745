"""Sessions: copies of an environment on a server, stepped exactly once over any network."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, cast, get_args

import numpy as np

from heron_client import errors
from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.connection import Connection
from heron_client.recovery import (
    Actions,
    EpisodeLog,
    OnSessionLost,
    end_by_truncation,
    join_same_step,
)
from heron_client.results import ALIVE, VectorStep, from_chunks
from heron_client.spec import EnvironmentSpec, spec_from_proto, to_struct
from heron_client.stream import BrokenStreamError, StepStream

CONTRACT_VERSION = 1
"""Version of heron.v1 that this client is built for."""

MAX_ENVS = 100_000_000
"""Most copies that any server can be told to take."""

_REPLAY_ATTEMPTS = 3
"""Sessions to try when servers go away in the middle of a replay."""

AutoresetMode: TypeAlias = Literal["disabled", "next_step", "same_step"]
"""What happens to a copy whose episode is over.

``"disabled"``: it waits for a reset. ``"next_step"``: the next step resets it and ignores its
actions. ``"same_step"``: the step that ends the episode also resets it and reports the last
observations in the ``final_`` fields."""

_MODES: dict[str, pb.AutoresetMode] = {
    "disabled": pb.AUTORESET_MODE_DISABLED,
    "next_step": pb.AUTORESET_MODE_NEXT_STEP,
    "same_step": pb.AUTORESET_MODE_SAME_STEP,
}


@dataclass(frozen=True)
class SessionOptions:
    """What to create; the same options create the same session on any server.

    Attributes
    ----------
    env_id : str
        Environment.
    parameters : mapping
        Its parameters; those left out keep their defaults.
    num_envs : int
        Copies.
    autoreset_mode : {"disabled", "next_step", "same_step"}
        What happens to a copy whose episode is over.
    agents : sequence of str
        Agents to observe and act for; empty means all. Dicts are no names of agents: they go into
        the parameter ``agents``, which composed environments have.
    one_hot_observations : bool
        Discrete observations come as one-hot vectors in a Box from 0 to 1.
    lease_seconds : float or None
        Seconds without any sign of the client after which the server closes the session.
    on_session_lost : {"raise", "replay", "truncate"}
        What to do when the server does not know the session any more.
    """

    env_id: str
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])
    num_envs: int = 1
    autoreset_mode: AutoresetMode = "disabled"
    agents: Sequence[str | Mapping[str, object]] = ()
    one_hot_observations: bool = False
    lease_seconds: float | None = None
    on_session_lost: OnSessionLost = "raise"

    def __post_init__(self) -> None:
        object.__setattr__(self, "agents", _agents(self.agents))
        if any(isinstance(agent, Mapping) for agent in self.agents):
            if "agents" in self.parameters or any(isinstance(agent, str) for agent in self.agents):
                raise errors.InvalidArgumentError(
                    "agents holds dicts beside names, or twice: give the agents of a composition "
                    "once, and name those to show in agent_ids."
                )
            object.__setattr__(self, "parameters", {**self.parameters, "agents": [*self.agents]})
            object.__setattr__(self, "agents", ())
        _check_choice("autoreset_mode", self.autoreset_mode, tuple(_MODES))
        _check_choice("on_session_lost", self.on_session_lost, get_args(OnSessionLost))
        if not 1 <= self.num_envs <= MAX_ENVS:
            raise errors.InvalidArgumentError(
                f"num_envs is {self.num_envs}; it must be from 1 to {MAX_ENVS}."
            )


def _agents(agents: object) -> tuple[str | Mapping[str, object], ...]:
    # A text or a dict can be gone through too, as letters or keys.
    if not isinstance(agents, Iterable) or isinstance(agents, (str, Mapping)):
        found = f"agents is {agents!r}"
    else:
        entries = tuple(cast("Iterable[str | Mapping[str, object]]", agents))
        wrong = [entry for entry in entries if not isinstance(entry, (str, Mapping))]  # pyright: ignore[reportUnnecessaryIsInstance]
        if not wrong:
            return entries
        found = f"agents has a {type(wrong[0]).__name__}"
    raise errors.InvalidArgumentError(
        f"{found}; it takes a list of names, or of dicts for a composition."
    )


def _check_choice(name: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise errors.InvalidArgumentError(f"{name} is {value!r}; allowed: {', '.join(allowed)}.")


class Session:
    """A session of this process; opened on first use, and anew after a fork or unpickling.

    Parameters
    ----------
    connection : Connection
        Server.
    options : SessionOptions
        What to create there.
    """

    def __init__(self, connection: Connection, options: SessionOptions) -> None:
        self.connection = connection
        self.options = options
        self._spec: EnvironmentSpec | None = None
        self._forget()

    def __getstate__(self) -> dict[str, Any]:
        return {
            "connection": self.connection,
            "options": self.options,
            "_spec": self._spec,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    def _forget(self) -> None:
        """Have no session."""
        self._pid = os.getpid()
        self._id = ""
        self._sequence = 0
        self._stream: StepStream | None = None
        self._truncated = False
        self._log = EpisodeLog(self.options.num_envs)

    @property
    def spec(self) -> EnvironmentSpec:
        """The environment; asks the server on first use."""
        if self._spec is None:
            self._ensure_open()
        assert self._spec is not None
        return self._spec

    @property
    def session_id(self) -> str:
        """The session's id on the server; creates the session on first use."""
        self._ensure_open()
        return self._id

    @property
    def last(self) -> VectorStep | None:
        """The last result of this session, or None before the first reset."""
        return self._log.last

    def reset(
        self, *, mask: bytes = b"", seeds: bytes = b"", seed: int | None = None
    ) -> VectorStep:
        """Reset copies.

        Parameters
        ----------
        mask : bytes
            uint8 per copy, 1 = reset; empty = all.
        seeds : bytes
            little-endian uint32 per copy: seeds of the episodes; empty = see ``seed``.
        seed : int or None
            Copy i gets ``seed + i``. None: each copy's next seed follows from its last one.
        """
        self._ensure_open()
        request = pb.StepStreamRequest(reset=pb.StreamReset(mask=mask, seeds=seeds, seed=seed))
        try:
            result = self._exchange(request)
        except errors.SessionLostError:
            result = self._reset_lost(request)
        self._log.add(result, None)
        self._truncated = False
        return result

    def step(self, continuous: bytes, discrete: bytes) -> VectorStep:
        """Advance all copies by one step.

        Parameters
        ----------
        continuous : bytes
            float32 [n, continuous_length].
        discrete : bytes
            int32 [n, discrete_length].

        Raises
        ------
        SessionLostError
            The server does not know the session any more and ``on_session_lost`` is ``"raise"``,
            or it could not be rebuilt.
        """
        self._ensure_open()
        if self._truncated:
            return self._step_truncated()
        step = pb.StreamStep(continuous=continuous, discrete=discrete)
        request = pb.StepStreamRequest(step=step)
        try:
            result = self._exchange(request)
        except errors.SessionLostError:
            mode = self.options.on_session_lost
            if mode == "raise" or self._log.last is None:
                raise
            if mode == "truncate":
                return self._truncate(self._log.last)
            result = self._replay_and_exchange(request)
        if self.options.on_session_lost == "replay":
            self._log.add(result, (continuous, discrete))
        else:
            # Nobody will ask how this state came about, only for its seeds and last observations.
            self._log.add(result, None)
        return result

    def render(self, mode: str = "", copy: int = 0) -> str:
        """Draw one copy as text; see ``EnvironmentSpec.render_modes``, empty = the first."""
        self._ensure_open()
        request = pb.RenderRequest(session_id=self._id, mode=mode, env_index=copy)
        reply: pb.RenderResponse = self._call("Render", request)
        return reply.text

    def save_state(self) -> bytes:
        """Return the whole state of all copies, for :meth:`load_state`."""
        self._ensure_open()
        reply: pb.SaveStateResponse = self._call(
            "SaveState", pb.SaveStateRequest(session_id=self._id)
        )
        return reply.state

    def load_state(self, state: bytes) -> VectorStep:
        """Take over a saved state of the same environment, parameters and number of copies."""
        self._ensure_open()
        request = pb.LoadStateRequest(session_id=self._id, sequence=self._sequence, state=state)
        reply: pb.LoadStateResponse = self._call("LoadState", request)
        self._sequence = _next(self._sequence)
        self._truncated = False
        result = from_chunks(reply.results, self.spec, self.options.num_envs)
        self._log.lose_track(result)
        return result

    def close(self) -> None:
        """End the session on the server and free it. Closing twice is fine."""
        session_id, mine = self._id, self._pid == os.getpid()
        self._drop_stream()
        self._forget()
        if session_id and mine:
            quick = Connection(
                self.connection.address,
                self.connection.token,
                self.connection.tls,
                timeout=2.0,
                connect_timeout=2.0,
            )
            # If this fails, the server frees the session when the lease ends.
            with contextlib.suppress(errors.HeronError):
                quick.close_session(session_id)

    # ---- one request, exactly once ----------------------------------------------------------

    def _exchange(self, request: pb.StepStreamRequest) -> VectorStep:
        """Send a numbered request until it is answered, over as many streams as that takes."""
        deadline = time.monotonic() + self.connection.timeout
        request.sequence = self._sequence
        sent = False
        pause = 0.02
        while True:
            try:
                stream = self._stream or self._open_stream(request, deadline, sent)
                sent = True
                chunks = stream.exchange(request, deadline)
                break
            except BrokenStreamError as error:
                self._drop_stream()
                left = deadline - time.monotonic()
                if left <= 0:
                    raise errors.UnavailableError(
                        f"The connection to {self.connection.address} kept breaking for "
                        f"{self.connection.timeout:.3g} s: {error}",
                        self.options.env_id,
                    ) from None
                self.connection.wait_until_ready(min(self.connection.connect_timeout, left))
                time.sleep(pause)
                pause = min(1.0, 2 * pause)
            except errors.NotFoundError as error:
                self._drop_stream()
                raise errors.SessionLostError(
                    f"The server at {self.connection.address} does not know the session of "
                    f"{self.options.env_id} any more ({error.message}) It was restarted, or the "
                    "lease ended. Call reset() to go on in a new session, or use "
                    "on_session_lost='replay' or 'truncate'.",
                    self.options.env_id,
                ) from None
            except BaseException:
                self._drop_stream()
                raise
        self._sequence = _next(self._sequence)
        return from_chunks(chunks, self.spec, self.options.num_envs)

    def _open_stream(
        self, request: pb.StepStreamRequest, deadline: float, sent: bool
    ) -> StepStream:
        opening = pb.StreamOpen(
            session_id=self._id, state_digests=self.options.on_session_lost == "replay"
        )
        stream = StepStream(self.connection, opening, deadline, self.options.env_id)
        expected = stream.next_sequence
        if expected != self._sequence:
            # A repeated request may have been carried out: the server then repeats its reply.
            answered = sent and expected == _next(self._sequence)
            whole_reset = request.WhichOneof("request") == "reset" and not request.reset.mask
            if not answered and not whole_reset:
                stream.cancel()
                raise errors.FailedPreconditionError(
                    f"The session of {self.options.env_id} expects request {expected}, this client "
                    f"is at {self._sequence}: an earlier call was interrupted, or another client "
                    "uses the session. Call reset() to go on.",
                    self.options.env_id,
                )
            if not answered:
                self._sequence = request.sequence = expected
        self._stream = stream
        return stream

    def _drop_stream(self) -> None:
        if self._stream is not None and self._pid == os.getpid():
            self._stream.cancel()
        self._stream = None

    def _call(self, method: str, request: object) -> Any:
        try:
            return self.connection.call(method, request, self.options.env_id)
        except errors.NotFoundError as error:
            raise errors.SessionLostError(error.message, self.options.env_id) from None

    # ---- creating and rebuilding ------------------------------------------------------------

    def _ensure_open(self) -> None:
        if self._pid != os.getpid():
            # The parent process goes on with its session; a forked child gets one of its own.
            self._forget()
        if not self._id:
            self._create()

    def _create(self) -> None:
        options = self.options
        request = pb.CreateSessionRequest(
            env_id=options.env_id,
            parameters=to_struct(options.parameters),
            num_envs=options.num_envs,
            autoreset_mode=_MODES[options.autoreset_mode],
            agents=cast("Sequence[str]", options.agents),
            lease_seconds=options.lease_seconds,
            request_id=uuid.uuid4().hex,
            contract_version=CONTRACT_VERSION,
            one_hot_observations=options.one_hot_observations,
        )
        reply: pb.CreateSessionResponse = self.connection.call(
            "CreateSession", request, options.env_id
        )
        self._id = reply.session_id
        self._sequence = reply.next_sequence
        self._spec = spec_from_proto(reply.spec)

    def _recreate(self) -> None:
        self._drop_stream()
        self._create()

    def _reset_lost(self, request: pb.StepStreamRequest) -> VectorStep:
        """Carry out a reset whose session is gone."""
        log, mode = self._log, self.options.on_session_lost
        whole = not request.reset.mask
        if not whole and mode == "raise":
            raise errors.SessionLostError(
                f"The session of {self.options.env_id} is lost, so some copies cannot be reset "
                "alone. Reset all of them, or use on_session_lost='replay' or 'truncate'.",
                self.options.env_id,
            )
        if not whole and mode == "replay":
            return self._replay_and_exchange(request)
        self._recreate()
        if log.last is not None:
            # The next seeds follow from the last ones as if nothing had happened.
            self._exchange(_reset_request(log))
        if whole:
            return self._exchange(request)
        result = self._exchange(pb.StepStreamRequest(reset=pb.StreamReset()))
        assert log.last is not None
        return join_same_step(end_by_truncation(log.last), result)

    def _truncate(self, last: VectorStep) -> VectorStep:
        """End all episodes; the session that follows starts with the next reset."""
        ended = end_by_truncation(last)
        log = self._log
        if self.options.autoreset_mode != "same_step":
            self._truncated = True
            self._log.last = ended
            return ended
        self._recreate()
        self._exchange(_reset_request(log))
        fresh = self._exchange(pb.StepStreamRequest(reset=pb.StreamReset()))
        log.add(fresh, None)
        return join_same_step(ended, fresh)

    def _step_truncated(self) -> VectorStep:
        """Step after a truncation: the next episode, or nothing without autoreset."""
        if self.options.autoreset_mode == "disabled":
            raise errors.FailedPreconditionError(
                f"The episodes of {self.options.env_id} were truncated because the server lost the "
                "session. Call reset() next.",
                self.options.env_id,
            )
        return self.reset()

    def _replay_and_exchange(self, request: pb.StepStreamRequest) -> VectorStep:
        """Rebuild the episodes and carry out the request that found them lost."""
        for _ in range(_REPLAY_ATTEMPTS - 1):
            try:
                self._replay()
                return self._exchange(request)
            except errors.ReplayError:
                raise
            except errors.SessionLostError:
                # The server was restarted once more, in the middle of the replay.
                continue
        self._replay()
        return self._exchange(request)

    def _replay(self) -> None:
        """Rebuild the episodes in a new session from their seeds and actions."""
        log, before = self._log, self._log.last
        if before is None or not log.complete:
            raise errors.ReplayError(
                f"The session of {self.options.env_id} is lost and cannot be rebuilt, because its "
                "episodes began from a loaded state. Call reset() to start new ones.",
                self.options.env_id,
            )
        self._recreate()
        result = self._exchange(_reset_request(log))
        started = np.zeros(self.options.num_envs, np.bool_)
        for number, (begin, actions) in enumerate(log.plan()):
            # Copies that play for time may have ended before their own episode begins.
            over = (result.agent_flags & ALIVE == 0).all(axis=1) & ~started
            mask = begin | over if self.options.autoreset_mode == "disabled" else begin
            if number > 0 and mask.any():
                result = self._exchange(_reset_request(log, mask.astype(np.uint8).tobytes()))
            started |= begin
            if actions is not None:
                result = self._exchange(_step_request(actions))
        self._check_digests(before, result)

    def _check_digests(self, before: VectorStep, after: VectorStep) -> None:
        if before.state_digests is None or after.state_digests is None:
            return
        different = np.flatnonzero(before.state_digests != after.state_digests)
        if different.size:
            self._drop_stream()
            raise errors.ReplayError(
                f"The lost session of {self.options.env_id} was replayed on "
                f"{self.connection.address}, but the state of copies {different.tolist()} differs "
                "from before: the server has other versions or parameters. Call reset() to start "
                "new episodes.",
                self.options.env_id,
            )


def _next(sequence: int) -> int:
    return (sequence + 1) & 0xFFFFFFFF


def _reset_request(log: EpisodeLog, mask: bytes = b"") -> pb.StepStreamRequest:
    seeds = log.seeds.astype("<u4").tobytes()
    return pb.StepStreamRequest(reset=pb.StreamReset(mask=mask, seeds=seeds))


def _step_request(actions: Actions) -> pb.StepStreamRequest:
    return pb.StepStreamRequest(step=pb.StreamStep(continuous=actions[0], discrete=actions[1]))
