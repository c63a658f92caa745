"""The packed view of many copies."""

from __future__ import annotations

import numpy as np
import pytest

from heron_client import FailedPreconditionError, InvalidArgumentError, NotFoundError, vector_env


def zeros(env):
    return (
        np.zeros((env.num_envs, env.spec.continuous_length), np.float32),
        np.zeros((env.num_envs, env.spec.discrete_length), np.int32),
    )


def test_reset_with_seed_gives_copy_i_seed_plus_i(server):
    with vector_env("Toy-v0", 3, address=server.address) as env:
        result = env.reset(2**32 - 2)

    assert result.episode_seeds.tolist() == [2**32 - 2, 2**32 - 1, 0]
    assert result.was_reset.all()
    assert result.must_act.tolist() == [[True, True, False]] * 3


def test_reset_with_seeds_repeats_an_episode(server):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        first = env.reset(seeds=[5, 9])
        env.step(*zeros(env))
        again = env.reset(seeds=np.array([5, 9]))

    assert first.observations.tolist() == again.observations.tolist()


def test_reset_with_mask_leaves_the_other_copies_alone(server):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        env.reset(1)
        env.step(*zeros(env))
        result = env.reset(8, mask=[False, True])

    assert result.was_reset.tolist() == [False, True]
    assert result.observations[:, 0].tolist() == [1, 0]


def test_step_reports_rewards_flags_masks_and_metrics(server):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        start = env.reset(1)
        continuous, discrete = zeros(env)
        continuous[1, env.spec.agent("box").continuous] = [3.0, 1.0]
        discrete[1, env.spec.agent("switch").discrete] = 2
        result = env.step(continuous, discrete)

    assert result.rewards[1, 0] == pytest.approx(start.observations[1, 1] + 4.0)
    assert result.metrics.tolist() == [[0.0], [6.0]]
    assert result.action_masks.tolist() == [[1, 0, 1]] * 2
    assert not result.terminated.any()


def test_next_step_mode_resets_in_the_step_after_the_last(server):
    with vector_env("Toy-v0", 2, address=server.address, length=3) as env:
        env.reset(1)
        results = [env.step(*zeros(env)) for _ in range(4)]

    assert results[2].ended.all()
    assert results[2].truncated.tolist() == [[True, True, True]] * 2
    assert results[3].was_reset.all()
    assert results[3].rewards.sum() == 0


def test_same_step_mode_reports_final_observations(server):
    with vector_env(
        "Toy-v0", 2, address=server.address, autoreset_mode="same_step", length=3
    ) as env:
        env.reset(1)
        results = [env.step(*zeros(env)) for _ in range(3)]

    assert results[1].final_observations is None
    assert results[2].env_flags.tolist() == [3, 3]
    assert results[2].final_observations[:, 0].tolist() == [3, 3]
    assert results[2].observations[:, 0].tolist() == [0, 0]


def test_disabled_mode_refuses_to_step_past_the_end(server):
    with vector_env(
        "Toy-v0", 1, address=server.address, autoreset_mode="disabled", length=1
    ) as env:
        env.reset(1)
        env.step(*zeros(env))
        with pytest.raises(FailedPreconditionError, match="needs Reset"):
            env.step(*zeros(env))

        # The refused call has changed nothing, so the session goes on.
        assert env.reset(1).was_reset.all()


def test_result_in_several_messages_equals_one_message(server):
    with vector_env("Toy-v0", 5, address=server.address, length=4) as env:
        env.reset(3)
        whole = [env.step(*zeros(env)) for _ in range(5)]
        server.servicer.chunk = 2
        env.reset(3)
        parts = [env.step(*zeros(env)) for _ in range(5)]

    for one, other in zip(whole, parts, strict=True):
        assert one.observations.tolist() == other.observations.tolist()
        assert one.agent_flags.tolist() == other.agent_flags.tolist()
        assert (one.episode_seeds is None) == (other.episode_seeds is None)


def test_results_stay_valid_after_later_steps(server):
    with vector_env("Toy-v0", 1, address=server.address) as env:
        first = env.reset(1)
        before = first.observations.copy()
        env.step(*zeros(env))

    assert first.observations.tolist() == before.tolist()
    with pytest.raises(ValueError, match="read-only"):
        first.observations[0, 0] = 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c, d: (c[:1], d), r"continuous has shape \(1, 3\).*\(2, 3\)"),
        (lambda c, d: (c, d.astype(float)), "discrete has shape .* whole numbers"),
        (lambda c, d: (None, d), "3 continuous action numbers"),
        (lambda c, d: (np.where([[0], [1]], np.nan, c), d), "agent 'box' in copy 1 is .*nan"),
        (lambda c, d: (c, d + 3), r"agent 'switch' in copy 0 is \[3\]"),
        (lambda c, d: (c, d.astype(np.int64) + 2**32), "agent 'switch' in copy 0"),
        (lambda c, d: (c, d.astype(np.uint64) + 2**32), "agent 'switch' in copy 0"),
        (lambda c, d: (c, d.astype(np.int64) - 2**32), "agent 'switch' in copy 0"),
    ],
)
def test_step_with_a_wrong_action_names_it_and_sends_nothing(server, change, message):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        env.reset(1)
        with pytest.raises(InvalidArgumentError, match=message):
            env.step(*change(*zeros(env)))

        assert next(iter(server.servicer.sessions.values())).steps == 0


def test_step_with_nan_of_an_agent_that_need_not_act_is_sent(server):
    with vector_env("Toy-v0", 1, address=server.address) as env:
        env.reset(1)
        continuous, discrete = zeros(env)
        discrete[0, env.spec.agent("mixed").discrete] = 99

        assert env.step(continuous, discrete).env_flags.tolist() == [0]


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "x"])
def test_reset_with_a_wrong_seed_says_what_is_allowed(server, seed):
    with (
        vector_env("Toy-v0", 1, address=server.address) as env,
        pytest.raises(InvalidArgumentError, match=r"from 0 to 2\*\*32"),
    ):
        env.reset(seed)


def test_unknown_environment_lists_those_that_there_are(server):
    with pytest.raises(NotFoundError, match="there is Toy-v0"):
        vector_env("Nope-v0", 1, address=server.address)


def test_wrong_parameter_keeps_the_server_sentence(server):
    with pytest.raises(InvalidArgumentError, match="parameter"):
        vector_env("Toy-v0", 1, address=server.address, lenght=3)


def test_parameter_of_a_wrong_kind_is_refused_before_sending(server):
    with pytest.raises(InvalidArgumentError, match="Parameter 'length'"):
        vector_env("Toy-v0", 1, address=server.address, length=object())


def test_options_are_checked(server):
    with pytest.raises(InvalidArgumentError, match="autoreset_mode is 'maybe'"):
        vector_env("Toy-v0", 1, address=server.address, autoreset_mode="maybe")
    with pytest.raises(InvalidArgumentError, match="num_envs is 0"):
        vector_env("Toy-v0", 0, address=server.address)
    with pytest.raises(InvalidArgumentError, match="num_envs is 10000000000"):
        vector_env("Toy-v0", 10**10, address=server.address)


def test_state_can_be_saved_and_loaded(server):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        env.reset(1)
        env.step(*zeros(env))
        state = env.save_state()
        ahead = env.step(*zeros(env))
        back = env.load_state(state)
        again = env.step(*zeros(env))

    assert back.observations[:, 0].tolist() == [1, 1]
    assert again.observations.tolist() == ahead.observations.tolist()


def test_render_draws_the_chosen_copy(server):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        env.reset(1)
        assert env.render(copy=1) == "t=0"
