"""Two PPO policies learn MultiAgentArena-v0 until the sum of their mean returns reaches 10.

Start a server (heron serve), then:  python examples/02_arena_two_policies.py
agent1 collects new fields and avoids agent2, which hunts it: 50,000 to 200,000 steps. One message
each way carries a step of all eight copies.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # several times faster for networks this small
os.environ.setdefault("GRPC_VERBOSITY", "ERROR")

import numpy as np
import ray
import torch
from ray.rllib.algorithms.ppo import PPOConfig
from ray.rllib.core.rl_module.default_model_config import DefaultModelConfig

from heron_client.rllib import HeronMultiAgentEnv, HeronVectorEnvRunner

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--address", default="127.0.0.1:50051", help="the server")
parser.add_argument("--iterations", type=int, default=100, help="at most; of --batch steps each")
parser.add_argument("--batch", type=int, default=4000, help="environment steps per iteration")
parser.add_argument("--stop-return", type=float, default=10.0, help="sum of both mean returns")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--output", type=Path, help="folder for curve.csv")
args = parser.parse_args()

torch.set_num_threads(1)
ray.init(include_dashboard=False, num_cpus=1, log_to_driver=False)
policies = {"agent1": "policy1", "agent2": "policy2"}
env_config = {"address": args.address, "env_id": "MultiAgentArena-v0"}
model = DefaultModelConfig(fcnet_hiddens=[64, 64], fcnet_activation="relu", vf_share_layers=False)
config = (
    PPOConfig()
    .environment(HeronMultiAgentEnv, env_config=env_config, disable_env_checking=True)
    .env_runners(env_runner_cls=HeronVectorEnvRunner, num_envs_per_env_runner=8)
    .env_runners(num_env_runners=0)
    .training(lr=5e-4, entropy_coeff=0.01, train_batch_size_per_learner=args.batch)
    .training(minibatch_size=256, num_epochs=10)
    .rl_module(model_config=model)
    .multi_agent(policies={*policies.values()})
    .multi_agent(policy_mapping_fn=lambda agent, episode, **_: policies[agent])
    .debugging(seed=args.seed)
)
algorithm, curve = config.build_algo(), []
print(f"{'iteration':>9} {'steps':>8} {'policy1':>8} {'policy2':>8} {'sum':>8}")
for iteration in range(1, args.iterations + 1):
    means = algorithm.train()["env_runners"]["module_episode_returns_mean"]
    returns = [means["policy1"], means["policy2"]]
    curve.append((iteration, args.batch * iteration, *returns, sum(returns)))
    print("{:>9} {:>8} {:>8.2f} {:>8.2f} {:>8.2f}".format(*curve[-1]), flush=True)
    if sum(returns) >= args.stop_return:
        break

env = HeronMultiAgentEnv(env_config)
observations, _ = env.reset(seed=args.seed)
over = False
while not over:
    actions = {}
    for agent, seen in observations.items():
        module = algorithm.get_module(policies[agent])
        output = module.forward_inference({"obs": torch.from_numpy(seen[None])})
        choice = torch.distributions.Categorical(logits=output["action_dist_inputs"][0])
        actions[agent] = choice.sample().numpy()
    observations, _, terminateds, truncateds, infos = env.step(actions)
    over = terminateds["__all__"] or truncateds["__all__"]
print(env.render())  # R1 and R2 are the rewards of policy1 and policy2 in this episode
env.close()
algorithm.stop()
ray.shutdown()

if args.output:
    args.output.mkdir(parents=True, exist_ok=True)
    header = "iteration,steps,policy1,policy2,sum"
    np.savetxt(args.output / "curve.csv", curve, "%.10g", ",", header=header, comments="")
