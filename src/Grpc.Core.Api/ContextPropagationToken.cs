namespace Grpc.Core;

/// <summary>Carries deadline and cancellation of a handled call to a call that its handler makes.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
