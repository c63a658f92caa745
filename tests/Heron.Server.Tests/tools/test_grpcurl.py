"""People call the server by hand with grpcurl and JSON, knowing nothing but its address."""

from __future__ import annotations

import base64
import json
import struct
from pathlib import Path

import pytest

SERVICE = "heron.v1.MultiAgentEnv"
PROTOS = Path(__file__).parents[3] / "protos"

# grpcurl returns 64 plus the status code, and 1 for its own failures.
INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION = 64 + 3, 64 + 5, 64 + 9


@pytest.fixture
def session(grpcurl, parse):
    created = call(grpcurl, parse, "CreateSession", {"env_id": "MultiAgentArena-v0"})
    return created["session_id"]


def call(grpcurl, parse, method, request):
    result = grpcurl(f"{SERVICE}/{method}", data=request)
    assert result.returncode == 0, result.stderr
    return parse(result.stdout)


def moves(first, second):
    return {"agent1": {"values": [first]}, "agent2": {"values": [second]}}


def test_list_names_services_and_methods(grpcurl):
    services = grpcurl("list").stdout.split()
    methods = grpcurl("list", SERVICE).stdout.split()

    assert services == [
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
        SERVICE,
        "heron.v1.Rollouts",
    ]
    assert f"{SERVICE}.Step" in methods
    assert len(methods) == 13


def test_describe_shows_messages_and_a_template(grpcurl):
    service = grpcurl("describe", SERVICE).stdout
    message = grpcurl("describe", ".heron.v1.StepRequest", options=["-msg-template"]).stdout

    assert "rpc StepStream ( stream .heron.v1.StepStreamRequest )" in service
    assert "map<string, .heron.v1.AgentAction> actions = 2;" in message
    template = json.loads(message.split("Message template:")[1])
    assert template == {"session_id": "", "actions": {"": {"values": [0]}}}


def test_episode_by_hand_counts_and_rewards(grpcurl, parse, session):
    reset = call(grpcurl, parse, "Reset", {"session_id": session, "seed": 1})
    step = call(grpcurl, parse, "Step", {"session_id": session, "actions": moves(1, 3)})

    assert reset["was_reset"] is True
    assert (reset["sequence"], reset["episode_step"], reset["episode_seed"]) == (1, 0, 1)
    # Zeros are visible without any option.
    assert reset["agents"]["agent1"]["reward"] == 0
    assert reset["agents"]["agent1"]["terminated"] is False
    assert (step["sequence"], step["episode_step"], step["episode_over"]) == (2, 1, False)
    # agent1 enters a field for the first time, which is worth 1; agent2 pays 0.1 for a step.
    assert step["agents"]["agent1"]["reward"] == pytest.approx(1)
    assert step["agents"]["agent2"]["reward"] == pytest.approx(-0.1)


def test_evaluate_tells_of_each_episode(grpcurl):
    request = {"env_id": "Thermostat-v0", "mode": "EXECUTION_MODE_EVENT_DRIVEN", "t_end_seconds": 10}

    result = grpcurl("heron.v1.Rollouts/Evaluate", data={**request, "episodes": 2})

    assert result.returncode == 0, result.stderr
    first, second = json.loads("[" + result.stdout.replace("\n}\n{", "\n},{") + "]")
    assert (first["episode"], second["episode"]) == (1, 2)
    assert first["summary"]["end_reason"] == "END_REASON_TIME_LIMIT"
    assert first["summary"]["events"]["physics_runs"] == 10
    # Zeros are visible here, too.
    assert first["summary"]["events"]["disturbances"] == 0


def test_step_repeated_with_its_number_steps_once(grpcurl, parse, session):
    call(grpcurl, parse, "Reset", {"session_id": session, "seed": 1})
    request = {"session_id": session, "actions": moves(1, 3), "sequence": 2}

    first = call(grpcurl, parse, "Step", request)
    second = call(grpcurl, parse, "Step", request)
    sessions = call(grpcurl, parse, "ListSessions", {})["sessions"]

    assert first == second
    assert next(s for s in sessions if s["session_id"] == session)["steps"] == 1


def test_step_with_mistakes_names_them(grpcurl, parse, session):
    early = grpcurl(f"{SERVICE}/Step", data={"session_id": session, "actions": moves(1, 3)})
    call(grpcurl, parse, "Reset", {"session_id": session})
    missing = {"session_id": session, "actions": {"agent1": {"values": [1]}}}
    incomplete = grpcurl(f"{SERVICE}/Step", data=missing)
    not_a_number = grpcurl(
        f"{SERVICE}/Step", data={"session_id": session, "actions": moves("NaN", 3)}
    )
    unknown = grpcurl(f"{SERVICE}/Step", data={"session_id": "nope"})
    misspelt = grpcurl(f"{SERVICE}/Step", data={"sessionn_id": session})

    assert (early.returncode, "Reset" in early.stderr) == (FAILED_PRECONDITION, True)
    assert (incomplete.returncode, "'agent2'" in incomplete.stderr) == (INVALID_ARGUMENT, True)
    assert (not_a_number.returncode, "'agent1'" in not_a_number.stderr) == (INVALID_ARGUMENT, True)
    assert (unknown.returncode, "'nope'" in unknown.stderr) == (NOT_FOUND, True)
    assert (misspelt.returncode, "sessionn_id" in misspelt.stderr) == (1, True)


def test_stream_answers_each_document_in_turn(grpcurl, parse, session):
    action = base64.b64encode(struct.pack("<2i", 1, 3)).decode()
    documents = [
        {"open": {"session_id": session}},
        {"sequence": 1, "reset": {"seed": 1}},
        {"sequence": 2, "step": {"discrete": action}},
    ]

    result = grpcurl(f"{SERVICE}/StepStream", data="\n".join(map(json.dumps, documents)))

    assert result.returncode == 0, result.stderr
    answers = [parse(text + "}") for text in result.stdout.split("\n}") if text.strip()]
    assert answers[0]["opened"]["next_sequence"] == 1
    assert [answer["sequence"] for answer in answers[1:]] == [1, 2]
    rewards = base64.b64decode(answers[2]["result"]["rewards"])
    assert struct.unpack("<2f", rewards) == pytest.approx((1, -0.1))


def test_health_answers_every_name(grpcurl, parse):
    whole = grpcurl("grpc.health.v1.Health/Check")
    one = grpcurl("grpc.health.v1.Health/Check", data={"service": SERVICE})
    unknown = grpcurl("grpc.health.v1.Health/Check", data={"service": "nope"})

    assert parse(whole.stdout) == parse(one.stdout) == {"status": "SERVING"}
    assert unknown.returncode == NOT_FOUND


def test_protoset_of_the_server_equals_the_proto_files(grpcurl, tmp_path):
    protoset = tmp_path / "heron.protoset"
    written = grpcurl("describe", SERVICE, options=["-protoset-out", protoset])

    assert written.returncode == 0, written.stderr
    from_set = grpcurl(SERVICE, options=["-protoset", protoset], to="describe")
    files = ["-import-path", PROTOS, "-proto", "heron/v1/multi_agent_env.proto"]
    from_files = grpcurl(SERVICE, options=files, to="describe")
    without_comments = [
        line for line in from_files.stdout.splitlines() if not line.strip().startswith("//")
    ]
    assert from_set.returncode == from_files.returncode == 0
    assert [line for line in from_set.stdout.splitlines() if line] == [
        line for line in without_comments if line
    ]


def test_nobody_listening_is_a_local_failure(grpcurl):
    result = grpcurl("list", options=["-connect-timeout", "2"], to="127.0.0.1:1")

    assert result.returncode == 1
