"""Broken connections and lost sessions."""

from __future__ import annotations

import numpy as np
import pytest
from cutting_proxy import CuttingProxy

from heron_client import (
    FailedPreconditionError,
    ReplayError,
    SessionLostError,
    UnavailableError,
    parallel_env,
    vector_env,
)


@pytest.fixture
def proxy(server):
    running = CuttingProxy(server.address)
    yield running
    running.close()


def play(env, steps, interrupt=lambda step: None, seed=3):
    """Play random actions and return everything that came back, rows of numbers."""
    rng = np.random.default_rng(0)
    spec = env.spec
    results = [env.reset(seed)]
    for step in range(steps):
        interrupt(step)
        if env.session.options.autoreset_mode == "disabled" and results[-1].ended.any():
            results.append(env.reset(mask=results[-1].ended))
        continuous = rng.random((env.num_envs, spec.continuous_length), np.float32)
        discrete = rng.integers(0, 2, (env.num_envs, spec.discrete_length))
        results.append(env.step(continuous, discrete))
    return [
        np.concatenate(
            [
                result.observations.ravel(),
                result.rewards.ravel(),
                result.agent_flags.ravel(),
                result.env_flags,
                result.metrics.ravel(),
            ]
        )
        for result in results
    ]


def same(one, other):
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_every_answer_cut_off_changes_nothing_and_steps_once(server, proxy):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        expected = play(env, 15)
        steps = server.servicer.sessions[env.session.session_id].steps
    with vector_env("Toy-v0", 2, address=proxy.address) as env:
        actual = play(env, 15, lambda step: proxy.armed.set())
        steps_cut = server.servicer.sessions[env.session.session_id].steps

    assert proxy.cuts == 15
    assert steps == steps_cut == 15
    assert same(expected, actual)


def test_a_cut_create_session_makes_one_session(server, proxy):
    # The health check before it is answered; the session's creation is not.
    with parallel_env("Toy-v0", address=proxy.address) as env:
        env.session.connection.list_environments()
        env.session._forget()
        proxy.armed.set()
        env.reset(seed=1)
        env.session.connection.list_environments()

    assert proxy.cuts == 1
    assert len(server.servicer.requests) == 2


def test_lost_session_raises_and_reset_goes_on(server):
    with parallel_env("Toy-v0", address=server.address) as env:
        env.reset(seed=1)
        server.restart()
        with pytest.raises(SessionLostError, match=r"Toy-v0 any more.*reset"):
            env.step({"box": [0, 0], "switch": 0})
        observations, _ = env.reset(seed=1)

    assert observations["box"][0] == 0


def test_reset_of_a_lost_session_follows_on_with_the_seeds(server):
    with vector_env("Toy-v0", 2, address=server.address) as env:
        env.reset(5)
        expected = env.reset().episode_seeds.tolist()
        env.reset(5)
        server.restart()

        assert env.reset().episode_seeds.tolist() == expected


def test_server_that_stays_away_is_said(server):
    with parallel_env("Toy-v0", address=server.address, connect_timeout=0.3) as env:
        env.reset(seed=1)
        server.stop()
        with pytest.raises(UnavailableError, match="Nothing listens"):
            env.step({"box": [0, 0], "switch": 0})


@pytest.mark.parametrize("mode", ["disabled", "next_step", "same_step"])
@pytest.mark.parametrize("restarts", [{1}, {7}, {3, 12, 13}, {24}])
def test_replay_continues_as_if_nothing_had_happened(server, mode, restarts):
    options = {"address": server.address, "autoreset_mode": mode, "length": 9}
    with vector_env("Toy-v0", 3, **options) as env:
        expected = play(env, 25)
    with vector_env("Toy-v0", 3, **options, on_session_lost="replay") as env:
        actual = play(env, 25, lambda step: step in restarts and server.restart())

    assert same(expected, actual)


@pytest.mark.parametrize("mode", ["disabled", "next_step", "same_step"])
def test_replay_rebuilds_copies_of_different_age(server, mode):
    def run(restart, **more):
        with vector_env(
            "Toy-v0", 3, address=server.address, autoreset_mode=mode, length=30, **more
        ) as env:
            continuous = np.full((3, 3), 0.25, np.float32)
            discrete = np.ones((3, 3), np.int32)
            env.reset(1)
            env.step(continuous, discrete)
            env.reset(40, mask=[False, True, False])
            env.step(continuous, discrete)
            env.step(continuous, discrete)
            env.reset(50, mask=[False, False, True])
            if restart:
                server.restart()
            return env.step(continuous, discrete)

    expected, actual = run(False), run(True, on_session_lost="replay")

    assert expected.observations[:, 0].tolist() == [4, 3, 1]
    assert expected.observations.tolist() == actual.observations.tolist()


def test_replay_with_another_outcome_is_refused(server, monkeypatch):
    with vector_env("Toy-v0", 1, address=server.address, on_session_lost="replay") as env:
        play(env, 3)
        server.restart()
        from fake_server import Toy

        monkeypatch.setattr(Toy, "digest", lambda self: 1)
        with pytest.raises(ReplayError, match=r"copies \[0\] differs"):
            env.step(np.zeros((1, 3)), np.zeros((1, 3), int))


def test_replay_after_a_loaded_state_is_refused_until_a_reset(server):
    with vector_env("Toy-v0", 1, address=server.address, on_session_lost="replay") as env:
        play(env, 3)
        env.load_state(env.save_state())
        server.restart()
        with pytest.raises(ReplayError, match="loaded state"):
            env.step(np.zeros((1, 3)), np.zeros((1, 3), int))
        play(env, 3, lambda step: step == 2 and server.restart())


def test_replay_forgets_actions_that_no_episode_needs(server):
    with vector_env("Toy-v0", 2, address=server.address, on_session_lost="replay", length=5) as env:
        play(env, 40)

        assert len(env.session._log._actions) <= 6


def test_truncate_ends_the_episode_with_the_last_observations(server):
    with parallel_env("Toy-v0", address=server.address, on_session_lost="truncate") as env:
        env.reset(seed=1)
        before, *_ = env.step({"box": [1, 1], "switch": 0})
        server.restart()
        after, rewards, terminations, truncations, infos = env.step({"box": [9, 9], "switch": 0})

        assert after["box"].tolist() == before["box"].tolist()
        assert rewards == {"box": 0, "switch": 0}
        assert truncations == {"box": True, "switch": True}
        assert not any(terminations.values())
        assert infos["box"]["heron/session_lost"]
        assert not env.agents
        with pytest.raises(FailedPreconditionError, match="reset"):
            env.step({"box": [9, 9], "switch": 0})
        assert env.reset()[0]["box"][0] == 0


def test_truncate_next_step_resets_in_the_following_step(server):
    zeros = np.zeros((2, 3), np.float32), np.zeros((2, 3), np.int32)
    with vector_env("Toy-v0", 2, address=server.address, on_session_lost="truncate") as env:
        seeds = env.reset(5).episode_seeds
        following = env.reset().episode_seeds
        env.reset(5)
        env.step(*zeros)
        server.restart()
        lost, fresh, later = env.step(*zeros), env.step(*zeros), env.step(*zeros)

    assert seeds.tolist() == [5, 6]
    assert lost.session_lost
    assert lost.ended.all()
    assert lost.truncated.tolist() == [[True, True, False]] * 2
    assert fresh.was_reset.all()
    assert fresh.episode_seeds.tolist() == following.tolist()
    assert later.observations[:, 0].tolist() == [1, 1]


def test_truncate_same_step_reports_final_observations(server):
    zeros = np.zeros((2, 3), np.float32), np.zeros((2, 3), np.int32)
    with vector_env(
        "Toy-v0", 2, address=server.address, on_session_lost="truncate", autoreset_mode="same_step"
    ) as env:
        env.reset(5)
        env.step(*zeros)
        server.restart()
        lost, later = env.step(*zeros), env.step(*zeros)

    assert lost.env_flags.tolist() == [3, 3]
    assert lost.final_observations[:, 0].tolist() == [1, 1]
    assert lost.observations[:, 0].tolist() == [0, 0]
    assert later.observations[:, 0].tolist() == [1, 1]
