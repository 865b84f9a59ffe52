using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning.Chains;

public sealed record ChainStarted(ChainId Chain, EntityId Entity) : IEvent;
