"""Python client of HeronServer: multi-agent environments over gRPC.

Three ways in: :func:`parallel_env` for PettingZoo, :func:`vector_env` for packed arrays over many
copies, and :mod:`heron_client.rllib` for RLlib. :func:`connect` reaches the catalogue,
:func:`evaluate` lets the server play by itself, and :func:`drive_episodes` lets it play and ask for
actions.
"""

from heron_client.action_request import ActionRequest, AgentEnd
from heron_client.connection import Connection, SessionInfo, connect
from heron_client.drive import DrivenEpisode, EpisodeDrive, drive_episodes
from heron_client.episodes import AgentSummary, EpisodeSummary, EventCounts
from heron_client.errors import (
    AbortedError,
    DeadlineExceededError,
    FailedPreconditionError,
    HeronError,
    InternalError,
    InvalidArgumentError,
    NotFoundError,
    ReplayError,
    ResourceExhaustedError,
    SessionLostError,
    UnauthenticatedError,
    UnavailableError,
    UnimplementedError,
)
from heron_client.evaluation import evaluate
from heron_client.event_options import (
    Disturbance,
    EventOptions,
    RandomDisturbances,
    ScheduleChange,
)
from heron_client.parallel_env import HeronParallelEnv, parallel_env
from heron_client.recovery import OnSessionLost
from heron_client.results import VectorStep
from heron_client.session import AutoresetMode
from heron_client.spec import AgentSpec, EnvironmentCard, EnvironmentSpec, ParameterInfo
from heron_client.vector_env import HeronVectorEnv, vector_env

__all__ = [
    "AbortedError",
    "ActionRequest",
    "AgentEnd",
    "AgentSpec",
    "AgentSummary",
    "AutoresetMode",
    "Connection",
    "DeadlineExceededError",
    "Disturbance",
    "DrivenEpisode",
    "EnvironmentCard",
    "EnvironmentSpec",
    "EpisodeDrive",
    "EpisodeSummary",
    "EventCounts",
    "EventOptions",
    "FailedPreconditionError",
    "HeronError",
    "HeronParallelEnv",
    "HeronVectorEnv",
    "InternalError",
    "InvalidArgumentError",
    "NotFoundError",
    "OnSessionLost",
    "ParameterInfo",
    "RandomDisturbances",
    "ReplayError",
    "ResourceExhaustedError",
    "ScheduleChange",
    "SessionInfo",
    "SessionLostError",
    "UnauthenticatedError",
    "UnavailableError",
    "UnimplementedError",
    "VectorStep",
    "connect",
    "drive_episodes",
    "evaluate",
    "parallel_env",
    "vector_env",
]
