"""How event-driven episodes are carried out: which delays count, and what disturbs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from heron_client._generated import event_driven_pb2 as events
from heron_client.errors import InvalidArgumentError
from heron_client.fields import fill
from heron_client.session import SessionOptions
from heron_client.spec import to_struct
from heron_client.vector_env import check_seed

TimingPart: TypeAlias = Literal[
    "tick_intervals", "observation_delays", "action_delays", "message_delays", "jitter"
]
"""A part of the agents' own schedules."""

Jitter: TypeAlias = Literal["none", "uniform", "gaussian"]
"""How intervals and delays vary."""

TIMING_PARTS: tuple[TimingPart, ...] = get_args(TimingPart)
"""All parts; an episode without any runs like step mode."""


@dataclass(frozen=True)
class ScheduleChange:
    """Changes to the schedules of some agents; what is None stays as it is.

    Attributes
    ----------
    agents : str
        An agent id, or a pattern with ``*`` and ``?``; default all agents.
    tick_interval : float or None
        Simulated seconds between two ticks, more than 0.
    observation_delay, action_delay, message_delay : float or None
        Simulated seconds, 0 or more: from a tick to its observation, from a decision to its
        effect, of every message.
    min_delay : float or None
        Least delay with jitter, in simulated seconds.
    jitter : {"none", "uniform", "gaussian"} or None
        How all of these vary.
    jitter_ratio : float or None
        Share of the base value, 0 or more: half the width of a uniform jitter, the standard
        deviation of a gaussian one.
    """

    agents: str = "*"
    tick_interval: float | None = None
    observation_delay: float | None = None
    action_delay: float | None = None
    message_delay: float | None = None
    min_delay: float | None = None
    jitter: Jitter | None = None
    jitter_ratio: float | None = None

    def to_proto(self) -> events.ScheduleChange:
        """Turn it into the message of the contract.

        Raises
        ------
        InvalidArgumentError
            The jitter is none of its kinds, or a number is none.
        """
        if self.jitter not in (None, *get_args(Jitter)):
            raise InvalidArgumentError(
                f"jitter={self.jitter!r}; it takes one of {', '.join(get_args(Jitter))}, or None."
            )
        kind = f"JITTER_KIND_{(self.jitter or 'unspecified').upper()}"
        message = events.ScheduleChange(jitter=kind)
        fields = {
            "agents": self.agents,
            "tick_interval_seconds": self.tick_interval,
            "observation_delay_seconds": self.observation_delay,
            "action_delay_seconds": self.action_delay,
            "message_delay_seconds": self.message_delay,
            "min_delay_seconds": self.min_delay,
            "jitter_ratio": self.jitter_ratio,
        }
        fill(message, fields)
        return message


@dataclass(frozen=True)
class Disturbance:
    """Something that hits the world from outside.

    Attributes
    ----------
    type : str
        In the words of the environment's card.
    payload : mapping of str to float
        Its numbers.
    time : float or None
        Simulated seconds since the start of the episode; None for one that happens at random.
    requires_physics : bool
        The physics runs at once.
    """

    type: str
    payload: Mapping[str, float] = field(default_factory=dict[str, float])
    time: float | None = None
    requires_physics: bool = True

    def to_proto(self) -> events.Disturbance:
        """Turn it into the message of the contract.

        Raises
        ------
        InvalidArgumentError
            Something of the payload is no number.
        """
        message = events.Disturbance()
        fill(message, {"type": self.type, "requires_physics": self.requires_physics})
        for name, number in self.payload.items():
            try:
                message.payload[name] = number
            except TypeError:
                raise InvalidArgumentError(
                    f"{name!r} of disturbance {self.type!r} is {number!r}; it takes a number."
                ) from None
        return message


@dataclass(frozen=True)
class RandomDisturbances:
    """Disturbances at random times (Poisson).

    Attributes
    ----------
    rate : float
        Mean number per simulated second, more than 0.
    types : sequence of Disturbance
        Chosen from with equal probability; their ``time`` is ignored.
    end : float or None
        None happens at or after this time; None: no end.
    """

    rate: float
    types: Sequence[Disturbance]
    end: float | None = None

    def to_proto(self) -> events.PoissonDisturbances:
        """Turn it into the message of the contract."""
        _check_items("types", self.types, Disturbance)
        message = events.PoissonDisturbances(types=[kind.to_proto() for kind in self.types])
        fill(message, {"rate_per_second": self.rate, "end_seconds": self.end})
        return message


@dataclass(frozen=True)
class EventOptions:
    """How event-driven episodes are carried out; everything has a default.

    Attributes
    ----------
    timing : collection of str
        Which of :data:`TIMING_PARTS` of the agents' own schedules count; default all. Without
        any, an episode runs like step mode.
    changes : sequence of ScheduleChange
        Changes to what is left of the schedules; a later one overrides an earlier one.
    physics_interval, first_physics : float or None
        Simulated seconds between two runs of the physics, and of the first; None: as the
        environment declares, and one interval.
    observation_sampling : {"request", "delivery"}
        A delayed observation shows the state of its tick, or of its arrival.
    disturbances : sequence of Disturbance or RandomDisturbances, or None
        In place of the environment's own, so that an empty one means none; None: its own.
    jitter_seed : int or None
        Jitter of episode i draws from this seed plus i; None: from the episode's seed.
    """

    timing: Iterable[TimingPart] = TIMING_PARTS
    changes: Sequence[ScheduleChange] = ()
    physics_interval: float | None = None
    first_physics: float | None = None
    observation_sampling: Literal["request", "delivery"] = "request"
    disturbances: Sequence[Disturbance | RandomDisturbances] | None = None
    jitter_seed: int | None = None

    def to_proto(self) -> events.EventOptions:
        """Turn them into the message of the contract.

        Raises
        ------
        InvalidArgumentError
            A word is none of those allowed, a number is none, an item is of another kind, or a
            scripted disturbance has no time.
        """
        # A text is a collection too, of letters.
        parts = {self.timing} if isinstance(self.timing, str) else set(self.timing)
        if unknown := parts - set(TIMING_PARTS):
            raise InvalidArgumentError(
                f"timing has {', '.join(sorted(map(repr, unknown)))}; it takes some of "
                f"{', '.join(TIMING_PARTS)}."
            )
        if self.observation_sampling not in ("request", "delivery"):
            raise InvalidArgumentError(
                f"observation_sampling={self.observation_sampling!r}; it takes 'request' or "
                "'delivery'."
            )
        _check_items("changes", self.changes, ScheduleChange)
        _check_items("disturbances", self.disturbances or (), Disturbance, RandomDisturbances)
        sampling = f"OBSERVATION_SAMPLING_{self.observation_sampling.upper()}"
        message = events.EventOptions(
            timing=events.EventTiming(**dict.fromkeys(parts, True)),
            schedule_changes=[change.to_proto() for change in self.changes],
            observation_sampling=sampling,
            disturbances=None if self.disturbances is None else _schedule(self.disturbances),
        )
        fields = {
            "physics_interval_seconds": self.physics_interval,
            "first_physics_seconds": self.first_physics,
            "jitter_seed": self.jitter_seed,
        }
        fill(message, fields)
        return message


def episode_fields(
    env_id: str,
    parameters: Mapping[str, object],
    agents: Sequence[str | Mapping[str, object]],
    seed: int | None,
    t_end: float | None,
    options: EventOptions | None,
) -> dict[str, Any]:
    """Return what every request for episodes has in common, by field name.

    Raises
    ------
    InvalidArgumentError
        A parameter, an agent, the seed or an option does not fit.
    """
    shown = SessionOptions(env_id, parameters, agents=agents)
    return {
        "parameters": to_struct(shown.parameters),
        "agents": shown.agents,
        "mode": events.EXECUTION_MODE_STEP if t_end is None else events.EXECUTION_MODE_EVENT_DRIVEN,
        "seed": check_seed(seed),
        "event_options": None if options is None else options.to_proto(),
    }


def _check_items(name: str, items: Iterable[object], *kinds: type) -> None:
    for item in items:
        if not isinstance(item, kinds):
            allowed = " or ".join(kind.__name__ for kind in kinds)
            raise InvalidArgumentError(f"{name} has {item!r}; it takes a sequence of {allowed}.")


def _schedule(
    disturbances: Iterable[Disturbance | RandomDisturbances],
) -> events.DisturbanceSchedule:
    schedule = events.DisturbanceSchedule()
    for item in disturbances:
        if isinstance(item, RandomDisturbances):
            schedule.random.append(item.to_proto())
        elif item.time is None:
            raise InvalidArgumentError(
                f"Disturbance {item.type!r} has no time; give it one, or put it into "
                "RandomDisturbances."
            )
        else:
            scripted = schedule.scripted.add(disturbance=item.to_proto())
            fill(scripted, {"time_seconds": item.time})
    return schedule
