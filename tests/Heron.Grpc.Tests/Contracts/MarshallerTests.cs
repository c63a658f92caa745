using System.Buffers;
using Grpc.Core;

namespace Heron.Grpc.Tests.Contracts;

public class MarshallerTests
{
    [Fact]
    public void Marshaller_FromArrays_AlsoWorksOnContexts()
    {
        var marshaller = Marshallers.StringMarshaller;
        var context = new RecordingContext();

        marshaller.ContextualSerializer("ä", context);

        Assert.Equal("ä"u8.ToArray(), context.Payload);
        Assert.Equal("ä", marshaller.Deserializer(marshaller.Serializer("ä")));
    }

    [Fact]
    public void Marshaller_FromContexts_AlsoWorksOnArrays()
    {
        var marshaller = Marshallers.Create<string>(
            (text, context) =>
            {
                context.SetPayloadLength(text.Length);
                foreach (var letter in text)
                {
                    context.GetBufferWriter().Write([(byte)letter]);
                }

                context.Complete();
            },
            context => string.Concat(context.PayloadAsReadOnlySequence().ToArray().Select(value => (char)value)));

        Assert.Equal("abc"u8.ToArray(), marshaller.Serializer("abc"));
        Assert.Equal("abc", marshaller.Deserializer("abc"u8.ToArray()));
    }

    [Fact]
    public void Serializer_ThatDoesNotComplete_Throws()
    {
        var marshaller = Marshallers.Create<string>((_, _) => { }, _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("abc"));
    }

    [Fact]
    public void Method_FullName_IsThePathOnTheWire()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "a.b.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        Assert.Equal("/a.b.Service/Do", method.FullName);
        Assert.Throws<ArgumentNullException>(() => new Method<string, string>(
            MethodType.Unary, "a", "b", null!, Marshallers.StringMarshaller));
    }

    private sealed class RecordingContext : SerializationContext
    {
        public byte[]? Payload { get; private set; }

        public override void Complete(byte[] payload) => Payload = payload;
    }
}
