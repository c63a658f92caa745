using Heron.Core.Environments;
using Heron.Server.Hosting;
using Heron.Server.Sessions;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Heron.Server.Tests.Sessions;

public sealed class SessionStoreTests : IDisposable
{
    private static readonly SessionRequest Request = new("Scripted-v0");

    private readonly SessionStore _store;

    public SessionStoreTests()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ScriptedEnvironment.Definition(() => { }));
        var options = new HeronServerOptions { MaxSessions = 3, MaxCopies = 10, MaxBlockMegabytes = 1 };
        _store = new SessionStore(registry, Options.Create(options), TimeProvider.System, NullLogger<SessionStore>.Instance);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Create_Twice_GivesUnequalLongIds()
    {
        Session first = _store.Create("", Request);
        Session second = _store.Create("", Request);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(32, first.Id.Length);
    }

    [Fact]
    public void Create_SameRequestId_ReturnsTheSameSession()
    {
        Session first = _store.Create("", Request with { RequestId = "a" });

        Assert.Same(first, _store.Create("", Request with { RequestId = "a" }));
        Assert.NotSame(first, _store.Create("", Request with { RequestId = "b" }));
        Assert.NotSame(first, _store.Create("someone", Request with { RequestId = "a" }));
    }

    [Fact]
    public void Create_SameRequestIdAtOnce_MakesOneSession()
    {
        var sessions = new Session[16];

        Parallel.For(0, sessions.Length, i => sessions[i] = _store.Create("", Request with { RequestId = "a" }));

        Assert.All(sessions, session => Assert.Same(sessions[0], session));
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void Create_SameRequestIdForSomethingElse_IsRefused()
    {
        _store.Create("", Request with { RequestId = "a" });

        Assert.Throws<InvalidRequestException>(() => _store.Create("", Request with { RequestId = "a", Copies = 2 }));
    }

    [Fact]
    public void Create_SameRequestIdAfterClose_MakesANewOne()
    {
        Session first = _store.Create("", Request with { RequestId = "a" });
        first.Close();

        Session second = _store.Create("", Request with { RequestId = "a" });

        Assert.NotSame(first, second);
        Assert.Equal(1, _store.Count);
    }

    [Fact]
    public void Create_FailedRequestId_MayBeTriedAgain()
    {
        SessionRequest tooMany = Request with { RequestId = "a", Copies = 11 };
        Assert.Throws<ServerLimitException>(() => _store.Create("", tooMany));

        Assert.Throws<ServerLimitException>(() => _store.Create("", tooMany));
        Assert.Equal(1, _store.Create("", tooMany with { Copies = 1 }).Copies);
    }

    [Fact]
    public void Create_BeyondTheSessions_IsRefusedUntilOneIsClosed()
    {
        Session first = _store.Create("", Request);
        _store.Create("", Request);
        _store.Create("", Request);

        var exception = Assert.Throws<ServerLimitException>(() => _store.Create("", Request));
        Assert.Contains("3 sessions", exception.Message);
        first.Close();

        Assert.NotNull(_store.Create("", Request));
    }

    [Theory]
    [InlineData(11u)]
    [InlineData(uint.MaxValue)]
    public void Create_BeyondTheCopies_IsRefusedAndTakesNothing(uint copies)
    {
        var exception = Assert.Throws<ServerLimitException>(() => _store.Create("", Request with { Copies = copies }));

        Assert.Contains("limit of 10", exception.Message);
        Assert.Equal(10, _store.Create("", Request with { Copies = 10 }).Copies);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Create_LeaseOutOfRange_IsRefused(float seconds)
    {
        var exception = Assert.Throws<InvalidRequestException>(() => _store.Create("", Request with { LeaseSeconds = seconds }));

        Assert.Contains("lease_seconds", exception.Message);
    }

    [Fact]
    public void Close_Always_GivesTheMemoryBack()
    {
        WeakReference session = CreateAndClose();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(session.IsAlive);
        Assert.Equal(10, _store.Create("", Request with { Copies = 10 }).Copies);
    }

    [Fact]
    public void Get_OfAnotherOwner_FindsNothing()
    {
        Session session = _store.Create("owner", Request);

        Assert.Throws<SessionNotFoundException>(() => _store.Get("thief", session.Id));
        Assert.False(_store.Close("thief", session.Id));
        Assert.Empty(_store.List("thief"));
        Assert.Same(session, _store.Get("owner", session.Id));
    }

    // Apart, so that no local of the test keeps the session.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference CreateAndClose()
    {
        Session session = _store.Create("", Request with { Copies = 10, RequestId = "a" });
        session.Close();
        return new WeakReference(session);
    }

    [Fact]
    public void Create_MoreMemoryThanTheLimit_IsRefused()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ScriptedEnvironment.Definition(() => { }));
        var options = new HeronServerOptions { MaxBlockMegabytes = 1 };
        using var store = new SessionStore(registry, Options.Create(options), TimeProvider.System, NullLogger<SessionStore>.Instance);

        var exception = Assert.Throws<ServerLimitException>(() => store.Create("", Request with { Copies = 100_000 }));

        Assert.Contains("1 MiB", exception.Message);
    }
}
