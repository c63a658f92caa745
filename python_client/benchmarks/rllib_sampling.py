"""How fast RLlib samples SimpleMicrogrids-v0: plain Python in process, and both heron classes.

python benchmarks/rllib_sampling.py --address 127.0.0.1:50051

All runners live in this process and take turns, so that noise of the machine hits them alike. The
network is the tutorial's (64-64). Environment steps per second of wall time, and per second of this
process's CPU time; the server's CPU is its own.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")

import torch
from plain_microgrids import PlainMicrogrids
from ray.rllib.algorithms.ppo import PPOConfig
from ray.rllib.core.rl_module.default_model_config import DefaultModelConfig
from ray.rllib.env.multi_agent_env_runner import MultiAgentEnvRunner

from heron_client.rllib import HeronMultiAgentEnv, HeronVectorEnvRunner

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--address", default="127.0.0.1:50051")
parser.add_argument("--copies", type=int, nargs="+", default=[1, 8, 32])
parser.add_argument("--steps", type=int, default=2000, help="environment steps per round")
parser.add_argument("--rounds", type=int, default=5)
args = parser.parse_args()
torch.set_num_threads(1)


def config_for(env: type, copies: int) -> PPOConfig:
    """Return the settings of a runner with this many copies."""
    env_config = {"address": args.address, "env_id": "SimpleMicrogrids-v0"}
    model = DefaultModelConfig(
        fcnet_hiddens=[64, 64], fcnet_activation="relu", vf_share_layers=False
    )
    return (
        PPOConfig()
        .environment(env, env_config=env_config, disable_env_checking=True)
        .env_runners(num_env_runners=0, num_envs_per_env_runner=copies)
        .rl_module(model_config=model)
        .multi_agent(policies={"shared"}, policy_mapping_fn=lambda agent, episode, **_: "shared")
    )


kinds = {
    "plain Python": (PlainMicrogrids, MultiAgentEnvRunner),
    "HeronMultiAgentEnv": (HeronMultiAgentEnv, MultiAgentEnvRunner),
    "HeronVectorEnvRunner": (HeronMultiAgentEnv, HeronVectorEnvRunner),
}
runners = {
    (name, copies): runner(config=config_for(env, copies), worker_index=0)
    for copies in args.copies
    for name, (env, runner) in kinds.items()
}
rates: dict[tuple[str, int], list[tuple[float, float]]] = {key: [] for key in runners}
for number in range(args.rounds + 1):
    for key, runner in runners.items():
        wall, cpu = time.perf_counter(), time.process_time()
        episodes = runner.sample(num_timesteps=args.steps)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        steps = sum(len(episode) for episode in episodes)
        runner.get_metrics()
        if number > 0:  # the first round warms up
            rates[key].append((steps / wall, steps / cpu))
for runner in runners.values():
    runner.stop()

print(f"{'':<22} {'copies':>6} {'steps/s (median)':>17} {'best':>7} {'per CPU-s':>10}")
for (name, copies), values in rates.items():
    walls, cpus = zip(*values, strict=True)
    middle, best, cpu = statistics.median(walls), max(walls), statistics.median(cpus)
    print(f"{name:<22} {copies:>6} {middle:>17,.0f} {best:>7,.0f} {cpu:>10,.0f}")
