# pyright: basic, reportArgumentType=false, reportAttributeAccessIssue=false
# (RLlib ships partial types; what matters here is typed where it is defined.)
"""RLlib's MultiAgentEnv on a server: one call per step, for any algorithm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gymnasium import spaces

from heron_client.errors import FailedPreconditionError
from heron_client.rllib._ray import MultiAgentEnv
from heron_client.rllib.agent_view import AgentView, Dicts
from heron_client.rllib.env_config import EnvConfig, mixed_seed


class HeronAgents(MultiAgentEnv):
    """The agents and spaces of an environment as RLlib asks for them.

    Parameters
    ----------
    view : AgentView
        What to show.
    """

    def __init__(self, view: AgentView) -> None:
        super().__init__()
        self.possible_agents = list(view.agent_ids)
        self.agents = list(view.agent_ids)
        self.observation_spaces = dict(view.observation_spaces)
        self.action_spaces = dict(view.action_spaces)
        self.observation_space = spaces.Dict(self.observation_spaces)
        self.action_space = spaces.Dict(self.action_spaces)


class HeronMultiAgentEnv(HeronAgents):
    """An environment on a server as RLlib's MultiAgentEnv.

    Use it by class: ``config.environment(HeronMultiAgentEnv, env_config={...},
    disable_env_checking=True)``. Every agent's info holds the environment's metrics.

    Parameters
    ----------
    config : EnvContext or dict
        See :class:`~heron_client.rllib.EnvConfig` for the keys.

    Raises
    ------
    InvalidArgumentError
        A wrong key, or a wrong parameter of the environment.
    NotFoundError
        No such environment.
    UnavailableError
        No server answers.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        settings = EnvConfig.of(config)
        self._runner = int(getattr(config, "worker_index", 0))
        self._copy = _count_copy(config)
        self.session = settings.session(self._runner, 1, "disabled")
        self._view = AgentView(self.session.spec, settings)
        super().__init__(self._view)
        self.metadata = {"render_modes": list(self.session.spec.render_modes)}
        self.render_mode = next(iter(self.session.spec.render_modes), None)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Start an episode; None as the seed follows on from the last episode."""
        if seed is not None:
            seed = mixed_seed(seed, self._runner, self._copy)
        observations, *_, infos = self._decode(self.session.reset(seed=seed))
        return observations, infos

    def step(self, action_dict: Mapping[str, Any]) -> Dicts:
        """Advance by one step; agents whose observation was returned last must act.

        Raises
        ------
        InvalidArgumentError
            A wrong or missing action; nothing was sent.
        """
        last = self.session.last
        if last is None:
            raise FailedPreconditionError("No episode is running: call reset() first.")
        return self._decode(self.session.step(*self._view.encode([action_dict], last)))

    def render(self) -> str:
        """Draw the environment as text."""
        return self.session.render()

    def close(self) -> None:
        """End the session on the server. Closing twice is fine."""
        self.session.close()

    def _decode(self, result: Any) -> Dicts:
        self.agents = [
            agent
            for agent, alive in zip(self.possible_agents, result.alive[0], strict=True)
            if alive
        ]
        return self._view.decode(result)[0]


def _count_copy(config: Any) -> int:
    """Count the environments of one runner: RLlib hands the same context object to all."""
    number = getattr(config, "heron_copies", 0)
    if hasattr(config, "worker_index"):
        config.heron_copies = number + 1
    return number
