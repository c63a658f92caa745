namespace Heron.Server.Tests.Container;

/// <summary>One service of docker-compose.yml.</summary>
internal sealed class ComposeService
{
    public ImageBuild Build { get; set; } = new();

    public Dictionary<string, Dependency> DependsOn { get; set; } = [];

    public List<string> Command { get; set; } = [];

    /// <summary>HOST:PORT:CONTAINER_PORT.</summary>
    public List<string> Ports { get; set; } = [];

    /// <summary>NAME:FOLDER.</summary>
    public List<string> Volumes { get; set; } = [];

    public HealthProbe? Healthcheck { get; set; }

    public bool Init { get; set; }

    public string? ShmSize { get; set; }

    public List<string> Tmpfs { get; set; } = [];

    public bool ReadOnly { get; set; }

    public List<string> CapDrop { get; set; } = [];

    public List<string> SecurityOpt { get; set; } = [];

    internal sealed class ImageBuild
    {
        public string Context { get; set; } = "";

        public string Dockerfile { get; set; } = "";
    }

    internal sealed class Dependency
    {
        public string Condition { get; set; } = "";
    }

    internal sealed class HealthProbe
    {
        public List<string> Test { get; set; } = [];

        public string? Interval { get; set; }

        public string? Timeout { get; set; }

        public string? StartPeriod { get; set; }

        public int Retries { get; set; }
    }
}
