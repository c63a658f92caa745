"""The RLlib classes on the fake server: spaces, mappings, who appears when, seeds and pickles."""

from __future__ import annotations

import pickle

import cloudpickle
import numpy as np
import pytest

from heron_client import FailedPreconditionError, InvalidArgumentError, parallel_env

pytest.importorskip("ray.rllib", reason="needs the extra [rllib]")

from ray.rllib.env.env_context import EnvContext
from ray.rllib.env.multi_agent_episode import MultiAgentEpisode

from heron_client.rllib import HeronMultiAgentEnv, HeronVectorMultiAgentEnv
from heron_client.rllib.env_config import mixed_seed


def make(server, **config):
    return HeronMultiAgentEnv({"address": server.address, "env_id": "Toy-v0", **config})


def acting(env, observations, value=0.0):
    """Return an action for everybody who was observed: Box actions full of value, others 0."""
    actions = {}
    for agent in observations:
        space = env.action_spaces[agent]
        if agent == "mixed":
            actions[agent] = {"c": np.full((1,), value, np.float32), "d": np.zeros(2, np.int64)}
        else:
            actions[agent] = np.full(space.shape, value if agent == "box" else 0, space.dtype)
    return actions


def episode(env, seed=1):
    """Play one episode and yield what each step returned, after feeding it to RLlib's episode."""
    observations, infos = env.reset(seed=seed)
    record = MultiAgentEpisode(
        observation_space=env.observation_spaces,
        action_space=env.action_spaces,
        agent_to_module_mapping_fn=lambda agent, _: agent,
    )
    record.add_env_reset(observations=observations, infos=infos)
    over = False
    while not over:
        actions = acting(env, set(record.get_agents_to_act()))
        observations, rewards, terminateds, truncateds, infos = env.step(actions)
        record.add_env_step(
            observations, actions, rewards, infos, terminateds=terminateds, truncateds=truncateds
        )
        over = terminateds["__all__"] or truncateds["__all__"]
        yield observations, rewards, terminateds, truncateds, infos, record


def test_spaces_are_shown_as_unit_boxes_by_default(server):
    env = make(server)

    assert env.possible_agents == ["box", "switch", "mixed"]
    assert env.action_spaces["box"].low.tolist() == [-1, -1]
    assert env.action_spaces["box"].high.tolist() == [1, 1]
    assert set(env.action_spaces["mixed"].spaces) == {"c", "d"}
    env.close()


@pytest.mark.parametrize(
    ("mapping", "value", "moved"),
    [
        ("rescale", -1.0, 0.0),
        ("rescale", 0.0, 7.5),
        ("rescale", 1.0, 15.0),
        ("rescale", 3.0, 15.0),
        ("clip", -1.0, 0.0),
        ("clip", 0.5, 1.0),
        ("off", 4.0, 8.0),
    ],
)
def test_box_actions_are_mapped(server, mapping, value, moved):
    env = make(server, normalize_actions=mapping)
    observations, _ = env.reset(seed=1)
    start = float(observations["box"][1])
    after, *_ = env.step(acting(env, observations, value))

    # box has the space [0, 10] x [0, 5] and moves its point by the sum of its action.
    assert float(after["box"][1]) - start == pytest.approx(moved, abs=1e-5)
    env.close()


def test_off_shows_the_spaces_as_they_are(server):
    env = make(server, normalize_actions="off")

    assert env.action_spaces["box"].high.tolist() == [10, 5]
    env.close()


def test_only_agents_that_must_act_or_end_are_observed(server):
    env = make(server)
    steps = list(episode(env))

    # switch terminates in step 6; mixed joins in step 2 and acts every other step.
    assert set(steps[0][0]) == {"box", "switch"}
    assert set(steps[1][0]) == {"box", "switch", "mixed"}
    assert set(steps[2][0]) == {"box", "switch"}
    assert set(steps[2][1]) == {"box", "switch", "mixed"}
    assert steps[5][2] == {"switch": True, "__all__": False}
    assert all("switch" not in part for step in steps[6:] for part in step[:5])
    assert set(steps[-1][0]) == {"box", "mixed"}
    env.close()


def test_a_time_limit_truncates_the_episode_for_rllib(server):
    env = make(server)
    *_, (_, _, terminateds, truncateds, infos, record) = episode(env)

    assert terminateds == {"__all__": False}
    assert truncateds == {"__all__": True}
    assert infos["box"]["total"] == pytest.approx(7.5 * 10)
    assert record.is_truncated
    assert not record.is_terminated
    assert record.agent_episodes["switch"].is_terminated
    assert not record.agent_episodes["box"].is_terminated
    env.close()


def test_masks_are_in_infos_or_in_observations(server):
    env = make(server)
    _, infos = env.reset(seed=1)
    assert infos["switch"]["action_mask"].tolist() == [1, 1, 1]
    assert "action_mask" not in infos["box"]
    env.close()

    env = make(server, action_masks="observation")
    observations, infos = env.reset(seed=1)
    assert env.observation_spaces["switch"].contains(
        {
            "action_mask": observations["switch"]["action_mask"],
            "observations": observations["switch"]["observations"],
        }
    )
    assert "action_mask" not in infos["switch"]
    assert isinstance(observations["box"], np.ndarray)
    env.close()


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        ({}, "No action of agent 'box'"),
        ({"bax": [0, 0]}, "No agent 'bax'"),
        ({"box": np.full(2, np.nan, np.float32), "switch": 0}, "'box' is .*nan"),
        ({"box": np.zeros(3, np.float32), "switch": 0}, r"'box' has shape \(3,\)"),
        ({"box": np.zeros(2, np.float32), "switch": 7}, "'switch' is 7"),
    ],
)
def test_a_wrong_action_is_named(server, actions, message):
    env = make(server)
    env.reset(seed=1)
    with pytest.raises(InvalidArgumentError, match=message):
        env.step(actions)
    env.close()


def test_step_before_reset_says_so(server):
    env = make(server)
    with pytest.raises(FailedPreconditionError, match="reset"):
        env.step({})
    env.close()


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"scenario": "x"}, "'scenario' is no key.*env_id"),
        ({"normalize_actions": True}, "normalize_actions is True; allowed: rescale, clip, off"),
        ({"action_masks": "no"}, "action_masks is 'no'"),
        ({"address": []}, "at least one server"),
    ],
)
def test_a_wrong_config_is_named(server, config, message):
    with pytest.raises(InvalidArgumentError, match=message):
        make(server, **config)


def test_a_missing_env_id_is_named():
    with pytest.raises(InvalidArgumentError, match="'env_id' is missing"):
        HeronMultiAgentEnv({})


def test_a_runner_uses_its_server(server):
    config = {"address": ["127.0.0.1:1", server.address], "env_id": "Toy-v0"}
    env = HeronMultiAgentEnv(EnvContext(config, worker_index=3))

    assert env.session.connection.address == server.address
    env.close()


def test_seeds_of_runners_and_copies_differ():
    # Copies 0..7 of runners 0..7, as RLlib seeds them: seed + runner + copy.
    seeds = {mixed_seed(5 + w + i, w, i) for w in range(8) for i in range(8)}

    assert len(seeds) == 64
    assert mixed_seed(5, 0, 0) == 5


def test_copies_of_one_runner_are_numbered(server):
    context = EnvContext({"address": server.address, "env_id": "Toy-v0"}, worker_index=1)
    first, second = HeronMultiAgentEnv(context), HeronMultiAgentEnv(context)

    assert first.reset(seed=3)[0]["box"][1] != second.reset(seed=3)[0]["box"][1]
    first.close()
    second.close()


def test_the_local_environment_plays_the_episodes_of_pettingzoo(server):
    env = make(server)
    with parallel_env("Toy-v0", address=server.address) as other:
        assert env.reset(seed=9)[0]["box"].tolist() == other.reset(seed=9)[0]["box"].tolist()
    env.close()


@pytest.mark.parametrize("pickler", [pickle, cloudpickle])
def test_a_used_environment_can_be_pickled(server, pickler):
    env = make(server)
    first, _ = env.reset(seed=2)
    copy = pickler.loads(pickler.dumps(env))
    second, _ = copy.reset(seed=2)

    assert first["box"].tolist() == second["box"].tolist()
    assert len(server.servicer.sessions) == 2
    env.close()
    copy.close()


def test_vector_copies_equal_single_environments(server):
    config = EnvContext({"address": server.address, "env_id": "Toy-v0"}, worker_index=1)
    vector = HeronVectorMultiAgentEnv(config, 2)
    single = [HeronMultiAgentEnv(config) for _ in range(2)]
    observations, _ = vector.reset(seed=4)
    alone = [env.reset(seed=4 + i)[0] for i, env in enumerate(single)]
    for _ in range(10):
        for one, other in zip(observations, alone, strict=True):
            assert one.keys() == other.keys()
            assert all(one[agent].tolist() == other[agent].tolist() for agent in one)
        actions = [acting(single[0], seen, 0.3) for seen in observations]
        observations, *flags = vector.step(actions)
        steps = [env.step(action) for env, action in zip(single, actions, strict=True)]
        alone = [step[0] for step in steps]
        assert [list(part) for part in zip(*[step[1:4] for step in steps], strict=True)] == flags[
            :3
        ]

    assert flags[2] == [{"__all__": True}] * 2
    # The next step resets and ignores the actions, which RLlib leaves out.
    observations, rewards, terminateds, truncateds, _ = vector.step([{}, {}])
    assert [set(seen) for seen in observations] == [{"box", "switch"}] * 2
    assert not any(flag["__all__"] for flag in terminateds + truncateds)
    assert not any(value for of_copy in rewards for value in of_copy.values())
    vector.close()
    for env in single:
        env.close()


def test_vector_step_is_one_message(server):
    vector = HeronVectorMultiAgentEnv({"address": server.address, "env_id": "Toy-v0"}, 5)
    observations, _ = vector.reset(seed=1)
    session = next(iter(server.servicer.sessions.values()))
    before = session.messages
    for _ in range(7):
        observations, *_ = vector.step([acting(vector.envs[0], seen) for seen in observations])

    assert session.messages - before == 7
    vector.close()
