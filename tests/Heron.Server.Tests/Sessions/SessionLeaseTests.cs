using Heron.Core.Environments;
using Heron.Server.Hosting;
using Heron.Server.Sessions;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Heron.Server.Tests.Sessions;

public sealed class SessionLeaseTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly SessionStore _store;

    public SessionLeaseTests()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ScriptedEnvironment.Definition(() => { }));
        _store = new SessionStore(registry, Options.Create(new HeronServerOptions { LeaseSeconds = 60 }), _time, NullLogger<SessionStore>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void CloseExpired_AfterTheLease_FreesTheSession()
    {
        Session session = Create();

        _time.Advance(TimeSpan.FromSeconds(60));
        _store.CloseExpired();
        Assert.Equal(1, _store.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        _store.CloseExpired();

        Assert.Equal(0, _store.Count);
        var exception = Assert.Throws<SessionNotFoundException>(() => session.Renew());
        Assert.Contains("lease", exception.Message);
    }

    [Fact]
    public void Get_AfterTheLease_FindsNothingEvenBeforeTheReaper()
    {
        Session session = Create();

        _time.Advance(TimeSpan.FromSeconds(61));

        Assert.Throws<SessionNotFoundException>(() => _store.Get("", session.Id));
        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public void Renew_BeforeTheEnd_StartsTheLeaseAnew()
    {
        Session session = Create();
        _time.Advance(TimeSpan.FromSeconds(50));

        session.Renew();
        _time.Advance(TimeSpan.FromSeconds(50));

        Assert.Same(session, _store.Get("", session.Id));
        Assert.Equal(TimeSpan.FromSeconds(10), session.Describe().LeaseRemaining);
    }

    // Looking at the list is no sign of life: otherwise a dashboard would keep dead sessions for ever.
    [Fact]
    public void List_OftenEnough_DoesNotRenew()
    {
        Create();

        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Single(_store.List(""));
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.Empty(_store.List(""));
    }

    [Fact]
    public void OpenStream_WhileOpen_KeepsTheLeaseAndItsEndStartsIt()
    {
        Session session = Create();
        SessionStream stream = _store.OpenStream(session, Token);

        _time.Advance(TimeSpan.FromHours(5));
        _store.CloseExpired();
        Assert.Equal(TimeSpan.FromSeconds(60), session.Describe().LeaseRemaining);
        stream.Dispose();
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Same(session, _store.Get("", session.Id));
        _time.Advance(TimeSpan.FromSeconds(61));
        _store.CloseExpired();

        Assert.Equal(0, _store.Count);
    }

    [Fact]
    public async Task Reaper_WhenTimePasses_ClosesWithoutACall()
    {
        using var reaper = new SessionReaper(_store, _time);
        await reaper.StartAsync(Token);
        Create();

        // The reaper's loop goes on in the background, so the clock is moved until it has looked once more.
        for (int i = 0; i < 500 && _store.Count > 0; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(61));
            await Task.Delay(10, Token);
        }

        Assert.Equal(0, _store.Count);
        await reaper.StopAsync(Token);
    }

    private Session Create() => _store.Create("", new SessionRequest("Scripted-v0"));
}
