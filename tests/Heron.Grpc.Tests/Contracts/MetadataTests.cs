using Grpc.Core;

namespace Heron.Grpc.Tests.Contracts;

public class MetadataTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("ABC-1_2.3")]
    public void Entry_ValidKey_IsStoredInLowerCase(string key)
    {
        var entry = new Metadata.Entry(key, "value");

        Assert.Equal(key.ToLowerInvariant(), entry.Key);
        Assert.Equal("value", entry.Value);
        Assert.Equal("value"u8.ToArray(), entry.ValueBytes);
        Assert.False(entry.IsBinary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("line\nbreak")]
    [InlineData(":path")]
    public void Entry_InvalidKey_Throws(string key)
    {
        var error = Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "value"));

        Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_TextUnderBinaryKeyOrBytesUnderTextKey_Throws()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key-BIN", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", [1]));
    }

    [Fact]
    public void Entry_Binary_CopiesBytesAndHasNoText()
    {
        byte[] bytes = [1, 2];

        var entry = new Metadata.Entry("key-bin", bytes);
        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
        Assert.Equal("[Entry: key=key-bin, valueBytes=AQI=]", entry.ToString());
    }

    [Fact]
    public void Get_RepeatedKeyInAnyCase_LastOneWinsAndGetAllKeepsOrder()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" }, { "c-bin", [7] } };

        Assert.Equal("3", metadata.GetValue("A"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
        Assert.Equal([7], metadata.GetValueBytes("c-bin"));
        Assert.Null(metadata.GetValue("absent"));
        Assert.Null(metadata.GetValueBytes("absent"));
    }

    [Fact]
    public void List_Edits_KeepOrder()
    {
        var entries = new[] { "a", "b", "c" }.Select(key => new Metadata.Entry(key, key)).ToArray();
        var metadata = new Metadata { entries[0], entries[2] };

        metadata.Insert(1, entries[1]);
        var copy = new Metadata.Entry[3];
        metadata.CopyTo(copy, 0);

        Assert.Equal(entries, copy);
        Assert.Equal(1, metadata.IndexOf(entries[1]));
        Assert.True(metadata.Remove(entries[1]));
        Assert.DoesNotContain(entries[1], metadata);
        metadata.RemoveAt(0);
        metadata[0] = entries[1];
        Assert.Equal(entries[1], Assert.Single(metadata));
        metadata.Clear();
        Assert.Empty(metadata);
    }

    [Fact]
    public void Empty_AnyChange_Throws()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }
}
