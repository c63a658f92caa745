#!/usr/bin/env bash
# From a clone to trained policies, twice: heron train alone (no Python), then RLlib's PPO through a server on the same
# task with the same settings. Prints both tables and leaves one plot of both in demo_results/.
# Needs the .NET SDK of global.json; the second part Python 3.11+.
#   ./demo.sh                  about a minute after the first installation
#   ./demo.sh --iterations 3   options go to RLlib's training script
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 OMP_NUM_THREADS=1
results=demo_results
mkdir -p "$results"

command -v dotnet >/dev/null || { echo "The .NET SDK is needed; global.json names the version." >&2; exit 1; }
echo "== Building heron"
dotnet build src/Heron.Server --configuration Release --verbosity quiet -nologo -clp:ErrorsOnly
heron() { dotnet src/Heron.Server/bin/Release/net10.0/heron.dll "$@"; }

echo "== Training natively with our best settings: batteries in range, no fuel burnt, a return of 0"
rm -rf "$results/native" "$results/native_tutorial4" # of an earlier demo
heron train --checkpoint-dir "$results" --experiment-name native
heron evaluate --checkpoint "$results/native"

echo "== Training natively with the settings of HERON's tutorial 4, for the comparison"
heron train --preset tutorial4 --checkpoint-dir "$results" --experiment-name native_tutorial4

python=$(python_client/venv.sh rllib,plot)

echo "== Starting the server"
rm -f "$results/server.log"
dotnet src/Heron.Server/bin/Release/net10.0/heron.dll serve --listen 127.0.0.1:0 >"$results/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
    address=$(sed -n 's/.*Listening on \([0-9.:]*\).*/\1/p' "$results/server.log" | head -n 1)
    [ -n "$address" ] && break
    kill -0 "$server" 2>/dev/null || { cat "$results/server.log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$address" ] || { echo "The server did not start within 10 s; see $results/server.log." >&2; exit 1; }
echo "The server listens on $address."

echo "== Training RLlib's PPO on SimpleMicrogrids-v0 through the server, settings of tutorial 4"
"$python" python_client/examples/01_microgrids_ppo.py \
    --address "$address" --normalize-actions clip --output "$results" "$@"

echo "== Both in one plot"
"$python" python_client/examples/03_compare_curves.py --output "$results/curves.png" \
    --title "SimpleMicrogrids-v0, settings of tutorial 4, actions clipped" \
    "heron train=$results/native_tutorial4/metrics.csv" "RLlib through the server=$results/curve.csv"
echo "The plot is $results/curves.png; $results/native/curve.svg shows the native run with our best settings."
