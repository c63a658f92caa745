using Heron.Core.Environments;

namespace Heron.TestEnvironments.Broken;

public static partial class BrokenEnvironments
{
    private static IEnumerable<BrokenEnvironment> WithBrokenStates()
    {
        yield return Altered("SavingChangesNothing", "counts how often it is saved", inner =>
        {
            int saves = 0;
            return new AlteredEnvironment(inner, Sound.Spec)
            {
                AfterReset = (in StepBuffers _) => saves = 0,
                AfterStep = (in StepBuffers buffers) => buffers.Rewards[0] += saves,
                OnSave = (environment, destination) =>
                {
                    saves++;
                    environment.SaveState(destination);
                },
            };
        });
        yield return Altered("StateBytesRepeat", "does not write all bytes of its state", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            ExtraStateBytes = 4,
            OnSave = (environment, destination) => environment.SaveState(destination[..^4]),
            OnLoad = (environment, source) => environment.LoadState(source[..Math.Max(0, source.Length - 4)]),
        });
        yield return Altered("StateRewinds", "takes over no state", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            OnLoad = (environment, source) => ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, environment.StateByteCount, nameof(source)),
        });
        yield return Altered("StateComplete", "keeps a count outside its state", inner =>
        {
            int steps = 0;
            return Paying(inner, () => steps++, (in StepBuffers _) => steps = 0);
        });
        yield return Altered("StateLengthChecked", "takes states that are too long", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            OnLoad = (environment, source) => environment.LoadState(source[..Math.Min(source.Length, environment.StateByteCount)]),
        });
        yield return Altered("StateLengthChecked", "runs over the end of states that are too short", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            OnLoad = (environment, source) => environment.LoadState(source[environment.StateByteCount - 1] == 0 ? source : source[..]),
        });
        yield return Altered("RenderWorks", "draws nothing", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            OnRender = (environment, mode) => mode == "ansi" ? "" : environment.Render(mode),
        });
        yield return Altered("RenderWorks", "draws in any mode", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            OnRender = (environment, _) => environment.Render("ansi"),
        });
        yield return Altered("RenderWorks", "moves when it is drawn", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            OnRender = (environment, mode) =>
            {
                string text = environment.Render(mode);
                byte[] state = new byte[environment.StateByteCount];
                environment.SaveState(state);
                state[0]++;
                environment.LoadState(state);
                return text;
            },
        });
    }
}
