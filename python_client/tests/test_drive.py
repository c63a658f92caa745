"""Episodes that the server drives: what a client is asked and told, and how a drive ends."""

from __future__ import annotations

import collections
import time
import zlib

import numpy as np
import pytest
from fake_server import toy_spec

from heron_client import (
    DeadlineExceededError,
    Disturbance,
    EventOptions,
    FailedPreconditionError,
    HeronError,
    InvalidArgumentError,
    NotFoundError,
    RandomDisturbances,
    ResourceExhaustedError,
    ScheduleChange,
    UnavailableError,
    UnimplementedError,
    connect,
    drive_episodes,
    parallel_env,
)
from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client.action_request import read_request
from heron_client.spec import spec_from_proto

THERMOSTAT = {"env_id": "Thermostat-v0", "seed": 1, "episodes": 1}
EVENTS = THERMOSTAT | {"t_end": 10.0}


def choose(space, observation, mask):
    """Return an action that follows from the observation alone."""
    space.seed(zlib.crc32(np.asarray(observation).tobytes()))
    return space.sample(mask)


def plain(value):
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def told(ends):
    return {
        agent: (plain(end.observation), end.reward, end.terminated, end.truncated)
        for agent, end in ends.items()
    }


def drive_on(drive, actions):
    """Answer every request by ``actions(request)``; return what was asked and told."""
    heard = []
    for episode in drive:
        for request in episode:
            observations = {agent: plain(seen) for agent, seen in request.observations.items()}
            heard.append((request.time_seconds, request.steps, observations, request.rewards))
            heard.append((request.observed_at_seconds, request.metrics, told(request.ended)))
            request.answer(actions(request))
        heard.append((episode.seed, told(episode.ended), episode.requests, episode.summary))
    return heard


def heat(request):
    return {agent: [0.4] for agent in request.agents}


@pytest.mark.parametrize("env_id", ["Probe-v0", "SimpleMicrogrids-v0", "MultiAgentArena-v0"])
def test_step_by_step_equals_parallel_env(heron, env_id):
    asked, ends, owed, returns = [], {}, collections.defaultdict(float), collections.Counter()
    with parallel_env(env_id, address=heron.address) as env:
        observations, infos = env.reset(seed=5)
        while env.agents:
            due = [agent for agent in env.agents if infos[agent]["heron/must_act"]]
            if due:
                asked.append({agent: (plain(observations[agent]), owed[agent]) for agent in due})
            actions = {}
            for agent in due:
                owed[agent] = 0.0
                mask = infos[agent].get("action_mask")
                actions[agent] = choose(env.action_space(agent), observations[agent], mask)
            observations, rewards, terminations, truncations, infos = env.step(actions)
            returns.update(rewards)
            for agent, reward in rewards.items():
                owed[agent] += reward
                if terminations[agent] or truncations[agent]:
                    end = (plain(observations[agent]), owed[agent])
                    ends[agent] = (*end, terminations[agent], truncations[agent])

    requests = []
    with drive_episodes(env_id, seed=5, episodes=1, address=heron.address) as drive:
        for episode in drive:
            for request in episode:
                requests.append(
                    {
                        agent: (plain(request.observations[agent]), request.rewards[agent])
                        for agent in request.agents
                    }
                )
                request.answer(
                    {
                        agent: choose(
                            drive.spec.agent(agent).action_space,
                            request.observations[agent],
                            request.action_masks.get(agent),
                        )
                        for agent in request.agents
                    }
                )

    assert len(requests) == len(asked)
    for request, expected in zip(requests, asked, strict=True):
        assert request.keys() == expected.keys()
        for agent, (observation, reward) in expected.items():
            assert request[agent] == (observation, pytest.approx(reward, rel=1e-5))
    assert told(episode.ended).keys() == ends.keys()
    for agent, end in told(episode.ended).items():
        assert end == (ends[agent][0], pytest.approx(ends[agent][1], rel=1e-5), *ends[agent][2:])
    summary = episode.summary
    assert (episode.number, summary.episode_seed, episode.requests) == (1, 5, len(asked))
    assert summary.total_return == pytest.approx(sum(returns.values()), rel=1e-5)
    for agent, sums in returns.items():
        assert summary.agents[agent].episode_return == pytest.approx(sums, rel=1e-5)
    assert summary.events is None


def test_event_driven_with_the_same_seed_tells_the_same(heron):
    def play(jitter_seed):
        jitter = ScheduleChange("room_*", jitter="gaussian", jitter_ratio=0.2)
        options = EventOptions(changes=[jitter], jitter_seed=jitter_seed)
        arguments = EVENTS | {"episodes": 2, "options": options}
        with drive_episodes(**arguments, address=heron.address) as drive:
            return drive_on(drive, heat)

    first = play(3)

    assert len(first) > 40
    assert play(3) == first
    assert play(4) != first


def test_event_driven_summary_counts_what_happened(heron):
    with drive_episodes(**EVENTS, address=heron.address) as drive:
        episode = next(iter(drive))
        answered = 0
        for request in episode:
            assert request.time_seconds == pytest.approx(request.number + 0.05)
            assert request.observed_at_seconds == {
                "room_a": request.number,
                "room_b": request.number,
            }
            request.answer(heat(request))
            answered += 1
        assert list(drive) == []

    summary = episode.summary
    room = summary.agents["room_a"]
    assert (summary.end_reason, summary.end_seconds) == ("time_limit", 10)
    assert (episode.requests, room.decisions, room.terminated, room.truncated) == (
        answered,
        answered,
        False,
        True,
    )
    assert room.mean_staleness_seconds == pytest.approx(0.15)
    assert summary.metrics.keys() == {"mean_error"}
    assert summary.events.events == sum(summary.events.events_by_kind.values())
    assert summary.events.effects == room.effects + summary.agents["room_b"].effects


def test_timing_that_is_left_out_is_not_late(heron):
    options = EventOptions(timing=())
    with drive_episodes(**EVENTS, options=options, address=heron.address) as drive:
        for episode in drive:
            for request in episode:
                assert set(request.observed_at_seconds.values()) == {request.time_seconds}
                request.answer(heat(request))

    assert episode.summary.agents["room_b"].max_staleness_seconds == 0


def test_disturbances_hit_when_they_are_scheduled(heron):
    snap = Disturbance("cold_snap", {"ambient_drop": 4.0}, time=2.5)
    options = EventOptions(disturbances=[snap, RandomDisturbances(1e-9, [snap], end=1)])
    arguments = {"t_end": 10, "options": options}
    with drive_episodes(
        "TwoRoomHeating-v4", seed=1, episodes=1, **arguments, address=heron.address
    ) as drive:
        outside = []
        for episode in drive:
            for request in episode:
                outside.append(request.metrics["ambient_temperature"])
                request.answer(dict.fromkeys(request.agents))

    # Metrics come from the physics, which runs for the first time at 1 s.
    assert sorted(set(outside)) == [0, 11, 15]
    assert episode.summary.events.disturbances == 1


def test_declining_keeps_the_action_and_logging_gives_one(heron):
    def play(act):
        with drive_episodes(**THERMOSTAT, max_steps=6, address=heron.address) as drive:
            for episode in drive:
                for request in episode:
                    act(request)
        return episode

    def decline_later(request):
        request.answer(heat(request) if request.number == 1 else dict.fromkeys(request.agents))

    def log_one(request):
        request.log({"room_b": [0.4]})
        request.answer({"room_a": [0.4]})

    usual = play(lambda request: request.answer(heat(request)))
    declined, logged = play(decline_later), play(log_one)
    all_logged = play(lambda request: request.log(heat(request)))

    assert usual.summary.end_reason == "max_steps"
    assert declined.summary == logged.summary == all_logged.summary == usual.summary
    counts = [(run.requests, run.logged_actions) for run in (usual, declined, logged, all_logged)]
    assert counts == [(6, 0), (6, 0), (6, 6), (6, 12)]


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        ({"room_a": [0.0]}, "No action of agent 'room_b'"),
        ({"room_a": [0.0], "room_b": [0.0], "cellar": [0.0]}, "'cellar'.*waits for room_a, room_b"),
        ({"room_a": [0.0], "room_b": [0.0, 1.0]}, "'room_b' has shape"),
        ({"room_a": [float("nan")], "room_b": [0.0]}, "'room_a'.*finite"),
    ],
)
def test_a_wrong_answer_is_refused_before_it_is_sent(heron, actions, message):
    with drive_episodes(**THERMOSTAT, max_steps=2, address=heron.address) as drive:
        for episode in drive:
            for request in episode:
                with pytest.raises(InvalidArgumentError, match=message):
                    request.answer(actions)
                request.answer(heat(request))
                with pytest.raises(FailedPreconditionError, match="answered already"):
                    request.answer(heat(request))

    assert episode.requests == 2


def test_a_wrong_log_is_refused_before_it_is_sent(heron):
    with drive_episodes(**THERMOSTAT, max_steps=1, address=heron.address) as drive:
        for episode in drive:
            for request in episode:
                with pytest.raises(InvalidArgumentError, match=r"'room_a'.*None"):
                    request.log({"room_a": None})
                request.log({"room_a": [1.0]})
                with pytest.raises(InvalidArgumentError, match="waits for room_b"):
                    request.log({"room_a": [1.0]})
                request.answer({"room_b": [1.0]})

    assert (episode.requests, episode.logged_actions) == (1, 1)


def test_an_answer_to_another_request_ends_the_drive(heron):
    with drive_episodes(**THERMOSTAT, address=heron.address) as drive:
        episode = next(iter(drive))
        next(iter(episode))
        drive.send(pb.DriveEpisodesRequest(actions=pb.DriveActions(number=7)))

        with pytest.raises(FailedPreconditionError, match="request 1 waits"):
            drive.read()
        assert drive.read() is None


def test_going_on_without_an_answer_is_refused(heron):
    with drive_episodes(**THERMOSTAT, address=heron.address) as drive:
        episodes = iter(drive)
        episode = next(episodes)
        with pytest.raises(FailedPreconditionError, match="not over"):
            print(episode.summary)
        requests = iter(episode)
        request = next(requests)
        with pytest.raises(FailedPreconditionError, match=r"Request 1 is not answered.*room_a"):
            next(requests)
        request.answer(heat(request))
        with pytest.raises(FailedPreconditionError, match="still running"):
            next(episodes)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"env_id": "Thermostat-v9"}, NotFoundError, "Thermostat-v0"),
        ({"env_id": "Probe-v0"}, InvalidArgumentError, "Probe-v0 runs step by step only"),
        ({"t_end": None, "max_events": 1}, InvalidArgumentError, "max_events belongs to event"),
        ({"t_end": 0}, InvalidArgumentError, "t_end_seconds is 0"),
        ({"t_end": "long"}, InvalidArgumentError, r"t_end_seconds is 'long'.*a number"),
        ({"max_steps": 5}, InvalidArgumentError, "max_steps belongs"),
        ({"episodes": 0}, InvalidArgumentError, "episodes is 0"),
        ({"episodes": -1}, InvalidArgumentError, r"episodes is -1; .* 0 to 2\*\*32 - 1"),
        ({"seed": -1}, InvalidArgumentError, "seed is -1"),
        ({"one_hot_observations": "x"}, InvalidArgumentError, "takes True or False"),
        ({"agents": ["cellar"]}, InvalidArgumentError, "cellar"),
        ({"lease_seconds": 0.0}, InvalidArgumentError, "lease_seconds is 0"),
        ({"num_rooms": 99}, InvalidArgumentError, "num_rooms"),
    ],
)
def test_a_wrong_opening_names_what_is_wrong(heron, change, error, message):
    with pytest.raises(error, match=message):
        drive_episodes(**EVENTS | change, address=heron.address)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"changes": [ScheduleChange("attic")]}, r"No agent .* 'attic'"),
        (
            {"changes": [ScheduleChange(action_delay=-1)]},
            r"changes\[0\].action_delay_seconds is -1",
        ),
        ({"changes": [ScheduleChange(jitter_ratio=-1)]}, r"changes\[0\].jitter_ratio is -1"),
        ({"physics_interval": 0.0}, "physics_interval_seconds is 0"),
        ({"disturbances": [Disturbance("", time=1)]}, "has no type"),
        ({"disturbances": [Disturbance("hail", time=-1)]}, "-1"),
        ({"disturbances": [RandomDisturbances(0.0, [Disturbance("a")])]}, "rate of 0 per second"),
    ],
)
def test_wrong_options_name_what_is_wrong(heron, options, message):
    with pytest.raises(InvalidArgumentError, match=message):
        drive_episodes(**EVENTS, options=EventOptions(**options), address=heron.address)


def test_stop_ends_the_episode_with_its_summary(heron):
    endless = EVENTS | {"episodes": None, "t_end": 1e6, "max_episode_steps": 1_000_000}
    with drive_episodes(**endless, address=heron.address) as drive:
        played = 0
        for episode in drive:
            played += 1
            for request in episode:
                request.answer(heat(request))
                if request.number == 3:
                    drive.stop()

    assert (played, episode.requests, episode.summary.end_reason) == (1, 3, "stopped")
    assert all(end.truncated for end in episode.ended.values())
    assert episode.ended.keys() == {"room_a", "room_b"}


def test_stop_in_place_of_an_answer_skips_what_is_left(heron):
    with drive_episodes(**EVENTS | {"episodes": None}, address=heron.address) as drive:
        for episode in drive:
            for _ in episode:
                drive.stop()
                break

    assert (episode.is_over, episode.requests) == (True, 0)
    assert episode.summary.end_reason == "stopped"


def test_only_some_agents_in_one_hot(heron):
    arguments = {"agents": ["discrete_2"], "one_hot_observations": True, "max_steps": 3}
    with drive_episodes(
        "Probe-v0", seed=1, episodes=1, join_late=False, **arguments, address=heron.address
    ) as drive:
        for episode in drive:
            for request in episode:
                assert request.agents == ("discrete_2",)
                assert request.observations["discrete_2"].shape == (5,)
                assert request.action_masks["discrete_2"].shape == (4,)
                request.answer({"discrete_2": 0})

    assert episode.summary.agents.keys() == {"discrete_2"}


def test_messages_of_one_request_are_put_together():
    spec = spec_from_proto(toy_spec(5))
    parts = [
        pb.ActionRequest(
            number=4,
            agents=[0],
            observations=np.array([1, 2], "<f4").tobytes(),
            rewards=np.array([0.5], "<f4").tobytes(),
            observed_at_seconds=np.array([1.5]).tobytes(),
        ),
        pb.ActionRequest(
            number=4,
            last=True,
            time_seconds=2,
            agents=[1, 2],
            observations=np.array([1, 7], "<f4").tobytes(),
            action_masks=bytes([1, 0, 1]),
            rewards=np.array([-1, 2], "<f4").tobytes(),
            observed_at_seconds=np.array([1.25, 1]).tobytes(),
            metrics=np.array([9], "<f4").tobytes(),
        ),
    ]
    sent = []

    request = read_request(parts, {}, spec, sent.append)
    request.answer({"box": [1, 2], "mixed": {"c": [0.5], "d": [1, 3]}, "switch": None})

    assert request.agents == ("box", "switch", "mixed")
    assert {agent: plain(seen) for agent, seen in request.observations.items()} == {
        "box": [1, 2],
        "switch": 1,
        "mixed": [7],
    }
    assert plain(request.action_masks["switch"]) == [1, 0, 1]
    assert request.rewards == {"box": 0.5, "switch": -1, "mixed": 2}
    assert request.observed_at_seconds == {"box": 1.5, "switch": 1.25, "mixed": 1}
    assert (request.time_seconds, request.metrics) == (2, {"total": 9})
    assert sent == [
        pb.DriveEpisodesRequest(
            actions=pb.DriveActions(
                number=4,
                continuous=np.array([1, 2, 0.5], "<f4").tobytes(),
                discrete=np.array([1, 3], "<i4").tobytes(),
                declined=[1],
            )
        )
    ]


def open_when_free(address):
    """Open a drive as soon as the server has noticed that the last one is over."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return drive_episodes(**THERMOSTAT, address=address)
        except ResourceExhaustedError:
            assert time.monotonic() < deadline


@pytest.mark.parametrize("way", ["leaves its with block", "is collected", "fails"])
def test_a_client_that_leaves_early_frees_its_place(narrow_heron, way):
    address = narrow_heron.address
    if way == "leaves its with block":
        with drive_episodes(**THERMOSTAT, address=address) as drive:
            next(iter(next(iter(drive))))
            with pytest.raises(ResourceExhaustedError, match="--max-drives"):
                drive_episodes(**THERMOSTAT, address=address)
    elif way == "is collected":
        drive = drive_episodes(**THERMOSTAT, address=address)
        del drive
    else:
        drive = drive_episodes(**THERMOSTAT, address=address)
        drive.send(pb.DriveEpisodesRequest(open=pb.DriveOpen()))
        with pytest.raises(FailedPreconditionError, match="open already"):
            collections.deque(iter(drive.read, None))

    with open_when_free(address) as drive:
        assert drive_on(drive, heat)


def test_closed_or_over_there_is_nothing_more(heron):
    with drive_episodes(**THERMOSTAT, max_steps=1, address=heron.address) as drive:
        drive_on(drive, heat)
        assert list(drive) == []
    drive.close()
    with drive_episodes(**THERMOSTAT, address=heron.address) as drive:
        episode = next(iter(drive))
    assert list(drive) == []
    with pytest.raises(FailedPreconditionError, match="closed in the middle of episode 1"):
        next(iter(episode))


def test_a_request_waits_for_the_lease(heron):
    with drive_episodes(**THERMOSTAT, lease_seconds=1, address=heron.address) as drive:
        assert drive.lease_seconds == 1
        next(iter(next(iter(drive))))
        with pytest.raises(DeadlineExceededError, match=r"^The client .* 1 s \(lease_seconds\)"):
            drive.read()


def test_a_server_killed_in_an_episode_is_said(own_heron):
    connection = connect(own_heron.address, connect_timeout=1)
    with drive_episodes(**THERMOSTAT, address=connection) as drive:
        for request in next(iter(drive)):
            own_heron.kill()
            request.answer(heat(request))
            break
        with pytest.raises(UnavailableError, match=r"Nothing listens.*another drive with seed=1"):
            drive.read()
    with pytest.raises(UnavailableError, match="Nothing listens"):
        drive_episodes(**THERMOSTAT, address=connection)
    own_heron.start()

    # The connection is as usable as before; it is given time to notice that.
    connection.connect_timeout = 30
    with drive_episodes(**THERMOSTAT, address=connection) as drive:
        assert drive_on(drive, heat)


def test_a_server_that_shuts_down_is_said(own_heron):
    with drive_episodes(**THERMOSTAT, address=own_heron.address) as drive:
        next(iter(next(iter(drive))))
        own_heron.restart_gracefully()
        with pytest.raises(UnavailableError, match="cannot be resumed"):
            drive.read()


def test_a_frozen_server_is_said_in_time(own_heron):
    endless = THERMOSTAT | {"episodes": None, "timeout": 2}

    def freeze_and_heat(request):
        own_heron.freeze()
        return heat(request)

    with drive_episodes(**endless, address=own_heron.address) as drive:
        with pytest.raises(DeadlineExceededError, match=r"within 2 s.*frozen"):
            drive_on(drive, freeze_and_heat)
        own_heron.thaw()


def test_an_older_server_is_said(server):
    with pytest.raises(UnimplementedError, match="does not offer this call"):
        drive_episodes("Toy-v0", address=server.address)


def test_nobody_listens(server):
    server.stop()
    with pytest.raises(HeronError, match="Nothing listens"):
        drive_episodes("Toy-v0", address=server.address, connect_timeout=0.3)
