using System.Text.Json;
using Heron.Core.Environments;

namespace Heron.Core.Tests.Environments;

public sealed class ParameterValueTests
{
    [Theory]
    [InlineData("true")]
    [InlineData("-0.25")]
    [InlineData("\"°C \\\"x\\\"\"")]
    [InlineData("[1, 2.5]")]
    [InlineData("[]")]
    [InlineData("[\"a\", \"b\"]")]
    [InlineData("[{\"a\": 1}, {\"b\": [true, \"c\"]}]")]
    [InlineData("{\"a\": {\"b\": [1, 2]}, \"c\": \"d\"}")]
    public void ToJson_WhatFromJsonRead_IsTheSameText(string json) => Assert.Equal(json, ParameterValue.ToJson(ParameterValue.FromJson(json)));

    [Fact]
    public void ToJson_NamesInAnotherOrder_GiveTheSameText() =>
        Assert.Equal(ParameterValue.ToJson(ParameterValue.FromJson("{\"a\": 1, \"b\": 2}")), ParameterValue.ToJson(ParameterValue.FromJson("{\"b\": 2, \"a\": 1}")));

    [Fact]
    public void FromJson_Lists_AreTheNarrowestArrays()
    {
        Assert.IsType<double[]>(ParameterValue.FromJson("[1, 2]"));
        Assert.IsType<string[]>(ParameterValue.FromJson("[\"a\"]"));
        Assert.IsType<IReadOnlyDictionary<string, object>[]>(ParameterValue.FromJson("[{}]"));
        Assert.IsType<object[]>(ParameterValue.FromJson("[1, \"a\"]"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1, null]")]
    [InlineData("{\"a\": null}")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("{a: 1}")]
    public void FromJson_NullTwiceOrNoJson_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => ParameterValue.FromJson(json));

    [Fact]
    public void ToJson_SomethingElse_IsRefused() => Assert.Throws<NotSupportedException>(() => ParameterValue.ToJson(new object()));
}
