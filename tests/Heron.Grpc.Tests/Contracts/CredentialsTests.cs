using Grpc.Core;

namespace Heron.Grpc.Tests.Contracts;

public class CredentialsTests
{
    private static readonly AsyncAuthInterceptor Interceptor = (_, _) => Task.CompletedTask;

    [Fact]
    public void ChannelCredentials_EachKind_ShowsItsParts()
    {
        var pair = new KeyCertificatePair("chain", "key");
        VerifyPeerCallback verify = _ => true;
        var call = CallCredentials.FromInterceptor(Interceptor);
        var secure = new SslCredentials("roots", pair, verify);

        Assert.Equal(["insecure"], Parts(ChannelCredentials.Insecure));
        Assert.Equal(["ssl", null, null, null], Parts(ChannelCredentials.SecureSsl));
        Assert.Equal(["ssl", "roots", pair, verify], Parts(secure));
        Assert.Equal(["composite", secure, call], Parts(ChannelCredentials.Create(secure, call)));
    }

    [Fact]
    public void Create_OnInsecureOrCompositeChannel_Throws()
    {
        var call = CallCredentials.FromInterceptor(Interceptor);
        var composite = ChannelCredentials.Create(ChannelCredentials.SecureSsl, call);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, call));
        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(composite, call));
    }

    [Fact]
    public void CallCredentials_ComposedAndSingle_ShowTheirParts()
    {
        var first = CallCredentials.FromInterceptor(Interceptor);
        var second = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var recorder = new CallRecorder();

        first.InternalPopulateConfiguration(recorder, "state");
        CallCredentials.Compose(first, second).InternalPopulateConfiguration(recorder, "state");

        Assert.Equal([Interceptor, first, second], recorder.Parts);
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose());
        Assert.Throws<ArgumentNullException>(() => CallCredentials.Compose(first, null!));
    }

    [Fact]
    public void AuthContext_Properties_AreFoundByNameAndIdentity()
    {
        var name = AuthProperty.Create("name", "heron"u8.ToArray());
        var other = AuthProperty.Create("other", [1]);
        var properties = new Dictionary<string, List<AuthProperty>> { ["name"] = [name], ["other"] = [other] };

        var known = new AuthContext("name", properties);
        var unknown = new AuthContext(null, []);

        Assert.True(known.IsPeerAuthenticated);
        Assert.Equal("heron", Assert.Single(known.PeerIdentity).Value);
        Assert.Equal([name, other], known.Properties);
        Assert.Empty(known.FindPropertiesByName("absent"));
        Assert.False(unknown.IsPeerAuthenticated);
        Assert.Empty(unknown.PeerIdentity);
    }

    private static List<object?> Parts(ChannelCredentials credentials)
    {
        var recorder = new ChannelRecorder();
        credentials.InternalPopulateConfiguration(recorder, null);
        return recorder.Parts;
    }

    private sealed class ChannelRecorder : ChannelCredentialsConfiguratorBase
    {
        public List<object?> Parts { get; } = [];

        public override void SetInsecureCredentials(object? state) => Parts.Add("insecure");

        public override void SetSslCredentials(
            object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback) =>
            Parts.AddRange(["ssl", rootCertificates, keyCertificatePair, verifyPeerCallback]);

        public override void SetCompositeCredentials(
            object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
            Parts.AddRange(["composite", channelCredentials, callCredentials]);
    }

    private sealed class CallRecorder : CallCredentialsConfiguratorBase
    {
        public List<object?> Parts { get; } = [];

        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials)
        {
            Assert.Equal("state", state);
            Parts.AddRange(credentials);
        }

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor)
        {
            Assert.Equal("state", state);
            Parts.Add(interceptor);
        }
    }
}
