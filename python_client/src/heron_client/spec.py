"""What is fixed about an environment: agents, spaces, metrics and the layout of packed rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from google.protobuf import json_format
from google.protobuf.struct_pb2 import Struct

from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.errors import InvalidArgumentError
from heron_client.spaces import AnySpace, continuous_length, head_sizes, space_from_proto


@dataclass(frozen=True)
class AgentSpec:
    """One agent of an environment, and its place in the packed rows.

    Attributes
    ----------
    id, level, parent_id : str
        Name; ``"field"``, ``"coordinator"`` or ``"system"``; agent above (empty for the root).
    index : int
        Column in rewards and flags.
    observation_space, action_space : gymnasium.Space
        What it sees and does.
    observation_labels, action_labels : tuple of str
        Name and unit of each number; empty when the environment does not say.
    observations, continuous, discrete, mask : slice
        Columns of its numbers in observations, continuous actions, discrete actions and masks.
    """

    id: str
    level: str
    parent_id: str
    index: int
    observation_space: AnySpace
    action_space: AnySpace
    observation_labels: tuple[str, ...]
    action_labels: tuple[str, ...]
    observations: slice
    continuous: slice
    discrete: slice
    mask: slice

    @property
    def has_action_mask(self) -> bool:
        """Whether the environment says which of its categories are allowed."""
        return self.mask.stop > self.mask.start


@dataclass(frozen=True)
class EnvironmentSpec:
    """An environment with resolved parameters.

    Attributes
    ----------
    env_id : str
        Public name with version.
    agents : tuple of AgentSpec
        In the order of every packed block.
    metric_names : tuple of str
        In the order of packed blocks.
    max_episode_steps : int or None
        Steps after which every agent is truncated.
    step_seconds : float or None
        Simulated seconds per step.
    render_modes : tuple of str
        Modes of ``render``.
    parameters : dict
        All parameters with the values in force.
    observation_length, continuous_length, discrete_length, mask_length : int
        Numbers per copy in the packed blocks.
    """

    env_id: str
    agents: tuple[AgentSpec, ...]
    metric_names: tuple[str, ...]
    max_episode_steps: int | None
    step_seconds: float | None
    render_modes: tuple[str, ...]
    parameters: dict[str, Any]
    observation_length: int
    continuous_length: int
    discrete_length: int
    mask_length: int

    def agent(self, agent_id: str) -> AgentSpec:
        """Return an agent by name.

        Raises
        ------
        InvalidArgumentError
            There is none; the message lists the names.
        """
        for agent in self.agents:
            if agent.id == agent_id:
                return agent
        raise InvalidArgumentError(
            f"No agent {agent_id!r} in {self.env_id}; its agents are "
            f"{', '.join(agent.id for agent in self.agents)}.",
            self.env_id,
        )


@dataclass(frozen=True)
class ParameterInfo:
    """One parameter of an environment; bounds are None and choices empty where there are none."""

    name: str
    type: str
    default: Any
    unit: str
    minimum: float | None
    maximum: float | None
    choices: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class EnvironmentCard:
    """What a user wants to know about an environment before using it."""

    description: str
    parameters: tuple[ParameterInfo, ...]
    spec: EnvironmentSpec
    version_history: tuple[str, ...]


def spec_from_proto(message: pb.EnvironmentSpec) -> EnvironmentSpec:
    """Read a spec and lay out the rows."""
    agents: list[AgentSpec] = []
    # Ends of the last agent's columns: observations, continuous, discrete, mask.
    ends = [0, 0, 0, 0]
    for index, agent in enumerate(message.agents):
        observation = space_from_proto(agent.observation_space)
        action = space_from_proto(agent.action_space)
        heads = head_sizes(action)
        lengths = (
            continuous_length(observation) + len(head_sizes(observation)),
            continuous_length(action),
            len(heads),
            sum(heads) if agent.has_action_mask else 0,
        )
        starts = ends
        ends = [start + length for start, length in zip(starts, lengths, strict=True)]
        columns = [slice(*pair) for pair in zip(starts, ends, strict=True)]
        labels = tuple(agent.observation_labels), tuple(agent.action_labels)
        agents.append(
            AgentSpec(
                agent.id,
                agent.level,
                agent.parent_id,
                index,
                observation,
                action,
                *labels,
                *columns,
            )
        )
    limit, seconds = message.max_episode_steps, message.step_seconds
    return EnvironmentSpec(
        env_id=message.env_id,
        agents=tuple(agents),
        metric_names=tuple(message.metric_names),
        max_episode_steps=limit if message.HasField("max_episode_steps") else None,
        step_seconds=seconds if message.HasField("step_seconds") else None,
        render_modes=tuple(message.render_modes),
        parameters=json_format.MessageToDict(message.parameters),
        observation_length=message.observation_length,
        continuous_length=message.continuous_length,
        discrete_length=message.discrete_length,
        mask_length=message.mask_length,
    )


def card_from_proto(message: pb.GetEnvironmentResponse) -> EnvironmentCard:
    """Read an environment's card."""
    parameters = tuple(
        ParameterInfo(
            name=entry.name,
            type=entry.type,
            default=json_format.MessageToDict(entry.default_value),
            unit=entry.unit,
            minimum=entry.minimum if entry.HasField("minimum") else None,
            maximum=entry.maximum if entry.HasField("maximum") else None,
            choices=tuple(entry.choices),
            summary=entry.summary,
        )
        for entry in message.parameters
    )
    spec = spec_from_proto(message.spec)
    return EnvironmentCard(message.description, parameters, spec, tuple(message.version_history))


_MAX_DEPTH = 20
"""Levels of lists and dicts in a parameter: protobuf reads no message nested in more than 100."""


def to_struct(parameters: Mapping[str, object]) -> Struct:
    """Turn parameters into the message that carries them.

    Raises
    ------
    InvalidArgumentError
        A value is no bool, number, text, list or dict of these, or lists and dicts are nested too
        deeply for a message.
    """
    struct = Struct()
    for name, value in parameters.items():
        plain: Any = _plain(name, value)
        try:
            struct.update({name: plain})
        except (TypeError, ValueError):
            raise InvalidArgumentError(
                f"Parameter {name!r} is {value!r}; parameters are bool, numbers, text, "
                "or lists and dicts of these."
            ) from None
    return struct


def _plain(name: str, value: object, depth: int = 0) -> object:
    """Turn numpy values, tuples and mappings into what a Struct holds."""
    if depth > _MAX_DEPTH:
        raise InvalidArgumentError(
            f"Parameter {name!r} has lists and dicts nested deeper than {_MAX_DEPTH} levels."
        )
    if isinstance(value, (np.generic, np.ndarray)):
        return cast("Any", value).tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(name, entry, depth + 1) for entry in cast("Sequence[object]", value)]
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, object]", value)
        return {key: _plain(name, entry, depth + 1) for key, entry in entries.items()}
    return value
