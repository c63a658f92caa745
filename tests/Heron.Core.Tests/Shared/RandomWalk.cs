using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Shared;

/// <summary>An environment in which everything is random: starts, agents' dynamics, the weather and the simulation.</summary>
internal static class RandomWalk
{
    public static EnvironmentFactory Factory(int walkers, int maxSteps = 20)
    {
        var weather = new Weather();
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("RandomWalk-v0", new HeronEnvironmentOptions { StepSeconds = 0.5, MaxEpisodeSteps = maxSteps }).Add(weather);
        var all = new List<Walker>();
        for (int i = 0; i < walkers; i++)
        {
            all.Add(new Walker($"walker_{i}"));
            builder.Add(all[i], "weather");
        }

        return builder.SimulateWith(() => new Wind(weather)).ScoreWith(new WindScore(weather)).Build();
    }

    public struct Place
    {
        public double X;
        public bool IsRight;
    }

    public struct WindState
    {
        public float Strength;
        public double Calm;
    }

    private sealed class Weather : SystemAgent
    {
        public Weather()
            : base("weather") => State = AddFeature(default(WindState), Visibility.System);

        public Feature<WindState> State { get; }

        public override void PreStep(in AgentContext context) => context.Get(State).Strength = (float)context.Random.NextGaussian();
    }

    private sealed class Walker : FieldAgent
    {
        private readonly Feature<Place> _place;

        public Walker(string id)
            : base(id)
        {
            _place = AddFeature(default(Place), Visibility.Owner);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public override void Reset(in AgentContext context) => context.Get(_place).X = context.Random.NextDouble();

        public override void Apply(in AgentContext context)
        {
            ref Place place = ref context.Get(_place);
            place.X += context.Action[0] + context.Random.NextGaussian();
            place.IsRight = place.X > 0;
        }

        public override double Reward(in AgentView view) => -Math.Abs(view.Get(_place).X) - view.TimeSeconds;
    }

    private sealed class Wind(Weather weather) : ISimulationBridge
    {
        private float _strength;

        public void ReadState(in SimulationContext context) => _strength = context.Get(weather.State).Strength;

        public void Simulate(in SimulationContext context) => _strength *= (float)context.Random.NextDouble();

        public void WriteResults(in SimulationContext context)
        {
            ref WindState wind = ref context.Get(weather.State);
            wind.Strength = _strength;
            wind.Calm += context.StepSeconds;
        }
    }

    private sealed class WindScore : EnvironmentScore
    {
        private readonly Weather _weather;

        public WindScore(Weather weather)
        {
            _weather = weather;
            MetricNames = ["wind", "calm_seconds"];
        }

        public override void Score(in ScoreContext context)
        {
            context.Metrics[0] = context.Get(_weather.State).Strength;
            context.Metrics[1] = (float)context.Get(_weather.State).Calm;
        }
    }
}
