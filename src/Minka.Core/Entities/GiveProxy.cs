using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Writes that a member has another one vote for it in an assembly, within the rule of the entity.</summary>
[UseCase]
public sealed class GiveProxy(Writer writer)
{
    /// <param name="document">What it stands in; needed where the rule asks for writing.</param>
    public Task ExecuteAsync(AssemblyId id, MemberId giver, MemberId holder, string? document, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.proxy", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            room.Assembly.MustBeUnderWay();
            var (from, to, rule) = (room.Seat(giver), room.Seat(holder), room.Template.ProxyRule);
            if (room.Written is not null || !rule.Allowed) throw new RuleBroken(EntitiesRules.ProxyNotAllowed, rule.Source);
            if (!rule.MayGive(from.Sector, from.InterestGroup)) throw new RuleBroken(EntitiesRules.ProxyNotDelegable, from.Organisation, rule.Source);
            if (giver == holder) throw new RuleBroken(EntitiesRules.ProxyToItself, from.Organisation);
            if (rule.InWriting && string.IsNullOrWhiteSpace(document)) throw new RuleBroken(EntitiesRules.ProxyDocumentMissing);
            if (document?.Length > 200) throw new RuleBroken(EntitiesRules.TextTooLong, 200);
            var today = room.DayIn(work.Now);
            if (new[] { from, to }.FirstOrDefault(s => !room.Mandates[s.MemberId].Covers(today)) is { } over) throw new RuleBroken(EntitiesRules.VoteMandateExpired, over.Organisation, room.Mandates[over.MemberId].To);
            if (room.PresentAt(work.Now).Contains(giver)) throw new RuleBroken(EntitiesRules.ProxyGiverPresent, from.Organisation);
            var standing = room.ProxiesAt(work.Now);
            if (standing.FirstOrDefault(p => p.GiverId == giver) is { } before) throw new RuleBroken(EntitiesRules.ProxyTwice, from.Organisation, room.Seat(before.HolderId).Organisation);
            if (standing.Any(p => p.GiverId == holder)) throw new RuleBroken(EntitiesRules.ProxyChain, to.Organisation);
            if (standing.Any(p => p.HolderId == giver)) throw new RuleBroken(EntitiesRules.ProxyChain, from.Organisation);
            if (rule.MaxPerHolder is { } most && standing.Count(p => p.HolderId == holder) >= most) throw new RuleBroken(EntitiesRules.ProxyOverLimit, to.Organisation, most, rule.Source);
            work.Db.Proxies.Add(new Proxy { AssemblyId = id, GiverId = giver, HolderId = holder, Document = document?.Trim() ?? "", GivenAt = work.Now });
            work.Happened(new ProxyGiven(id, giver, holder));
        }, new ActNote("assembly", id.Value), cancel);

    /// <summary>Ends a proxy. Votes that were cast by it stand.</summary>
    public Task RevokeAsync(AssemblyId id, MemberId giver, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.proxy-revoke", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            room.Assembly.MustBeUnderWay();
            var proxy = room.ProxiesAt(work.Now).FirstOrDefault(p => p.GiverId == giver) ?? throw new RuleBroken(EntitiesRules.ProxyUnknown, room.Seat(giver).Organisation);
            proxy.Revoke(work.Now);
            work.Happened(new ProxyRevoked(id, giver));
        }, new ActNote("assembly", id.Value), cancel);
}
