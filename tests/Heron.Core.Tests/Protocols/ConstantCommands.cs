using Heron.Core.Agents;
using Heron.Core.Protocols;

namespace Heron.Core.Tests.Protocols;

/// <summary>Commands all members the same, whether their owner decides or not, in the steps that a test names.</summary>
internal sealed class ConstantCommands(float[] continuous, int[] discrete, params long[] steps) : ActionProtocol
{
    private Agent[] _members = [];

    protected internal override void Connect(ProtocolSetup setup) => _members = [.. setup.Members];

    protected internal override void Command(in ProtocolContext context)
    {
        if (steps.Length > 0 && !steps.Contains(context.Step))
        {
            return;
        }

        foreach (Agent member in _members)
        {
            context.Command(member, continuous, discrete);
        }
    }
}
