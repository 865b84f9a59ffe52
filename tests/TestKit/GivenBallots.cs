using System.Globalization;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Register;

namespace Minka.TestKit;

/// <param name="People">The representative of each member, in the order of the members.</param>
public sealed record GivenVoters(GivenSession Session, IReadOnlyList<Guid> People)
{
    public Actor ActorOf(int member) => new(People[member], Role.Representative.Word());
}

public sealed partial class Given
{
    /// <summary>An assembly in session, all there, each member with a representative who can sign in.</summary>
    /// <param name="votes">Votes of the seat at a place; null: one each.</param>
    /// <param name="password">Of all of them; null: nobody signs in by the page.</param>
    public async Task<GivenVoters> VotersAsync(int members = 9, Func<int, int>? votes = null, int? present = null, string? password = null)
    {
        var entity = await EntityAsync(members: 0);
        var (ids, people) = (new List<MemberId>(), new List<Guid>());
        for (var i = 0; i < members; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"votante-{Next()}");
            var person = await WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, null, password, IsDemo: password is null), Actor.System));
            var (sector, group) = Mix[i % Mix.Length];
            people.Add(person);
            ids.Add(await WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, Member($"Organización {name}", sector, group, votes?.Invoke(i) ?? 1, person), entity.Actor)));
        }
        return new GivenVoters(await SessionAsync(entity with { Members = ids }, present), people);
    }

    /// <summary>A motion in secret voting.</summary>
    public async Task<BallotBoxId> SecretVotingAsync(GivenVoters voters, MotionInput? motion = null)
    {
        var actor = voters.Session.Entity.Actor;
        var id = await WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(voters.Session.Id, motion ?? new MotionInput("Voto secreto", "Aprobar lo presentado."), actor));
        return await WithAsync<OpenSecretVoting, BallotBoxId>(o => o.ExecuteAsync(id, actor));
    }

    /// <summary>One member's ballot; the code of its receipt.</summary>
    public async Task<BallotCode> BallotAsync(GivenVoters voters, BallotBoxId box, int member, string? option, BallotCode? code = null)
    {
        var used = code ?? BallotCode.New(new Core.Kernel.SystemEntropy());
        var marks = option is null ? [] : option.Split(',').ToDictionary(o => o, _ => 1, StringComparer.Ordinal);
        await WithAsync<CastBallot, bool>(c => c.ExecuteAsync(box, voters.Session.Entity.Members[member], marks, option is null, used, voters.ActorOf(member)));
        return used;
    }
}
