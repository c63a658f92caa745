using System.Runtime.InteropServices;
using Google.Protobuf;
using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Server.Driving;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Reads the answers to requests for actions, and keeps who has answered.</summary>
/// <param name="spec">The environment as the client sees it.</param>
internal sealed class DriveAnswers(EnvironmentSpec spec)
{
    private readonly bool[] _isOpen = new bool[spec.Agents.Count];
    private readonly List<int> _named = [];

    /// <summary>Whether a request waits for this agent's action.</summary>
    public bool IsOpen(int agent) => _isOpen[agent];

    /// <summary>A request is made.</summary>
    public void Open(ReadOnlySpan<int> agents)
    {
        foreach (int agent in agents)
        {
            _isOpen[agent] = true;
        }
    }

    /// <summary>Takes one message of the answer to a request.</summary>
    /// <param name="message">The message.</param>
    /// <param name="request">The request; receives the actions.</param>
    /// <param name="number">Its number on the wire.</param>
    /// <param name="logged">Counts the actions that were logged.</param>
    /// <returns>Whether the request is answered in full.</returns>
    /// <exception cref="DriveStateException">It is no answer, or one to another request.</exception>
    /// <exception cref="InvalidRequestException">An agent or an action is wrong; the message names it.</exception>
    public bool Take(Wire.DriveEpisodesRequest message, in ActionRequest request, uint number, ref uint logged)
    {
        switch (message.RequestCase)
        {
            case Wire.DriveEpisodesRequest.RequestOneofCase.Actions:
                CheckNumber("actions", message.Actions.Number, number);
                Take(message.Actions, request);
                return true;
            case Wire.DriveEpisodesRequest.RequestOneofCase.LogAction:
                CheckNumber("log_action", message.LogAction.Number, number);
                Take(message.LogAction, request);
                logged += (uint)_named.Count;
                return false;
            case Wire.DriveEpisodesRequest.RequestOneofCase.Open:
                throw new DriveStateException("This drive is open already; open may only be its first message.");
            default:
                throw new InvalidRequestException("The message has no request; it takes actions, log_action or stop.");
        }
    }

    /// <summary>Nobody is waited for any more.</summary>
    public void Clear() => _isOpen.AsSpan().Clear();

    private static void CheckNumber(string field, uint given, uint waiting)
    {
        if (given != waiting)
        {
            throw new DriveStateException($"{field}.number is {given}; request {waiting} waits for its answer. Answer each request once, with its own number.");
        }
    }

    private void Take(Wire.DriveActions actions, in ActionRequest request)
    {
        foreach (uint agent in actions.Declined)
        {
            request.Decline(Close("declined", agent));
        }

        _named.Clear();
        foreach (int agent in request.Agents)
        {
            if (_isOpen[agent])
            {
                _named.Add(agent);
                _isOpen[agent] = false;
            }
        }

        Write("actions", actions.Continuous, actions.Discrete, request);
    }

    private void Take(Wire.LogAction actions, in ActionRequest request)
    {
        _named.Clear();
        foreach (uint agent in actions.Agents)
        {
            _named.Add(Close("log_action.agents", agent));
        }

        Write("log_action", actions.Continuous, actions.Discrete, request);
    }

    private int Close(string field, uint agent)
    {
        if (agent >= _isOpen.Length)
        {
            throw new InvalidRequestException($"{field} has agent {agent}; {spec.Id} has agents 0 to {_isOpen.Length - 1}, see DriveOpened.spec.");
        }

        if (!_isOpen[agent])
        {
            throw new InvalidRequestException($"{field} has agent {agent} ('{spec.Agents[(int)agent].Id}'), which the request does not ask for, or which has answered already.");
        }

        _isOpen[agent] = false;
        return (int)agent;
    }

    private void Write(string field, ByteString continuous, ByteString discrete, in ActionRequest request)
    {
        int numbers = _named.Sum(agent => spec.Agents[agent].ActionSpace.ContinuousLength);
        int heads = _named.Sum(agent => spec.Agents[agent].ActionSpace.HeadSizes.Length);
        CheckLength($"{field}.continuous", continuous, numbers);
        CheckLength($"{field}.discrete", discrete, heads);
        ReadOnlySpan<byte> floats = continuous.Span, ints = discrete.Span;
        foreach (int agent in _named)
        {
            Span<byte> target = MemoryMarshal.AsBytes(request.Continuous(agent));
            floats[..target.Length].CopyTo(target);
            floats = floats[target.Length..];
            target = MemoryMarshal.AsBytes(request.Discrete(agent));
            ints[..target.Length].CopyTo(target);
            ints = ints[target.Length..];
            Check(spec.Agents[agent], request.Continuous(agent), request.Discrete(agent));
        }
    }

    private void CheckLength(string field, ByteString bytes, int expected)
    {
        if (bytes.Length != expected * sizeof(float))
        {
            string agents = _named.Count > 5 ? $"{_named.Count} agents" : string.Join(", ", _named.Select(agent => spec.Agents[agent].Id));
            throw new InvalidRequestException($"{field} has {bytes.Length} bytes; the actions of {(_named.Count == 0 ? "no agent" : agents)} take {expected} numbers of 4 bytes, {expected * sizeof(float)} in all. See DriveOpened.spec.");
        }
    }

    private static void Check(AgentSpec agent, ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete)
    {
        for (int i = 0; i < continuous.Length; i++)
        {
            if (!float.IsFinite(continuous[i]))
            {
                throw new InvalidRequestException(FormattableString.Invariant($"Action of agent '{agent.Id}' is {continuous[i]} at index {i}; it takes a finite number."));
            }
        }

        ReadOnlySpan<int> sizes = agent.ActionSpace.HeadSizes;
        for (int head = 0; head < discrete.Length; head++)
        {
            if ((uint)discrete[head] >= (uint)sizes[head])
            {
                throw new InvalidRequestException(FormattableString.Invariant(
                    $"Action of agent '{agent.Id}' is {discrete[head]} at index {continuous.Length + head}; it takes a whole number from 0 to {sizes[head] - 1}."));
            }
        }
    }
}
