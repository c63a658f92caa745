using Grpc.Core;

namespace Heron.Grpc.Tests.Contracts;

/// <summary>Numbers that compiled code and peers rely on, written out once more.</summary>
public class WireNumberTests
{
    [Fact]
    public void StatusCode_Order_IsThatOfTheSpecification()
    {
        string[] names =
        [
            "OK", "Cancelled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists",
            "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented",
            "Internal", "Unavailable", "DataLoss", "Unauthenticated",
        ];

        Assert.Equal(names, Enumerable.Range(0, 17).Select(number => $"{(StatusCode)number}"));
    }

    [Fact]
    public void OtherEnums_Numbers_AreThePublishedOnes()
    {
        Assert.Equal([0, 1, 2, 3], new[]
        {
            MethodType.Unary, MethodType.ClientStreaming, MethodType.ServerStreaming, MethodType.DuplexStreaming,
        }.Select(value => (int)value));
        Assert.Equal([0, 1, 2, 3, 4], new[]
        {
            ConnectivityState.Idle, ConnectivityState.Connecting, ConnectivityState.Ready,
            ConnectivityState.TransientFailure, ConnectivityState.Shutdown,
        }.Select(value => (int)value));
        Assert.Equal((1, 2), ((int)WriteFlags.BufferHint, (int)WriteFlags.NoCompress));
    }
}
