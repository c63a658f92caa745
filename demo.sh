#!/usr/bin/env bash
# From a clone to a trained policy: builds the server, starts it, trains RLlib's PPO on three microgrids through it,
# prints the learning table and writes the curve. Needs the .NET SDK of global.json and Python 3.11+.
#   ./demo.sh                  the tutorial's ten iterations, about half a minute after the first installation
#   ./demo.sh --iterations 3   options go to the training script
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 OMP_NUM_THREADS=1
results=demo_results
mkdir -p "$results"

command -v dotnet >/dev/null || { echo "The .NET SDK is needed; global.json names the version." >&2; exit 1; }
echo "== Building the server"
dotnet build src/Heron.Server --configuration Release --verbosity quiet -nologo -clp:ErrorsOnly
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

echo "== Training RLlib's PPO on SimpleMicrogrids-v0 through the server"
"$python" python_client/examples/01_microgrids_ppo.py \
    --address "$address" --normalize-actions clip --output "$results" "$@"
echo "The curve is in $results/."
