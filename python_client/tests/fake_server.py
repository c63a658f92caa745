"""A small in-process server of the contract with one toy environment: the double of the unit tests.

Toy-v0 has three agents. ``box`` moves a point by its Box action; ``switch`` sees and picks one of
three, with masks, and terminates after step 6; ``mixed`` joins at step 2 and acts every other step.
Everybody is truncated after ``length`` steps. The metric ``total`` sums all actions.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import pickle
import threading
import zlib
from concurrent import futures

import grpc
import numpy as np

from heron_client._generated import multi_agent_env_pb2 as pb
from heron_client._generated import multi_agent_env_pb2_grpc as services

AGENTS = ("box", "switch", "mixed")
DISABLED, NEXT_STEP, SAME_STEP = 1, 2, 3
ALIVE, OBSERVED, MUST_ACT, TERMINATED, TRUNCATED = 1, 2, 4, 8, 16


@dataclasses.dataclass
class Toy:
    """One copy: state, outputs of the last call and bookkeeping."""

    length: int
    one_hot: bool = False
    seed: int | None = None
    t: int = 0
    point: float = 0.0
    total: float = 0.0
    flags: tuple[int, int, int] = (0, 0, 0)
    rewards: tuple[float, float, float] = (0.0, 0.0, 0.0)
    env_flags: int = 0

    def reset(self, seed):
        if seed is None:
            seed = 7 if self.seed is None else (self.seed * 31 + 1) % 2**32
        self.seed, self.t, self.total = seed, 0, 0.0
        self.point = float(np.random.default_rng(seed).random(dtype=np.float32))
        self.flags = (7, 7, 0)
        self.rewards = (0.0, 0.0, 0.0)
        self.env_flags = 2

    @property
    def over(self):
        return not any(flag & ALIVE for flag in self.flags)

    def step(self, continuous, discrete):
        must_act = [bool(flag & MUST_ACT) for flag in self.flags]
        alive = [bool(flag & ALIVE) for flag in self.flags]
        self.t += 1
        self.env_flags = 0
        if must_act[0]:
            self.point = float(np.float32(self.point + continuous[:2].clip(0, 10).sum()))
            self.total += float(continuous[:2].sum())
        if must_act[1]:
            self.total += float(discrete[0])
        if must_act[2]:
            self.total += float(continuous[2]) + float(discrete[1:].sum())
        self.rewards = tuple(
            value if is_alive else 0.0
            for value, is_alive in zip((self.point, -1.0, 0.5), alive, strict=True)
        )
        cut = self.t >= self.length
        end = OBSERVED | TRUNCATED
        box = end if cut else 7
        switch = 0
        if alive[1]:
            switch = OBSERVED | TERMINATED if self.t == 6 else end if cut else 7
        mixed = 0
        if self.t >= 2:
            mixed = end if cut else 7 if self.t % 2 == 0 else ALIVE
        self.flags = (box, switch, mixed)
        if self.over:
            self.env_flags = 1

    def observation(self):
        sight = float(self.t % 3)
        heads = [float(sight == i) for i in range(3)] if self.one_hot else [sight]
        return [float(self.t), self.point, *heads, self.total]

    def mask(self):
        return [1, int(self.t % 2 == 0), 1]

    def digest(self):
        return zlib.crc32(repr((self.seed, self.t, self.point, self.total, self.flags)).encode())


def _box(low, high, *shape):
    return pb.Box(low=low, high=high, shape=shape)


def toy_spec(length, one_hot=False):
    spec = pb.EnvironmentSpec(
        env_id="Toy-v0",
        metric_names=["total"],
        max_episode_steps=length,
        render_modes=["ansi"],
        observation_length=6 if one_hot else 4,
        continuous_length=3,
        discrete_length=3,
        mask_length=3,
    )
    spec.parameters.update({"length": length})
    seen = pb.Space(discrete=pb.Discrete(n=3))
    if one_hot:
        seen = pb.Space(box=_box([0], [1], 3))
    mixed = pb.Mixed(c=_box([-1], [1], 1), d=pb.MultiDiscrete(nvec=[2, 4]))
    for name, observation, action in (
        ("box", pb.Space(box=_box([-1e9], [1e9], 2)), pb.Space(box=_box([0, 0], [10, 5], 2))),
        ("switch", seen, pb.Space(discrete=pb.Discrete(n=3))),
        ("mixed", pb.Space(box=_box([-np.inf], [np.inf], 1)), pb.Space(mixed=mixed)),
    ):
        spec.agents.add(
            id=name,
            level="field",
            observation_space=observation,
            action_space=action,
            has_action_mask=name == "switch",
        )
    return spec


class Session:
    def __init__(self, request, length):
        self.copies = [
            Toy(length, request.one_hot_observations) for _ in range(request.num_envs or 1)
        ]
        self.mode = request.autoreset_mode or DISABLED
        self.next_sequence = 0
        self.last = None
        self.steps = 0
        self.messages = 0
        self.stream = 0
        self.length = length

    def carry_out(self, request, chunk):
        """Return the results of a numbered request; the last one again if it is repeated."""
        content = request.SerializeToString()
        if self.last and self.last[0] == content:
            return self.last[1]
        if request.sequence != self.next_sequence:
            raise Refused("FAILED_PRECONDITION", f"expected sequence {self.next_sequence}")
        finals = [None] * len(self.copies)
        if request.WhichOneof("request") == "reset":
            self._reset(request.reset)
        else:
            finals = self._step(request.step)
        self.next_sequence = (self.next_sequence + 1) % 2**32
        results = self._results(request.sequence, finals, chunk)
        self.last = (content, results)
        return results

    def _reset(self, request):
        mask = request.mask or b"\1" * len(self.copies)
        seeds = np.frombuffer(request.seeds, "<u4").tolist()
        for i, copy in enumerate(self.copies):
            copy.env_flags = 0
            if mask[i]:
                base = (request.seed + i) % 2**32 if request.HasField("seed") else None
                copy.reset(seeds[i] if seeds else base)

    def _step(self, request):
        n = len(self.copies)
        continuous = np.frombuffer(request.continuous, "<f4").reshape(n, 3)
        discrete = np.frombuffer(request.discrete, "<i4").reshape(n, 3)
        for i, copy in enumerate(self.copies):
            if copy.seed is None or (copy.over and self.mode == DISABLED):
                raise Refused("FAILED_PRECONDITION", f"copy {i} needs Reset")
        if not np.isfinite(continuous).all():
            raise Refused("INVALID_ARGUMENT", "an action is NaN")
        self.steps += 1
        finals = []
        for copy, floats, heads in zip(self.copies, continuous, discrete, strict=True):
            final = None
            if copy.over:
                copy.reset(None)
            else:
                copy.step(floats, heads)
                if copy.over and self.mode == SAME_STEP:
                    final, rewards = dataclasses.replace(copy), copy.rewards
                    copy.reset(None)
                    copy.rewards, copy.env_flags = rewards, 3
            finals.append(final)
        return finals

    def _results(self, sequence, finals, chunk):
        results = []
        for first in range(0, len(self.copies), chunk):
            rows, old = self.copies[first : first + chunk], finals[first : first + chunk]
            packed = pb.PackedResult(
                first_env=first,
                env_count=len(rows),
                last=first + chunk >= len(self.copies),
                observations=np.array([r.observation() for r in rows], "<f4").tobytes(),
                rewards=np.array([r.rewards for r in rows], "<f4").tobytes(),
                agent_flags=np.array([r.flags for r in rows], np.uint8).tobytes(),
                env_flags=np.array([r.env_flags for r in rows], np.uint8).tobytes(),
                action_masks=np.array([r.mask() for r in rows], np.uint8).tobytes(),
                metrics=np.array([r.total for r in rows], "<f4").tobytes(),
                state_digests=np.array([r.digest() for r in rows], "<u4").tobytes(),
            )
            if any(r.env_flags & 2 for r in rows):
                packed.episode_seeds = np.array([r.seed for r in rows], "<u4").tobytes()
            if any(old):
                ends = [end or row for end, row in zip(old, rows, strict=True)]
                packed.final_observations = np.array(
                    [e.observation() for e in ends], "<f4"
                ).tobytes()
                packed.final_agent_flags = np.array([e.flags for e in ends], np.uint8).tobytes()
                packed.final_metrics = np.array([e.total for e in ends], "<f4").tobytes()
            results.append(pb.StepStreamResponse(sequence=sequence, result=packed))
        return results


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(message)
        self.status = grpc.StatusCode[status]


def refusing(handler):
    def call(self, request, context):
        try:
            return handler(self, request, context)
        except Refused as refused:
            context.abort(refused.status, str(refused))

    return call


class FakeServicer(services.MultiAgentEnvServicer):
    """The service, with knobs for the tests: ``sessions``, ``chunk`` and ``hold``."""

    def __init__(self):
        self.sessions: dict[str, Session] = {}
        self.requests: dict[str, str] = {}
        self.chunk = 1_000_000
        self.answer = threading.Event()
        self.answer.set()
        self.token = ""
        self._ids = itertools.count()

    def _session(self, session_id):
        if session_id not in self.sessions:
            raise Refused("NOT_FOUND", f"no session {session_id!r}.")
        return self.sessions[session_id]

    def _check(self, request):
        if request.env_id != "Toy-v0":
            raise Refused("NOT_FOUND", f"No environment {request.env_id!r}; there is Toy-v0.")
        parameters = dict(request.parameters)
        length = parameters.pop("length", 10)
        if parameters or not isinstance(length, float | int) or length < 1:
            raise Refused("INVALID_ARGUMENT", f"parameter {parameters or length} is wrong")
        return int(length)

    @refusing
    def ListEnvironments(self, request, context):
        if self.token and ("authorization", f"Bearer {self.token}") not in [
            (m.key, m.value) for m in context.invocation_metadata()
        ]:
            raise Refused("UNAUTHENTICATED", "a token is needed")
        return pb.ListEnvironmentsResponse(environments=[{"id": "Toy-v0", "summary": "A toy."}])

    @refusing
    def GetEnvironment(self, request, context):
        length = self._check(request)
        reply = pb.GetEnvironmentResponse(description="A toy.", spec=toy_spec(length))
        reply.parameters.add(name="length", type="int", unit="steps", minimum=1, summary="Length.")
        reply.parameters[0].default_value.number_value = 10
        return reply

    @refusing
    def CreateSession(self, request, context):
        length = self._check(request)
        if request.contract_version not in (0, 1):
            raise Refused(
                "FAILED_PRECONDITION",
                f"client has contract version {request.contract_version}, server has 1",
            )
        if request.request_id not in self.requests:
            session_id = f"session-{next(self._ids)}"
            self.requests[request.request_id] = session_id
            self.sessions[session_id] = Session(request, length)
        session_id = self.requests[request.request_id]
        session = self._session(session_id)
        return pb.CreateSessionResponse(
            session_id=session_id,
            spec=toy_spec(length, request.one_hot_observations),
            num_envs=len(session.copies),
            autoreset_mode=session.mode,
            next_sequence=session.next_sequence,
            contract_version=1,
        )

    def StepStream(self, requests, context):
        try:
            yield from self._stream(requests, context)
        except Refused as refused:
            context.abort(refused.status, str(refused))

    def _stream(self, requests, context):
        session = self._session(next(requests).open.session_id)
        session.messages += 1
        session.stream += 1
        mine = session.stream
        yield pb.StepStreamResponse(opened=pb.StreamOpened(next_sequence=session.next_sequence))
        for request in requests:
            session.messages += 1
            if session.stream != mine:
                raise Refused("ABORTED", "displaced by a newer stream")
            results = session.carry_out(request, self.chunk)
            self.answer.wait()
            yield from results

    @refusing
    def Render(self, request, context):
        copy = self._session(request.session_id).copies[request.env_index]
        return pb.RenderResponse(text=f"t={copy.t}")

    @refusing
    def SaveState(self, request, context):
        session = self._session(request.session_id)
        return pb.SaveStateResponse(state=pickle.dumps(session.copies))

    @refusing
    def LoadState(self, request, context):
        session = self._session(request.session_id)
        session.copies = pickle.loads(request.state)
        session.next_sequence += 1
        results = session._results(0, [None] * len(session.copies), self.chunk)
        return pb.LoadStateResponse(results=[result.result for result in results])

    @refusing
    def ListSessions(self, request, context):
        return pb.ListSessionsResponse(
            sessions=[
                pb.SessionSummary(
                    session_id=key,
                    env_id="Toy-v0",
                    num_envs=len(session.copies),
                    next_sequence=session.next_sequence,
                    steps=session.steps,
                    stream_messages=session.messages,
                    stream_open=True,
                )
                for key, session in self.sessions.items()
            ]
        )

    @refusing
    def CloseSession(self, request, context):
        was_open = self.sessions.pop(request.session_id, None) is not None
        return pb.CloseSessionResponse(was_open=was_open)


class FakeServer:
    """The service on a loopback port; a restart keeps the port and loses the sessions."""

    def __init__(self):
        self.servicer = FakeServicer()
        self.serving = True
        self.port = 0
        self.start()

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    def start(self):
        self.servicer.sessions.clear()
        # One thread per open stream, and some for unary calls.
        self._server = grpc.server(
            futures.ThreadPoolExecutor(32), options=[("grpc.so_reuseport", 0)]
        )
        services.add_MultiAgentEnvServicer_to_server(self.servicer, self._server)
        check = grpc.unary_unary_rpc_method_handler(
            lambda request, context: b"\x08\x01" if self.serving else b"\x08\x02"
        )
        self._server.add_generic_rpc_handlers(
            (grpc.method_handlers_generic_handler("grpc.health.v1.Health", {"Check": check}),)
        )
        self.port = self._server.add_insecure_port(f"127.0.0.1:{self.port}")
        self._server.start()

    def stop(self):
        self.servicer.answer.set()
        self._server.stop(0).wait()

    def restart(self):
        self.stop()
        self.start()


@contextlib.contextmanager
def fake_server():
    server = FakeServer()
    try:
        yield server
    finally:
        server.stop()
