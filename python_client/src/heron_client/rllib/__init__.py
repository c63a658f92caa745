"""RLlib (new API stack) on environments of a HeronServer.

:class:`HeronMultiAgentEnv` works with every algorithm; :class:`HeronVectorEnvRunner` runs the same
episodes with one call per step of all copies. Needs ``pip install 'heron-client[rllib]'``.
"""

from heron_client.rllib.env_config import EnvConfig
from heron_client.rllib.multi_agent_env import HeronMultiAgentEnv
from heron_client.rllib.vector_env_runner import HeronVectorEnvRunner, HeronVectorMultiAgentEnv

__all__ = [
    "EnvConfig",
    "HeronMultiAgentEnv",
    "HeronVectorEnvRunner",
    "HeronVectorMultiAgentEnv",
]
