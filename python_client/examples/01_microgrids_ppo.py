"""One shared PPO policy for six agents of SimpleMicrogrids-v0, with the tutorial's settings.

Start a server (heron serve), then:  python examples/01_microgrids_ppo.py
The return is the sum over all agents; the best possible one is 0.
"""

import argparse
import csv
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


def main(args: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    ray.init(include_dashboard=False, num_cpus=1, log_to_driver=False)
    env_config = {
        "address": args.address,
        "env_id": "SimpleMicrogrids-v0",
        "normalize_actions": args.normalize_actions,
    }
    model = DefaultModelConfig(
        fcnet_hiddens=[64, 64], fcnet_activation="relu", vf_share_layers=False
    )
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
        result = algorithm.train()
        mean, steps = result["env_runners"]["episode_return_mean"], 500 * iteration
        curve.append((iteration, steps, mean))
        print(f"{iteration:>9} {steps:>7} {mean:>12.1f}")

    env, module, total = HeronMultiAgentEnv(env_config), algorithm.get_module("shared"), 0.0
    observations, _ = env.reset(seed=args.seed)
    over = False
    while not over:  # greedy: the first half of the distribution's inputs are the means
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
        save(args.output, curve)


def save(folder: Path, curve: list[tuple[int, int, float]]) -> None:
    import matplotlib.pyplot as plt

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "curve.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("iteration", "steps", "mean_return"), *curve])
    plt.plot([steps for _, steps, _ in curve], [mean for *_, mean in curve])
    plt.xlabel("environment steps")
    plt.ylabel("mean episode return")
    plt.savefig(folder / "curve.png", dpi=100)


if __name__ == "__main__":
    main(parser.parse_args())
