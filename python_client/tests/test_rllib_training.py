"""RLlib trains on the real server, with both classes and in other processes."""

from __future__ import annotations

import pytest

pytest.importorskip("ray.rllib", reason="needs the extra [rllib]")

from ray.rllib.algorithms.ppo import PPOConfig
from ray.rllib.core.rl_module.default_model_config import DefaultModelConfig

from heron_client import connect
from heron_client.rllib import HeronMultiAgentEnv, HeronVectorEnvRunner

RUNNERS = {
    "single": {"num_envs_per_env_runner": 1},
    "vector": {"num_envs_per_env_runner": 4, "env_runner_cls": HeronVectorEnvRunner},
}


def ppo(address, env_id, policies, runners, **env_config):
    """Configure a short PPO run; policies maps agents to policies."""
    model = DefaultModelConfig(fcnet_hiddens=[16], fcnet_activation="relu", vf_share_layers=False)
    return (
        PPOConfig()
        .environment(
            HeronMultiAgentEnv,
            env_config={"address": address, "env_id": env_id, **env_config},
            disable_env_checking=True,
        )
        .env_runners(**{"num_env_runners": 0, **runners})
        .training(train_batch_size_per_learner=200, minibatch_size=100, num_epochs=1)
        .rl_module(model_config=model)
        .multi_agent(
            policies=set(policies.values()),
            policy_mapping_fn=lambda agent, episode, **_: policies[agent],
        )
        .debugging(seed=1)
    )


def agents_of(heron, env_id):
    return [agent.id for agent in connect(heron.address).get_environment(env_id).spec.agents]


def policies_of(heron, env_id):
    """Share one policy among the microgrids; elsewhere each agent has its own."""
    agents = agents_of(heron, env_id)
    return {agent: "shared" if env_id == "SimpleMicrogrids-v0" else agent for agent in agents}


@pytest.mark.parametrize("runners", RUNNERS)
@pytest.mark.parametrize("env_id", ["SimpleMicrogrids-v0", "MultiAgentArena-v0", "Probe-v0"])
def test_ppo_trains(heron, ray_session, env_id, runners):
    policies = policies_of(heron, env_id)
    algorithm = ppo(heron.address, env_id, policies, RUNNERS[runners]).build_algo()
    for _ in range(2):
        result = algorithm.train()
    algorithm.stop()

    assert result["env_runners"]["num_env_steps_sampled_lifetime"] >= 400
    assert (
        result["env_runners"]["episode_return_mean"]
        == pytest.approx(
            sum(result["env_runners"]["agent_episode_returns_mean"].values()), abs=1e-3
        )
        or env_id == "Probe-v0"
    )
    assert set(policies.values()) <= set(result["learners"])
    assert not [s for s in connect(heron.address).list_sessions() if s.env_id == env_id]


def test_a_remote_runner_trains(heron, ray_session):
    policies = policies_of(heron, "SimpleMicrogrids-v0")
    runners = {**RUNNERS["vector"], "num_env_runners": 1}
    algorithm = ppo(heron.address, "SimpleMicrogrids-v0", policies, runners).build_algo()
    sessions = connect(heron.address).list_sessions()
    result = algorithm.train()
    algorithm.stop()

    assert [session.num_envs for session in sessions] == [4]
    assert result["env_runners"]["num_env_steps_sampled_lifetime"] >= 200


def test_a_vector_step_of_the_runner_is_one_message(heron, ray_session):
    policies = policies_of(heron, "SimpleMicrogrids-v0")
    algorithm = ppo(heron.address, "SimpleMicrogrids-v0", policies, RUNNERS["vector"]).build_algo()
    episodes = algorithm.env_runner.sample(num_timesteps=160)
    (session,) = connect(heron.address).list_sessions()
    algorithm.stop()

    assert sum(len(episode) for episode in episodes) == 160
    assert session.num_envs == 4
    assert session.steps == 40
    # The opening of the stream, the reset, and the steps.
    assert session.stream_messages == 42


def test_both_classes_play_the_same_episodes(heron, ray_session):
    policies = policies_of(heron, "Probe-v0")

    def observations(runners):
        config = ppo(heron.address, "Probe-v0", policies, runners)
        runner = config.build_algo().env_runner
        runner._reset_envs_and_episodes(explore=False)
        first = [
            {agent: seen.tolist() for agent, seen in episode.get_observations(-1).items()}
            for episode in runner._ongoing_episodes
        ]
        runner.stop()
        return first

    single = observations({"num_envs_per_env_runner": 3})
    vector = observations({**RUNNERS["vector"], "num_envs_per_env_runner": 3})

    assert single == vector
    assert single[0] != single[1]


def test_training_goes_on_when_the_server_is_restarted(own_heron, ray_session):
    policies = policies_of(own_heron, "SimpleMicrogrids-v0")
    algorithm = ppo(
        own_heron.address,
        "SimpleMicrogrids-v0",
        policies,
        RUNNERS["vector"],
        on_session_lost="truncate",
    ).build_algo()
    algorithm.train()
    own_heron.restart()
    result = algorithm.train()
    algorithm.stop()

    assert result["env_runners"]["num_env_steps_sampled_lifetime"] >= 400
