#!/usr/bin/env bash
# Runs every test: C#, the Python client against the real server, and the command-line tools that people use with it.
# Needs the .NET SDK of global.json and Python 3.11+. Node.js is optional: with it, `buf curl` is tested too.
#   ./test.sh              everything
#   ./test.sh dotnet       C# only
#   ./test.sh python       Python only
set -euo pipefail
cd "$(dirname "$0")"
part=${1:-all}
case $part in all | dotnet | python) ;; *) echo "usage: ./test.sh [dotnet|python]" >&2; exit 2 ;; esac
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

command -v dotnet >/dev/null || { echo "The .NET SDK is needed; global.json names the version." >&2; exit 1; }
echo "== Building"
dotnet build HeronServer.sln --configuration Release --verbosity quiet -nologo -clp:ErrorsOnly

if [ "$part" != python ]; then
    echo "== C# tests"
    dotnet test HeronServer.sln --configuration Release --no-build --logger "console;verbosity=minimal"
fi

if [ "$part" != dotnet ]; then
    echo "== Python tests"
    python=$(python_client/venv.sh rllib,plot,dev)
    # Small networks learn several times faster with one thread than with a pool that waits.
    export OMP_NUM_THREADS=1
    export HERON_SERVER_COMMAND="dotnet $PWD/tests/Heron.TestServer/bin/Release/net10.0/Heron.TestServer.dll"
    export HERON_GRPC_TEST_SERVER="$PWD/tests/Heron.Grpc.TestServer/bin/Release/net10.0/Heron.Grpc.TestServer.dll"
    for tests in python_client/tests tests/Heron.Server.Tests/tools tests/Heron.Grpc.Tests/python; do
        "$python" -m pytest -q "$tests"
    done
fi
echo "All tests passed."
