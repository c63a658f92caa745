"""What an episode that the server carried out was like."""

from __future__ import annotations

from dataclasses import dataclass

from heron_client._generated import event_driven_pb2 as events


@dataclass(frozen=True)
class AgentSummary:
    """An episode for one agent.

    Attributes
    ----------
    episode_return : float
        Sum of its rewards.
    terminated, truncated : bool
        Ended by the rules of the task, or cut off.
    ticks, observations, decisions, effects : int
        Times that it woke up, observed, decided and that a decision took effect; 0 step by step.
    mean_staleness_seconds, max_staleness_seconds : float
        Simulated time from the state observed to the effect of the decision on it; 0 step by step.
    """

    episode_return: float
    terminated: bool
    truncated: bool
    ticks: int
    observations: int
    decisions: int
    effects: int
    mean_staleness_seconds: float
    max_staleness_seconds: float


@dataclass(frozen=True)
class EventCounts:
    """What happened in an event-driven episode.

    Attributes
    ----------
    events : int
        All events.
    events_by_kind, messages_by_kind : dict of str to int
        By name, for example ``"agent_tick"``; those that did not happen are left out.
    observations, effects : int
        Observations that reached agents, and decisions that took effect.
    state_updates : int
        Times that others learned of a state.
    physics_runs, extra_physics_runs : int
        By the clock of the physics, and after disturbances.
    disturbances, custom_events : int
        How many there were.
    diagnostics : tuple of str
        What is probably not meant, in words.
    """

    events: int
    events_by_kind: dict[str, int]
    messages_by_kind: dict[str, int]
    observations: int
    effects: int
    state_updates: int
    physics_runs: int
    extra_physics_runs: int
    disturbances: int
    custom_events: int
    diagnostics: tuple[str, ...]


@dataclass(frozen=True)
class EpisodeSummary:
    """An episode in numbers.

    Attributes
    ----------
    episode_seed : int
        Repeats the episode.
    end_reason : str
        ``"terminated"``, ``"truncated"``, ``"max_steps"``, ``"time_limit"``, ``"max_events"``,
        ``"max_sim_time"``, ``"queue_empty"`` or ``"stopped"``.
    end_seconds : float
        Simulated time reached.
    steps : int
        Environment steps; event-driven: runs of the physics by its clock.
    total_return : float
        Sum of the rewards of all agents.
    agents : dict of str to AgentSummary
        In the order of the environment.
    metrics, metric_means : dict of str to float
        Of the last step, and the mean over all steps.
    events : EventCounts or None
        None step by step.
    """

    episode_seed: int
    end_reason: str
    end_seconds: float
    steps: int
    total_return: float
    agents: dict[str, AgentSummary]
    metrics: dict[str, float]
    metric_means: dict[str, float]
    events: EventCounts | None


def summary_from_proto(message: events.EpisodeSummary) -> EpisodeSummary:
    """Read the message of the contract."""
    reason = events.EndReason.Name(message.end_reason)
    return EpisodeSummary(
        episode_seed=message.episode_seed,
        end_reason=reason.removeprefix("END_REASON_").lower(),
        end_seconds=message.end_seconds,
        steps=message.steps,
        total_return=message.total_return,
        agents={
            agent.agent_id: AgentSummary(
                **{name: getattr(agent, name) for name in AgentSummary.__dataclass_fields__}
            )
            for agent in message.agents
        },
        metrics=dict(message.metrics),
        metric_means=dict(message.metric_means),
        events=_counts(message.events) if message.HasField("events") else None,
    )


def _counts(message: events.EventCounts) -> EventCounts:
    return EventCounts(
        events=message.events,
        events_by_kind=dict(message.events_by_kind),
        messages_by_kind=dict(message.messages_by_kind),
        observations=message.observations,
        effects=message.effects,
        state_updates=message.state_updates,
        physics_runs=message.physics_runs,
        extra_physics_runs=message.extra_physics_runs,
        disturbances=message.disturbances,
        custom_events=message.custom_events,
        diagnostics=tuple(message.diagnostics),
    )
