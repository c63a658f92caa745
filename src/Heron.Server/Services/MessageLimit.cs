using Grpc.Core;
using Heron.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Heron.Server.Services;

/// <summary>States the limit when a message is refused for its size. The gRPC library refuses it before any of our code runs, and does not say how large a message may be.</summary>
/// <param name="next">The rest of the pipeline.</param>
/// <param name="options">The limit.</param>
internal sealed class MessageLimit(RequestDelegate next, IOptions<HeronServerOptions> options)
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string LibraryText = "Received message exceeds the maximum configured message size.";

    private static readonly string Exhausted = ((int)StatusCode.ResourceExhausted).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        // A call that has answered before has its status in the trailers, any other in the headers.
        IHeaderDictionary? fields = context.Response.HasStarted ? context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers : context.Response.Headers;
        if (fields is not null && fields[StatusHeader] == Exhausted && Uri.UnescapeDataString(fields[MessageHeader].ToString()) == LibraryText)
        {
            fields[MessageHeader] = Uri.EscapeDataString($"The message is larger than the {options.Value.MaxMessageMegabytes} MiB that this server takes; send it in smaller parts, for example with fewer copies per session.");
        }
    }
}
