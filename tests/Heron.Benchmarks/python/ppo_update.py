"""Updates per second of one PPO update in PyTorch and in the native learner, both on one thread.

    dotnet build -c Release tests/Heron.Benchmarks
    python tests/Heron.Benchmarks/python/ppo_update.py

Actor 8-64-64-4 and critic 8-64-64-1 with tanh, 2,048 rows, 10 epochs; see
Learning/LearnerWorkload.cs. The PyTorch side is lean: log-softmax by hand, contiguous minibatches,
fused Adam, no statistics. Rounds take turns, so that a busy machine slows both alike; the table
shows medians and bests over the rounds. ``--native none`` measures PyTorch alone.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import time
from pathlib import Path

import torch
from torch import nn

ROWS, OBSERVATION, ACTIONS, HIDDEN, EPOCHS = 2048, 8, 4, 64, 10
MINIBATCHES = (64, 512)
CLIP, VALUE_COEFFICIENT, ENTROPY_COEFFICIENT, GRADIENT_CLIP = 0.2, 0.5, 0.01, 0.5
BENCHMARKS = Path(__file__).resolve().parent.parent


def network(outputs: int, gain: float) -> nn.Sequential:
    """A 64-64 tanh network with orthogonal weights."""
    layers = [nn.Linear(OBSERVATION, HIDDEN), nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, outputs)]
    for layer, scale in zip(layers, (2**0.5, 2**0.5, gain), strict=True):
        nn.init.orthogonal_(layer.weight, scale)
        nn.init.zeros_(layer.bias)
    return nn.Sequential(layers[0], nn.Tanh(), layers[1], nn.Tanh(), layers[2])


class TorchUpdate:
    """One batch and the networks that learn from it."""

    def __init__(self, minibatch: int) -> None:
        torch.manual_seed(1)
        self._minibatch = minibatch
        self._actor, self._critic = network(ACTIONS, 0.01), network(1, 1.0)
        self._parameters = [*self._actor.parameters(), *self._critic.parameters()]
        self._adam = torch.optim.Adam(self._parameters, lr=2.5e-4, eps=1e-5, fused=True)
        observations = torch.randn(ROWS, OBSERVATION)
        with torch.no_grad():
            logits = torch.log_softmax(self._actor(observations), 1)
            actions = torch.multinomial(logits.exp(), 1)
            values = self._critic(observations).squeeze(1)
        advantages = torch.randn(ROWS)
        self._columns = [
            observations,
            actions,
            logits.gather(1, actions).squeeze(1),
            values,
            advantages,
            values + advantages,
        ]

    def __call__(self) -> None:
        for _ in range(EPOCHS):
            order = torch.randperm(ROWS)
            shuffled = [column[order].split(self._minibatch) for column in self._columns]
            for minibatch in zip(*shuffled, strict=True):
                self._step(*minibatch)

    def _step(
        self,
        observations: torch.Tensor,
        actions: torch.Tensor,
        old_log_probabilities: torch.Tensor,
        old_values: torch.Tensor,
        advantages: torch.Tensor,
        targets: torch.Tensor,
    ) -> None:
        logits = torch.log_softmax(self._actor(observations), 1)
        ratio = (logits.gather(1, actions).squeeze(1) - old_log_probabilities).exp()
        advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8)
        clipped = ratio.clamp(1 - CLIP, 1 + CLIP)
        policy_loss = -torch.min(advantages * ratio, advantages * clipped).mean()
        values = self._critic(observations).squeeze(1)
        near = old_values + (values - old_values).clamp(-CLIP, CLIP)
        value_loss = 0.5 * torch.max((values - targets) ** 2, (near - targets) ** 2).mean()
        entropy = -(logits.exp() * logits).sum(1).mean()
        loss = policy_loss + VALUE_COEFFICIENT * value_loss - ENTROPY_COEFFICIENT * entropy
        self._adam.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self._parameters, GRADIENT_CLIP)
        self._adam.step()

    def rate(self, seconds: float) -> float:
        """Updates per second over one round."""
        updates, start = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - start) < seconds:
            self()
            updates += 1
        return updates / elapsed


class NativeUpdate:
    """The native learner in a process of its own, which works only when asked."""

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen(
            ["dotnet", str(program), "updates"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def rate(self, minibatch: int, seconds: float) -> float:
        """Updates per second over one round."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("The native benchmark has no pipes.")
        stdin.write(f"{minibatch} {seconds}\n")
        stdin.flush()
        return float(stdout.readline())

    def close(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=30)


def show(name: str, values: list[float], floor: float) -> None:
    """Print one line of the table."""
    median = statistics.median(values)
    print(f"{name:24} {median:7.2f} /s  best {max(values):7.2f} /s  {median / floor:6.1f} x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = BENCHMARKS / "bin" / "Release" / "net10.0" / "Heron.Benchmarks.dll"
    parser.add_argument("--native", default=str(default), help="the built program, or none")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="per learner and round")
    args = parser.parse_args()

    torch.set_num_threads(1)
    native = None if args.native == "none" else NativeUpdate(Path(args.native))
    for minibatch in MINIBATCHES:
        update = TorchUpdate(minibatch)
        update()
        if native is not None:
            native.rate(minibatch, args.seconds)
        rates: list[float] = []
        native_rates: list[float] = []
        for _ in range(args.rounds):
            rates.append(update.rate(args.seconds))
            if native is not None:
                native_rates.append(native.rate(minibatch, args.seconds))
        floor = statistics.median(rates)
        show(f"PyTorch, minibatch {minibatch}", rates, floor)
        if native_rates:
            show(f"native, minibatch {minibatch}", native_rates, floor)
    if native is not None:
        native.close()


if __name__ == "__main__":
    main()
