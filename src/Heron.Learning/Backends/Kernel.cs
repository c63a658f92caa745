using System.Runtime.CompilerServices;

namespace Heron.Learning.Backends;

/// <summary>How loops over vectors are compiled.</summary>
internal static class Kernel
{
    /// <summary>
    /// Fully optimised at the first call, because learning starts at once and a run may take seconds; and never inlined, because
    /// a caller that takes in several kernels runs out of the compiler's budget and leaves calls in their loops.
    /// </summary>
    public const MethodImplOptions Options = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
