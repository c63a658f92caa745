namespace Heron.Server.Sessions;

/// <summary>A field of a request is malformed. Nothing was changed.</summary>
/// <param name="message">The field, its value and what is allowed.</param>
public sealed class InvalidRequestException(string message) : Exception(message)
{
    /// <summary>Marks an argument that came from the caller as the caller's mistake; the same exception from elsewhere is a defect.</summary>
    /// <typeparam name="T">What the check returns.</typeparam>
    /// <param name="check">Passes something of the request on to code that checks it.</param>
    /// <exception cref="InvalidRequestException">The check threw an <see cref="ArgumentException"/>.</exception>
    public static T Unless<T>(Func<T> check)
    {
        try
        {
            return check();
        }
        catch (ArgumentException exception)
        {
            // The framework appends the name of a C# parameter, which means nothing to a caller on the wire.
            string suffix = $" (Parameter '{exception.ParamName}')";
            int end = exception.ParamName is null ? -1 : exception.Message.IndexOf(suffix, StringComparison.Ordinal);
            throw new InvalidRequestException(end < 0 ? exception.Message : exception.Message[..end]);
        }
    }
}
