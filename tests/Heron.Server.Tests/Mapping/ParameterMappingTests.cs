using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Heron.Core.Environments;
using Heron.Server.Mapping;
using Heron.Server.Sessions;

namespace Heron.Server.Tests.Mapping;

public sealed class ParameterMappingTests
{
    private static Struct Parse(string json) => JsonParser.Default.Parse<Struct>(json);

    [Fact]
    public void FromWire_NestedValues_KeepTheirShape()
    {
        const string Json = "{\"agents\": [{\"agent_id\": \"a\", \"limits\": [1, 2]}, {\"agent_id\": \"b\"}], \"names\": [\"x\"], \"system\": {\"tick\": 0.5}}";

        IReadOnlyDictionary<string, object> values = ParameterMapping.FromWire(Parse(Json));

        Assert.Equal(Json, ParameterValue.ToJson(values));
        Assert.Equal(2, Assert.IsType<IReadOnlyDictionary<string, object>[]>(values["agents"]).Length);
        Assert.Equal(values, ParameterMapping.FromWire(ParameterMapping.ToWire(values)), (a, b) => ParameterValue.ToJson(a) == ParameterValue.ToJson(b));
    }

    [Theory]
    [InlineData("{\"a\": null}", "'a'")]
    [InlineData("{\"a\": [1, null]}", "'a[1]'")]
    [InlineData("{\"a\": [{\"b\": {\"c\": null}}]}", "'a[0].b.c'")]
    public void FromWire_NullAnywhere_NamesThePlace(string json, string place)
    {
        InvalidRequestException error = Assert.Throws<InvalidRequestException>(() => ParameterMapping.FromWire(Parse(json)));

        Assert.StartsWith($"Parameter {place} is null", error.Message, StringComparison.Ordinal);
    }
}
