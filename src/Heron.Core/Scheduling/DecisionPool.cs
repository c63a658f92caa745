using System.Runtime.CompilerServices;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Decisions on their way: times, observation, mask and action of one agent, in one row.</summary>
internal sealed class DecisionPool
{
    private readonly RowPool _rows;
    private readonly EnvironmentLayout _layout;
    private readonly int _observation = RowPool.Align(Unsafe.SizeOf<DecisionHead>());
    private readonly int _continuous;
    private readonly int _discrete;
    private readonly int _mask;

    public DecisionPool(EnvironmentLayout layout)
    {
        _layout = layout;
        int observation = 0, continuous = 0, discrete = 0, mask = 0;
        for (int agent = 0; agent < layout.AgentCount; agent++)
        {
            observation = Math.Max(observation, Length(layout.Observation(agent)));
            continuous = Math.Max(continuous, Length(layout.Continuous(agent)));
            discrete = Math.Max(discrete, Length(layout.Discrete(agent)));
            mask = Math.Max(mask, Length(layout.Mask(agent)));
        }

        _continuous = _observation + (observation * sizeof(float));
        _discrete = _continuous + (continuous * sizeof(float));
        _mask = _discrete + (discrete * sizeof(int));
        _rows = new RowPool(_mask + mask);
    }

    public int ByteCount => _rows.ByteCount;

    public int Take() => _rows.Take();

    public void Free(int row) => _rows.Free(row);

    public void Clear() => _rows.Clear();

    public ref DecisionHead Head(int row) => ref _rows.Head<DecisionHead>(row);

    public Span<float> Observation(int row, int acting) => _rows.Slice<float>(row, _observation, Length(_layout.Observation(acting)));

    public Span<float> Continuous(int row, int acting) => _rows.Slice<float>(row, _continuous, Length(_layout.Continuous(acting)));

    public Span<int> Discrete(int row, int acting) => _rows.Slice<int>(row, _discrete, Length(_layout.Discrete(acting)));

    public Span<byte> Mask(int row, int acting) => _rows.Slice<byte>(row, _mask, Length(_layout.Mask(acting)));

    public void Save(ref StateWriter writer) => _rows.Save(ref writer);

    public void Load(ref StateReader reader) => _rows.Load(ref reader);

    private static int Length(Range range) => range.End.Value - range.Start.Value;
}
