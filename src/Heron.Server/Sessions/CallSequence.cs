namespace Heron.Server.Sessions;

/// <summary>
/// The rule that makes every reset, step and loaded state happen exactly once: numbers grow by 1, a repeat of the last
/// number with the same content does not run again, and everything else is refused before anything changes.
/// </summary>
/// <param name="first">The number of the first call.</param>
/// <remarks>Only the rule; the session guards it with its lock.</remarks>
internal sealed class CallSequence(uint first = 1)
{
    private CallContent? _last;
    private CallContent? _running;
    private TaskCompletionSource? _joiners;

    /// <summary>The number that the next new call carries.</summary>
    public uint Next { get; private set; } = first;

    /// <summary>The number of the last call that was carried out; meaningless before the first.</summary>
    public uint Last => unchecked(Next - 1);

    /// <summary>Whether a call is being carried out.</summary>
    public bool IsRunning => _running is not null;

    /// <summary>Ends when the running call has ended, whether it succeeded or not.</summary>
    public Task RunningEnds => IsRunning
        ? (_joiners ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
        : Task.CompletedTask;

    /// <summary>Tells a call what to do. After <see cref="CallTurn.CarryOut"/> it runs until <see cref="End"/>.</summary>
    /// <param name="number">Its number; null takes the next.</param>
    /// <param name="content">What it asks for.</param>
    /// <exception cref="SessionBusyException">A different call is running.</exception>
    /// <exception cref="CallNumberException">The number is neither the next nor a repeat of the last call.</exception>
    public CallTurn Begin(uint? number, CallContent content)
    {
        if (_running is { } running)
        {
            return number == Next && content == running
                ? CallTurn.Join
                : throw new SessionBusyException($"Another call of this session is running: {running.Kind} with sequence {Next}. Wait for its reply.");
        }

        if (number is null || number == Next)
        {
            _running = content;
            return CallTurn.CarryOut;
        }

        if (_last is not { } last || number != Last)
        {
            throw new CallNumberException($"The sequence of this {content.Kind} is {number}; the session expects {Next}{(_last is null ? "" : $" (or {Last} to repeat the last call)")}. RenewLease tells the next one.");
        }

        return content == last
            ? CallTurn.Repeat
            : throw new CallNumberException($"Sequence {Last} was used by a {last.Kind} with other content; only an equal request may repeat it. The next new call carries {Next}.");
    }

    /// <summary>Ends the running call and lets those who joined it ask again.</summary>
    /// <param name="carriedOut">False gives its number back.</param>
    public void End(bool carriedOut)
    {
        if (carriedOut)
        {
            _last = _running;
            Next = unchecked(Next + 1);
        }

        _running = null;
        _joiners?.SetResult();
        _joiners = null;
    }
}
