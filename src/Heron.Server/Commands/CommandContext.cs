using Heron.Core.Environments;

namespace Heron.Server.Commands;

/// <summary>What every command works with.</summary>
/// <param name="Registry">The catalogue.</param>
/// <param name="Terminal">Where it writes.</param>
/// <param name="Interruption">Tells when it shall stop.</param>
internal sealed record CommandContext(EnvironmentRegistry Registry, Terminal Terminal, Interruption Interruption);
