using Heron.Core.Environments;
using Heron.Server.Sessions;
using Heron.Server.Tests.Shared;

namespace Heron.Server.Tests.Sessions;

public sealed class SessionTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _stepMayEnd = new(0);
    private readonly SemaphoreSlim _stepHasBegun = new(0);
    private readonly Session _session;
    private int _closedCount;
    private bool _stepsFail;

    public SessionTests()
    {
        var environment = new VectorEnvironment(ScriptedEnvironment.Factory(OnStep), 1);
        _session = new Session("id", "", environment, TimeSpan.FromSeconds(60), TimeProvider.System, _ => _closedCount++);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _session.Close();
        _stepMayEnd.Dispose();
        _stepHasBegun.Dispose();
    }

    [Fact]
    public async Task RunAsync_SameCallWhileRunning_JoinsAndStepsOnce()
    {
        await _session.RunAsync(new Reset(), 1);
        Task<float> first = StartStep(2, content: 7);
        await WaitForStepAsync();

        ValueTask<float> joined = _session.RunAsync(new Step(7), 2);
        Assert.False(joined.IsCompleted);
        _stepMayEnd.Release();

        Assert.Equal(1, await first.WaitAsync(Long, Token));
        Assert.Equal(1, await joined.AsTask().WaitAsync(Long, Token));
        Assert.Equal(1u, _session.Describe().Steps);
    }

    [Fact]
    public async Task RunAsync_OtherCallWhileRunning_IsBusy()
    {
        await _session.RunAsync(new Reset(), 1);
        Task<float> first = StartStep(2, content: 7);
        await WaitForStepAsync();

        await Assert.ThrowsAsync<SessionBusyException>(() => _session.RunAsync(new Step(8), 2).AsTask());
        Assert.Throws<SessionBusyException>(() => _session.Inspect(environment => environment.Count));
        _stepMayEnd.Release();

        Assert.Equal(1, await first.WaitAsync(Long, Token));
    }

    [Fact]
    public async Task RunAsync_JoinedCallFails_RunsAgainForTheOneWhoJoined()
    {
        await _session.RunAsync(new Reset(), 1);
        var refused = new Refused(7, _stepHasBegun, _stepMayEnd);
        Task<float> first = Task.Run(() => _session.RunAsync(refused, 2).AsTask(), Token);
        await WaitForStepAsync();
        ValueTask<float> joined = _session.RunAsync(new Step(7), 2);

        _stepMayEnd.Release(2);

        await Assert.ThrowsAsync<InvalidRequestException>(() => first.WaitAsync(Long, Token));
        Assert.Equal(1, await joined.AsTask().WaitAsync(Long, Token));
    }

    [Fact]
    public async Task RunAsync_Defect_ClosesTheSession()
    {
        await _session.RunAsync(new Reset(), 1);
        _stepsFail = true;
        _stepMayEnd.Release();

        await Assert.ThrowsAsync<InvalidOperationException>(() => _session.RunAsync(new Step(7), 2).AsTask());

        await Assert.ThrowsAsync<SessionNotFoundException>(() => _session.RunAsync(new Step(7), 2).AsTask());
        Assert.Equal(1, _closedCount);
    }

    [Fact]
    public async Task Close_WhileRunning_LetsTheCallFinish()
    {
        await _session.RunAsync(new Reset(), 1);
        Task<float> running = StartStep(2, content: 7);
        await WaitForStepAsync();

        Assert.True(_session.Close());
        Assert.False(_session.Close());
        _stepMayEnd.Release();

        Assert.Equal(1, await running.WaitAsync(Long, Token));
        Assert.Equal(1, _closedCount);
        Assert.Throws<SessionNotFoundException>(() => _session.Renew());
    }

    [Fact]
    public void OpenStream_Twice_EndsTheFirst()
    {
        using SessionStream first = _session.OpenStream(Token);
        using SessionStream second = _session.OpenStream(Token);

        Assert.Throws<SessionBusyException>(first.ThrowIfEnded);
        second.ThrowIfEnded();
        first.Dispose();
        Assert.True(_session.Describe().StreamIsOpen);
    }

    [Fact]
    public async Task RunAsync_OnADisplacedStream_ChangesNothing()
    {
        using SessionStream first = _session.OpenStream(Token);
        using SessionStream second = _session.OpenStream(Token);

        await Assert.ThrowsAsync<SessionBusyException>(() => _session.RunAsync(new Reset(), 1, first).AsTask());

        Assert.Equal(1u, _session.Renew());
    }

    [Fact]
    public async Task ReadOn_AfterANewerCall_IsRefused()
    {
        using SessionStream stream = _session.OpenStream(Token);
        await _session.RunAsync(new Reset(), 1, stream);
        Assert.Equal(3, _session.ReadOn(1, stream, piece => piece, 3));

        await _session.RunAsync(new Reset(), 2);

        Assert.Throws<SessionBusyException>(() => _session.ReadOn(1, stream, piece => piece, 3));
    }

    private void OnStep()
    {
        _stepHasBegun.Release();
        Assert.True(_stepMayEnd.Wait(Long, Token));
        if (_stepsFail)
        {
            throw new InvalidOperationException("A defect, for the test.");
        }
    }

    private Task<float> StartStep(uint sequence, ulong content) => Task.Run(() => _session.RunAsync(new Step(content), sequence).AsTask(), Token);

    private async Task WaitForStepAsync() => Assert.True(await _stepHasBegun.WaitAsync(Long, Token));

    private sealed class Reset : SessionCall<float>
    {
        public override CallContent Content => new(CallKind.Reset, 0);

        public override void CarryOut(VectorEnvironment environment) => environment.Reset(1);

        public override float Reply(VectorEnvironment environment, uint sequence) => environment.Observations.All[0];
    }

    private sealed class Step(ulong content) : SessionCall<float>
    {
        public override CallContent Content => new(CallKind.Step, content);

        public override void CarryOut(VectorEnvironment environment) => environment.Step();

        public override float Reply(VectorEnvironment environment, uint sequence) => environment.Observations.All[0];
    }

    private sealed class Refused(ulong content, SemaphoreSlim hasBegun, SemaphoreSlim mayEnd) : SessionCall<float>
    {
        public override CallContent Content => new(CallKind.Step, content);

        public override void CarryOut(VectorEnvironment environment)
        {
            hasBegun.Release();
            Assert.True(mayEnd.Wait(Long, Token));
            throw new InvalidRequestException("Refused, for the test.");
        }

        public override float Reply(VectorEnvironment environment, uint sequence) => 0;
    }
}
