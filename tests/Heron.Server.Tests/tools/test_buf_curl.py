"""``buf curl`` asks for reflection v1, which grpcurl of this age does not."""

from __future__ import annotations

import pytest

SERVICE = "heron.v1.MultiAgentEnv"

# buf returns the status code times 8.
NOT_FOUND, FAILED_PRECONDITION = 5 * 8, 9 * 8


def test_lists_services_and_methods(buf):
    services = buf("--list-services")
    methods = buf("--list-methods")

    assert services.returncode == 0, services.stderr
    assert SERVICE in services.stdout.split()
    assert f"{SERVICE}/StepStream" in methods.stdout.split()


def test_steps_with_json(buf, parse):
    def call(method, request):
        result = buf(f"{SERVICE}/{method}", data=request)
        assert result.returncode == 0, result.stderr
        return parse(result.stdout)

    session = call("CreateSession", {"env_id": "MultiAgentArena-v0"})["session_id"]
    early = buf(f"{SERVICE}/Step", data={"session_id": session})
    call("Reset", {"session_id": session, "seed": 1})
    actions = {"agent1": {"values": [1]}, "agent2": {"values": [3]}}
    step = call("Step", {"session_id": session, "actions": actions})
    unknown = buf(f"{SERVICE}/Step", data={"session_id": "nope"})

    assert early.returncode == FAILED_PRECONDITION
    assert step["agents"]["agent1"]["reward"] == pytest.approx(1)
    assert step["episode_over"] is False
    assert unknown.returncode == NOT_FOUND
    assert "'nope'" in unknown.stderr


@pytest.mark.parametrize("version", ["v1", "v1alpha"])
def test_both_versions_of_reflection_serve_the_schema(buf, version):
    result = buf("--reflect-protocol", f"grpc-{version}", "--list-services")

    assert result.returncode == 0, result.stderr
    assert SERVICE in result.stdout.split()
