"""PettingZoo's parallel interface to an environment on a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pettingzoo import ParallelEnv  # pyright: ignore[reportMissingTypeStubs]

from heron_client.connection import DEFAULT_ADDRESS, Connection, as_connection
from heron_client.errors import FailedPreconditionError, InvalidArgumentError
from heron_client.recovery import OnSessionLost
from heron_client.results import ALIVE, MUST_ACT, TERMINATED, TRUNCATED, VectorStep
from heron_client.session import Session, SessionOptions
from heron_client.spaces import AnySpace, decode_observation, encode_action, mask_for_sample
from heron_client.spec import AgentSpec, EnvironmentSpec
from heron_client.vector_env import check_seed


class HeronParallelEnv(ParallelEnv[str, Any, Any]):
    """One environment with its agents by name; see :func:`parallel_env`.

    Every agent's info holds the environment's metrics under their names, its ``action_mask`` as
    ``action_space(agent).sample(mask)`` takes it (if it has one), and ``heron/must_act``: whether
    the next step uses its action. After a reset ``heron/episode_seed`` is there too.

    Parameters
    ----------
    connection : Connection
        Server.
    options : SessionOptions
        What to create there.
    render_mode : str or None
        One of ``spec.render_modes``, or ``"human"`` to print the text.
    """

    def __init__(
        self, connection: Connection, options: SessionOptions, render_mode: str | None = None
    ) -> None:
        self.session = Session(connection, options)
        spec: EnvironmentSpec = self.session.spec
        self.spec = spec
        self.metadata: dict[str, Any] = {
            "name": spec.env_id,
            "render_modes": [*spec.render_modes, "human"] if spec.render_modes else [],
        }
        if render_mode is not None and render_mode not in self.metadata["render_modes"]:
            raise InvalidArgumentError(
                f"render_mode is {render_mode!r}; {spec.env_id} offers "
                f"{', '.join(self.metadata['render_modes']) or 'none'}.",
                spec.env_id,
            )
        self.render_mode = render_mode
        self.possible_agents = [agent.id for agent in spec.agents]
        self.agents: list[str] = []
        self.observation_spaces = {agent.id: agent.observation_space for agent in spec.agents}
        self.action_spaces = {agent.id: agent.action_space for agent in spec.agents}
        self._by_id = {agent.id: agent for agent in spec.agents}
        self._continuous = np.zeros(spec.continuous_length, np.float32)
        self._discrete = np.zeros(spec.discrete_length, np.int32)

    def __enter__(self) -> HeronParallelEnv:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def observation_space(self, agent: str) -> AnySpace:
        """Return an agent's observation space."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> AnySpace:
        """Return an agent's action space."""
        return self.action_spaces[agent]

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
        """Start an episode.

        Parameters
        ----------
        seed : int or None
            Episode seed, 0 to 2**32 - 1. None: it follows from the last episode's, and is random at
            first.
        options : dict or None
            Ignored; an environment's parameters are fixed when it is made.

        Returns
        -------
        observations, infos : dict
            By agent, for all agents in the episode.
        """
        result = self.session.reset(seed=check_seed(seed))
        observations, _, _, _, infos = self._decode(result)
        if result.episode_seeds is not None:
            for info in infos.values():
                info["heron/episode_seed"] = int(result.episode_seeds[0])
        return observations, infos

    def step(
        self, actions: dict[str, Any]
    ) -> tuple[
        dict[str, Any],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        """Advance the environment by one step.

        Parameters
        ----------
        actions : dict
            By agent: a value of its action space. Agents that need not act may be left out; theirs
            are ignored.

        Returns
        -------
        observations, rewards, terminations, truncations, infos : dict
            By agent, for those in the episode and those that ended in this step.

        Raises
        ------
        InvalidArgumentError
            Unknown agent, missing action, wrong shape or type, not finite, or no such category.
            Nothing was sent.
        FailedPreconditionError
            No episode is running; call ``reset``.
        """
        last = self.session.last
        if not self.agents or last is None:
            raise FailedPreconditionError(
                f"No episode of {self.spec.env_id} is running: call reset() first.",
                self.spec.env_id,
            )
        flags = last.agent_flags[0]
        for agent_id, action in actions.items():
            agent = self._agent(agent_id)
            if flags[agent.index] & MUST_ACT:
                encode_action(
                    agent_id,
                    agent.action_space,
                    action,
                    self._continuous[agent.continuous],
                    self._discrete[agent.discrete],
                )
        for agent in self.spec.agents:
            if flags[agent.index] & MUST_ACT and agent.id not in actions:
                raise InvalidArgumentError(
                    f"No action of agent {agent.id!r}, which must act in this step; its space is "
                    f"{agent.action_space}.",
                    self.spec.env_id,
                )
        return self._decode(self.session.step(self._continuous.tobytes(), self._discrete.tobytes()))

    def render(self) -> str | None:
        """Draw the environment: returns the text, or prints it with ``render_mode="human"``."""
        if self.render_mode is None and not self.spec.render_modes:
            raise InvalidArgumentError(f"{self.spec.env_id} cannot be rendered.", self.spec.env_id)
        human = self.render_mode == "human"
        text = self.session.render("" if human else self.render_mode or "")
        if human:
            print(text)
            return None
        return text

    def close(self) -> None:
        """End the session on the server. Closing twice is fine."""
        self.agents = []
        self.session.close()

    def _agent(self, agent_id: str) -> AgentSpec:
        agent = self._by_id.get(agent_id)
        return agent if agent is not None else self.spec.agent(agent_id)

    def _decode(
        self, result: VectorStep
    ) -> tuple[
        dict[str, Any],
        dict[str, float],
        dict[str, bool],
        dict[str, bool],
        dict[str, dict[str, Any]],
    ]:
        observations: dict[str, Any] = {}
        rewards: dict[str, float] = {}
        terminations: dict[str, bool] = {}
        truncations: dict[str, bool] = {}
        infos: dict[str, dict[str, Any]] = {}
        metrics = dict(zip(self.spec.metric_names, result.metrics[0].tolist(), strict=True))
        if result.session_lost:
            metrics["heron/session_lost"] = True
        # Writable copies: users normalise observations in place.
        row, masks = result.observations[0].copy(), result.action_masks[0].astype(np.int8)
        flags: list[int] = result.agent_flags[0].tolist()
        reward_row: list[float] = result.rewards[0].tolist()
        self.agents = []
        for agent in self.spec.agents:
            flag = flags[agent.index]
            if not flag & (ALIVE | TERMINATED | TRUNCATED):
                continue
            if flag & ALIVE:
                self.agents.append(agent.id)
            observations[agent.id] = decode_observation(
                agent.observation_space, row[agent.observations]
            )
            rewards[agent.id] = reward_row[agent.index]
            terminations[agent.id] = bool(flag & TERMINATED)
            truncations[agent.id] = bool(flag & TRUNCATED)
            infos[agent.id] = {**metrics, "heron/must_act": bool(flag & MUST_ACT)}
            if agent.has_action_mask:
                infos[agent.id]["action_mask"] = mask_for_sample(
                    agent.action_space, masks[agent.mask]
                )
        return observations, rewards, terminations, truncations, infos


def parallel_env(
    env_id: str,
    *,
    address: str | Connection = DEFAULT_ADDRESS,
    token: str | None = None,
    tls: bool | str | Path | None = None,
    timeout: float | None = None,
    connect_timeout: float | None = None,
    render_mode: str | None = None,
    agents: Sequence[str | Mapping[str, object]] = (),
    one_hot_observations: bool = False,
    lease_seconds: float | None = None,
    on_session_lost: OnSessionLost = "raise",
    **parameters: object,
) -> HeronParallelEnv:
    """Make an environment with PettingZoo's parallel interface.

    Parameters
    ----------
    env_id : str
        For example ``"MultiAgentArena-v0"``.
    address : str or Connection
        Server, or a connection made by :func:`heron_client.connect`.
    token, tls, timeout, connect_timeout
        As in :func:`heron_client.connect`.
    render_mode : str or None
        One of the environment's modes, or ``"human"`` to print.
    agents, one_hot_observations, lease_seconds, on_session_lost
        As in :func:`heron_client.vector_env`.
    **parameters
        Parameters of the environment.

    Returns
    -------
    HeronParallelEnv
        May be pickled: the copy opens a session of its own.

    Raises
    ------
    NotFoundError, InvalidArgumentError
        No such environment, or a wrong parameter.
    UnavailableError
        No server answers.
    """
    connection = as_connection(
        address,
        {"token": token, "tls": tls, "timeout": timeout, "connect_timeout": connect_timeout},
    )
    options = SessionOptions(
        env_id=env_id,
        parameters=parameters,
        agents=agents,
        one_hot_observations=one_hot_observations,
        lease_seconds=lease_seconds,
        on_session_lost=on_session_lost,
    )
    return HeronParallelEnv(connection, options, render_mode)
