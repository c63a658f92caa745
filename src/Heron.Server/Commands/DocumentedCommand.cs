using System.CommandLine;

namespace Heron.Server.Commands;

/// <summary>A verb whose own help goes further than its line in the list of verbs.</summary>
/// <param name="name">The verb.</param>
/// <param name="summary">One sentence.</param>
/// <param name="details">Printed after the options: examples, and what a newcomer asks next.</param>
internal sealed class DocumentedCommand(string name, string summary, string details) : Command(name, summary)
{
    /// <summary>Printed after the options.</summary>
    public string Details { get; } = details;
}
