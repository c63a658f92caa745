"""What a driven episode asks and tells its client, with agents by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.errors import FailedPreconditionError, InvalidArgumentError
from heron_client.results import TERMINATED, TRUNCATED
from heron_client.spaces import decode_observation, encode_action, mask_for_sample
from heron_client.spec import AgentSpec, EnvironmentSpec


@dataclass(frozen=True)
class AgentEnd:
    """How an agent's episode ended.

    Attributes
    ----------
    observation : value of the agent's observation space
        Its last one.
    reward : float
        Sum of its rewards since it was last asked.
    terminated, truncated : bool
        Ended by the rules of the task, or cut off.
    """

    observation: Any
    reward: float
    terminated: bool
    truncated: bool


@dataclass
class ActionRequest:
    """Agents that are due at one instant; simulated time waits for :meth:`answer`.

    Attributes
    ----------
    number : int
        Counts the requests of the episode, from 1.
    time_seconds : float
        Simulated time since the start of the episode; 0 for an environment without a clock.
    steps : int
        Steps so far; event-driven: runs of the physics by its clock.
    agents : tuple of str
        The due agents.
    observations : dict
        By due agent: a value of its observation space.
    action_masks : dict
        By due agent that has one, as ``action_space.sample(mask)`` takes it.
    rewards : dict of float
        By due agent: sum of its rewards since it was last asked, or since the start.
    observed_at_seconds : dict of float
        By due agent: simulated time of the state that its observation shows.
    metrics : dict of float
        The environment's, of the last step or run of the physics.
    ended : dict of AgentEnd
        Agents whose episode has ended since the last request.
    """

    number: int
    time_seconds: float
    steps: int
    agents: tuple[str, ...]
    observations: dict[str, Any]
    action_masks: dict[str, Any]
    rewards: dict[str, float]
    observed_at_seconds: dict[str, float]
    metrics: dict[str, float]
    ended: dict[str, AgentEnd]
    _waiting: dict[str, AgentSpec] = field(repr=False)
    _send: Callable[[object], None] = field(repr=False)
    _answered: bool = field(default=False, repr=False)

    def answer(self, actions: Mapping[str, Any]) -> None:
        """Act, and let simulated time go on.

        Parameters
        ----------
        actions : mapping
            By agent, for every due agent that was not logged: a value of its action space, or None
            to decline. The action in force of an agent that declines stays.

        Raises
        ------
        InvalidArgumentError
            An agent is missing, or not due; or an action has the wrong shape or type, is not finite
            or no such category. Nothing was sent.
        FailedPreconditionError
            It is answered already.
        """
        self._check(actions)
        for agent_id, agent in self._waiting.items():
            if agent_id not in actions:
                raise InvalidArgumentError(
                    f"No action of agent {agent_id!r}, which is due; its space is "
                    f"{agent.action_space}. None declines."
                )
        acting = [agent for name, agent in self._waiting.items() if actions[name] is not None]
        declined = [agent.index for name, agent in self._waiting.items() if actions[name] is None]
        continuous, discrete = _pack(acting, actions)
        reply = pb.DriveActions(
            number=self.number, continuous=continuous, discrete=discrete, declined=declined
        )
        self._answered = True
        self._send(pb.DriveEpisodesRequest(actions=reply))

    def log(self, actions: Mapping[str, Any]) -> None:
        """Give actions that do not come from the policy; they are carried out and counted.

        Parameters
        ----------
        actions : mapping
            By due agent: a value of its action space. :meth:`answer` then leaves these agents out;
            when all are logged it need not be called.

        Raises
        ------
        InvalidArgumentError, FailedPreconditionError
            As :meth:`answer`.
        """
        self._check(actions)
        agents = [self._waiting[agent_id] for agent_id in actions]
        continuous, discrete = _pack(agents, actions)
        indices = [agent.index for agent in agents]
        reply = pb.LogAction(
            number=self.number, agents=indices, continuous=continuous, discrete=discrete
        )
        for agent_id in actions:
            del self._waiting[agent_id]
        self._send(pb.DriveEpisodesRequest(log_action=reply))

    def ensure_answered(self) -> None:
        """See that the episode may go on; answers when all due agents are logged.

        Raises
        ------
        FailedPreconditionError
            Agents wait for their actions.
        """
        if not self._answered and self._waiting:
            raise FailedPreconditionError(
                f"Request {self.number} is not answered: call answer() with actions for "
                f"{', '.join(self._waiting)}, or stop() of the drive."
            )
        if not self._answered:
            self.answer({})

    def _check(self, actions: Mapping[str, Any]) -> None:
        if self._answered:
            raise FailedPreconditionError(f"Request {self.number} is answered already.")
        for agent_id in actions:
            if agent_id not in self._waiting:
                raise InvalidArgumentError(
                    f"Action for agent {agent_id!r}, which request {self.number} does not wait for;"
                    f" it waits for {', '.join(self._waiting) or 'nobody'}."
                )


def _pack(agents: Sequence[AgentSpec], actions: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """Return the continuous and the discrete block of some agents' actions."""
    floats: list[bytes] = []
    ints: list[bytes] = []
    for agent in agents:
        continuous = np.zeros(agent.continuous.stop - agent.continuous.start, "<f4")
        discrete = np.zeros(agent.discrete.stop - agent.discrete.start, "<i4")
        encode_action(agent.id, agent.action_space, actions[agent.id], continuous, discrete)
        floats.append(continuous.tobytes())
        ints.append(discrete.tobytes())
    return b"".join(floats), b"".join(ints)


def read_request(
    parts: Sequence[pb.ActionRequest],
    ended: dict[str, AgentEnd],
    spec: EnvironmentSpec,
    send: Callable[[object], None],
) -> ActionRequest:
    """Put the messages of one request together.

    Parameters
    ----------
    parts : sequence of ActionRequest
        In order, up to the last.
    ended : dict of AgentEnd
        What was told right before it.
    spec : EnvironmentSpec
        Names and spaces of the agents.
    send : callable
        Takes the messages of the answer.
    """
    last = parts[-1]
    agents = [spec.agents[index] for part in parts for index in part.agents]
    names = tuple(agent.id for agent in agents)
    observations = b"".join(part.observations for part in parts)
    rewards = np.frombuffer(b"".join(part.rewards for part in parts), "<f4")
    times = np.frombuffer(b"".join(part.observed_at_seconds for part in parts), "<f8")
    metrics = np.frombuffer(last.metrics, "<f4")
    return ActionRequest(
        number=last.number,
        time_seconds=last.time_seconds,
        steps=last.steps,
        agents=names,
        observations=_observations(agents, observations),
        action_masks=_masks(agents, b"".join(part.action_masks for part in parts)),
        rewards=dict(zip(names, rewards.tolist(), strict=True)),
        observed_at_seconds=dict(zip(names, times.tolist(), strict=True)),
        metrics=dict(zip(spec.metric_names, metrics.tolist(), strict=True)),
        ended=ended,
        _waiting=dict(zip(names, agents, strict=True)),
        _send=send,
    )


def read_ends(message: pb.AgentsEnded, spec: EnvironmentSpec) -> dict[str, AgentEnd]:
    """Read how agents' episodes ended, by agent."""
    agents = [spec.agents[index] for index in message.agents]
    observations = _observations(agents, message.observations)
    rewards: list[float] = np.frombuffer(message.rewards, "<f4").tolist()
    return {
        agent.id: AgentEnd(
            observations[agent.id], reward, bool(flag & TERMINATED), bool(flag & TRUNCATED)
        )
        for agent, reward, flag in zip(agents, rewards, message.flags, strict=True)
    }


def _observations(agents: Sequence[AgentSpec], block: bytes) -> dict[str, Any]:
    # A writable copy: users normalise observations in place.
    numbers, used = np.frombuffer(block, "<f4").copy(), 0
    observations: dict[str, Any] = {}
    for agent in agents:
        length = agent.observations.stop - agent.observations.start
        row = numbers[used : used + length]
        observations[agent.id] = decode_observation(agent.observation_space, row)
        used += length
    return observations


def _masks(agents: Sequence[AgentSpec], block: bytes) -> dict[str, Any]:
    flags, used = np.frombuffer(block, np.uint8).astype(np.int8), 0
    masks: dict[str, Any] = {}
    for agent in agents:
        length = agent.mask.stop - agent.mask.start
        if length:
            masks[agent.id] = mask_for_sample(agent.action_space, flags[used : used + length])
            used += length
    return masks
