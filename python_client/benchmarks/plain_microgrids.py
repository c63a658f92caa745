"""SimpleMicrogrids-v0 in plain Python, in process: what a user without a server would write."""

from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium.spaces import Box
from ray.rllib.env.multi_agent_env import MultiAgentEnv

LOADS = (3.0, 4.0, 2.5)
"""MW."""


class PlainMicrogrids(MultiAgentEnv):
    """Three microgrids with a battery and a generator each; actions in [-1, 1], rescaled."""

    def __init__(self, config: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.possible_agents = [f"mg_{i}_{kind}" for i in range(3) for kind in ("bat", "gen")]
        self.agents = list(self.possible_agents)
        seen, act = Box(-np.inf, np.inf, (2,), np.float32), Box(-1.0, 1.0, (1,), np.float32)
        self.observation_spaces = dict.fromkeys(self.possible_agents, seen)
        self.action_spaces = dict.fromkeys(self.possible_agents, act)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> Any:
        """Start an episode."""
        self._soc, self._power, self._t = [0.5] * 3, [0.0] * 3, 0
        return self._observe(), {}

    def step(self, action_dict: dict[str, Any]) -> Any:
        """Advance by one hour."""
        self._t += 1
        cost = safety = 0.0
        for i in range(3):
            charge = float(action_dict[f"mg_{i}_bat"][0])
            soc = min(0.9, max(0.1, self._soc[i] + charge * 0.25))
            share = min(1.0, max(0.0, (float(action_dict[f"mg_{i}_gen"][0]) + 1) / 2))
            self._soc[i], self._power[i] = soc, share * 5.0
            cost += 50.0 * self._power[i]
            safety += max(0.0, 0.2 - soc) + max(0.0, soc - 0.8)
        frequency = 60.0 + 0.01 * (sum(self._power) - sum(LOADS))
        reward = -(cost + 10.0 * safety) / 6
        metrics = {"cost": cost, "safety": safety, "frequency_hz": frequency}
        infos = {agent: dict(metrics) for agent in self.possible_agents}
        rewards = dict.fromkeys(self.possible_agents, reward)
        return self._observe(), rewards, {"__all__": False}, {"__all__": self._t >= 48}, infos

    def _observe(self) -> dict[str, Any]:
        observations = {}
        for i, load in enumerate(LOADS):
            first, second = self._soc[i], self._power[i] / 5.0
            observations[f"mg_{i}_bat"] = np.array([first, load / 10], np.float32)
            observations[f"mg_{i}_gen"] = np.array([second, load / 10], np.float32)
        return observations
