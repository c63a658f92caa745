"""Environments that a Python user puts together from the server's catalogue."""

from __future__ import annotations

import numpy as np
import pytest
from pettingzoo.test import parallel_api_test, parallel_seed_test

from heron_client import InvalidArgumentError, connect, parallel_env, vector_env
from heron_client.session import SessionOptions

ROOMS = {
    "agents": [
        {"agent_id": "room_a", "agent_class": "room", "coordinator": "building"},
        {"agent_id": "room_b", "agent_class": "room", "initial_temperature": np.float64(18)},
    ],
    "coordinators": [{"coordinator_id": "building", "subordinates": ("room_b",)}],
    "simulation": {"name": "thermostat", "outside_temperature": 5},
    "max_steps": 30,
}

FLEETS = {
    "agents": [
        {"agent_id": f"drone_{f}", "agent_class": "drone", "count": 3, "coordinator": f"fleet_{f}"}
        for f in range(2)
    ],
    "coordinators": [
        {
            "coordinator_id": f"fleet_{f}",
            "agent_class": "fleet",
            "protocol": {"name": "vector_decomposition"},
        }
        for f in range(2)
    ],
    "simulation": {"name": "drones"},
}


def room(**changes):
    return {"agent_id": "a", "agent_class": "room", **changes}


def with_agents(*agents, **others):
    return {"agents": [*agents], "simulation": {"name": "thermostat"}, **others}


def test_a_building_from_dicts_passes_the_tests_of_pettingzoo(heron):
    with parallel_env("Composed-v0", address=heron.address, **ROOMS) as env:
        assert env.possible_agents == ["room_b", "room_a"]
        assert env.observation_space("room_a").shape == (4,)
        assert env.spec.parameters["agents"][1]["initial_temperature"] == 18
        parallel_api_test(env, num_cycles=120)

    parallel_seed_test(
        lambda: parallel_env("Composed-v0", address=heron.address, **ROOMS), num_cycles=60
    )


def test_the_default_steps_like_thermostat(heron):
    with (
        parallel_env("Composed-v0", address=heron.address) as composed,
        parallel_env("Thermostat-v0", address=heron.address) as original,
    ):
        composed.reset(seed=1)
        original.reset(seed=1)
        rng = np.random.default_rng(0)
        while original.agents:
            actions = {agent: rng.uniform(-1, 1, 1) for agent in original.agents}
            mine, theirs = composed.step(actions), original.step(actions)
            for agent in theirs[0]:
                assert mine[0][agent].tolist() == theirs[0][agent].tolist()
            assert mine[1] == theirs[1]


def test_only_fleets_are_shown_and_move_their_drones(heron):
    env = vector_env("Composed-v0", 2, address=heron.address, agent_ids=["fleet_0"], **FLEETS)
    with env:
        assert [agent.id for agent in env.spec.agents] == ["fleet_0"]
        assert env.spec.agents[0].observation_space.shape == (16,)
        env.reset(1)
        result = env.step(np.ones((2, 3)))
        assert result.observations[0, 1] == pytest.approx(0.015)


def test_the_card_lists_the_catalogue(heron):
    card = connect(heron.address).get_environment("Composed-v0", **ROOMS)

    assert "Class battery (field agent)" in card.description
    assert {parameter.name for parameter in card.parameters} >= {"agents", "simulation"}
    assert {agent.parent_id for agent in card.spec.agents} == {"building"}


def test_rllib_takes_a_composition(heron):
    pytest.importorskip("ray", reason="needs the extra [rllib]")
    from heron_client.rllib import HeronMultiAgentEnv

    env = HeronMultiAgentEnv(
        {
            "env_id": "Composed-v0",
            "address": heron.address,
            "parameters": {**FLEETS, "agent_ids": ["fleet_0", "fleet_1"]},
        }
    )
    try:
        observations, _ = env.reset(seed=1)
        actions = {agent: np.ones(3, np.float32) for agent in observations}
        observations, rewards, *_ = env.step(actions)
    finally:
        env.close()

    assert set(rewards) == {"fleet_0", "fleet_1"}
    assert all(seen.shape == (16,) for seen in observations.values())


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (with_agents(room(coordinator="hall")), r"'agents\[0\]\.coordinator'.* is 'hall'"),
        (with_agents(room(agent_class="rom")), r"'agents\[0\]\.agent_class'.* is 'rom'; .*: room"),
        (with_agents(room(), room()), r"'agents\[1\]\.agent_id'.* is 'a', the name of agents\[0\]"),
        (with_agents(room(target=3)), r"no parameter 'agents\[0\]\.target'; .*target_temperature"),
        (with_agents(room(count=None)), r"'agents\[0\]\.count' is null"),
        ({"agents": [room()]}, r"'simulation\.name'.* is missing"),
        ({"simulation": {"name": "thermostat"}}, "'agents'.* is empty or missing"),
        (
            with_agents(
                room(coordinator="x"),
                coordinators=[
                    {"coordinator_id": "x"},
                    {"coordinator_id": "y", "subordinates": ["a"]},
                ],
            ),
            r"'coordinators\[1\]\.subordinates\[0\]'.* agents\[0\]\.coordinator puts it below 'x'",
        ),
        (with_agents(room(), agent_ids=["b"]), r"'agent_ids\[0\]'.* is 'b'; it takes one of: a"),
    ],
)
def test_mistakes_are_named_with_their_place(heron, parameters, message):
    with pytest.raises(InvalidArgumentError, match=message):
        parallel_env("Composed-v0", address=heron.address, **parameters)


def test_agents_are_names_to_show_or_dicts_to_compose():
    composed = SessionOptions("Composed-v0", {"max_steps": 3}, agents=[room()])

    assert composed.agents == ()
    assert composed.parameters == {"max_steps": 3, "agents": [room()]}
    assert SessionOptions("Thermostat-v0", agents=["room_a"]).agents == ("room_a",)
    with pytest.raises(InvalidArgumentError, match="agent_ids"):
        SessionOptions("Composed-v0", agents=[room(), "b"])


@pytest.mark.parametrize("make", [parallel_env, lambda env_id, **k: vector_env(env_id, 2, **k)])
@pytest.mark.parametrize(
    ("agents", "found"),
    [
        ("room_a", "agents is 'room_a'"),
        ({"agent_id": "a"}, r"agents is \{'agent_id': 'a'\}"),
        (3, "agents is 3"),
        ([["a"]], "agents has a list"),
    ],
)
def test_agents_are_a_list_of_names_or_dicts(make, agents, found):
    with pytest.raises(InvalidArgumentError, match=f"^{found}; it takes a list of names"):
        make("Composed-v0", agents=agents)
