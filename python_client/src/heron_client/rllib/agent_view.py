"""Between packed rows and the dictionaries of RLlib, with its rules about who appears when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from heron_client.errors import InvalidArgumentError
from heron_client.results import ALIVE, MUST_ACT, TERMINATED, TRUNCATED, VectorStep
from heron_client.rllib.env_config import EnvConfig, NormalizeActions
from heron_client.spaces import AnySpace, continuous_part, decode_observation, encode_action
from heron_client.spec import AgentSpec, EnvironmentSpec

Dicts: TypeAlias = tuple[
    dict[str, Any], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]
]
"""Observations, rewards, terminateds, truncateds and infos of one copy."""

_ENDED = TERMINATED | TRUNCATED


@dataclass(frozen=True)
class _Column:
    """One agent, prepared for the loop over copies."""

    spec: AgentSpec
    shown_action: AnySpace
    flat_observation: bool
    mask_in_observation: bool
    mask_in_info: bool
    box_shape: tuple[int, ...] | None


class AgentView:
    """How RLlib sees the agents of an environment.

    Parameters
    ----------
    spec : EnvironmentSpec
        The environment.
    config : EnvConfig
        ``normalize_actions`` and ``action_masks``.

    Attributes
    ----------
    agent_ids : list of str
        In the order of the spec.
    observation_spaces, action_spaces : dict
        As shown to RLlib, by agent.
    """

    def __init__(self, spec: EnvironmentSpec, config: EnvConfig) -> None:
        self.spec = spec
        self.agent_ids = [agent.id for agent in spec.agents]
        self.observation_spaces: dict[str, AnySpace] = {}
        self.action_spaces: dict[str, AnySpace] = {}
        self._columns: list[_Column] = []
        # Shown numbers become scale * number + shift, then are clipped to the box.
        self._scale = np.ones(spec.continuous_length, np.float32)
        self._shift = np.zeros(spec.continuous_length, np.float32)
        self._low = np.full(spec.continuous_length, -np.inf, np.float32)
        self._high = np.full(spec.continuous_length, np.inf, np.float32)
        for agent in spec.agents:
            self._add_action(agent, config.normalize_actions)
            self._add(agent, config)

    def _add_action(self, agent: AgentSpec, normalize: NormalizeActions) -> None:
        shown = agent.action_space
        if isinstance(shown, spaces.MultiBinary):
            # RLlib has no distribution for switches, but one for several choices of two.
            shown = spaces.MultiDiscrete([2] * int(np.prod(shown.shape)))
        box = continuous_part(agent.action_space)
        if box is not None and normalize != "off":
            bounded = bool(np.isfinite(box.low).all() and np.isfinite(box.high).all())
            if bounded or normalize == "clip":
                shown = _with_unit_box(agent.action_space, box)
                self._low[agent.continuous] = box.low.ravel()
                self._high[agent.continuous] = box.high.ravel()
            if bounded and normalize == "rescale":
                self._scale[agent.continuous] = (box.high - box.low).ravel() / 2
                self._shift[agent.continuous] = (box.high + box.low).ravel() / 2
        self.action_spaces[agent.id] = shown

    def _add(self, agent: AgentSpec, config: EnvConfig) -> None:
        seen, shown = agent.observation_space, self.action_spaces[agent.id]
        if config.one_hot and isinstance(seen, spaces.Box) and len(seen.shape) == 2:
            seen = spaces.Box(seen.low.ravel(), seen.high.ravel(), dtype=np.float32)
        flat = isinstance(seen, spaces.Box) and len(seen.shape) == 1
        masked = agent.has_action_mask and config.action_masks == "observation"
        if masked:
            length = agent.mask.stop - agent.mask.start
            mask_box = spaces.Box(0.0, 1.0, (length,), np.float32)
            seen = spaces.Dict({"action_mask": mask_box, "observations": seen})
        self.observation_spaces[agent.id] = seen
        in_info = agent.has_action_mask and not masked
        box_shape = shown.shape if isinstance(shown, spaces.Box) else None
        self._columns.append(_Column(agent, shown, flat, masked, in_info, box_shape))

    def encode(self, actions: Sequence[Mapping[str, Any]], last: VectorStep) -> tuple[bytes, bytes]:
        """Pack the actions of all copies, mapped to the agents' boxes.

        Parameters
        ----------
        actions : sequence of dict
            By agent, one dict per copy. Those of agents that need not act are ignored.
        last : VectorStep
            Says who must act.

        Returns
        -------
        continuous, discrete : bytes
            Blocks of a step.

        Raises
        ------
        InvalidArgumentError
            A missing action, unknown agent, wrong shape or type, not finite, or no such category.
        """
        copies = len(actions)
        continuous = np.zeros((copies, self.spec.continuous_length), np.float32)
        discrete = np.zeros((copies, self.spec.discrete_length), np.int32)
        flags: list[list[int]] = last.agent_flags.tolist()
        float32 = np.dtype(np.float32)
        for copy, (of_copy, copy_flags) in enumerate(zip(actions, flags, strict=True)):
            for column in self._columns:
                agent = column.spec
                if not copy_flags[agent.index] & MUST_ACT:
                    continue
                action: Any = of_copy.get(agent.id)
                if action is None:
                    self._refuse_missing(agent, of_copy)
                # What RLlib sends nearly always needs no closer look; finite: see below.
                if isinstance(action, np.ndarray):
                    array = cast("NDArray[Any]", action)
                    if array.dtype == float32 and array.shape == column.box_shape:
                        continuous[copy, agent.continuous] = array.ravel()
                        continue
                self._encode_one(column, action, continuous[copy], discrete[copy])
        if not np.isfinite(continuous).all():
            self._refuse_infinite(continuous)
        np.multiply(continuous, self._scale, out=continuous)
        np.add(continuous, self._shift, out=continuous)
        np.clip(continuous, self._low, self._high, out=continuous)
        return continuous.tobytes(), discrete.tobytes()

    @staticmethod
    def _encode_one(
        column: _Column, action: Any, continuous: NDArray[np.float32], discrete: NDArray[np.int32]
    ) -> None:
        agent = column.spec
        floats, heads = continuous[agent.continuous], discrete[agent.discrete]
        encode_action(agent.id, column.shown_action, action, floats, heads)

    def _refuse_infinite(self, continuous: NDArray[np.float32]) -> None:
        heads = np.zeros(self.spec.discrete_length, np.int32)
        for row in continuous:
            for column in self._columns:
                if column.box_shape is not None:
                    numbers = row[column.spec.continuous].reshape(column.box_shape)
                    self._encode_one(column, numbers, row.copy(), heads)

    def _refuse_missing(self, agent: AgentSpec, given: Mapping[str, Any]) -> None:
        for name in given:
            self.spec.agent(name)
        raise InvalidArgumentError(
            f"No action of agent {agent.id!r}, which must act in this step; its space is "
            f"{self.action_spaces[agent.id]}.",
            self.spec.env_id,
        )

    def decode(self, result: VectorStep) -> list[Dicts]:
        """Return RLlib's dictionaries of all copies.

        Only agents that must act, or that ended in this step, have an observation. Agents that
        wait for their turn have their reward only, which RLlib credits to their last action.
        Nothing is said of agents that ended before. ``__all__`` is always there.
        """
        observations = result.observations.copy()
        masks = result.action_masks.astype(np.float32) if self.spec.mask_length else None
        flags: list[list[int]] = result.agent_flags.tolist()
        rewards: list[list[float]] = result.rewards.tolist()
        metrics: list[list[float]] = result.metrics.tolist()
        rows = zip(flags, rewards, metrics, strict=True)
        return [
            self._decode_copy(observations[i], masks[i] if masks is not None else None, *row)
            for i, row in enumerate(rows)
        ]

    def _decode_copy(
        self,
        row: NDArray[np.float32],
        masks: NDArray[np.float32] | None,
        flags: list[int],
        reward_row: list[float],
        metric_row: list[float],
    ) -> Dicts:
        observations: dict[str, Any] = {}
        rewards: dict[str, float] = {}
        terminateds: dict[str, bool] = {}
        truncateds: dict[str, bool] = {}
        infos: dict[str, dict[str, Any]] = {}
        metrics = dict(zip(self.spec.metric_names, metric_row, strict=True))
        over = True
        for column in self._columns:
            agent = column.spec
            flag = flags[agent.index]
            if not flag & (ALIVE | _ENDED):
                continue
            if flag & ALIVE:
                over = False
            rewards[agent.id] = reward_row[agent.index]
            if not flag & (MUST_ACT | _ENDED):
                continue
            numbers = row[agent.observations]
            observation = (
                numbers
                if column.flat_observation
                else decode_observation(agent.observation_space, numbers)
            )
            info: dict[str, Any] = dict(metrics)
            if masks is not None and column.mask_in_observation:
                observation = {"action_mask": masks[agent.mask], "observations": observation}
            elif masks is not None and column.mask_in_info:
                info["action_mask"] = masks[agent.mask].astype(np.int8)
            observations[agent.id] = observation
            infos[agent.id] = info
            if flag & TERMINATED:
                terminateds[agent.id] = True
            elif flag & TRUNCATED:
                truncateds[agent.id] = True
        cut = over and bool(truncateds)
        if cut:
            # RLlib takes an episode whose agents have all ended one by one for terminated, and
            # would not bootstrap. Only the common flag says that it was cut off.
            truncateds = {}
        terminateds["__all__"] = over and not cut
        truncateds["__all__"] = cut
        return observations, rewards, terminateds, truncateds, infos


def _with_unit_box(space: AnySpace, box: spaces.Box) -> AnySpace:
    unit = spaces.Box(-1.0, 1.0, box.shape, np.float32)
    return spaces.Dict({"c": unit, "d": space["d"]}) if isinstance(space, spaces.Dict) else unit
