using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Heron.Server.Commands;

/// <summary>The usual help, followed by the details of the verb.</summary>
/// <param name="usual">Description, usage, arguments and options.</param>
/// <param name="rootDetails">What stands after the list of verbs.</param>
internal sealed class HelpWithDetails(HelpAction usual, string rootDetails) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int result = usual.Invoke(parseResult);
        string details = (parseResult.CommandResult.Command as DocumentedCommand)?.Details ?? rootDetails;
        parseResult.InvocationConfiguration.Output.WriteLine(details);
        parseResult.InvocationConfiguration.Output.WriteLine();
        return result;
    }
}
