using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Seals interests and makes the digests by which they are found. Opened for the person who declared, and for nobody else.</summary>
[UseCase]
public sealed class InterestVault(AppDb db, SealingKeys keys, IEntropy entropy)
{
    static readonly byte[] AboutKey = "interests/key"u8.ToArray();

    /// <summary>The key, or null while nobody has declared anything.</summary>
    internal async Task<DataKey?> FindKeyAsync(AppDb of, CancellationToken cancel) =>
        await of.InterestKeys.AsNoTracking().Where(k => k.Number == 1).Select(k => k.Wrapped).SingleOrDefaultAsync(cancel) is { } wrapped ? keys.Unwrap(wrapped, AboutKey) : null;

    internal async Task<DataKey> KeyAsync(Work work, CancellationToken cancel)
    {
        if (await FindKeyAsync(work.Db, cancel) is { } there) return there;
        var key = DataKey.New(entropy);
        work.Db.InterestKeys.Add(new InterestKey { Number = 1, Wrapped = keys.Wrap(key, AboutKey, entropy) });
        return key;
    }

    internal byte[] Seal(DataKey key, InterestId id, InterestInput input) => SealedBox.Seal(CanonicalJson.Bytes(input), About(id), key, entropy);

    /// <summary>A person's own declarations, opened; those withdrawn stay on the list.</summary>
    public async Task<IReadOnlyList<(Interest Interest, InterestInput Said)>> OfAsync(Guid person, CancellationToken cancel = default)
    {
        using var key = await FindKeyAsync(db, cancel);
        if (key is null) return [];
        var rows = await db.Interests.AsNoTracking().Where(i => i.PersonId == person).OrderByDescending(i => i.DeclaredAt).Take(200).ToListAsync(cancel);
        return [.. rows.Select(i => (i, JsonSerializer.Deserialize<InterestInput>(SealedBox.Open(i.Box, About(i.Id), key), CanonicalJson.Options)!))];
    }

    internal static string? NumberDigest(DataKey key, string? number) => MemberChecks.Blank(number) is { } given ? Keyed(key, "number " + RegistryNumbers.Plain(given)) : null;

    internal static string NameDigest(DataKey key, string name) => Keyed(key, "name " + MemberChecks.Plain(name));

    static string Keyed(DataKey key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes("minka interests 1: " + text)));

    static byte[] About(InterestId id) => Encoding.UTF8.GetBytes($"interest/{id.Value}");
}

/// <summary>A person declares an own interest, or withdraws one that was told by mistake. Later contexts take the person off what it touches, in the same act.</summary>
[UseCase]
public sealed class DeclareInterest(Writer writer)
{
    /// <summary>Years after work or supply ended in which it still blocks.</summary>
    public const int YearsAfter = 3;

    public Task<InterestId> ExecuteAsync(Guid person, InterestInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("interest.declare", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(input.Organisation)) throw new RuleBroken(EntitiesRules.OrganisationMissing);
            if (input.Organisation.Length > MemberChecks.LongestText || input.Who?.Length > MemberChecks.LongestText || input.Number?.Length > 40) throw new RuleBroken(EntitiesRules.TextTooLong, MemberChecks.LongestText);
            if (input.Kind == InterestKind.Kin && input.Degree is not (1 or 2)) throw new RuleBroken(EntitiesRules.DegreeMissing);
            if (input.EndedOn < input.From || input.From > work.Today) throw new RuleBroken(EntitiesRules.InterestDates);
            var vault = (InterestVault)work.Services.GetService(typeof(InterestVault))!;
            using var key = await vault.KeyAsync(work, cancel);
            var id = work.NewId<InterestId>();
            var interest = new Interest
            {
                Id = id,
                PersonId = person,
                NumberDigest = InterestVault.NumberDigest(key, input.Number),
                NameDigest = InterestVault.NameDigest(key, input.Organisation),
                Box = vault.Seal(key, id, input),
                From = input.From,
                BlocksUntil = input.Kind is InterestKind.Employer or InterestKind.Supplier ? input.EndedOn?.AddYears(YearsAfter) : input.Kind == InterestKind.Member ? input.EndedOn : null,
                DeclaredAt = work.Now,
            };
            work.Db.Interests.Add(interest);
            await work.FlushAsync(cancel);
            work.Happened(new InterestDeclared(id));
            return id;
        }, new ActNote("interest"), cancel);

    public Task WithdrawAsync(InterestId id, Guid person, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("interest.withdraw", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
            var interest = await work.Db.Interests.SingleOrDefaultAsync(i => i.Id == id && i.PersonId == person, cancel) ?? throw new NotFound("interest", id.Value);
            interest.Withdraw(work.Now);
            work.Happened(new InterestTakenBack(id));
        }, new ActNote("interest", id.Value), cancel);
}

/// <summary>
/// The relation graph, asked from its ends: person — declared interest — organisation — member of — entity. It answers who is tied to what
/// on a day, and never by which tie.
/// </summary>
public static class Interests
{
    /// <summary>Which of these people are tied to which of these entities: to the entity itself, or to an organisation with a mandate in it.</summary>
    public static async Task<IReadOnlySet<(Guid Person, EntityId Entity)>> TiedToEntitiesAsync(AppDb db, InterestVault vault, IReadOnlyCollection<Guid> people, IReadOnlyCollection<EntityId> entities, DateOnly day, CancellationToken cancel = default)
    {
        using var key = await vault.FindKeyAsync(db, cancel);
        if (key is null || people.Count == 0 || entities.Count == 0) return new HashSet<(Guid, EntityId)>();
        var parties = (await db.CoordinationEntities.Where(e => entities.Contains(e.Id)).Select(e => new { e.Id, e.Name, e.Ruc }).ToListAsync(cancel)).Select(e => (e.Id, new Party(e.Name, e.Ruc))).ToList();
        parties.AddRange((await (from m in db.Members
                                 where entities.Contains(m.EntityId) && m.MandateFrom <= day && day <= m.MandateTo
                                 join p in db.MemberProfiles on m.Id equals p.MemberId into ps
                                 from p in ps.DefaultIfEmpty()
                                 select new { m.EntityId, m.Organisation, Number = m.Ruc ?? (p == null ? null : p.RegistryNumber) }).ToListAsync(cancel)).Select(m => (m.EntityId, new Party(m.Organisation, m.Number))));
        return await TiedAsync(db, key, people, parties, day, null, cancel);
    }

    /// <summary>
    /// Which members on an assembly's roll may not decide on something that touches these parties: the member is the party itself, or
    /// who speaks for it has declared a tie to it. Where an accredited alternate speaks, it is the alternate's ties that count.
    /// </summary>
    /// <param name="motion">Who voted on it spoke for the member; null: who is in the room, or the representative.</param>
    /// <param name="span">Declarations that stood at some time of it; null: those that stand.</param>
    public static async Task<IReadOnlySet<MemberId>> TiedMembersAsync(AppDb db, InterestVault vault, AssemblyId assembly, IReadOnlyList<Party> parties, DateOnly day, MotionId? motion = null, Span? span = null, CancellationToken cancel = default)
    {
        var seats = await (from s in db.RollSeats
                           where s.AssemblyId == assembly
                           join m in db.Members on s.MemberId equals m.Id
                           join p in db.MemberProfiles on m.Id equals p.MemberId into ps
                           from p in ps.DefaultIfEmpty()
                           select new { m.Id, m.Organisation, Number = m.Ruc ?? (p == null ? null : p.RegistryNumber), m.RepresentativePersonId }).ToListAsync(cancel);
        var tied = seats.Where(s => parties.Any(p => IsSame(p, s.Organisation, s.Number))).Select(s => s.Id).ToHashSet();
        using var key = await vault.FindKeyAsync(db, cancel);
        if (key is null) return tied;
        var alternates = (await (from a in db.Attendances
                                 where a.AssemblyId == assembly && a.LeftAt == null && a.AlternateId != null
                                 join r in db.Representations on a.AlternateId equals r.Id
                                 select new { a.MemberId, r.PersonId }).ToListAsync(cancel)).ToDictionary(a => a.MemberId, a => a.PersonId);
        if (motion is { } voted)
        {
            foreach (var vote in await (from v in db.Votes where v.MotionId == voted join r in db.Representations on v.AlternateId equals r.Id into rs from r in rs.DefaultIfEmpty() select new { v.MemberId, v.AlternateId, PersonId = r == null ? null : r.PersonId }).ToListAsync(cancel))
            {
                if (vote.AlternateId is null) alternates.Remove(vote.MemberId);
                else alternates[vote.MemberId] = vote.PersonId;
            }
        }
        var speakers = seats.Select(s => (s.Id, Person: alternates.TryGetValue(s.Id, out var other) ? other : s.RepresentativePersonId)).Where(s => s.Person is not null).ToList();
        var people = (await TiedAsync(db, key, [.. speakers.Select(s => s.Person!.Value)], [.. parties.Select(p => (0, p))], day, span, cancel)).Select(t => t.Person).ToHashSet();
        tied.UnionWith(speakers.Where(s => people.Contains(s.Person!.Value)).Select(s => s.Id));
        return tied;
    }

    /// <summary>The same of one member.</summary>
    /// <param name="since">Declarations that stood then or later; null: those that stand.</param>
    internal static async Task<bool> IsTiedAsync(AppDb db, InterestVault vault, Member member, Guid? speaker, IReadOnlyList<Party> parties, DateOnly day, DateTime? since, CancellationToken cancel)
    {
        var id = member.Id;
        var number = member.Ruc ?? await db.MemberProfiles.Where(p => p.MemberId == id).Select(p => p.RegistryNumber).FirstOrDefaultAsync(cancel);
        if (parties.Any(p => IsSame(p, member.Organisation, number))) return true;
        if (speaker is not { } person) return false;
        using var key = await vault.FindKeyAsync(db, cancel);
        return key is not null && (await TiedAsync(db, key, [person], [.. parties.Select(p => (0, p))], day, since is { } from ? new Span(from, DateTime.MaxValue) : null, cancel)).Count > 0;
    }

    static bool IsSame(Party party, string organisation, string? registered) =>
        MemberChecks.Blank(party.Number) is { } number && registered is not null ? RegistryNumbers.Plain(number) == RegistryNumbers.Plain(registered) : MemberChecks.Plain(party.Name) == MemberChecks.Plain(organisation);

    static async Task<IReadOnlySet<(Guid Person, T Of)>> TiedAsync<T>(AppDb db, DataKey key, IReadOnlyCollection<Guid> people, IReadOnlyList<(T Of, Party Party)> parties, DateOnly day, Span? span, CancellationToken cancel)
    {
        var byNumber = parties.Where(p => MemberChecks.Blank(p.Party.Number) is not null).ToLookup(p => InterestVault.NumberDigest(key, p.Party.Number)!, p => p.Of, StringComparer.Ordinal);
        var byName = parties.ToLookup(p => InterestVault.NameDigest(key, p.Party.Name), p => p.Of, StringComparer.Ordinal);
        var (since, until) = (span?.Since, span?.Until);
        var declared = await db.Interests.Where(i => people.Contains(i.PersonId) && (i.WithdrawnAt == null || i.WithdrawnAt > since) && (until == null || i.DeclaredAt <= until) && i.From <= day && (i.BlocksUntil == null || i.BlocksUntil >= day))
            .Select(i => new { i.PersonId, i.NumberDigest, i.NameDigest }).ToListAsync(cancel);
        return declared.SelectMany(i => (i.NumberDigest is { } number ? byNumber[number] : []).Concat(byName[i.NameDigest]).Select(of => (i.PersonId, of))).ToHashSet();
    }

    /// <summary>A time in which a declaration counts, though it was withdrawn in it: who stays out of a vote that is open cannot come back into it.</summary>
    public readonly record struct Span(DateTime Since, DateTime Until);
}
