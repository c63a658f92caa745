namespace Heron.TestEnvironments.Probe;

/// <summary>Where a Probe agent stands in its episode.</summary>
internal enum ProbePhase
{
    Waiting,
    Active,
    Finished,
}
