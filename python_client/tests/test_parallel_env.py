"""The PettingZoo view."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from pettingzoo.test import parallel_api_test, parallel_seed_test

from heron_client import FailedPreconditionError, InvalidArgumentError, parallel_env


def act(env, infos):
    return {
        agent: env.action_space(agent).sample(infos[agent].get("action_mask"))
        for agent in env.agents
    }


def test_passes_the_api_test_of_pettingzoo(server):
    parallel_api_test(parallel_env("Toy-v0", address=server.address), num_cycles=50)


def test_passes_the_seed_test_of_pettingzoo(server):
    parallel_seed_test(lambda: parallel_env("Toy-v0", address=server.address), num_cycles=50)


def test_agents_join_late_and_leave_early(server):
    with parallel_env("Toy-v0", address=server.address) as env:
        _, infos = env.reset(seed=1)
        lives = [set(env.agents)]
        while env.agents:
            _, _, terminations, truncations, infos = env.step(act(env, infos))
            lives.append(set(env.agents))
            if len(lives) == 7:
                assert terminations["switch"]
                assert not truncations["switch"]

    assert lives[0] == {"box", "switch"}
    assert lives[2] == {"box", "switch", "mixed"}
    assert lives[6] == {"box", "mixed"}
    assert truncations == {"box": True, "mixed": True}


def test_infos_hold_metrics_masks_and_who_must_act(server):
    with parallel_env("Toy-v0", address=server.address) as env:
        _, infos = env.reset(seed=4)
        assert infos["box"]["heron/episode_seed"] == 4
        for _ in range(3):
            _, _, _, _, infos = env.step(act(env, infos))

    assert set(infos["box"]) == {"total", "heron/must_act"}
    assert infos["switch"]["action_mask"].tolist() == [1, 0, 1]
    assert infos["switch"]["action_mask"].dtype == np.int8
    assert infos["mixed"]["heron/must_act"] is False


def test_observations_are_in_their_spaces(server):
    with parallel_env("Toy-v0", address=server.address) as env:
        observations, infos = env.reset(seed=1)
        while env.agents:
            for agent, observation in observations.items():
                assert env.observation_space(agent).contains(observation)
            observations, _, _, _, infos = env.step(act(env, infos))


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        ({"box": [1, 2]}, "No action of agent 'switch'"),
        ({"box": [1, 2], "swich": 0}, "No agent 'swich' .* box, switch, mixed"),
        ({"box": [1, 2, 3], "switch": 0}, r"agent 'box' has shape \(3,\)"),
        ({"box": ["a", "b"], "switch": 0}, "agent 'box' is .* real numbers"),
        ({"box": [np.nan, 2], "switch": 0}, "agent 'box' is .*nan.* finite"),
        ({"box": [1e300, 2], "switch": 0}, "agent 'box' is .* finite in float32"),
        ({"box": [[1], [2, 3]], "switch": 0}, "agent 'box'"),
        ({"box": [1, 2], "switch": 3}, "agent 'switch' is 3; .* from 0 to below"),
        ({"box": [1, 2], "switch": 1.5}, "agent 'switch' is 1.5 .* whole numbers"),
    ],
)
def test_step_with_a_wrong_action_names_it_and_sends_nothing(server, actions, message):
    with parallel_env("Toy-v0", address=server.address) as env:
        env.reset(seed=1)
        with pytest.raises(InvalidArgumentError, match=message):
            env.step(actions)

        assert next(iter(server.servicer.sessions.values())).steps == 0


def test_step_with_a_wrong_mixed_action_names_its_parts(server):
    with parallel_env("Toy-v0", address=server.address) as env:
        _, infos = env.reset(seed=1)
        for _ in range(2):
            env.step({"box": [0, 0], "switch": 0})
        with pytest.raises(InvalidArgumentError, match="keys 'c' and 'd'"):
            env.step({"box": [0, 0], "switch": 0, "mixed": [1, 2]})
        env.step({"box": [0, 0], "switch": 0, "mixed": {"c": [0.5], "d": [1, 3]}})
        assert infos.keys() == {"box", "switch"}


def test_step_without_a_running_episode_says_to_reset(server):
    with parallel_env("Toy-v0", address=server.address, length=1) as env:
        with pytest.raises(FailedPreconditionError, match="reset"):
            env.step({})
        _, infos = env.reset(seed=1)
        env.step(act(env, infos))
        with pytest.raises(FailedPreconditionError, match="reset"):
            env.step({})


def test_render_returns_or_prints_the_text(server, capsys):
    with parallel_env("Toy-v0", address=server.address, render_mode="ansi") as env:
        env.reset(seed=1)
        assert env.render() == "t=0"
    with parallel_env("Toy-v0", address=server.address, render_mode="human") as env:
        env.reset(seed=1)
        assert env.render() is None
    assert capsys.readouterr().out == "t=0\n"
    with pytest.raises(InvalidArgumentError, match="render_mode is 'rgb_array'"):
        parallel_env("Toy-v0", address=server.address, render_mode="rgb_array")


def test_a_pickled_copy_has_a_session_of_its_own(server):
    with parallel_env("Toy-v0", address=server.address) as env:
        first, _ = env.reset(seed=1)
        with pickle.loads(pickle.dumps(env)) as copy:
            second, _ = copy.reset(seed=1)

            assert len(server.servicer.sessions) == 2
            assert first["box"].tolist() == second["box"].tolist()


def test_close_ends_the_session_and_may_be_repeated(server):
    env = parallel_env("Toy-v0", address=server.address)
    env.reset(seed=1)
    env.close()
    env.close()

    assert not server.servicer.sessions
