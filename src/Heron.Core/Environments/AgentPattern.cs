using System.IO.Enumeration;

namespace Heron.Core.Environments;

/// <summary>A name, or a pattern in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
internal static class AgentPattern
{
    /// <summary>Whether nothing in it can stand for anything else.</summary>
    public static bool IsPlain(string pattern) => pattern.AsSpan().IndexOfAny('*', '?', '\\') < 0;

    /// <summary>Whether a pattern names an id. An exact one always does, whatever characters it holds.</summary>
    public static bool Names(string pattern, string id) => pattern == id || FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false);
}
