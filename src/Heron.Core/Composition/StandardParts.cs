using Heron.Core.Agents;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>What every catalogue holds: the coordinator without state, and the protocols of Heron.Core.</summary>
internal static class StandardParts
{
    public const string PlainCoordinator = "coordinator";

    public static void AddTo(CompositionCatalog catalog) => catalog
        .Add(new AgentClass<CoordinatorAgent, NoArguments>(
            PlainCoordinator, "Groups the agents below it and can own their protocol. It acts only if its protocol gives it something to decide.", (_, place) => new CoordinatorAgent(place.Id))
        {
            FitsEverySimulation = true,
        })
        .Add(new ProtocolClass<NoArguments>(
            "vector_decomposition", "The coordinator decides for all below it at once: its action is their joint action, taken apart.", _ => new Protocol(action: new VectorDecomposition())))
        .Add(new ProtocolClass<NoArguments>(
            "broadcast", "The coordinator's action is commanded to everybody below it, who all take as many numbers.", _ => new Protocol(action: new BroadcastAction())))
        .Add(new ProtocolClass<AllocationArguments>(
            "proportional_allocation", "The coordinator's one number is divided among those below it, who take one number each.", arguments => new Protocol(action: arguments.Create())))
        .Add(new ProtocolClass<SetpointArguments>(
            "setpoints", "The coordinator tells everybody below it a part of its joint action, in a message that they observe.", arguments => new Protocol(new SetpointCommands(), arguments.Command ? new VectorDecomposition() : null)))
        .Add(new ProtocolClass<PriceArguments>(
            "price_signal", "The coordinator announces a price, which those below it observe.", arguments => new Protocol(new PriceSignal(arguments.InitialPrice, arguments.ActionIndex < 0 ? null : arguments.ActionIndex))))
        .Add(new ProtocolClass<SharingArguments>(
            "state_sharing", "Those below the coordinator observe fields of each other's state.", arguments => new Protocol(new StateSharing(arguments.Neighbors, arguments.Fields))))
        .Add(new ProtocolClass<ConsensusArguments>(
            "consensus", "Those below the coordinator average a field of their state among neighbours until they agree, and observe the value.", arguments => new Protocol(arguments.Create())))
        .Add(new ProtocolClass<AuctionArguments>(
            "double_auction", "Those below the coordinator trade with each other what they lack or have to spare, and observe what they got and at which price.", arguments => new Protocol(arguments.Create())));
}
