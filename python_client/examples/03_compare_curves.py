"""Learning curves of several runs in one picture, trained natively (heron train) or by RLlib.

python examples/03_compare_curves.py native=runs/NAME/metrics.csv rllib=demo_results/curve.csv
"""

import argparse
import csv
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

STEPS = ("environment_steps", "steps")  # as heron train and the other examples call them

parser = argparse.ArgumentParser(
    description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
)
parser.add_argument("curves", nargs="+", metavar="NAME=FILE", help="tables with mean_return")
parser.add_argument("--title", default="")
parser.add_argument("--output", type=Path, default=Path("curves.png"))
args = parser.parse_args()

for curve in args.curves:
    name, _, path = curve.partition("=")
    with Path(path).open() as file:
        rows = [row for row in csv.DictReader(file) if row["mean_return"]]
    column = next(column for column in STEPS if column in rows[0])
    steps = [int(row[column]) for row in rows]
    returns = [float(row["mean_return"]) for row in rows]
    plt.plot(steps, returns, label=name)
    print(f"{name}: {returns[0]:.1f} to {returns[-1]:.1f} after {steps[-1]} steps")
plt.title(args.title)
plt.xlabel("environment steps")
plt.ylabel("mean return of an episode, summed over agents")
plt.grid(alpha=0.3)
plt.legend()
plt.tight_layout()
plt.savefig(args.output, dpi=100)
