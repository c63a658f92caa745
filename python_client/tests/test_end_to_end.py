"""The client on the real server: environments, errors, exactly once, and servers that go away."""

from __future__ import annotations

import time

import numpy as np
import pytest
from cutting_proxy import CuttingProxy
from pettingzoo.test import parallel_api_test, parallel_seed_test
from test_recovery import play, same

import heron_client.session
from heron_client import (
    DeadlineExceededError,
    FailedPreconditionError,
    HeronError,
    InvalidArgumentError,
    NotFoundError,
    SessionLostError,
    UnavailableError,
    connect,
    parallel_env,
    vector_env,
)

ENVIRONMENTS = ["SimpleMicrogrids-v0", "MultiAgentArena-v0", "Probe-v0"]


def random_actions(env, infos):
    return {
        agent: env.action_space(agent).sample(infos[agent].get("action_mask"))
        for agent in env.agents
    }


def test_catalogue_lists_the_environments(heron):
    connection = connect(heron.address)

    assert set(ENVIRONMENTS) <= connection.list_environments().keys()
    card = connection.get_environment("SimpleMicrogrids-v0", num_microgrids=2)
    assert [agent.id for agent in card.spec.agents] == [
        "mg_0_bat",
        "mg_0_gen",
        "mg_1_bat",
        "mg_1_gen",
    ]
    assert card.spec.metric_names == ("cost", "safety", "frequency_hz")


@pytest.mark.parametrize("env_id", ENVIRONMENTS)
@pytest.mark.filterwarnings("ignore:.*(Live agent was not given|was dead last turn):UserWarning")
@pytest.mark.filterwarnings("ignore:No agents present but not all:UserWarning")
def test_passes_the_api_test_of_pettingzoo(heron, env_id):
    with parallel_env(env_id, address=heron.address) as env:
        parallel_api_test(env, num_cycles=120)


@pytest.mark.parametrize("env_id", ENVIRONMENTS)
def test_passes_the_seed_test_of_pettingzoo(heron, env_id):
    parallel_seed_test(lambda: parallel_env(env_id, address=heron.address), num_cycles=60)


@pytest.mark.parametrize("env_id", ENVIRONMENTS)
def test_observations_are_in_their_spaces(heron, env_id):
    with parallel_env(env_id, address=heron.address) as env:
        for seed in range(3):
            observations, infos = env.reset(seed=seed)
            while env.agents:
                for agent, observation in observations.items():
                    assert env.observation_space(agent).contains(observation), agent
                observations, _, _, _, infos = env.step(random_actions(env, infos))


def test_idle_microgrids_cost_nothing(heron):
    with parallel_env("SimpleMicrogrids-v0", address=heron.address) as env:
        env.reset(seed=1)
        _, rewards, _, _, infos = env.step({agent: [0.0] for agent in env.agents})

    assert set(rewards.values()) == {0.0}
    assert infos["mg_0_bat"]["frequency_hz"] == pytest.approx(59.905)
    assert infos["mg_2_gen"]["cost"] == 0


def test_first_step_of_the_arena_is_as_in_the_tutorial(heron):
    with parallel_env("MultiAgentArena-v0", address=heron.address, render_mode="ansi") as env:
        env.reset(seed=1)
        observations, rewards, *_ = env.step({"agent1": 2, "agent2": 0})
        picture = env.render()

    assert {agent: seen.tolist() for agent, seen in observations.items()} == {
        "agent1": [10, 89],
        "agent2": [89, 10],
    }
    assert rewards == {"agent1": 1.0, "agent2": pytest.approx(-0.1)}
    assert picture.startswith("_" * 12)


def test_one_hot_observations_are_boxes(heron):
    with vector_env(
        "MultiAgentArena-v0", 2, address=heron.address, one_hot_observations=True
    ) as env:
        result = env.reset(1)

    assert env.spec.agent("agent2").observation_space.shape == (200,)
    assert np.flatnonzero(result.observations[1]).tolist() == [0, 199, 299, 300]


@pytest.mark.parametrize("env_id", ENVIRONMENTS)
def test_a_copy_plays_the_same_episode_as_a_single_environment(heron, env_id):
    with (
        vector_env(env_id, 3, address=heron.address) as vector,
        parallel_env(env_id, address=heron.address) as single,
    ):
        result = vector.reset(20)
        single.reset(seed=21)
        rng = np.random.default_rng(0)
        while single.agents:
            continuous = rng.uniform(-1, 1, (3, vector.spec.continuous_length))
            discrete = np.zeros((3, vector.spec.discrete_length), np.int32)
            result = vector.step(continuous, discrete)
            single.session.step(
                continuous[1].astype("<f4").tobytes(), discrete[1].astype("<i4").tobytes()
            )
            other = single.session.last
            single._decode(other)
            assert result.observations[1].tolist() == other.observations[0].tolist()
            assert result.rewards[1].tolist() == other.rewards[0].tolist()
            assert result.agent_flags[1].tolist() == other.agent_flags[0].tolist()


def test_agents_can_be_chosen(heron):
    with parallel_env("SimpleMicrogrids-v0", address=heron.address, agents=["mg_1_gen"]) as env:
        observations, _ = env.reset(seed=1)
        assert set(observations) == {"mg_1_gen"}


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda a: parallel_env("SimpleMicrogrid-v0", address=a), NotFoundError, "SimpleMicrogrid"),
        (
            lambda a: parallel_env("SimpleMicrogrids-v0", address=a, penallty=1),
            InvalidArgumentError,
            "penallty",
        ),
        (
            lambda a: parallel_env("SimpleMicrogrids-v0", address=a, max_episode_steps=-1),
            InvalidArgumentError,
            "max_episode_steps",
        ),
        (
            lambda a: parallel_env("SimpleMicrogrids-v0", address=a, agents=["nobody"]),
            InvalidArgumentError,
            "nobody",
        ),
    ],
)
def test_a_wrong_request_is_named(heron, make, error, message):
    with pytest.raises(error, match=message):
        make(heron.address)


def test_the_server_checks_actions_too(heron):
    with vector_env("SimpleMicrogrids-v0", 2, address=heron.address, check_actions=False) as env:
        env.reset(1)
        actions = np.zeros((2, 6), np.float32)
        actions[1, 3] = np.nan
        with pytest.raises(InvalidArgumentError, match="mg_1_gen"):
            env.step(actions)

        # Nothing was changed and the number was not used up.
        assert env.step(np.zeros((2, 6))).rewards.tolist() == [[0.0] * 6] * 2


def test_versions_that_do_not_match_are_named(heron, monkeypatch):
    monkeypatch.setattr(heron_client.session, "CONTRACT_VERSION", 4711)
    with pytest.raises(FailedPreconditionError, match="4711"):
        parallel_env("SimpleMicrogrids-v0", address=heron.address)


def test_a_vector_step_is_one_message_whatever_the_number_of_copies(heron):
    connection = connect(heron.address)
    with vector_env("SimpleMicrogrids-v0", 64, address=connection) as env:
        env.reset(1)
        for _ in range(100):
            env.step(np.zeros((64, 6)))
        (session,) = [
            info for info in connection.list_sessions() if info.session_id == env.session.session_id
        ]

    assert session.steps == 100
    # The opening of the stream, the reset, and the steps.
    assert session.stream_messages == 102


@pytest.mark.parametrize("env_id", ENVIRONMENTS)
def test_state_goes_on_bit_for_bit(heron, env_id):
    with vector_env(env_id, 2, address=heron.address) as env:
        play(env, 7)
        state = env.save_state()
        ahead = env.step(*zeros(env))
        env.load_state(state)
        again = env.step(*zeros(env))

    assert ahead.observations.tobytes() == again.observations.tobytes()
    assert ahead.rewards.tobytes() == again.rewards.tobytes()


def zeros(env):
    shape = env.num_envs
    return (
        np.zeros((shape, env.spec.continuous_length), np.float32),
        np.zeros((shape, env.spec.discrete_length), np.int32),
    )


def test_every_answer_cut_off_changes_nothing_and_steps_once(heron):
    def run(address, interrupt):
        with vector_env("Probe-v0", 2, address=address) as env:
            results = play(env, 40, interrupt)
            infos = connect(heron.address).list_sessions()
            (info,) = [i for i in infos if i.session_id == env.session.session_id]
            return results, info.steps

    expected = run(heron.address, lambda step: None)
    proxy = CuttingProxy(heron.address)
    actual = run(proxy.address, lambda step: proxy.armed.set())
    proxy.close()

    assert proxy.cuts == 40
    assert expected[1] == actual[1] == 40
    assert same(expected[0], actual[0])


@pytest.mark.parametrize("mode", ["disabled", "next_step", "same_step"])
def test_replay_on_a_restarted_server_continues_the_trajectory(own_heron, mode):
    options = {"address": own_heron.address, "autoreset_mode": mode}
    with vector_env("Probe-v0", 3, **options) as env:
        expected = play(env, 40)
    with vector_env("Probe-v0", 3, **options, on_session_lost="replay") as env:
        actual = play(env, 40, lambda step: step == 33 and own_heron.restart())

    assert same(expected, actual)


def test_replay_on_a_server_that_was_shut_down_continues_the_trajectory(own_heron):
    with vector_env("Probe-v0", 2, address=own_heron.address) as env:
        expected = play(env, 20)
    with vector_env("Probe-v0", 2, address=own_heron.address, on_session_lost="replay") as env:
        actual = play(env, 20, lambda step: step == 11 and own_heron.restart_gracefully())

    assert same(expected, actual)


def test_a_killed_server_is_said_in_time(own_heron):
    with parallel_env("SimpleMicrogrids-v0", address=own_heron.address, connect_timeout=1) as env:
        env.reset(seed=1)
        own_heron.kill()
        start = time.monotonic()
        with pytest.raises(UnavailableError, match="Nothing listens"):
            env.step({agent: [0.0] for agent in env.agents})

        assert time.monotonic() - start < 30
        own_heron.start()


def test_a_restarted_server_has_lost_the_session(own_heron):
    with parallel_env("SimpleMicrogrids-v0", address=own_heron.address) as env:
        env.reset(seed=1)
        own_heron.restart()
        with pytest.raises(SessionLostError, match="reset"):
            env.step({agent: [0.0] for agent in env.agents})
        assert env.reset(seed=1)


def test_a_frozen_server_is_said_in_time(own_heron):
    with parallel_env("SimpleMicrogrids-v0", address=own_heron.address, timeout=2) as env:
        env.reset(seed=1)
        own_heron.freeze()
        start = time.monotonic()
        with pytest.raises(DeadlineExceededError, match="frozen"):
            env.step({agent: [0.0] for agent in env.agents})
        with pytest.raises(HeronError, match=r"frozen|did not answer"):
            connect(own_heron.address, connect_timeout=1, timeout=2).list_environments()

        assert time.monotonic() - start < 30
        own_heron.thaw()
        assert env.reset(seed=1)
