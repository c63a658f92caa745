namespace Heron.Core.Composition;

/// <summary>A composition is wrong; the message names the place in its parameters.</summary>
internal sealed class CompositionException : ArgumentException
{
    private CompositionException(string message, Exception? cause)
        : base(message, cause)
    {
    }

    /// <summary>A value that is not allowed where it stands.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="path">The place, for example <c>agents[1].coordinator</c>.</param>
    /// <param name="what">Value and what is allowed, after "is".</param>
    public static CompositionException Of(string environmentId, string path, string what) =>
        new($"Parameter '{path}' of {environmentId} is {what}", cause: null);

    /// <summary>A name that means nothing where it stands.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="path">The place, with the name.</param>
    /// <param name="known">What there is instead.</param>
    public static CompositionException Unknown(string environmentId, string path, string known) =>
        new($"{environmentId} has no parameter '{path}'; {known}", cause: null);

    /// <summary>What an author's code had against the arguments of a place, unless that says its place already.</summary>
    /// <param name="environmentId">The environment.</param>
    /// <param name="path">The place.</param>
    /// <param name="cause">What was thrown there.</param>
    public static ArgumentException At(string environmentId, string path, ArgumentException cause) =>
        cause as CompositionException ?? new CompositionException($"Parameter '{path}' of {environmentId} does not work: {cause.Message}", cause);
}
