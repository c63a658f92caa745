"""Episodes that the server plays by itself: options as messages, and the real server."""

from __future__ import annotations

import os
import shlex
import subprocess
from itertools import islice

import pytest
from real_server import VARIABLE, real_server

from heron_client import (
    DeadlineExceededError,
    Disturbance,
    EventOptions,
    InvalidArgumentError,
    NotFoundError,
    RandomDisturbances,
    ResourceExhaustedError,
    ScheduleChange,
    UnavailableError,
    evaluate,
)
from heron_client._generated import event_driven_pb2 as events


def nested(levels):
    return {"a": nested(levels - 1)} if levels else 1


@pytest.fixture
def one_slot(tmp_path, monkeypatch):
    """Return a server with a run in its folder of runs and one slot for evaluations."""
    if not os.environ.get(VARIABLE):
        pytest.skip(f"{VARIABLE} is not set: no server to start; the script test.sh sets it")
    command = os.environ[VARIABLE]
    train = f"{command} train --env Thermostat-v0 --iterations 1 --num-envs 2 --hidden-dim 8"
    train += " --train-batch-size 60 --num-sgd-iter 1 --experiment-name warm"
    subprocess.run(
        [*shlex.split(train), "--checkpoint-dir", str(tmp_path)], check=True, capture_output=True
    )
    serve = f"{command} serve --listen 127.0.0.1:0 --max-drives 1"
    monkeypatch.setenv(VARIABLE, f"{serve} --runs {shlex.quote(str(tmp_path))}")
    with real_server() as running:
        yield running


def test_options_become_the_message():
    options = EventOptions(
        timing=("jitter", "action_delays"),
        changes=[ScheduleChange("room_*", action_delay=0.5, jitter="gaussian")],
        physics_interval=2,
        observation_sampling="delivery",
        disturbances=[
            Disturbance("rain", {"litres": 2}, time=3, requires_physics=False),
            RandomDisturbances(0.1, [Disturbance("hail")]),
        ],
        jitter_seed=0,
    )

    message = options.to_proto()

    assert (message.timing.jitter, message.timing.action_delays) == (True, True)
    assert not message.timing.tick_intervals
    (change,) = message.schedule_changes
    assert (change.agents, change.action_delay_seconds) == ("room_*", 0.5)
    assert change.jitter == events.JITTER_KIND_GAUSSIAN
    assert not change.HasField("observation_delay_seconds")
    assert not change.HasField("jitter_ratio")
    assert message.physics_interval_seconds == 2
    assert not message.HasField("first_physics_seconds")
    assert message.observation_sampling == events.OBSERVATION_SAMPLING_DELIVERY
    (rain,) = message.disturbances.scripted
    assert (rain.time_seconds, dict(rain.disturbance.payload)) == (3, {"litres": 2})
    assert not rain.disturbance.requires_physics
    (hail,) = message.disturbances.random
    assert (hail.rate_per_second, hail.types[0].type) == (0.1, "hail")
    assert hail.types[0].requires_physics
    assert message.HasField("jitter_seed")


def test_defaults_are_those_of_the_environment():
    message = EventOptions().to_proto()

    assert message.timing == events.EventTiming(
        tick_intervals=True,
        observation_delays=True,
        action_delays=True,
        message_delays=True,
        jitter=True,
    )
    assert not message.HasField("disturbances")
    assert EventOptions(disturbances=()).to_proto().HasField("disturbances")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: EventOptions(timing=["ticks"]).to_proto(), "timing has 'ticks'; it takes some of"),
        (lambda: EventOptions(observation_sampling="now").to_proto(), "observation_sampling='now'"),
        (lambda: ScheduleChange(jitter="normal").to_proto(), "jitter='normal'; it takes one of"),
        (
            lambda: EventOptions(disturbances=[Disturbance("rain")]).to_proto(),
            "'rain' has no time",
        ),
        (lambda: EventOptions(timing="jittre").to_proto(), "timing has 'jittre'; it takes"),
        (
            lambda: EventOptions(jitter_seed=-1).to_proto(),
            r"jitter_seed is -1; it takes a whole number from 0 to 2\*\*32 - 1",
        ),
        (lambda: EventOptions(physics_interval="1").to_proto(), "physics_interval_seconds is '1'"),
        (lambda: EventOptions(changes=["x"]).to_proto(), "changes has 'x'; it takes a sequence of"),
        (
            lambda: EventOptions(disturbances=["rain"]).to_proto(),
            "disturbances has 'rain'; it takes a sequence of Disturbance or RandomDisturbances",
        ),
        (
            lambda: RandomDisturbances(1, ["rain"]).to_proto(),
            "types has 'rain'; it takes a sequence of Disturbance",
        ),
        (lambda: ScheduleChange(action_delay="1").to_proto(), "action_delay_seconds is '1'"),
        (lambda: ScheduleChange(agents=1).to_proto(), "agents is 1; it takes a text"),
        (
            lambda: RandomDisturbances("1", []).to_proto(),
            "rate_per_second is '1'; it takes a number",
        ),
        (
            lambda: Disturbance("rain", {"litres": "2"}).to_proto(),
            "'litres' of disturbance 'rain' is '2'; it takes a number",
        ),
        (lambda: evaluate("Thermostat-v0", episodes=0), "episodes is 0"),
        (lambda: evaluate("Thermostat-v0", episodes=2**32), "episodes is 4294967296"),
        (lambda: evaluate("Thermostat-v0", seed=-1), "seed is -1"),
        (lambda: evaluate("Thermostat-v0", t_end="5"), "t_end_seconds is '5'; it takes a number"),
        (
            lambda: evaluate("Thermostat-v0", sampled="no"),
            "sampled is 'no'; it takes True or False",
        ),
        (lambda: evaluate("Thermostat-v0", agents="room_a"), "agents is 'room_a'; it takes a list"),
        (lambda: evaluate("Thermostat-v0", agents={"a": 1}), "agents is {'a': 1}; it takes a list"),
        (lambda: evaluate("Thermostat-v0", agents=3), "agents is 3; it takes a list"),
        (lambda: evaluate("Composed-v0", simulation=nested(21)), "'simulation' has .* 20 levels"),
        (lambda: evaluate("Thermostat-v0", policy="best"), "policy is 'best'; it takes one of"),
        (lambda: evaluate(checkpoint="a", policy="random"), "policy or checkpoint, not both"),
    ],
)
def test_wrong_arguments_are_named_before_anything_is_sent(make, expected):
    with pytest.raises(InvalidArgumentError, match=expected):
        make()


def test_step_by_step(heron):
    first, second = evaluate(
        "Thermostat-v0", seed=4, episodes=2, max_steps=12, address=heron.address
    )

    assert (first.episode_seed, second.episode_seed) == (4, 5)
    assert (first.end_reason, first.steps, first.end_seconds) == ("max_steps", 12, 12)
    assert first.events is None
    assert list(first.agents) == ["room_a", "room_b"]
    assert first.total_return == sum(agent.episode_return for agent in first.agents.values())
    assert first.total_return != second.total_return
    assert first.metric_means.keys() == {"mean_error"}


def test_event_driven_without_any_part_is_step_mode_and_delays_make_observations_stale(heron):
    (steps,) = evaluate("Thermostat-v0", seed=4, address=heron.address)
    (alike,) = evaluate(
        "Thermostat-v0", seed=4, t_end=30, options=EventOptions(timing=()), address=heron.address
    )
    (late,) = evaluate("Thermostat-v0", seed=4, t_end=30, address=heron.address)

    (rules,) = evaluate("Thermostat-v0", policy="rules", seed=4, t_end=30, address=heron.address)

    assert alike.total_return == steps.total_return
    assert rules.total_return > late.total_return
    assert (alike.end_reason, alike.steps, alike.end_seconds) == ("time_limit", 30, 30)
    assert alike.agents["room_a"].mean_staleness_seconds == 0
    assert late.agents["room_a"].mean_staleness_seconds == pytest.approx(0.15)
    assert late.events is not None
    assert late.events.effects == sum(agent.effects for agent in late.agents.values())
    assert late.events.events == sum(late.events.events_by_kind.values())
    assert late.events.diagnostics == ()


def test_a_composition_from_dicts(heron):
    agents = [{"agent_id": "room", "agent_class": "room", "count": 3}]

    (summary,) = evaluate(
        "Composed-v0", agents=agents, simulation={"name": "thermostat"}, address=heron.address
    )

    assert list(summary.agents) == ["room_0", "room_1", "room_2"]


def test_parameters_and_refusals_of_the_server(heron):
    (summary,) = evaluate(
        "Thermostat-v0", policy="neutral", max_episode_steps=5, address=heron.address
    )
    assert (summary.steps, summary.end_reason) == (5, "truncated")

    with pytest.raises(NotFoundError, match="Nothing-v0"):
        list(evaluate("Nothing-v0", address=heron.address))
    with pytest.raises(InvalidArgumentError, match="MultiAgentArena-v0 runs step by step only"):
        list(evaluate("MultiAgentArena-v0", t_end=3, address=heron.address))


def test_checkpoints_of_the_folder_of_runs_and_of_no_other(one_slot):
    (summary,) = evaluate(checkpoint="warm", t_end=10, address=one_slot.address)
    assert (summary.steps, list(summary.agents)) == (10, ["room_a", "room_b"])

    with pytest.raises(NotFoundError, match=r"no checkpoint 'cold'.* Runs: warm\."):
        list(evaluate(checkpoint="cold", address=one_slot.address))
    with pytest.raises(InvalidArgumentError, match="within the server's folder of runs"):
        list(evaluate(checkpoint="../warm", address=one_slot.address))


def test_no_longer_reading_ends_the_evaluation(one_slot):
    endless = evaluate("Thermostat-v0", episodes=1_000_000, address=one_slot.address)
    assert [summary.episode_seed for summary in islice(endless, 3)] == [0, 1, 2]
    with pytest.raises(ResourceExhaustedError, match="--max-drives"):
        list(evaluate("Thermostat-v0", address=one_slot.address))

    endless.close()

    # The server hears of it a moment later.
    for _ in range(1000):
        try:
            assert len(list(evaluate("Thermostat-v0", address=one_slot.address))) == 1
            return
        except ResourceExhaustedError:
            pass
    pytest.fail("The evaluation did not end.")


def test_a_server_that_goes_away_is_named(one_slot):
    endless = evaluate("Thermostat-v0", episodes=1_000_000, address=one_slot.address)
    next(endless)

    one_slot.kill()

    with pytest.raises(UnavailableError, match=rf"Nothing listens at {one_slot.address}.*seed"):
        list(endless)


def test_takes_no_longer_than_it_may(heron):
    endless = evaluate("Thermostat-v0", t_end=1e9, call_timeout=1, address=heron.address)

    with pytest.raises(DeadlineExceededError, match=r"longer than 1 s \(call_timeout\)"):
        next(endless)
