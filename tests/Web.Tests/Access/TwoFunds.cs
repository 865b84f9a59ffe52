using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Pledges;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.Core.Story;
using Minka.TestKit;
using Xunit;

namespace Minka.Web.Tests.Access;

/// <summary>Somebody who walks the addresses: a role in a scope of one of the two funds, over the platform, or nobody.</summary>
/// <param name="Tenant">1 or 2; 0 for who belongs to neither.</param>
/// <param name="Kind">Where the role is held.</param>
public sealed record Walker(string Name, Browser Browser, int Tenant, Role? Role, ScopeKind? Kind)
{
    /// <summary>An evaluator: the sheets and passkeys that are theirs and the files that they read, by tenant and key.</summary>
    public IReadOnlySet<(int Tenant, string Key)> Seats { get; init; } = new HashSet<(int, string)>();

    public bool IsAnonymous => Name == "anonymous";

    public override string ToString() => Name;
}

/// <summary>A text that somebody wrote and that is not public: it may stand in no answer to anybody else.</summary>
public sealed record Canary(string Text, Func<Walker, bool> MayRead);

/// <summary>
/// Two funds with their entities, side by side in one installation: the story's, awarded, with a second call open and drafts under way;
/// and another, one call of which is being evaluated while one is awarded. Each parameter of a route has a real value in each.
/// </summary>
public sealed class TwoFunds : IAsyncLifetime
{
    readonly Dictionary<(int Tenant, string Key), string> values = [];

    public TestSite Site { get; private set; } = null!;

    public IReadOnlyList<Walker> Walkers { get; private set; } = [];

    public List<Canary> Canaries { get; } = [];

    /// <summary>The value of a parameter in the addresses of a tenant; <c>application=draft</c> is a variant of it.</summary>
    public string? Value(int tenant, string key) => values.GetValueOrDefault((tenant, key)) ?? values.GetValueOrDefault((0, key));

    public async Task InitializeAsync()
    {
        Site = await TestSite.StartAsync();
        var given = Site.Given();
        var underWay = await given.FilesInEvaluationAsync(2, 5);
        var awarded = await given.FilesInScreeningAsync(2);
        await given.EvaluatorsAsync(awarded[0].Call, 4);
        await CureAsync(given, awarded[1]);
        await given.AdmitAsync(awarded);
        await Site.WithAsync<StartEvaluation>(s => s.ExecuteAsync(awarded[0].Call.Id, awarded[0].Call.Operator));
        foreach (var file in awarded) await given.ScoreAsync(file, 90);
        await AwardAsync(awarded[0].Call);
        var clock = Site.Services.GetRequiredService<MovableClock>();
        await new FundStory(Site.Services, clock, _ => { }).RunAsync(demo: true);
        await ReadStoryAsync();
        await ReadOtherAsync(underWay[0], awarded[0]);
        Common();
        Set(1, "functional", await Site.WithAsync<Core.Territories.SetFunctionalTerritory, string>(s => s.ExecuteAsync(null, 0, new("Corredor de prueba", Core.Territories.FunctionalKind.Corridor, "Prueba", ["0605", "0604"]), new Actor(null, "secretary"))));
        await DraftsAsync();
        await PeopleAsync(underWay[0], awarded[0]);
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    // Observed, and answered with a document.
    async Task CureAsync(Given given, GivenApplication file)
    {
        await given.FindAsync(file, "holder");
        await Site.WithAsync<TellFindings>(t => t.ExecuteAsync(file.Id, file.Call.Operator));
        var document = await Site.WithAsync<FileStore, IncomingFile>(f => f.PutAsync("%PDF-1.4\n% vigencia de poder\n%%EOF\n"u8.ToArray(), "vigencia.pdf"));
        await Site.WithAsync<CureFindings>(c => c.ExecuteAsync(file.Id, [new CureInput("holder", "Se adjunta la vigencia de poder.", document)], file.Manager));
        Set(2, "application=cured", file.Id.Value);
        Set(2, "requirement", "holder");
    }

    async Task AwardAsync(GivenCall call)
    {
        var run = await Site.WithAsync<ProposeAward, RunId>(async p =>
        {
            try
            {
                return await p.ExecuteAsync(call.Id, call.Operator);
            }
            catch (RuleBroken tie) when (tie.Code != AwardCodes.DrawNotNeeded)
            {
                await Site.WithAsync<CommitTieDraw>(d => d.ExecuteAsync(call.Id, call.Operator));
                await Site.WithAsync<DrawTies>(d => d.ExecuteAsync(call.Id, "1-2-3", "Ante dos testigos", call.Operator));
                return await p.ExecuteAsync(call.Id, call.Operator);
            }
        });
        await Site.WithAsync<DecideAward>(d => d.ApproveAsync(run, call.Board));
        await Site.WithAsync<PublishAward>(p => p.ExecuteAsync(call.Id, call.Operator));
    }

    // The awarded application with its agreement, and everything that hangs on it.
    async Task ReadStoryAsync()
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var fund = await db.Funds.SingleAsync(f => f.Name.StartsWith("Fondo de Desarrollo Descentralizado"));
        var agreement = await db.Agreements.Where(a => a.FundId == fund.Id && a.State == AgreementState.Concluded).OrderBy(a => a.Number).FirstAsync();
        await ReadAwardedAsync(db, 1, agreement);
        var cured = await db.Reviews.Where(r => r.CallId == agreement.CallId && r.Round > 0 && r.State == ReviewState.Admitted).Select(r => r.ApplicationId).FirstAsync();
        Set(1, "application=cured", cured.Value);
        Set(1, "call=open", (await db.Calls.SingleAsync(c => c.FundId == fund.Id && c.State == CallState.Open)).Slug);
        var locked = await db.Assignments.Where(a => a.ApplicationId == agreement.ApplicationId && a.State == AssignmentState.Locked).OrderBy(a => a.Seat).FirstAsync();
        Set(1, "assignment=locked", locked.Id.Value);
    }

    async Task ReadOtherAsync(GivenApplication underWay, GivenApplication awarded)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await ReadAwardedAsync(db, 2, await db.Agreements.FirstAsync(a => a.ApplicationId == awarded.Id));
        var seat = (await Site.Given().SeatsAsync(underWay))[0];
        Set(2, "assignment=open", seat.Id.Value);
        Set(2, "call=evaluating", underWay.Call.Slug);
        Set(2, "application=evaluating", underWay.Id.Value);
        var me = new Actor(seat.EvaluatorId, "evaluator");
        var criterion = (await Site.Given().RulesAsync(underWay.Call)).Pack.Criteria.Items[0];
        await Site.WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, me));
        await Site.WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion.Id, 1, "CANARIO-PUNTAJE en borrador", null, me));
        Set(2, "criterio", criterion.Id);
        Canaries.Add(new("CANARIO-PUNTAJE", w => w.Seats.Contains((2, "assignment=open"))));
    }

    // A counted secret vote, an election and a closed prioritisation of an assembly that is over.
    async Task VotingsAsync(int tenant, EntityId entity, AssemblyId assembly)
    {
        var sound = await Site.WithAsync<FileStore, IncomingFile>(f => f.PutAsync([.. "OggS\0"u8, .. new byte[40]], "voz.ogg", SoundTypes.All));
        await VotingsAsync(tenant, entity, assembly, sound);
    }

    Task VotingsAsync(int tenant, EntityId entity, AssemblyId assembly, IncomingFile heard) => Site.Writer.ActAsync("test.votings", Actor.System, work =>
    {
        var election = OrganElection.Draft(work.NewId<OrganElectionId>(), assembly, "Junta", new ElectionRule(1, ElectionMajority.Plurality, [], "Estatuto", "lotería"), [new("c1", "Café", null, true, Sector.Private)]);
        work.Db.OrganElections.Add(election);
        var box = new BallotBox { Id = work.NewId<BallotBoxId>(), AssemblyId = assembly, Subject = BallotSubject.Election, SubjectId = election.Id.Value, Title = "Voto de prueba", Paper = BallotPaper.YesNo, OpenedAt = work.Now };
        box.Counted(BallotCount.Of(BallotPaper.YesNo, []), work.Now);
        work.Db.BallotBoxes.Add(box);
        var session = new PrioritisationSession
        {
            Id = work.NewId<PrioritisationId>(),
            EntityId = entity,
            Title = "Priorización de prueba",
            Budget = new Money(100_00),
            Form = BallotForm.Several,
            Most = 1,
            Options = [new("1", "Riego", new Money(50_00), null, null), new("2", "Camino", new Money(60_00), null, null)],
            Rule = RunPrioritisation.Compared[0],
            Workshops = [new("t1", "Plaza")],
            CreatedAt = work.Now,
        };
        session.Fix([]);
        session.Open(work.Now);
        session.Close(RunPrioritisation.Decide(session, [new Marking(false, [1, 0])], 0), work.Now);
        work.Db.PrioritisationSessions.Add(session);
        var sound = new OptionSound { SessionId = session.Id, OptionId = "1" };
        sound.Record(heard.AddTo(work).Id);
        work.Db.OptionSounds.Add(sound);
        Set(tenant, "option", "1");
        Set(tenant, "box", box.Id.Value);
        Set(tenant, "election", election.Id.Value);
        Set(tenant, "session", session.Id.Value);
        return Task.CompletedTask;
    });

    async Task ReadAwardedAsync(AppDb db, int tenant, Agreement agreement)
    {
        var application = await db.Applications.SingleAsync(a => a.Id == agreement.ApplicationId);
        var call = await db.Calls.SingleAsync(c => c.Id == agreement.CallId);
        var entity = await db.CoordinationEntities.SingleAsync(e => e.Id == agreement.EntityId);
        var version = await db.ProgrammeVersions.SingleAsync(v => v.Id == application.ProgrammeVersionId);
        var programme = await db.Programmes.SingleAsync(p => p.Id == version.ProgrammeId);
        var assembly = await db.Assemblies.Where(a => a.EntityId == entity.Id).OrderBy(a => a.Number).FirstAsync();
        Set(tenant, "agreement", agreement.Id.Value);
        Set(tenant, "application", application.Id.Value);
        Set(tenant, "code", application.Code!);
        Set(tenant, "call", call.Slug);
        Set(tenant, "entity", entity.Slug);
        Set(tenant, "entity-id", entity.Id.Value);
        Set(tenant, "province", entity.ProvinceCodes[0]);
        Set(tenant, "programme", programme.Slug);
        Set(tenant, "fund", await db.Funds.Where(f => f.Id == call.FundId).Select(f => f.Slug).SingleAsync());
        Set(tenant, "fund-id", call.FundId.Value);
        Set(tenant, "assignment", (await db.Assignments.Where(a => a.ApplicationId == application.Id && a.State == AssignmentState.Locked).OrderBy(a => a.Seat).FirstAsync()).Id.Value);
        Set(tenant, "run", agreement.RunId.Value);
        Set(tenant, "assembly", assembly.Id.Value);
        await VotingsAsync(tenant, entity.Id, assembly.Id);
        var budget = await FabricatedBudgets.MakeAsync(Site.Services, entity.Id, $"de prueba {tenant.ToString(System.Globalization.CultureInfo.InvariantCulture)}", $"CANARIO-AGENTE-{tenant.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        (string Key, string Value)[] places = [("process", budget.Slug), ("agent", budget.Agent.Value.ToString()), ("workshop", budget.Workshop.Value.ToString()), ("proposal", budget.Proposal.Value.ToString())];
        foreach (var (key, value) in places) Set(tenant, key, value);
        Canaries.Add(new($"CANARIO-AGENTE-{tenant.ToString(System.Globalization.CultureInfo.InvariantCulture)}", w => w.Kind == ScopeKind.Platform || (w.Tenant == tenant && w is { Kind: ScopeKind.Entity, Role: Role.Manager or Role.Secretary })));
        Set(tenant, "signature", await db.Signatures.Where(s => s.SubjectKind == Assembly.MinutesSubject && s.SubjectId == assembly.Id.Value).Select(s => s.Id.Value).FirstAsync());
        Set(tenant, "member", (await db.Members.Where(m => m.EntityId == entity.Id).OrderBy(m => m.Organisation).FirstAsync()).Id.Value);
        Set(tenant, "project", (await db.Projects.Where(p => p.ProgrammeId == programme.Id).OrderBy(p => p.Code).FirstAsync()).Id.Value);
        var pledge = await Site.WithAsync<MakePledge, PledgeId>(m => m.ExecuteAsync(programme.Id, new() { Partner = "Municipalidad (DEMO)", Source = Core.Rules.FundingSource.District, Year = 2027, Currency = PledgeCurrency.Pen, Amount = 100_00 }, Actor.System));
        var letter = await Site.WithAsync<FileStore, IncomingFile>(f => f.PutAsync("%PDF-1.4\ncarta (DEMO)\n%%EOF"u8.ToArray(), "carta.pdf"));
        await Site.WithAsync<DocumentPledge>(d => d.ExecuteAsync(programme.Id, pledge, new(PledgePaper.Letter, "Carta 1 (DEMO)", new(2026, 11, 2)), letter, null, Actor.System));
        Set(tenant, "pledge", pledge.Value);
        Set(tenant, "strategy", programme.StrategyId.Value);
        Set(tenant, "axis", (await db.Axes.Where(a => a.StrategyId == programme.StrategyId).OrderBy(a => a.Code).FirstAsync()).Id.Value);
        Set(tenant, "chain", (await Site.WithAsync<StartChain, ChainId>(c => c.ExecuteAsync(entity.Id, new() { Name = "CANARIO-CADENA", Product = "café", Unit = "t", Seasons = ["año"] }, new Actor(null, "manager")))).Value);
        Set(tenant, "accreditation", (await db.Accreditations.Where(a => a.FundId == call.FundId && a.EntityId == entity.Id).FirstAsync()).Id.Value);
        Set(tenant, "file", (await db.ApplicationFiles.Where(f => f.ApplicationId == application.Id).OrderBy(f => f.Order).FirstAsync()).StoredFileId.Value);
        Set(tenant, "order", (await db.ApplicationFiles.Where(f => f.ApplicationId == application.Id).MinAsync(f => f.Order)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Set(tenant, "person", application.EntityId.Value);
    }

    void Common()
    {
        foreach (var (key, value) in new[]
        {
            ("index", "1"), ("territory", "0605"), ("department", "06"), ("province", "0605"), ("centre", "2000001"), ("district", "060501"), ("pack", "fdd"), ("version", ""), ("number", "1"), ("code=error", "404"), ("language", "en"),
            ("tabla", "pares"), ("level", "0"), ("tile", "000"), ("section", "holder"), ("round", "1"), ("part", "costos"), ("list", "foda"), ("chapter", "area"), ("chainlist", "actores"),
        }) values[(0, key)] = value;
    }

    /// <summary>What the entity of the story writes and nobody else may know yet; the other's draft of a call.</summary>
    async Task DraftsAsync()
    {
        var (entity, fund) = (EntityId.From(Guid.Parse(Value(1, "entity-id")!)), FundId.From(Guid.Parse(Value(1, "fund-id")!)));
        var (manager, secretary, office) = (new Actor(null, "manager"), new Actor(null, "secretary"), new Actor(null, "operator"));
        bool OfEntity(Walker w) => w is { Tenant: 1, Kind: ScopeKind.Entity } or { Kind: ScopeKind.Platform };
        bool OfFund(Walker w) => w is { Tenant: 1, Kind: ScopeKind.Fund } or { Kind: ScopeKind.Platform };
        var strategy = StrategyId.From(Guid.Parse(Value(1, "strategy")!));
        var programme = await Site.WithAsync<StartProgramme, StartedProgramme>(s => s.ExecuteAsync(entity, new() { StrategyId = strategy, Title = "CANARIO-PROGRAMA sin congelar", Objective = "CANARIO-OBJETIVO" }, manager));
        Set(1, "programme=draft", await Site.ReadAsync(db => db.Programmes.Where(p => p.Id == programme.Id).Select(p => p.Slug).SingleAsync()));
        Canaries.Add(new("CANARIO-PROGRAMA", OfEntity));
        Canaries.Add(new("CANARIO-OBJETIVO", OfEntity));
        Canaries.Add(new("CANARIO-CADENA", w => w.Kind is ScopeKind.Entity or ScopeKind.Platform));
        var plan = await Site.WithAsync<StartStrategy, StrategyId>(s => s.ExecuteAsync(entity, new() { Title = "CANARIO-ESTRATEGIA", Vision = "CANARIO-VISION", YearFrom = 2027, YearTo = 2031 }, manager));
        var axis = await Site.WithAsync<AddAxis, AxisId>(a => a.ExecuteAsync(entity, plan, new() { Code = "E9", Name = "CANARIO-EJE", Objective = "o", Indicator = "i", Baseline = "1", Target = "2", TargetYear = 2031, Source = "s" }, manager));
        Set(1, "strategy=draft", plan.Value);
        Set(1, "axis=draft", axis.Value);
        await Site.WithAsync<SaveStrategyText>(t => t.ExecuteAsync(entity, plan, new Dictionary<string, string> { ["area.people"] = "CANARIO-PARTE" }, new Dictionary<string, int>(), manager));
        Canaries.Add(new("CANARIO-PARTE", OfEntity));
        foreach (var word in new[] { "CANARIO-ESTRATEGIA", "CANARIO-VISION", "CANARIO-EJE" }) Canaries.Add(new(word, OfEntity));

        var now = Site.Services.GetRequiredService<TimeProvider>().UtcInstant();
        var first = LegalTime.ToUtc(LegalTime.DayIn(now).AddDays(12), new TimeOnly(10, 0));
        var paper = await Site.WithAsync<FileStore, IncomingFile>(f => f.PutAsync("%PDF-1.4\n% presupuesto\n%%EOF\n"u8.ToArray(), "1 presupuesto.pdf"));
        var convened = await Site.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity, new ConvocationInput("Asamblea convocada", "Local comunal", first, first.AddMinutes(30)) { Agenda = [new("Presupuesto", paper)] }, secretary));
        Set(1, "assembly=convened", convened.Value);
        Canaries.Add(new("CANARIO-REPRESENTANTE", OfEntity));
        var empowered = await Site.ReadAsync(db => db.Members.Where(m => m.EntityId == entity && m.MandateTo >= LegalTime.DayIn(now).AddDays(30)).OrderBy(m => m.Organisation).FirstAsync());
        await Site.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(empowered.Id, empowered.Version,
            new("CANARIO-PODERDANTE Quispe", false, null, null, "Acta", null, "Nueva junta", "%PDF-1.4\n% CANARIO-PODER\n%%EOF\n"u8.ToArray(), "poder.pdf"), secretary));
        Set(1, "member=power", empowered.Id.Value);
        Canaries.Add(new("CANARIO-PODERDANTE", OfEntity));
        Canaries.Add(new("CANARIO-PODER\n", OfEntity));
        await Site.WithAsync<StageMembers>(s => s.StageAsync(entity, System.Text.Encoding.UTF8.GetBytes("organizacion;grupo;representante;desde;hasta\nOrganización en tabla;nadie;CANARIO-TABLA;2020-01-01;2020-12-31"), "miembros.csv", secretary));
        Canaries.Add(new("CANARIO-TABLA", OfEntity));
        await Site.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity, new MemberInput("Organización nueva", null, Sector.Social, "communities", 1, null, "CANARIO-REPRESENTANTE",
            LegalTime.DayIn(now).AddDays(-1), LegalTime.DayIn(now).AddYears(1), null), secretary));

        var open = await Site.ReadAsync(db => db.Calls.SingleAsync(c => c.FundId == fund && c.State == CallState.Open));
        var version = await Site.ReadAsync(db => db.ProgrammeVersions.Where(v => v.EntityId == entity && v.AdoptedByResolutionId != null).Select(v => v.Id).FirstAsync());
        var draft = await Site.WithAsync<StartApplication, ApplicationId>(s => s.ExecuteAsync(open.Id, entity, version, manager));
        await Site.WithAsync<SaveDraft>(s => s.ExecuteAsync(draft, new NarrativesSection { Narratives = [new Narrative("cohesion", "CANARIO-SELLADO: lo que nadie lee antes de la apertura.")] }, null, manager));
        await Site.WithAsync<AttachFile>(a => a.DocumentAsync(draft, "holder", "%PDF-1.4\n% CANARIO-ADJUNTO\n%%EOF\n"u8.ToArray(), "titular.pdf", manager));
        Set(1, "application=draft", draft.Value);
        var form = await Site.WithAsync<ApplicationCases, ApplicationCase>(c => c.FindAsync(draft));
        Set(1, "file=draft", form.Form.Files().Single().Id.Value);
        Canaries.Add(new("CANARIO-SELLADO", w => w is { Tenant: 1, Role: Role.Manager or Role.Secretary, Kind: ScopeKind.Entity }));
        Canaries.Add(new("CANARIO-ADJUNTO", w => w is { Tenant: 1, Role: Role.Manager or Role.Secretary, Kind: ScopeKind.Entity }));
        // Received and not yet opened: the second entity of the story submits nothing, so the first receipt is the awarded one's.
        Set(1, "application=submitted", Guid.Parse(Value(1, "application")!));
        Set(2, "application=submitted", Guid.Parse(Value(2, "application")!));

        var pack = Core.Rules.BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "fdd");
        var prepared = await Site.WithAsync<DraftCall, CallId>(d => d.ExecuteAsync(new CallInput(fund, "CANARIO-CONVOCATORIA en borrador", "CANARIO-PROPOSITO", pack.Id, pack.Version, Money.Soles(1_000_000), ["0605"]), office));
        Set(1, "call=draft", await Site.ReadAsync(db => db.Calls.Where(c => c.Id == prepared).Select(c => c.Slug).SingleAsync()));
        Canaries.Add(new("CANARIO-CONVOCATORIA", OfFund));
        Canaries.Add(new("CANARIO-PROPOSITO", OfFund));
        Canaries.Add(new("40999123", w => w.Tenant == 2 || w.Kind == ScopeKind.Platform));
        Canaries.Add(new("rosa@ejemplo.pe", w => w.Tenant == 2 || w.Kind == ScopeKind.Platform));
    }

    async Task PeopleAsync(GivenApplication underWay, GivenApplication awarded)
    {
        var list = new List<Walker> { new("anonymous", Site.Visitor(), 0, null, null) };
        var (fund1, entity1) = (Guid.Parse(Value(1, "fund-id")!), Guid.Parse(Value(1, "entity-id")!));
        var funds2 = await Site.ReadAsync(db => db.Calls.Where(c => c.Id == underWay.Call.Id || c.Id == awarded.Call.Id).Select(c => c.FundId.Value).ToListAsync());
        // The people of an entity of each fund, and of the one that had to cure something.
        Guid[] entities2 = [underWay.Entity.Id.Value, awarded.Entity.Id.Value, await EntityOfAsync(2, "application=cured")];
        Guid[] entities1 = [entity1, await EntityOfAsync(1, "application=cured")];
        list.Add(new("nobody", await Site.SignedInAsync("sin-rol"), 0, null, null));
        foreach (var role in new[] { Role.Admin, Role.Auditor })
            list.Add(new($"{role.Word()} of the platform", await Site.SignedInAsync($"plataforma-{role.Word()}", (role, Scope.Platform)), 0, role, ScopeKind.Platform));
        foreach (var role in new[] { Role.Operator, Role.Board, Role.Auditor, Role.Evaluator })
        {
            list.Add(new($"{role.Word()} of fund 1", await Site.SignedInAsync($"fondo1-{role.Word()}", (role, Scope.OfFund(fund1))), 1, role, ScopeKind.Fund));
            list.Add(new($"{role.Word()} of fund 2", await Site.SignedInAsync($"fondo2-{role.Word()}", [.. funds2.Select(f => (role, Scope.OfFund(f)))]), 2, role, ScopeKind.Fund));
        }
        foreach (var role in new[] { Role.Secretary, Role.Manager, Role.Representative })
        {
            list.Add(new($"{role.Word()} of entity 1", await Site.SignedInAsync($"entidad1-{role.Word()}", [.. entities1.Select(e => (role, Scope.OfEntity(e)))]), 1, role, ScopeKind.Entity));
            list.Add(new($"{role.Word()} of entity 2", await Site.SignedInAsync($"entidad2-{role.Word()}", [.. entities2.Select(e => (role, Scope.OfEntity(e)))]), 2, role, ScopeKind.Entity));
        }
        var seats = await Site.ReadAsync(db => db.Assignments.ToListAsync());
        var seated = seats.Single(s => s.Id.Value.ToString() == Value(1, "assignment")).EvaluatorId;
        var reading = seats.Single(s => s.Id.Value.ToString() == Value(2, "assignment=open")).EvaluatorId;
        list.Add(new("reader of the file 1", await DemoSignInAsync(seated), 1, Role.Evaluator, ScopeKind.Fund) { Seats = SeatsOf(seated) });
        var passkey = await Site.WithAsync<OwnPasskeys, PasskeyId>(o => o.AddAsync(reading, "Celular", new UserPasskeyInfo([1, 2, 3], [4, 5, 6], DateTimeOffset.UnixEpoch, 0, [], true, false, false, [], []), new Actor(reading, "person")));
        Set(2, "passkey", passkey.Value);
        list.Add(new("reader of the file 2", await SignInAsync(reading), 2, Role.Evaluator, ScopeKind.Fund) { Seats = SeatsOf(reading) });
        Set(0, "person", seated);
        values.Remove((1, "person"));
        values.Remove((2, "person"));
        Walkers = list;

        HashSet<(int, string)> SeatsOf(Guid person) =>
            [.. values.Where(v => (person == reading && v.Key.Key == "passkey") || v.Key.Key.StartsWith("assignment", StringComparison.Ordinal) && seats.Any(s => s.EvaluatorId == person && s.Id.Value.ToString() == v.Value)
                || v.Key.Key.StartsWith("application", StringComparison.Ordinal) && seats.Any(s => s.EvaluatorId == person && s.State is AssignmentState.Accepted or AssignmentState.Locked && s.ApplicationId.Value.ToString() == v.Value)).Select(v => v.Key)];
    }

    Task<Guid> EntityOfAsync(int tenant, string key)
    {
        var id = ApplicationId.From(Guid.Parse(Value(tenant, key)!));
        return Site.ReadAsync(db => db.Applications.Where(a => a.Id == id).Select(a => a.EntityId.Value).SingleAsync());
    }

    public async Task<Browser> DemoSignInAsync(Guid person)
    {
        var browser = Site.Visitor();
        await (await browser.GetAsync("/entrar")).SubmitAsync(form: "Demo", button: person.ToString());
        return browser;
    }

    async Task<Browser> SignInAsync(Guid person)
    {
        var name = await Site.ReadAsync(db => db.People.Where(p => p.Id == person).Select(p => p.UserName).SingleAsync());
        var browser = Site.Visitor();
        var form = (await browser.GetAsync("/entrar")).Document.QuerySelectorAll("main form").Last();
        var token = form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var response = await browser.FetchAsync(HttpMethod.Post, "/entrar", new FormUrlEncodedContent(new Dictionary<string, string> { ["Name"] = name!, ["Password"] = TestSite.Password, ["__RequestVerificationToken"] = token }));
        response.EnsureSuccessStatusCode();
        return browser;
    }

    void Set(int tenant, string key, Guid value) => Set(tenant, key, value.ToString());

    void Set(int tenant, string key, string value) => values[(tenant, key)] = value;
}
