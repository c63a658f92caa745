# pyright: basic, reportArgumentType=false
# (RLlib ships partial types; what matters here is typed where it is defined.)
"""RLlib's own runner with a vector environment whose step is one call for all copies."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from gymnasium import spaces

from heron_client.errors import FailedPreconditionError, HeronError
from heron_client.results import VectorStep
from heron_client.rllib._ray import (
    EnvContext,
    MultiAgentEnvRunner,
    VectorMultiAgentEnv,
    make_callback,
)
from heron_client.rllib.agent_view import AgentView
from heron_client.rllib.env_config import EnvConfig, mixed_seed
from heron_client.rllib.multi_agent_env import HeronAgents

_logger = logging.getLogger("heron_client.rllib")


class HeronVectorMultiAgentEnv(VectorMultiAgentEnv):
    """Copies of an environment behind one message per step, as RLlib's runner wants them.

    A copy whose episode is over is reset by the server in the next step, which ignores its actions.

    Parameters
    ----------
    config : EnvContext or dict
        See :class:`~heron_client.rllib.EnvConfig` for the keys.
    num_envs : int
        Copies.
    """

    def __init__(self, config: Mapping[str, Any], num_envs: int) -> None:
        super().__init__()
        settings = EnvConfig.of(config)
        self._runner = int(getattr(config, "worker_index", 0))
        self.session = settings.session(self._runner, num_envs, "next_step")
        self._view = AgentView(self.session.spec, settings)
        self.num_envs = num_envs
        # RLlib asks the single environments for agents and spaces only.
        agents = HeronAgents(self._view)
        self.envs = [agents] * num_envs
        self.single_observation_spaces = dict(self._view.observation_spaces)
        self.single_action_spaces = dict(self._view.action_spaces)
        self.single_observation_space = spaces.Dict(self.single_observation_spaces)
        self.single_action_space = spaces.Dict(self.single_action_spaces)
        self.metadata = {"autoreset_mode": "next_step"}

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Start an episode in every copy; None as the seed follows on from the last episodes."""
        seeds = b""
        if seed is not None:
            copies = range(self.num_envs)
            mixed = [mixed_seed(seed + copy, self._runner, copy) for copy in copies]
            seeds = np.array(mixed, "<u4").tobytes()
        observations, _, _, _, infos = self._decode(self.session.reset(seeds=seeds))
        return observations, infos

    def step(self, actions: Sequence[Mapping[str, Any]]) -> tuple[list[Any], ...]:
        """Advance all copies by one step; see :class:`~heron_client.rllib.agent_view.AgentView`.

        Returns
        -------
        observations, rewards, terminateds, truncateds, infos : lists of dict
            One dict per copy, by agent.
        """
        last = self.session.last
        if last is None:
            raise FailedPreconditionError("No episode is running: call reset() first.")
        return self._decode(self.session.step(*self._view.encode(actions, last)))

    def render(self) -> tuple[str, ...]:
        """Draw all copies as text."""
        return tuple(self.session.render(copy=copy) for copy in range(self.num_envs))

    def close_extras(self, **_: Any) -> None:
        """End the session on the server."""
        self.session.close()

    def _decode(self, result: VectorStep) -> tuple[list[Any], ...]:
        return tuple(map(list, zip(*self._view.decode(result), strict=True)))


class HeronVectorEnvRunner(MultiAgentEnvRunner):
    """RLlib's MultiAgentEnvRunner whose copies share one call per step.

    Same episodes, connectors, callbacks and metrics, only faster::

        config.env_runners(env_runner_cls=HeronVectorEnvRunner, num_envs_per_env_runner=8)

    Only ``env_config`` counts; the class given to ``config.environment`` is not used.
    """

    def make_env(self) -> None:
        """Make the vector environment; RLlib calls it again after a failed step."""
        if self.env is not None:
            try:
                self.env.close()
            except HeronError as error:
                _logger.warning("The last environment could not be closed: %s", error)
        context = self.config.env_config
        if not isinstance(context, EnvContext):
            context = EnvContext(
                context,
                worker_index=self.worker_index,
                num_workers=self.config.num_env_runners,
                remote=self.config.remote_worker_envs,
            )
        self.env = HeronVectorMultiAgentEnv(context, self.config.num_envs_per_env_runner)
        self.num_envs = self.env.num_envs
        self._needs_initial_reset = True
        make_callback(
            "on_environment_created",
            callbacks_objects=self._callbacks,
            callbacks_functions=self.config.callbacks_on_environment_created,
            kwargs={
                "env_runner": self,
                "metrics_logger": self.metrics,
                "env": self.env,
                "env_context": context,
            },
        )
