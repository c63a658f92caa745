"""Reaching a server: waiting, refusing, timing out, proxies, pickles and forks."""

from __future__ import annotations

import multiprocessing
import pickle
import socket
import time

import cloudpickle
import pytest

from heron_client import (
    DeadlineExceededError,
    HeronError,
    InvalidArgumentError,
    UnauthenticatedError,
    UnavailableError,
    connect,
    parallel_env,
)
from heron_client.session import Session


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def test_catalogue_card_and_sessions(server):
    with connect(server.address) as connection:
        assert connection.list_environments() == {"Toy-v0": "A toy."}
        card = connection.get_environment("Toy-v0", length=4)
        assert card.spec.max_episode_steps == 4
        assert card.parameters[0].default == 10
        assert card.spec.agent("mixed").continuous == slice(2, 3)

        env = parallel_env("Toy-v0", address=connection)
        env.reset(seed=1)
        (session,) = connection.list_sessions()
        assert (session.env_id, session.steps, session.stream_messages) == ("Toy-v0", 0, 2)
        assert connection.close_session(session.session_id)
        assert not connection.close_session(session.session_id)


def test_nothing_listening_is_said(server):
    address = free_address()
    with pytest.raises(UnavailableError, match=f"Nothing listens at {address}.*heron serve"):
        connect(address, connect_timeout=0.3).list_environments()


def test_a_server_that_is_not_ready_is_said(server):
    server.serving = False
    with pytest.raises(UnavailableError, match="not ready"):
        connect(server.address, connect_timeout=0.3).list_environments()


def test_a_frozen_server_is_said():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        connection = connect(f"127.0.0.1:{silent.getsockname()[1]}", connect_timeout=0.5)
        with pytest.raises(UnavailableError, match="frozen"):
            connection.list_environments()


def test_a_server_that_starts_late_is_waited_for(server):
    server.stop()
    connection = connect(server.address)
    with pytest.raises(UnavailableError):
        connection.wait_until_ready(0.2)
    server.start()

    assert connection.list_environments()


def test_an_unknown_host_is_said():
    with pytest.raises(UnavailableError, match=r"cannot be resolved|cannot be reached"):
        connect("no-such-host.invalid:1", connect_timeout=0.3).list_environments()


@pytest.mark.parametrize("address", ["", "localhost", "localhost:", "host:99999", ":5"])
def test_a_malformed_address_is_refused(address):
    with pytest.raises(InvalidArgumentError, match="HOST:PORT"):
        connect(address)


def test_a_read_without_an_answer_ends_at_the_timeout(server):
    env = parallel_env("Toy-v0", address=server.address, timeout=0.5)
    env.reset(seed=1)
    server.servicer.answer.clear()
    start = time.monotonic()
    with pytest.raises(DeadlineExceededError, match=r"within 0\.5 s"):
        env.step({"box": [0, 0], "switch": 0})

    assert time.monotonic() - start < 10
    server.servicer.answer.set()
    # The step may or may not have happened, so only a reset goes on.
    assert env.reset(seed=1)


def test_a_token_goes_with_every_call(server):
    server.servicer.token = "secret"
    with pytest.raises(UnauthenticatedError, match="token"):
        connect(server.address).list_environments()

    assert connect(server.address, token="secret").list_environments()
    assert "secret" not in repr(connect(server.address, token="secret"))


def test_a_missing_certificate_file_is_named():
    with pytest.raises(InvalidArgumentError, match=r"nowhere\.pem"):
        connect("127.0.0.1:1", tls="nowhere.pem").list_environments()


def test_proxy_variables_do_not_capture_loopback(server, monkeypatch):
    for name in ("http_proxy", "https_proxy", "grpc_proxy"):
        monkeypatch.setenv(name, f"http://{free_address()}")
    monkeypatch.delenv("no_proxy", raising=False)

    assert connect(server.address).list_environments()


@pytest.mark.parametrize("pickler", [pickle, cloudpickle])
def test_a_used_connection_can_be_pickled(server, pickler):
    connection = connect(server.address, token="t")
    connection.list_environments()
    copy = pickler.loads(pickler.dumps(connection))

    assert copy == connection
    assert copy.list_environments()


def test_errors_can_be_pickled(server):
    with pytest.raises(HeronError) as caught:
        parallel_env("Nope-v0", address=server.address)
    copy = pickle.loads(pickle.dumps(caught.value))

    assert type(copy) is type(caught.value)
    assert (copy.message, copy.env_id, copy.status) == (
        caught.value.message,
        "Nope-v0",
        "NOT_FOUND",
    )


def _in_child(env, results):
    observations, _ = env.reset(seed=1)
    env.step({"box": [1, 0], "switch": 0})
    results.put((float(observations["box"][1]), env.session.session_id))


def test_a_forked_child_gets_a_channel_and_a_session_of_its_own():
    # The server runs in a process of its own: a fork must not copy its threads.
    context = multiprocessing.get_context("spawn")
    ends = context.Pipe()
    process = context.Process(target=_serve, args=(ends[1],))
    process.start()
    try:
        env = parallel_env("Toy-v0", address=ends[0].recv())
        first, _ = env.reset(seed=1)
        fork = multiprocessing.get_context("fork")
        results = fork.Queue()
        child = fork.Process(target=_in_child, args=(env, results))
        child.start()
        point, child_session = results.get(timeout=30)
        child.join(30)

        assert child.exitcode == 0
        assert point == first["box"][1]
        assert child_session != env.session.session_id
        # The parent's session and stream are untouched.
        observations, *_ = env.step({"box": [0, 0], "switch": 0})
        assert observations["box"][0] == 1
    finally:
        ends[0].send("stop")
        process.join(30)


def _serve(end):
    from fake_server import fake_server

    with fake_server() as server:
        end.send(server.address)
        end.recv()


def test_a_session_says_when_it_is_out_of_step(server):
    env = parallel_env("Toy-v0", address=server.address)
    env.reset(seed=1)
    other: Session = pickle.loads(pickle.dumps(env.session))
    other._id, other._sequence = env.session._id, 0
    with pytest.raises(HeronError, match="expects request 1"):
        other.step(bytes(12), bytes(12))
