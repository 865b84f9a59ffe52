using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>
/// Assemblies driven through random verbs on a real database, beside a model in memory that says which verb must be accepted. After
/// each verb the invariants of quorum, composition, attendance and accreditation are read from the database.
/// </summary>
public sealed class AssemblyModelTests
{
    const string Company = "Constructora Sol";

    static readonly string[] Names = ["Alba", "Bruno", "Carla", "Delia", "Elmer", "Flor", "Gina", "Hugo", "Inés"];

    enum Verb
    {
        Arrive, Leave, SendAlternate, SendAccredited, DeclareInterest, GiveProxy, RevokeProxy, Open, Propose, Amend, OpenVoting, Vote, DeclareConflict, CountHands, CloseVoting, Suspend, Resume, EndMandate, AccreditAgain, CloseSession,
    }

    /// <param name="Aimed">Taken towards members for whom the verb is allowed, if there are any; else at whatever came.</param>
    readonly record struct Step(Verb Verb, int A, int B, bool Aimed);

    [Theory]
    [InlineData("fdd-alliance", 9)]
    [InlineData("ccl", 7)]
    public void Assembly_UnderAnyVerbs_KeepsItsInvariants(string template, int members)
    {
        // Verbs that move a session on come more often than those that end it.
        var verb = Gen.Frequency(Enum.GetValues<Verb>().Select(v => (v switch
        {
            Verb.Arrive => 12,
            Verb.Vote => 14,
            Verb.OpenVoting or Verb.Propose => 5,
            Verb.CloseVoting => 4,
            Verb.GiveProxy => 10,
            Verb.CountHands => 6,
            Verb.RevokeProxy => 9,
            Verb.SendAccredited => 3,
            Verb.DeclareInterest => 1,
            Verb.Open or Verb.Resume => 3,
            Verb.AccreditAgain or Verb.EndMandate => 3,
            Verb.CloseSession => 1,
            _ => 2,
        }, Gen.Constant(v))).ToArray());
        var step = from v in verb from a in Gen.Choose(0, members - 1) from b in Gen.Choose(0, members - 1) from aimed in Gen.Elements(true, true, false) select new Step(v, a, b, aimed);
        var seen = new HashSet<(Verb, bool)>();
        var adopted = 0;
        Prop.ForAll(Gen.ArrayOf(step, 80).ToArbitrary(), steps => adopted += RunAsync(template, members, steps, seen).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(12).WithReplay(20_260_309, 7));
        // The walk was a real one: every verb was accepted, every verb refused, and something was adopted. Of a council only two members may send an alternate.
        Enum.GetValues<Verb>().Where(v => !seen.Contains((v, true)) && !(template == "ccl" && v is Verb.SendAlternate or Verb.SendAccredited)).ShouldBeEmpty();
        Enum.GetValues<Verb>().Where(v => !seen.Contains((v, false)) && v is not (Verb.Propose or Verb.DeclareInterest)).ShouldBeEmpty();
        adopted.ShouldBePositive();
    }

    static async Task<int> RunAsync(string template, int members, Step[] steps, HashSet<(Verb, bool)> seen)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(template, members);
        // Each member has a representative who may declare an interest, and each second one an accredited alternate.
        foreach (var (member, i) in entity.Members.Select((m, i) => (m, i)))
        {
            var person = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson($"persona-{i}-{member.Value:N}", $"Persona {i}", null, null, IsDemo: true), Actor.System));
            await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(member, 0, new($"Titular {Names[i]}", false, person, null, "acta", null, "acredita"), entity.Actor));
            if (i % 2 == 0) await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(member, 1, new($"Alterno {Names[i]}", true, null, null, "acta", null, "acredita"), entity.Actor));
        }
        var seats = await database.ReadAsync(db => db.Members.Where(m => m.EntityId == entity.Id).ToDictionaryAsync(m => m.Id));
        var id = await given.AssemblyAsync(entity);
        database.Clock.Advance(TimeSpan.FromDays(7));
        var model = new Model(CompositionTemplates.Get(template), [.. entity.Members.Select(m => seats[m].Seat)]);
        // Half of the runs would never reach a quorum by chance alone: most come at the start.
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, [.. entity.Members.Take(members - 2)], entity.Actor));
        foreach (var i in Enumerable.Range(0, members - 2)) model.Present.Add(i);
        var motions = new List<MotionId>();
        for (var at = 0; at < steps.Length; at++)
        {
            database.Clock.Advance(TimeSpan.FromMinutes(1));
            var step = steps[at].Aimed ? model.Aim(steps[at]) : steps[at];
            var allowed = model.Allows(step.Verb, step.A, step.B);
            var outcome = (MotionOutcome?)null;
            string? refusal = null;
            try
            {
                outcome = await DoAsync(given, entity, seats, id, motions, model, step);
            }
            catch (RuleBroken broken)
            {
                refusal = broken.Code;
            }
            (refusal is null).ShouldBe(allowed, $"step {at}: {step} {refusal} (state {model.State}, present {string.Join(',', model.Present)})");
            seen.Add((step.Verb, allowed));
            if (refusal is null) model.Apply(step.Verb, step.A, step.B, outcome);
            await CheckAsync(database, entity, id, motions, model, $"step {at}: {step}");
        }
        return model.Adopted;
    }

    static async Task<MotionOutcome?> DoAsync(Given given, GivenEntity entity, Dictionary<MemberId, Member> seats, AssemblyId id, List<MotionId> motions, Model model, Step step)
    {
        var (a, b, actor) = (entity.Members[step.A], entity.Members[step.B], entity.Actor);
        MotionId Motion() => motions.Count == 0 ? MotionId.From(Guid.Empty) : motions[step.A % motions.Count];
        MotionId Open() => model.Voting is { } open ? motions[open] : motions.Count == 0 ? MotionId.From(Guid.Empty) : motions[^1];
        try
        {
            switch (step.Verb)
            {
                case Verb.Arrive: await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, a, null, actor)); break;
                case Verb.SendAlternate: await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, a, "Alterna", actor)); break;
                case Verb.SendAccredited: await given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(id, a, actor)); break;
                case Verb.DeclareInterest:
                    var who = seats[entity.Members[Model.Interested(step.A)]].RepresentativePersonId!.Value;
                    await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(who, new(InterestKind.Supplier, Company, null, null, null, LegalTime.DayIn(given.Clock.Now), null), new Actor(who, "person")));
                    break;
                case Verb.Leave: await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(id, a, actor)); break;
                case Verb.GiveProxy: await given.WithAsync<GiveProxy>(p => p.ExecuteAsync(id, a, b, "carta", actor)); break;
                case Verb.RevokeProxy: await given.WithAsync<GiveProxy>(p => p.RevokeAsync(id, a, actor)); break;
                case Verb.Open: await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, actor)); break;
                case Verb.Propose: motions.Add(await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, new MotionInput("Punto", "Aprobar.") { Parties = motions.Count % 2 == 1 ? [new Party(Company)] : [] }, actor))); break;
                case Verb.Amend: motions.Add(await given.WithAsync<AmendMotion, MotionId>(p => p.ExecuteAsync(Motion(), $"Enmendado {motions.Count}", actor))); break;
                case Verb.OpenVoting: await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(Motion(), actor)); break;
                case Verb.Vote: await given.WithAsync<CastVote>(c => c.ExecuteAsync(Open(), a, Model.ChoiceOf(step.B), actor)); break;
                case Verb.DeclareConflict: await given.WithAsync<CastVote>(c => c.ExecuteAsync(Open(), a, Choice.Conflict, actor)); break;
                case Verb.CountHands: await given.WithAsync<CountHands>(c => c.ExecuteAsync(Open(), model.Hands(step.A, step.B), actor)); break;
                case Verb.CloseVoting: return await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(Open(), actor));
                case Verb.Suspend: await given.WithAsync<SuspendSession>(s => s.ExecuteAsync(id, "Cuarto intermedio", null, actor)); break;
                case Verb.Resume: await given.WithAsync<SuspendSession>(s => s.ResumeAsync(id, actor)); break;
                case Verb.EndMandate: await given.WithAsync<EndMandate>(e => e.ExecuteAsync(a, "Renunció", actor)); break;
                case Verb.AccreditAgain:
                    var same = await given.ReadAsync(db => db.Members.SingleAsync(m => m.Id == a));
                    await given.WithAsync<AddMember, MemberId>(m => m.ExecuteAsync(entity.Id, given.Member(same.Organisation.ToUpperInvariant(), same.Sector, same.InterestGroup) with { MandateFrom = LegalTime.DayIn(given.Clock.Now) }, actor));
                    break;
                case Verb.CloseSession: await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(id, actor)); break;
            }
        }
        catch (NotFound)
        {
            throw new RuleBroken("nothing.there");
        }
        return null;
    }

    static async Task CheckAsync(TestDatabase database, GivenEntity entity, AssemblyId id, List<MotionId> motions, Model model, string at)
    {
        var view = (await database.Given().WithAsync<SessionQuery, SessionView?>(q => q.FindAsync(id, database.Clock.Now)))!;
        view.Assembly.State.ShouldBe(model.State, at);
        if (model.State != AssemblyState.Closed)
        {
            (view.Quorum.Present, view.Quorum.Roll, view.Quorum.IsMet).ShouldBe((model.Heads, model.InForce.Count, model.HasQuorum), at);
        }
        // 13 and 14: what is in force was adopted with quorum and, cast by cast, within the composition.
        var resolutions = await database.ReadAsync(db => db.Resolutions.Where(r => r.AssemblyId == id).ToListAsync());
        resolutions.Count.ShouldBe(model.Adopted, at);
        foreach (var r in resolutions)
        {
            var q = r.Outcome.Quorum;
            (2 * q.Present > q.Roll).ShouldBeTrue(at);
            var stayedOut = model.Out[motions.IndexOf(r.MotionId)].Select(m => entity.Members[m]).ToHashSet();
            var votes = (await database.ReadAsync(db => db.Votes.Where(v => v.MotionId == r.MotionId).ToListAsync())).Where(v => !stayedOut.Contains(v.MemberId)).ToList();
            var hands = await database.ReadAsync(db => db.ShowsOfHands.SingleOrDefaultAsync(h => h.MotionId == r.MotionId));
            var cast = hands is null ? votes.Select(v => view.Seats.Single(s => s.Seat.MemberId == v.MemberId).Seat.Sector).ToList()
                : hands.Figures.SelectMany(f => Enumerable.Repeat(f.Sector, f.Sum)).ToList();
            if (view.Entity.TemplateId == "fdd-alliance") cast.GroupBy(s => s).ShouldAllBe(g => 100 * g.Count() <= 49 * cast.Count, at);
            if (view.Entity.TemplateId == "ccl") votes.ShouldAllBe(v => v.Choice != Choice.No, at);
            r.Outcome.Tally.Holds.ShouldBeTrue(at);
            // Who stays out is counted, is in no vote, and is named nowhere that is kept.
            r.Outcome.Reasons.ShouldNotContain(x => x.Code == "ballot.conflicted", at);
            (r.Outcome.Withdrew ?? 0).ShouldBe(model.Withdrew[motions.IndexOf(r.MotionId)], at);
        }
        // 15: no mayor of a council is replaced, by an alternate or by a proxy.
        if (view.Entity.TemplateId == "ccl")
        {
            var mayors = view.Seats.Where(s => s.Seat.Sector == Sector.Public).Select(s => s.Seat.MemberId).ToHashSet();
            (await database.ReadAsync(db => db.Attendances.Where(a => a.AssemblyId == id && a.IsProxy).Select(a => a.MemberId).ToListAsync())).ShouldAllBe(m => !mayors.Contains(m), at);
            (await database.ReadAsync(db => db.Proxies.Where(p => p.AssemblyId == id).Select(p => p.GiverId).ToListAsync())).ShouldAllBe(m => !mayors.Contains(m), at);
        }
        // Never both: one stay at a time, the representative's or the alternate's.
        (await database.ReadAsync(db => db.Attendances.Where(a => a.AssemblyId == id && a.LeftAt == null).Select(a => a.MemberId).ToListAsync())).ShouldBeUnique(at);
        foreach (var motion in view.Motions.Where(m => m.Motion.State is MotionState.Proposed or MotionState.Voting)) motion.Conflicted.Count.ShouldBe(model.Conflicted(motions.IndexOf(motion.Motion.Id)).Count(), at);
        // 16: no organisation holds two seats in force at once.
        var members = await database.ReadAsync(db => db.Members.Where(m => m.EntityId == entity.Id).ToListAsync());
        var today = LegalTime.DayIn(database.Clock.Now);
        members.Where(m => m.IsInForceOn(today)).Select(m => m.Organisation.ToUpperInvariant()).ShouldBeUnique(at);
        // A motion's text changes by its adopted amendment alone.
        foreach (var (motion, i) in view.Motions.Select((m, i) => (m, i))) motion.Motion.Text.ShouldBe(model.Texts[motions.IndexOf(motion.Motion.Id)], $"{at}, motion {i}");
    }

    /// <summary>What the law says, in the plainest words.</summary>
    sealed class Model(CompositionTemplate template, IReadOnlyList<SeatWeight> seats)
    {
        public AssemblyState State { get; private set; }

        public HashSet<int> Present { get; } = [];

        public HashSet<int> InForce { get; } = [.. Enumerable.Range(0, seats.Count)];

        public int? Voting { get; private set; }

        public int Adopted { get; private set; }

        public List<string> Texts { get; } = [];

        readonly Dictionary<int, int> proxies = [];
        readonly List<MotionState> states = [];
        readonly List<int?> amends = [];
        readonly Dictionary<(int Motion, int Member), Choice> votes = [];
        readonly HashSet<int> declared = [];
        readonly HashSet<int> alternates = [];
        readonly HashSet<(int Motion, int Member)> byAlternate = [];
        readonly List<bool> touches = [];

        /// <summary>By motion, how many of those there stayed out at its close.</summary>
        public Dictionary<int, int> Withdrew { get; } = [];

        /// <summary>By motion, whose vote does not count at its close: who stayed out, there or not, and whose mandate had ended.</summary>
        public Dictionary<int, HashSet<int>> Out { get; } = [];

        /// <summary>Withdrew by hand, or tied: the representative declared an interest, the motion touches it, and no alternate speaks or spoke.</summary>
        public IEnumerable<int> Conflicted(int motion) => Enumerable.Range(0, seats.Count).Where(m => votes.GetValueOrDefault((motion, m)) == Choice.Conflict && votes.ContainsKey((motion, m)) || Tied(motion, m));

        bool TiedNow(int motion, int m) => motion >= 0 && touches[motion] && declared.Contains(m) && !alternates.Contains(m);

        bool Tied(int motion, int m) => motion >= 0 && touches[motion] && declared.Contains(m)
            && !(votes.TryGetValue((motion, m), out var cast) && cast != Choice.Conflict ? byAlternate.Contains((motion, m)) : alternates.Contains(m));
        readonly HashSet<int> hands = [];

        public int Heads => Present.Count(InForce.Contains);

        public bool HasQuorum => 2 * Heads > InForce.Count;

        bool UnderWay => State is AssemblyState.Convened or AssemblyState.InSession or AssemblyState.Suspended;

        /// <summary>Who declares an interest: one of three, or hardly anybody would be left to decide.</summary>
        public static int Interested(int a) => a / 3 * 3;

        public static Choice ChoiceOf(int b) => (b % 4) switch { 0 => Choice.No, 1 => Choice.Abstain, _ => Choice.Yes };

        int Motion(int a) => states.Count == 0 ? -1 : a % states.Count;

        /// <summary>The motion that a vote is about: the open one, else the last.</summary>
        int Target => Voting ?? (states.Count - 1);

        bool MayVote(int m) => Present.Contains(m) || (proxies.TryGetValue(m, out var holder) && Present.Contains(holder));

        bool Free(int m) => InForce.Contains(m) && MayVote(m) && !votes.ContainsKey((Target, m)) && !Tied(Target, m);

        /// <summary>All free hands of the group of one member in favour, or one more than there are.</summary>
        public IReadOnlyList<HandCount> Hands(int a, int b) =>
            [.. seats.Select((s, i) => (s, i)).Where(p => Target >= 0 && Free(p.i)).GroupBy(p => (p.s.Sector, p.s.InterestGroup))
                .Select((g, i) => new HandCount(g.Key.Sector, g.Key.InterestGroup, g.Count() + (b == 0 && i == 0 ? 1 : 0), 0, 0))];

        public Step Aim(Step step)
        {
            // A suspended session would hardly ever go on by chance: its members come back, and it resumes.
            if (State == AssemblyState.Suspended && step.Verb is not (Verb.CloseSession or Verb.SendAlternate)) step = step with { Verb = HasQuorum ? Verb.Resume : Verb.Arrive };
            // A voting that closes with hardly a vote adopts nothing: mostly somebody votes first.
            if (step.Verb == Verb.CloseVoting && step.B % 4 != 0 && Enumerable.Range(0, seats.Count).Any(m => Allows(Verb.Vote, m, 2))) step = step with { Verb = Verb.Vote, B = 2 };
            for (var i = 0; i < seats.Count; i++)
            {
                for (var j = 0; j < seats.Count; j++)
                {
                    var (a, b) = ((step.A + i) % seats.Count, (step.B + j) % seats.Count);
                    if (Allows(step.Verb, a, b)) return step with { A = a, B = b };
                }
            }
            // Nobody opens or resumes without a quorum: somebody comes first.
            return step.Verb is Verb.Open or Verb.Resume && UnderWay && !HasQuorum ? Aim(step with { Verb = Verb.Arrive }) : step;
        }

        public bool Allows(Verb verb, int a, int b) => verb switch
        {
            Verb.Arrive => UnderWay && !Present.Contains(a) && !proxies.ContainsKey(a),
            Verb.SendAlternate => UnderWay && !Present.Contains(a) && !proxies.ContainsKey(a) && template.Attendance.MayDelegate(seats[a].InterestGroup),
            Verb.SendAccredited => UnderWay && !Present.Contains(a) && !proxies.ContainsKey(a) && InForce.Contains(a) && a % 2 == 0 && template.Attendance.MayDelegate(seats[a].InterestGroup),
            Verb.DeclareInterest => true,
            Verb.Leave => UnderWay && Present.Contains(a),
            Verb.GiveProxy => UnderWay && a != b && (template.Id == "fdd-alliance" || seats[a].Sector != Sector.Public) && InForce.Contains(a) && InForce.Contains(b) && !Present.Contains(a)
                && !proxies.ContainsKey(a) && !proxies.ContainsKey(b) && !proxies.ContainsValue(a) && (template.Id == "ccl" || !proxies.ContainsValue(b)),
            Verb.RevokeProxy => UnderWay && proxies.ContainsKey(a),
            Verb.Open => State == AssemblyState.Convened && HasQuorum,
            Verb.Propose => UnderWay,
            Verb.Amend => UnderWay && Motion(a) is >= 0 and var m && states[m] == MotionState.Proposed && amends[m] is null,
            Verb.OpenVoting => State == AssemblyState.InSession && Motion(a) is >= 0 and var m && states[m] == MotionState.Proposed && Voting is null && HasQuorum
                && !Enumerable.Range(0, states.Count).Any(i => amends[i] == m && states[i] == MotionState.Proposed),
            Verb.Vote => State == AssemblyState.InSession && Voting is { } v && !hands.Contains(v) && Free(a)
                && !(proxies.TryGetValue(a, out var holder) && (votes.TryGetValue((v, holder), out var said) && said == Choice.Conflict || TiedNow(v, holder)) && !Present.Contains(a)),
            Verb.DeclareConflict => State == AssemblyState.InSession && Target >= 0 && (Voting is not null || states[Target] == MotionState.Proposed) && !hands.Contains(Target) && Free(a),
            Verb.CountHands => State == AssemblyState.InSession && Voting is { } v && votes.All(x => x.Key.Motion != v || x.Value == Choice.Conflict) && b != 0 && Hands(a, b).Count > 0,
            Verb.CloseVoting => State == AssemblyState.InSession && Voting is not null,
            Verb.Suspend => State == AssemblyState.InSession && Voting is null,
            Verb.Resume => State == AssemblyState.Suspended && HasQuorum,
            Verb.EndMandate => InForce.Contains(a),
            Verb.AccreditAgain => !InForce.Contains(a) && !again.Contains(a),
            Verb.CloseSession => State is AssemblyState.InSession or AssemblyState.Suspended && Voting is null,
            _ => throw new InvalidOperationException(),
        };

        readonly HashSet<int> again = [];

        public void Apply(Verb verb, int a, int b, MotionOutcome? outcome)
        {
            switch (verb)
            {
                case Verb.Arrive or Verb.SendAlternate: Present.Add(a); break;
                case Verb.SendAccredited:
                    Present.Add(a);
                    alternates.Add(a);
                    break;
                // What was closed is judged by what was declared until then.
                case Verb.DeclareInterest when State == AssemblyState.Closed: break;
                case Verb.DeclareInterest: declared.Add(Interested(a)); break;
                case Verb.Leave:
                    Present.Remove(a);
                    alternates.Remove(a);
                    break;
                case Verb.GiveProxy: proxies.Add(a, b); break;
                case Verb.RevokeProxy: proxies.Remove(a); break;
                case Verb.Open or Verb.Resume: State = AssemblyState.InSession; break;
                case Verb.Propose or Verb.Amend:
                    amends.Add(verb == Verb.Amend ? Motion(a) : null);
                    Texts.Add(verb == Verb.Amend ? $"Enmendado {Texts.Count}" : "Aprobar.");
                    touches.Add(verb == Verb.Amend ? touches[Motion(a)] : states.Count % 2 == 1);
                    states.Add(MotionState.Proposed);
                    break;
                case Verb.OpenVoting: (Voting, states[Motion(a)]) = (Motion(a), MotionState.Voting); break;
                case Verb.Vote:
                    votes.Add((Target, a), ChoiceOf(b));
                    if (Present.Contains(a) && alternates.Contains(a)) byAlternate.Add((Target, a));
                    break;
                case Verb.DeclareConflict: votes.Add((Target, a), Choice.Conflict); break;
                case Verb.CountHands: hands.Add(Target); break;
                case Verb.CloseVoting:
                    var motion = Voting!.Value;
                    // A vote counts at the close only if its member's mandate still stands.
                    Out[motion] = [.. Conflicted(motion), .. Enumerable.Range(0, seats.Count).Where(m => !InForce.Contains(m))];
                    Withdrew[motion] = Conflicted(motion).Count(m => InForce.Contains(m) && (Present.Contains(m) || votes.TryGetValue((motion, m), out var x) && x != Choice.Conflict));
                    states[motion] = outcome!.IsAdopted ? MotionState.Adopted : outcome.IsInvalid == true ? MotionState.Invalid : MotionState.Rejected;
                    if (!HasQuorum) outcome.IsInvalid.ShouldBe(true);
                    if (outcome.IsAdopted && amends[motion] is { } amended) Texts[amended] = Texts[motion];
                    else if (outcome.IsAdopted) Adopted++;
                    Voting = null;
                    break;
                case Verb.Suspend:
                    State = AssemblyState.Suspended;
                    Present.Clear();
                    alternates.Clear();
                    break;
                case Verb.EndMandate: InForce.Remove(a); break;
                case Verb.AccreditAgain: again.Add(a); break;
                case Verb.CloseSession: State = AssemblyState.Closed; break;
            }
        }
    }
}
