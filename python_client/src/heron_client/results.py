"""Results of packed resets and steps: arrays over all copies and agents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.spec import EnvironmentSpec

ALIVE = 1
"""Agent flag: in the episode after this step."""
OBSERVED = 2
"""Agent flag: its observation is new."""
MUST_ACT = 4
"""Agent flag: the next step needs an action of it."""
TERMINATED = 8
"""Agent flag: ended in this step by the rules of the task; do not bootstrap."""
TRUNCATED = 16
"""Agent flag: cut off in this step; bootstrap from its last observation."""

ENDED = 1
"""Copy flag: the episode ended in this step."""
WAS_RESET = 2
"""Copy flag: reset in this call, so its observations are the first of an episode."""


@dataclass(frozen=True, slots=True)
class VectorStep:
    """What a reset or a step says about all copies and agents.

    n is the number of copies, A that of agents; :class:`~heron_client.EnvironmentSpec` lays out
    the columns. Arrays are read-only and stay valid: a later step writes into others.

    Attributes
    ----------
    observations : array of float32, shape (n, observation_length)
        An agent that is not observed keeps its last numbers.
    rewards : array of float32, shape (n, A)
        Rewards of this step; 0 after a reset.
    agent_flags : array of uint8, shape (n, A)
        Sum of ALIVE, OBSERVED, MUST_ACT, TERMINATED and TRUNCATED.
    env_flags : array of uint8, shape (n,)
        Sum of ENDED and WAS_RESET.
    action_masks : array of uint8, shape (n, mask_length)
        1 = allowed.
    metrics : array of float32, shape (n, number of metrics)
        The environment's own measurements.
    episode_seeds : array of uint32, shape (n,), or None
        Seeds of the running or just ended episodes; None when this call reset no copy.
    final_observations, final_agent_flags, final_metrics : array or None
        With autoreset mode ``"same_step"`` and an episode that ended here: as the old episode left
        them, while the fields above are the new one's. Rows of other copies mean nothing.
    state_digests : array of uint32, shape (n,), or None
        Hash of each copy's state, when asked for.
    session_lost : bool
        True when the server lost the session and ``on_session_lost="truncate"`` ended its episodes.
    """

    observations: NDArray[np.float32]
    rewards: NDArray[np.float32]
    agent_flags: NDArray[np.uint8]
    env_flags: NDArray[np.uint8]
    action_masks: NDArray[np.uint8]
    metrics: NDArray[np.float32]
    episode_seeds: NDArray[np.uint32] | None = None
    final_observations: NDArray[np.float32] | None = None
    final_agent_flags: NDArray[np.uint8] | None = None
    final_metrics: NDArray[np.float32] | None = None
    state_digests: NDArray[np.uint32] | None = None
    session_lost: bool = False

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Agents in the episode, shape (n, A)."""
        return (self.agent_flags & ALIVE) != 0

    @property
    def must_act(self) -> NDArray[np.bool_]:
        """Agents whose action the next step needs, shape (n, A)."""
        return (self.agent_flags & MUST_ACT) != 0

    @property
    def terminated(self) -> NDArray[np.bool_]:
        """Agents that ended in this step by the rules of the task, shape (n, A)."""
        return (self.agent_flags & TERMINATED) != 0

    @property
    def truncated(self) -> NDArray[np.bool_]:
        """Agents that were cut off in this step, shape (n, A)."""
        return (self.agent_flags & TRUNCATED) != 0

    @property
    def ended(self) -> NDArray[np.bool_]:
        """Copies whose episode ended in this step, shape (n,)."""
        return (self.env_flags & ENDED) != 0

    @property
    def was_reset(self) -> NDArray[np.bool_]:
        """Copies that were reset in this call, shape (n,)."""
        return (self.env_flags & WAS_RESET) != 0


def from_chunks(chunks: Sequence[pb.PackedResult], spec: EnvironmentSpec, count: int) -> VectorStep:
    """Put the messages of one result together; a single one is viewed without a copy.

    Parameters
    ----------
    chunks : sequence of PackedResult
        In order; together they cover all copies.
    spec : EnvironmentSpec
        Row lengths.
    count : int
        Copies of the session.
    """
    agents, metrics = len(spec.agents), len(spec.metric_names)
    if len(chunks) == 1:
        # The usual case, written out because it is what a step costs here.
        chunk = chunks[0]
        seeds, finals, digests = chunk.episode_seeds, chunk.final_observations, chunk.state_digests
        return VectorStep(
            np.frombuffer(chunk.observations, "<f4").reshape(count, -1),
            np.frombuffer(chunk.rewards, "<f4").reshape(count, agents),
            np.frombuffer(chunk.agent_flags, np.uint8).reshape(count, agents),
            np.frombuffer(chunk.env_flags, np.uint8),
            np.frombuffer(chunk.action_masks, np.uint8).reshape(count, spec.mask_length),
            np.frombuffer(chunk.metrics, "<f4").reshape(count, metrics),
            np.frombuffer(seeds, "<u4") if seeds else None,
            np.frombuffer(finals, "<f4").reshape(count, -1) if finals else None,
            np.frombuffer(chunk.final_agent_flags, np.uint8).reshape(count, -1) if finals else None,
            np.frombuffer(chunk.final_metrics, "<f4").reshape(count, metrics) if finals else None,
            np.frombuffer(digests, "<u4") if digests else None,
        )

    def optional(field: str, dtype: Any, *row: int) -> NDArray[Any] | None:
        parts: list[bytes] = [getattr(chunk, field) for chunk in chunks]
        if not any(parts):
            return None
        whole = np.zeros((count, *row), dtype)
        for chunk, part in zip(chunks, parts, strict=True):
            if part:
                rows = slice(chunk.first_env, chunk.first_env + chunk.env_count)
                whole[rows] = np.frombuffer(part, dtype).reshape(-1, *row)
        whole.setflags(write=False)
        return whole

    def block(field: str, dtype: Any, *row: int) -> NDArray[Any]:
        whole = optional(field, dtype, *row)
        return np.zeros((count, *row), dtype) if whole is None else whole

    return VectorStep(
        observations=block("observations", "<f4", spec.observation_length),
        rewards=block("rewards", "<f4", agents),
        agent_flags=block("agent_flags", np.uint8, agents),
        env_flags=block("env_flags", np.uint8),
        action_masks=block("action_masks", np.uint8, spec.mask_length),
        metrics=block("metrics", "<f4", metrics),
        episode_seeds=optional("episode_seeds", "<u4"),
        final_observations=optional("final_observations", "<f4", spec.observation_length),
        final_agent_flags=optional("final_agent_flags", np.uint8, agents),
        final_metrics=optional("final_metrics", "<f4", metrics),
        state_digests=optional("state_digests", "<u4"),
    )
