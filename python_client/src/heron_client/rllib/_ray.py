# pyright: basic
"""The members of RLlib that this package builds on: alpha interfaces, so all in one place.

Tried with ray 2.60. When a new release moves one of them, this is the file to change.
"""

try:
    from ray.rllib.callbacks.utils import make_callback
    from ray.rllib.env.env_context import EnvContext
    from ray.rllib.env.multi_agent_env import MultiAgentEnv
    from ray.rllib.env.multi_agent_env_runner import MultiAgentEnvRunner
    from ray.rllib.env.vector.vector_multi_agent_env import VectorMultiAgentEnv
except ImportError as error:
    raise ImportError(
        f"heron_client.rllib needs RLlib: pip install 'heron-client[rllib]' ({error})."
    ) from error

__all__ = [
    "EnvContext",
    "MultiAgentEnv",
    "MultiAgentEnvRunner",
    "VectorMultiAgentEnv",
    "make_callback",
]
