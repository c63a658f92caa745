namespace Heron.Core.Protocols;

/// <summary>How agents coordinate: a communication part that says something and an action part that commands, put together freely.</summary>
/// <remarks>
/// An agent owns a protocol for the agents below it, or for members named to the builder. Messages become features of those
/// who receive them; commanded actions come in force in the next decision. Which action of a member counts: one given through the
/// environment contract, else its protocol's, else its own policy's, else the one it holds.
/// </remarks>
public sealed class Protocol
{
    private bool _isConnected;

    /// <summary>Puts a protocol together.</summary>
    /// <param name="communication">What is said; default nothing.</param>
    /// <param name="action">What is commanded; default nothing.</param>
    /// <exception cref="ArgumentException">One part follows the owner's decision and the other the members' state.</exception>
    public Protocol(CommunicationProtocol? communication = null, ActionProtocol? action = null)
    {
        Communication = communication ?? new NoCommunication();
        Action = action ?? new NoCommands();
        if (!CommunicatesNothing && !CommandsNobody && Communication.Direction != Action.Direction)
        {
            throw new ArgumentException(
                $"{Communication.GetType().Name} is {Communication.Direction} and {Action.GetType().Name} is {Action.Direction}; make two protocols of them.", nameof(action));
        }
    }

    /// <summary>The part that says something.</summary>
    public CommunicationProtocol Communication { get; }

    /// <summary>The part that commands.</summary>
    public ActionProtocol Action { get; }

    /// <summary>Whether there is no communication part.</summary>
    public bool CommunicatesNothing => Communication is NoCommunication;

    /// <summary>Whether there is no action part.</summary>
    public bool CommandsNobody => Action is NoCommands;

    /// <summary>Whether it does nothing at all.</summary>
    public bool IsNoOp => CommunicatesNothing && CommandsNobody;

    /// <summary>What sets it going.</summary>
    public ProtocolDirection Direction => CommunicatesNothing ? Action.Direction : Communication.Direction;

    /// <summary>The names of its parts.</summary>
    public override string ToString() => $"{Communication.GetType().Name} + {Action.GetType().Name}";

    internal void Connect(ProtocolSetup setup)
    {
        if (_isConnected)
        {
            throw new InvalidOperationException($"Agent '{setup.Owner.Id}' was given the protocol {this}, which serves another agent; make a new one for each.");
        }

        _isConnected = true;
        Communication.Connect(setup);
        Action.Connect(setup);
    }
}
