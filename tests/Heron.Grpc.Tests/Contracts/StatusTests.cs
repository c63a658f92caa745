using Grpc.Core;

namespace Heron.Grpc.Tests.Contracts;

public class StatusTests
{
    [Fact]
    public void ToString_WithAndWithoutException_NamesCodeDetailAndCause()
    {
        var plain = new Status(StatusCode.NotFound, "no such session");
        var caused = new Status(StatusCode.Internal, "oops", new InvalidOperationException("why"));

        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"no such session\")", plain.ToString());
        Assert.Equal(
            "Status(StatusCode=\"Internal\", Detail=\"oops\", DebugException=\"System.InvalidOperationException: why\")",
            caused.ToString());
    }

    [Fact]
    public void Default_OfTheStruct_IsOkWithEmptyDetail()
    {
        Assert.Equal((StatusCode.OK, ""), (default(Status).StatusCode, default(Status).Detail));
        Assert.Equal(StatusCode.OK, Status.DefaultSuccess.StatusCode);
        Assert.Equal(StatusCode.Cancelled, Status.DefaultCancelled.StatusCode);
    }

    [Fact]
    public void RpcException_FromStatus_CarriesStatusTextTrailersAndCause()
    {
        var cause = new InvalidOperationException("why");
        var status = new Status(StatusCode.Aborted, "later", cause);
        var trailers = new Metadata { { "a", "b" } };

        var error = new RpcException(status, trailers);

        Assert.Equal(StatusCode.Aborted, error.StatusCode);
        Assert.Equal(status.ToString(), error.Message);
        Assert.Same(trailers, error.Trailers);
        Assert.Same(cause, error.InnerException);
    }

    [Fact]
    public void RpcException_WithMessage_ShowsItAndHasEmptyTrailers()
    {
        var error = new RpcException(new Status(StatusCode.Aborted, "detail"), "message");

        Assert.Equal("message", error.Message);
        Assert.Equal("detail", error.Status.Detail);
        Assert.Empty(error.Trailers);
        Assert.Throws<ArgumentNullException>(() => new RpcException(default, (Metadata)null!));
    }
}
