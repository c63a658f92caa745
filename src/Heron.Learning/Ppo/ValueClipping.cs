namespace Heron.Learning.Ppo;

/// <summary>How the value loss keeps large errors in check. With value v, old value o, target y and limit c:</summary>
public enum ValueClipping
{
    /// <summary>(v - y)^2.</summary>
    None,

    /// <summary>max((v - y)^2, (o + clamp(v - o, -c, c) - y)^2), the form of the first implementations of PPO and of CleanRL.</summary>
    ClipValue,

    /// <summary>clamp((v - y)^2, 0, c), RLlib's <c>vf_clip_param</c>: rows above it give no gradient.</summary>
    ClampSquaredError,
}
