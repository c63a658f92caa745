"""One shared PPO policy for six agents of SimpleMicrogrids-v0, with the tutorial's settings.

Start a server (heron serve), then:  python examples/01_microgrids_ppo.py
The return is the sum over all agents; the best possible one is 0.
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

from heron_client.rllib import HeronMultiAgentEnv

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--address", default="127.0.0.1:50051", help="the server")
parser.add_argument("--iterations", type=int, default=10, help="of 500 environment steps")
parser.add_argument("--normalize-actions", default="rescale", choices=["rescale", "clip"])
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--output", type=Path, help="folder for curve.csv and curve.png")
args = parser.parse_args()

torch.set_num_threads(1)
ray.init(include_dashboard=False, num_cpus=1, log_to_driver=False)
env_config = {"address": args.address, "env_id": "SimpleMicrogrids-v0"}
env_config["normalize_actions"] = args.normalize_actions
model = DefaultModelConfig(fcnet_hiddens=[64, 64], fcnet_activation="relu", vf_share_layers=False)
config = (
    PPOConfig()
    .environment(HeronMultiAgentEnv, env_config=env_config, disable_env_checking=True)
    .env_runners(num_env_runners=0)
    .training(lr=5e-4, gamma=0.99, lambda_=0.95, entropy_coeff=0.01, clip_param=0.2)
    .training(train_batch_size_per_learner=500, minibatch_size=64, num_epochs=5)
    .rl_module(model_config=model)
    .multi_agent(policies={"shared"}, policy_mapping_fn=lambda agent, episode, **_: "shared")
    .debugging(seed=args.seed)
)
algorithm, curve = config.build_algo(), []
print(f"{'iteration':>9} {'steps':>7} {'mean return':>12}")
for iteration in range(1, args.iterations + 1):
    mean = algorithm.train()["env_runners"]["episode_return_mean"]
    curve.append((iteration, 500 * iteration, mean))
    print(f"{iteration:>9} {500 * iteration:>7} {mean:>12.1f}", flush=True)

# One greedy episode: the first half of the distribution's inputs are the means.
env, module = HeronMultiAgentEnv(env_config), algorithm.get_module("shared")
observations, _ = env.reset(seed=args.seed)
total, over = 0.0, False
while not over:
    batch = torch.from_numpy(np.stack(list(observations.values())))
    means = module.forward_inference({"obs": batch})["action_dist_inputs"][:, :1].numpy()
    actions = dict(zip(observations, means.clip(-1, 1), strict=True))
    observations, rewards, terminateds, truncateds, _ = env.step(actions)
    total += sum(rewards.values())
    over = terminateds["__all__"] or truncateds["__all__"]
print(f"greedy episode: {total:.1f}")
env.close()
algorithm.stop()
ray.shutdown()

if args.output:
    import matplotlib.pyplot as plt

    args.output.mkdir(parents=True, exist_ok=True)
    table, header = np.array(curve), "iteration,steps,mean_return"
    np.savetxt(args.output / "curve.csv", table, "%.10g", ",", header=header, comments="")
    plt.plot(table[:, 1], table[:, 2])
    plt.xlabel("environment steps")
    plt.ylabel("mean episode return")
    plt.savefig(args.output / "curve.png", dpi=80)
