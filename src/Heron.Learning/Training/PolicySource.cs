using Heron.Core.Policies;
using Heron.Core.Randomness;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>Lets policies decide for whoever asks: step by step, in events, or for a client. Agents that are due together and share a policy are asked in one go.</summary>
/// <remarks>Draws from the streams of the request, so that step by step it acts as <see cref="PolicyEvaluator"/> does with the same seed. Serves one copy at a time; after construction nothing is allocated.</remarks>
/// <param name="policies">The policies; what they hold when they are asked counts.</param>
/// <param name="greedy">Whether to take the likeliest action instead of drawing one.</param>
public sealed class PolicySource(PolicySet policies, bool greedy) : IActionSource
{
    private readonly Asker[] _askers = [.. Enumerable.Range(0, policies.Policies.Count).Select(policy => new Asker(policies, policy))];

    /// <inheritdoc/>
    public void Act(in ActionRequest request)
    {
        foreach (Asker asker in _askers)
        {
            asker.Act(request, greedy);
        }
    }

    /// <summary>One policy, with room for all its agents.</summary>
    private sealed class Asker
    {
        private readonly Policy _policy;
        private readonly PolicyMapping _mapping;
        private readonly ActionMapping _actions;
        private readonly int _index;
        private readonly int[] _asked;
        private readonly float[] _observations;
        private readonly byte[] _masks;
        private readonly RandomStream[] _streams;
        private readonly float[] _continuous;
        private readonly int[] _discrete;

        public Asker(PolicySet policies, int policy)
        {
            _policy = policies.Policies[policy];
            _mapping = policies.Mapping;
            _actions = policies.Actions;
            _index = policy;
            int agents = _mapping.AgentsOf(policy).Length;
            PolicySpec spec = _policy.Spec;
            _asked = new int[agents];
            _observations = new float[agents * spec.ObservationLength];
            _masks = new byte[spec.HasActionMask ? agents * spec.ActionSpace.MaskLength : 0];
            _streams = new RandomStream[agents];
            _continuous = new float[agents * spec.ActionSpace.ContinuousLength];
            _discrete = new int[agents * spec.ActionSpace.HeadSizes.Length];
        }

        public void Act(in ActionRequest request, bool greedy)
        {
            int asked = Gather(request);
            if (asked == 0)
            {
                return;
            }

            PolicySpec spec = _policy.Spec;
            ReadOnlySpan<float> observations = _observations.AsSpan(0, asked * spec.ObservationLength);
            ReadOnlySpan<byte> masks = spec.HasActionMask ? _masks.AsSpan(0, asked * spec.ActionSpace.MaskLength) : [];
            var acts = new ActBatch { Continuous = _continuous, Discrete = _discrete };
            if (greedy)
            {
                _policy.ActGreedily(observations, masks, asked, acts);
            }
            else
            {
                _policy.Act(observations, masks, _streams.AsSpan(0, asked), acts);
            }

            int numbers = spec.ActionSpace.ContinuousLength, heads = spec.ActionSpace.HeadSizes.Length;
            for (int row = 0; row < asked; row++)
            {
                int agent = _asked[row];
                request.Random(agent) = _streams[row];
                _actions.Map(agent, _continuous.AsSpan(row * numbers, numbers), request.Continuous(agent));
                _discrete.AsSpan(row * heads, heads).CopyTo(request.Discrete(agent));
            }
        }

        private int Gather(in ActionRequest request)
        {
            int asked = 0;
            foreach (int agent in request.Agents)
            {
                if (_mapping.PolicyOf(agent) != _index)
                {
                    continue;
                }

                request.Observation(agent).CopyTo(_observations.AsSpan(asked * _policy.Spec.ObservationLength));
                if (_policy.Spec.HasActionMask)
                {
                    request.Mask(agent).CopyTo(_masks.AsSpan(asked * _policy.Spec.ActionSpace.MaskLength));
                }

                _streams[asked] = request.Random(agent);
                _asked[asked++] = agent;
            }

            return asked;
        }
    }
}
