"""Episodes that the server drives, step by step or event-driven, asking the client for actions."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from heron_client import errors
from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.action_request import ActionRequest, AgentEnd, read_ends, read_request
from heron_client.channels import probe
from heron_client.connection import DEFAULT_ADDRESS, Connection, as_connection
from heron_client.episodes import EpisodeSummary, summary_from_proto
from heron_client.event_options import EventOptions, episode_fields
from heron_client.fields import fill
from heron_client.session import CONTRACT_VERSION
from heron_client.spec import EnvironmentSpec, spec_from_proto
from heron_client.stream import BrokenStreamError, Stream, StreamEndedError


class DrivenEpisode:
    """One episode of a drive: iterate over it to get its requests for actions.

    Attributes
    ----------
    number : int
        Counts from 1.
    seed : int
        Seed that repeats the episode, if the client acts the same.
    ended : dict of AgentEnd
        Agents whose episode has ended so far.
    requests, logged_actions : int
        Requests answered and actions given by ``log``; 0 until the episode has ended.
    """

    def __init__(self, drive: EpisodeDrive, number: int, seed: int) -> None:
        self._drive = drive
        self._request: ActionRequest | None = None
        self._summary: EpisodeSummary | None = None
        self.number = number
        self.seed = seed
        self.ended: dict[str, AgentEnd] = {}
        self.requests = 0
        self.logged_actions = 0

    def __iter__(self) -> Iterator[ActionRequest]:
        while (request := self._next_request()) is not None:
            yield request

    @property
    def is_over(self) -> bool:
        """Whether the server has told the end of the episode."""
        return self._summary is not None

    @property
    def summary(self) -> EpisodeSummary:
        """The episode in numbers, once it is over."""
        if self._summary is None:
            raise errors.FailedPreconditionError(
                f"Episode {self.number} is not over: its summary comes after its last request."
            )
        return self._summary

    def _next_request(self) -> ActionRequest | None:
        if self.is_over:
            return None
        drive = self._drive
        if self._request is not None and not drive.is_stopped:
            self._request.ensure_answered()
        self._request = None
        ended: dict[str, AgentEnd] = {}
        parts: list[pb.ActionRequest] = []
        while (message := drive.read()) is not None:
            kind = message.WhichOneof("response")
            if kind == "agents_ended":
                ended |= read_ends(message.agents_ended, drive.spec)
            elif kind == "action_request":
                parts.append(message.action_request)
                # One that was on its way when the client stopped waits for nobody.
                if parts[-1].last and not drive.is_stopped:
                    self.ended |= ended
                    self._request = read_request(parts, ended, drive.spec, drive.send)
                    return self._request
            elif kind == "episode_ended":
                self.ended |= ended
                self.requests = message.episode_ended.requests
                self.logged_actions = message.episode_ended.logged_actions
                self._summary = summary_from_proto(message.episode_ended.summary)
                return None
        raise errors.FailedPreconditionError(
            f"The drive of {drive.spec.env_id} was closed in the middle of episode {self.number}.",
            drive.spec.env_id,
        )


class EpisodeDrive:
    """A running drive: iterate over it to get its episodes; see :func:`drive_episodes`.

    Leaving the ``with`` block ends the drive at once and frees its place on the server.

    Parameters
    ----------
    connection : Connection
        Server.
    opening : DriveOpen
        What to play.

    Attributes
    ----------
    spec : EnvironmentSpec
        The environment with its agents and spaces.
    lease_seconds : float
        Longest time that a request waits for its answer.
    is_stopped : bool
        Whether :meth:`stop` was called.
    """

    def __init__(self, connection: Connection, opening: pb.DriveOpen) -> None:
        self._connection = connection
        self._env_id = opening.env_id
        self._episode: DrivenEpisode | None = None
        self._over = False
        self.is_stopped = False
        opened = self._open(pb.DriveEpisodesRequest(open=opening))
        self.spec: EnvironmentSpec = spec_from_proto(opened.spec)
        self.lease_seconds: float = opened.lease_seconds

    def __enter__(self) -> EpisodeDrive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[DrivenEpisode]:
        while (episode := self._next_episode()) is not None:
            yield episode

    def stop(self) -> None:
        """Let the running episode end now: no more is asked, and its summary comes."""
        if not self.is_stopped:
            self.is_stopped = True
            self.send(pb.DriveEpisodesRequest(stop=pb.DriveStop()))

    def close(self) -> None:
        """End the drive without waiting for a summary. Closing twice is fine."""
        self._over = True
        self._stream.cancel()

    def send(self, message: object) -> None:
        """Send a message of the contract; requests do it when they are answered."""
        self._stream.send(message)

    def read(self) -> pb.DriveEpisodesResponse | None:
        """Wait for the next message of the contract; None when the drive is over or closed.

        Raises
        ------
        UnavailableError
            The connection broke.
        DeadlineExceededError
            Nothing came within ``timeout``, or a request was not answered within the lease.
        HeronError
            The server refused an answer. The drive has ended.
        """
        if self._over:
            return None
        try:
            return self._stream.read(time.monotonic() + self._connection.timeout)
        except StreamEndedError:
            self.close()
            return None
        except BrokenStreamError as error:
            self.close()
            raise self._broken(error) from None
        except BaseException:
            self.close()
            raise

    def _next_episode(self) -> DrivenEpisode | None:
        if self._over:
            return None
        if self._episode is not None and not self._episode.is_over:
            if not self.is_stopped:
                raise errors.FailedPreconditionError(
                    f"Episode {self._episode.number} of {self._env_id} is still running: answer "
                    "its requests to the end, or call stop().",
                    self._env_id,
                )
            for _ in self._episode:
                pass
        while (message := self.read()) is not None:
            if message.HasField("episode_started") and not self.is_stopped:
                started = message.episode_started
                self._episode = DrivenEpisode(self, started.episode, started.episode_seed)
                return self._episode
        return None

    def _open(self, opening: pb.DriveEpisodesRequest) -> pb.DriveOpened:
        deadline = time.monotonic() + self._connection.timeout
        while True:
            self._stream = Stream(self._connection, "DriveEpisodes", self._env_id)
            self._stream.send(opening)
            try:
                return self._stream.read(deadline).opened
            except BrokenStreamError as error:
                # Nothing has been played yet, so it may be tried again.
                left = deadline - time.monotonic()
                if left <= 0:
                    raise self._broken(error) from None
                self._connection.wait_until_ready(min(self._connection.connect_timeout, left))
                time.sleep(0.05)
            except BaseException:
                self.close()
                raise

    def _broken(self, error: BrokenStreamError) -> errors.UnavailableError:
        seed = "" if self._episode is None else f" with seed={self._episode.seed}"
        return errors.UnavailableError(
            f"The connection broke during a drive of {self._env_id}, which cannot be resumed. "
            f"{probe(self._connection.address)} Open another drive{seed} ({error}).",
            self._env_id,
        )


def drive_episodes(
    env_id: str,
    *,
    seed: int | None = None,
    episodes: int | None = None,
    max_steps: int | None = None,
    t_end: float | None = None,
    max_events: int | None = None,
    options: EventOptions | None = None,
    agents: Sequence[str | Mapping[str, object]] = (),
    one_hot_observations: bool = False,
    lease_seconds: float | None = None,
    address: str | Connection = DEFAULT_ADDRESS,
    token: str | None = None,
    tls: bool | str | Path | None = None,
    timeout: float | None = None,
    connect_timeout: float | None = None,
    **parameters: object,
) -> EpisodeDrive:
    """Let the server play episodes and ask for actions whenever agents are due.

    Simulated time waits for the answers::

        with drive_episodes("Thermostat-v0", t_end=30, episodes=5) as drive:
            for episode in drive:
                for request in episode:
                    request.answer({agent: [0.4] for agent in request.agents})
                print(episode.summary.total_return)

    Parameters
    ----------
    env_id : str
        For example ``"Thermostat-v0"``.
    seed : int or None
        Of the first episode; later ones follow from it. None: a random one.
    episodes : int or None
        How many; None: until :meth:`EpisodeDrive.stop`.
    max_steps : int or None
        Step by step: most steps of an episode.
    t_end : float or None
        Simulated seconds of an episode, which makes it event-driven.
    max_events : int or None
        Event-driven: most events of an episode.
    options : EventOptions or None
        Event-driven: timing and disturbances; None: as the environment declares.
    agents, one_hot_observations
        As in :func:`heron_client.vector_env`; agents that are not shown take their neutral action.
    lease_seconds : float or None
        Longest time that a request waits for its answer; None: the server's default.
    address : str or Connection
        Server, or a connection made by :func:`heron_client.connect`.
    token, tls, timeout, connect_timeout
        As in :func:`heron_client.connect`; ``timeout`` is the longest wait for the next request.
    **parameters
        Parameters of the environment.

    Returns
    -------
    EpisodeDrive
        Open: it holds a place on the server until it is over or closed.

    Raises
    ------
    NotFoundError, InvalidArgumentError
        No such environment, or a wrong parameter or option.
    ResourceExhaustedError
        The server carries out as many drives as it may. While it plays: more events wait to happen
        than it holds.
    UnavailableError
        No server answers.
    """
    connection = as_connection(
        address,
        {"token": token, "tls": tls, "timeout": timeout, "connect_timeout": connect_timeout},
    )
    opening = pb.DriveOpen(
        contract_version=CONTRACT_VERSION,
        **episode_fields(env_id, parameters, agents, seed, t_end, options),
    )
    fields = {
        "env_id": env_id,
        "episodes": episodes,
        "max_steps": max_steps,
        "t_end_seconds": t_end,
        "max_events": max_events,
        "lease_seconds": lease_seconds,
        "one_hot_observations": one_hot_observations,
    }
    fill(opening, fields)
    return EpisodeDrive(connection, opening)
