using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Arguments of <see cref="SetpointCommands"/>.</summary>
internal sealed record SetpointArguments
{
    [EnvironmentParameter("Whether the setpoints are also commanded; without, those below decide what to do about them.")]
    public bool Command { get; set; } = true;
}
