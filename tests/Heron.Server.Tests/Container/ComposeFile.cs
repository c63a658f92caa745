using Heron.Server.Tests.Shared;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Heron.Server.Tests.Container;

/// <summary>docker-compose.yml. A key that stands in none of these classes is an error, so that nothing is used unseen.</summary>
internal sealed class ComposeFile
{
    public Dictionary<string, ComposeService> Services { get; set; } = [];

    public Dictionary<string, object?> Volumes { get; set; } = [];

    public ComposeService Server => Services["server"];

    public ComposeService Client => Services["client"];

    public static ComposeFile Read() => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build()
        .Deserialize<ComposeFile>(CloneFiles.Read("docker-compose.yml"));
}
