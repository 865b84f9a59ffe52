using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Fund.Funds;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;
using Minka.Core.Territories;

namespace Minka.Core.Story;

/// <summary>What the story left behind.</summary>
public sealed record StoryOutcome(byte[] Bundle, Digest Digest, string Head, string CallSlug);

/// <summary>
/// The whole life of a fund, lived through the same use cases as people's: twelve alliances, their assemblies, strategies and
/// programmes, a call with its two freezes, sealed applications, screening, blind scores, a draw, the award, agreements and
/// the public bundle. It makes the demonstration's data, so that they have real acts, and it is a test of everything at once.
/// </summary>
public sealed class FundStory(IServiceProvider services, MovableClock clock, Action<string> tell)
{
    readonly Dictionary<string, Guid> people = new(StringComparer.Ordinal);
    readonly List<Cast> cast = [];
    int steps;

    sealed class Cast(CastEntity plan)
    {
        public CastEntity Plan { get; } = plan;
        public EntityId Entity { get; set; }
        public string Slug { get; set; } = "";
        public Actor Secretary { get; set; } = Actor.System;
        public Actor Manager { get; set; } = Actor.System;
        public List<MemberId> Members { get; } = [];
        public StrategyId Strategy { get; set; }
        public ProgrammeVersion? Version { get; set; }
        public ApplicationId Application { get; set; }
    }

    /// <param name="demo">Marks the installation as a demonstration, and leaves a second call open for visitors to walk.</param>
    public async Task<StoryOutcome> RunAsync(bool demo, CancellationToken cancel = default)
    {
        await WithAsync<OpenRegister>(o => o.ExecuteAsync(cancel));
        if (!await ReadAsync(db => db.Installations.AnyAsync(cancel)))
            await Writer.ActAsync("installation.start", Actor.System, w => { w.Db.Installations.Add(new Installation { Mode = InstallationMode.Demo, StartedAt = w.Now }); return Task.CompletedTask; }, cancel: cancel);
        await PeopleAsync(cancel);
        var fund = await FundAsync(cancel);
        await EntitiesAsync(cancel);
        await ProgrammesAsync(cancel);
        foreach (var c in cast) await WithAsync<AccreditEntity>(a => a.ExecuteAsync(fund, c.Entity, Today, Today.AddYears(2), Operator, cancel));
        Step("el fondo acredita a las doce alianzas");
        var call = await CallAsync(fund, "Programas que suman: primera convocatoria (DEMO)", cancel);
        await ApplicationsAsync(call, cancel);
        await OpeningAsync(call, cancel);
        await ScreeningAsync(call, cancel);
        await ScoringAsync(call, fund, cancel);
        await AwardAsync(call, cancel);
        await AgreementsAsync(call, cancel);
        await WithAsync<Checkpoints>(c => c.SignAsync(cancel));
        var (zip, digest) = await WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(call, cancel));
        var head = await WithAsync<Checkpoints, StoredCheckpoint?>(c => c.LatestAsync(cancel));
        Step($"paquete público de {zip.Length / 1024} KB, huella {digest.Short}…");
        if (demo)
        {
            await CallAsync(fund, "Programas que suman: segunda convocatoria (DEMO)", cancel, open: true);
            var last = cast[^1];
            await new BudgetStory(services, Today).ConveneAsync(last.Entity, last.Plan.Place, last.Plan.Province, last.Manager, cancel);
            Step($"la alianza de {last.Plan.Place} convoca su presupuesto participativo");
        }
        await Writer.ActAsync("installation.clock", Actor.System, async w => (await w.Db.Installations.SingleAsync(cancel)).MoveClock(clock.Ahead), cancel: cancel);
        var slug = await ReadAsync(db => db.Calls.Where(c => c.Id == call).Select(c => c.Slug).SingleAsync(cancel));
        return new(zip, digest, head!.Note, slug);
    }

    /// <summary>
    /// The same up to the last minute of the call: twelve applications received, each with a correction that is not sent yet, the window
    /// still open. For measuring the surge.
    /// </summary>
    public async Task<IReadOnlyList<(ApplicationId Application, Guid Manager)>> RunToLastMinuteAsync(CancellationToken cancel = default)
    {
        await WithAsync<OpenRegister>(o => o.ExecuteAsync(cancel));
        await Writer.ActAsync("installation.start", Actor.System, w => { w.Db.Installations.Add(new Installation { Mode = InstallationMode.Demo, StartedAt = w.Now }); return Task.CompletedTask; }, cancel: cancel);
        await PeopleAsync(cancel);
        var fund = await FundAsync(cancel);
        await EntitiesAsync(cancel);
        await ProgrammesAsync(cancel);
        foreach (var c in cast) await WithAsync<AccreditEntity>(a => a.ExecuteAsync(fund, c.Entity, Today, Today.AddYears(2), Operator, cancel));
        var call = await CallAsync(fund, "Programas que suman (DEMO)", cancel);
        await ApplicationsAsync(call, cancel);
        await Writer.ActAsync("installation.clock", Actor.System, async w => (await w.Db.Installations.SingleAsync(cancel)).MoveClock(clock.Ahead), cancel: cancel);
        var standing = cast.Where(c => c.Plan.Fate != Fate.Withdrawn).ToList();
        foreach (var c in standing) await WithAsync<SaveDraft>(s => s.ExecuteAsync(c.Application, NarrativesOf(c, "Corregido antes del cierre."), 0, c.Manager, cancel));
        return [.. standing.Select(c => (c.Application, c.Manager.PersonId!.Value))];
    }

    async Task PeopleAsync(CancellationToken cancel)
    {
        (string User, string Name, Role? Role)[] fixedPeople =
            [("administradora", "Administradora (DEMO)", Role.Admin), ("secretaria-tecnica", "Secretaría técnica del fondo (DEMO)", null), ("consejo", "Consejo directivo (DEMO)", null), ("auditor", "Auditor (DEMO)", Role.Auditor)];
        foreach (var (user, name, role) in fixedPeople)
        {
            people[user] = await AddPersonAsync(user, name, cancel);
            if (role is { } platform) await WithAsync<GrantRole>(g => g.ExecuteAsync(people[user], platform, Scope.Platform, Actor.System, cancel));
        }
        foreach (var (user, name) in StoryCast.Evaluators) people[user] = await AddPersonAsync(user, name, cancel);
        Step("entran las personas de la demostración");
    }

    async Task<FundId> FundAsync(CancellationToken cancel)
    {
        var admin = new Actor(people["administradora"], Role.Admin.Word());
        var fund = await WithAsync<CreateFund, FundId>(c => c.ExecuteAsync(
            new FundInput("Fondo de Desarrollo Descentralizado (DEMO)", "Gobierno regional de demostración", "Ordenanza de demostración", Money.Soles(40_000_000), "Presupuesto institucional de demostración"), admin, cancel));
        await WithAsync<GrantRole>(g => g.ExecuteAsync(people["secretaria-tecnica"], Role.Operator, Scope.OfFund(fund.Value), admin, cancel));
        await WithAsync<GrantRole>(g => g.ExecuteAsync(people["consejo"], Role.Board, Scope.OfFund(fund.Value), admin, cancel));
        foreach (var (user, _) in StoryCast.Evaluators) await WithAsync<GrantRole>(g => g.ExecuteAsync(people[user], Role.Evaluator, Scope.OfFund(fund.Value), admin, cancel));
        Step("se crea el fondo con su secretaría técnica, su consejo y sus evaluadores");
        return fund;
    }

    async Task EntitiesAsync(CancellationToken cancel)
    {
        foreach (var plan in StoryCast.Entities)
        {
            var c = new Cast(plan);
            var secretary = await AddPersonAsync($"secretaria-{plan.Province}", $"Secretaría de {plan.Place} (DEMO)", cancel);
            var manager = await AddPersonAsync($"gerencia-{plan.Province}", $"Gerencia de {plan.Place} (DEMO)", cancel);
            (c.Secretary, c.Manager) = (new Actor(secretary, Role.Secretary.Word()), new Actor(manager, Role.Manager.Word()));
            (c.Entity, c.Slug) = await WithAsync<CreateEntity, (EntityId, string)>(e => e.ExecuteAsync(new EntityInput($"Alianza por {plan.Place} (DEMO)", "fdd-alliance", [plan.Province]), c.Secretary, cancel));
            if (!await ReadAsync(db => db.RoleGrants.AnyAsync(g => g.PersonId == secretary && g.Role == Role.Secretary, cancel)))
                await WithAsync<GrantRole>(g => g.ExecuteAsync(secretary, Role.Secretary, Scope.OfEntity(c.Entity.Value), Actor.System, cancel));
            await WithAsync<GrantRole>(g => g.ExecuteAsync(manager, Role.Manager, Scope.OfEntity(c.Entity.Value), c.Secretary, cancel));
            foreach (var (group, sector, name) in StoryCast.Members)
            {
                var organisation = $"{name} de {plan.Place} (DEMO)";
                c.Members.Add(await WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(c.Entity,
                    new MemberInput(organisation, null, sector, group, 1, null, $"Representante {c.Members.Count + 1} (DEMO)", Today.AddDays(-30), Today.AddYears(2), null), c.Secretary, cancel)));
            }
            cast.Add(c);
        }
        Step($"se fundan {cast.Count} alianzas en tres departamentos, con {StoryCast.Members.Count} miembros cada una");
    }

    async Task ProgrammesAsync(CancellationToken cancel)
    {
        foreach (var c in cast)
        {
            c.Strategy = await WithAsync<StartStrategy, StrategyId>(s => s.ExecuteAsync(c.Entity, new() { Title = $"Estrategia de {c.Plan.Place} 2027–2031", Vision = "Un territorio que vive bien de lo que produce junto.", YearFrom = 2027, YearTo = 2031 }, c.Manager, cancel));
            foreach (var (code, name) in new[] { ("E1", "Lácteos de altura"), ("E2", "Turismo de camino") })
            {
                await WithAsync<AddAxis>(a => a.ExecuteAsync(c.Entity, c.Strategy, new()
                {
                    Code = code,
                    Name = name,
                    Objective = $"{name}: más ingreso para las familias",
                    Indicator = "Ingreso anual por familia",
                    Baseline = "S/ 6 200",
                    Target = "S/ 9 000",
                    TargetYear = 2031,
                    Source = "Dato inventado (DEMO)",
                }, c.Manager, cancel));
            }
        }
        await new StrategyStory(services, Today).WriteAsync(cast[0].Entity, cast[0].Strategy, cast[0].Manager, cancel);
        var strategies = new Dictionary<StrategyId, MotionInput>();
        foreach (var c in cast) strategies[c.Strategy] = PlanningMotions.Of(await ReadAsync(async db => await db.StrategyContentAsync(await db.Strategies.SingleAsync(s => s.Id == c.Strategy, cancel), cancel)));
        await AssembliesAsync("Asamblea de estrategia", c => strategies[c.Strategy], cancel);
        Step("doce asambleas, con quórum, adoptan su estrategia");
        foreach (var c in cast) c.Version = await ProgrammeAsync(c, cancel);
        await AssembliesAsync("Asamblea de programa", c => PlanningMotions.Of(c.Version!), cancel);
        Step("doce asambleas adoptan la versión exacta de su programa");
    }

    async Task<ProgrammeVersion> ProgrammeAsync(Cast c, CancellationToken cancel)
    {
        var districts = await DistrictsAsync(c.Plan.Province, cancel);
        var axis = await ReadAsync(db => db.Axes.Where(a => a.StrategyId == c.Strategy).OrderBy(a => a.Code).Select(a => a.Id).FirstAsync(cancel));
        var programme = await WithAsync<StartProgramme, StartedProgramme>(s => s.ExecuteAsync(c.Entity, new()
        {
            StrategyId = c.Strategy,
            Title = $"Leche con marca de {c.Plan.Place} (DEMO)",
            Objective = "Que las familias ganaderas produzcan más, con calidad, y vendan juntas.",
        }, c.Manager, cancel));
        ProjectId? before = null;
        for (var i = 0; i < StoryCast.Works.Count; i++)
        {
            var (chain, title, problem, objective) = StoryCast.Works[i];
            var unit = Money.Soles(80_000L * c.Plan.Scale * (3 - i));
            (FundingSource Source, Money Amount)[] sources =
            [
                (FundingSource.Fund, unit * 2), (FundingSource.Province, unit.Percent(BasisPoints.Percent(40))), (FundingSource.District, unit.Percent(BasisPoints.Percent(35))),
                (FundingSource.PrivateCash, unit.Percent(BasisPoints.Percent(25))), (FundingSource.PrivateInKind, unit.Percent(BasisPoints.Percent(30))),
            ];
            var project = await WithAsync<AddProject, ProjectId>(a => a.ExecuteAsync(programme.Id, new()
            {
                Title = title,
                Problem = problem,
                Objective = objective,
                AxisId = axis,
                Chain = chain,
                Places = [districts[i % districts.Count], districts[(i + 1) % districts.Count]],
                BeneficiaryWomen = 180 + (10 * i),
                BeneficiaryMen = 150 + (10 * i),
                Organisations = [$"Cooperativa lechera de {c.Plan.Place} (DEMO)"],
                After = before is { } b ? [b] : [],
                PlannedCost = sources.SumMoney(s => s.Amount),
            }, c.Manager, cancel));
            await WithAsync<SetCostLines>(s => s.ExecuteAsync(programme.Id, project, null,
                [.. sources.Select((x, n) => new CostLineInput(n == 0 ? "Obra y equipos" : "Aporte a la ejecución", null, x.Source, 2027 + (n % 2), x.Amount))], null, c.Manager, cancel));
            before = project;
        }
        var version = await WithAsync<FreezeVersion, ProgrammeVersionId>(f => f.ExecuteAsync(programme.Id, c.Manager, cancel));
        return await ReadAsync(db => db.ProgrammeVersions.SingleAsync(v => v.Id == version, cancel));
    }

    /// <summary>All alliances convene for the same morning; each adopts its motion by roll call and attaches the signed minutes.</summary>
    async Task AssembliesAsync(string title, Func<Cast, MotionInput> motion, CancellationToken cancel)
    {
        var first = LegalTime.ToUtc(BusinessCalendar.Peru.AddBusinessDays(Today, 8), new TimeOnly(10, 0));
        var convened = new List<(Cast Cast, AssemblyId Id)>();
        foreach (var c in cast)
            convened.Add((c, await WithAsync<ConveneAssembly, AssemblyId>(a => a.ExecuteAsync(c.Entity, new ConvocationInput(title, $"Local comunal de {c.Plan.Place}", first, first.AddMinutes(30)), c.Secretary, cancel))));
        MoveTo(first);
        foreach (var (c, id) in convened)
        {
            var present = c.Members.Take(c.Members.Count - 2).ToList();
            await WithAsync<RecordAttendance>(r => r.ArriveAsync(id, present, c.Secretary, cancel));
            await WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, c.Secretary, cancel));
            var put = motion(c);
            var proposed = await WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, put, c.Secretary, cancel));
            // A member that the programme names does not decide on it.
            var names = put.Parties.Select(p => p.Name).ToList();
            var touched = await ReadAsync(db => db.Members.Where(m => m.EntityId == c.Entity && names.Contains(m.Organisation)).Select(m => m.Id).ToListAsync(cancel));
            await WithAsync<OpenVoting>(o => o.ExecuteAsync(proposed, c.Secretary, cancel));
            await WithAsync<CastVote>(v => v.ExecuteAsync(proposed, [.. present.Select((m, i) => (m, i == 7 ? Choice.Abstain : Choice.Yes)).Where(v => !touched.Contains(v.m))], c.Secretary, cancel));
            await WithAsync<CloseVoting>(v => v.ExecuteAsync(proposed, c.Secretary, cancel));
            var minutes = await WithAsync<CloseSession, Digest>(s => s.ExecuteAsync(id, c.Secretary, cancel));
            await WithAsync<AttachSignature>(a => a.ExecuteAsync(new SignedSubject(Assembly.MinutesSubject, id.Value, minutes), new SignatureInput(Scan($"acta {id.Value}"), "acta-firmada.pdf", "Mesa directiva (DEMO)"), c.Secretary, cancel));
        }
    }

    async Task<CallId> CallAsync(FundId fund, string title, CancellationToken cancel, bool open = false)
    {
        var pack = BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "fdd");
        var call = await WithAsync<DraftCall, CallId>(d => d.ExecuteAsync(
            new CallInput(fund, title, "Cofinancia programas de tres o más proyectos alrededor de un eje, presentados por alianzas provinciales.", pack.Id, pack.Version, Money.Soles(open ? 9_000_000 : 14_000_000), [.. cast.Select(c => c.Plan.Province)]), Operator, cancel));
        await WithAsync<SetNeeds>(s => s.ExecuteAsync(call, [.. cast.Select(c => new NeedRow(c.Plan.Province, c.Plan.Place, c.Plan.Population, new BasisPoints(c.Plan.Need), new Money(c.Plan.ResourcesPerHead), "Dato inventado (DEMO)"))], Operator, cancel));
        await WithAsync<DrawLeagues>(d => d.ExecuteAsync(call, Operator, cancel));
        await WithAsync<SetCalendar>(s => s.ExecuteAsync(call, CallCalendar.Shortest(pack.Calendar, Today, BusinessCalendar.Peru, CallCalendar.UsualClose), Operator, cancel));
        await WithAsync<PublishCall>(p => p.ExecuteAsync(call, Operator, cancel));
        Step($"se publica «{title}» (congelamiento 1)");
        var dates = await ReadAsync(db => db.Calls.Where(c => c.Id == call).Select(c => c.Calendar).SingleAsync(cancel));
        var number = await WithAsync<AskQuestion, int>(q => q.ExecuteAsync(call, "¿El aporte de mano de obra de las comunidades cuenta como contrapartida?", cast[0].Manager, cancel));
        var question = await ReadAsync(db => db.Questions.SingleAsync(q => q.CallId == call && q.Number == number, cancel));
        await WithAsync<AnswerQuestion>(a => a.ExecuteAsync(question.Id, question.Version, "Sí, como aporte privado en especie, valorizado y hasta la mitad de la contrapartida.", null, Operator, cancel));
        MoveTo(dates.Dates.QuestionsEnd.ClosesAt);
        await WithAsync<IntegrateRules>(i => i.ExecuteAsync(call, Operator, cancel));
        MoveTo(dates.Dates.OpensAt);
        await WithAsync<OpenCall>(o => o.ExecuteAsync(call, Operator, cancel));
        Step("preguntas, respuestas, reglas integradas (congelamiento 2) y apertura de postulaciones");
        return call;
    }

    async Task ApplicationsAsync(CallId call, CancellationToken cancel)
    {
        foreach (var c in cast)
        {
            c.Application = await WithAsync<StartApplication, ApplicationId>(s => s.ExecuteAsync(call, c.Entity, c.Version!.Id, c.Manager, cancel));
            var content = c.Version!.ReadContent();
            await WithAsync<SaveDraft>(s => s.ExecuteAsync(c.Application, new HolderSection
            {
                Holder = new Holder { Name = $"Municipalidad provincial de {c.Plan.Place} (DEMO)", Ruc = RucOf(c.Plan.Province, 0), Kind = LegalKind.Municipality, Representative = new() { Name = "Representante legal (DEMO)", Document = "00000000", Position = "Alcaldía" } },
                Executors = [.. content.Projects.Select((p, i) => new Executor(p.Code, $"Unidad ejecutora {i + 1} de {c.Plan.Place} (DEMO)", RucOf(c.Plan.Province, i + 1)))],
                Months = 24,
            }, null, c.Manager, cancel));
            var sources = content.Projects.SelectMany(p => p.Lines).Select(l => l.Source).Where(s => s != FundingSource.Fund).Distinct().Order().ToList();
            await WithAsync<SaveDraft>(s => s.ExecuteAsync(c.Application, new CommitmentsSection
            {
                Commitments = [.. sources.Select(source => new Commitment { Source = source, Contributor = $"Aportante de {c.Plan.Place} (DEMO)", Valuation = source == FundingSource.PrivateInKind ? "Jornales valorizados según acta" : "" })],
            }, null, c.Manager, cancel));
            foreach (var source in sources)
                await WithAsync<AttachFile>(a => a.LetterAsync(c.Application, source, Scan($"carta {source} {c.Plan.Province}"), $"carta-{source}.pdf", c.Manager, cancel));
            await WithAsync<SaveDraft>(s => s.ExecuteAsync(c.Application, NarrativesOf(c), null, c.Manager, cancel));
            await WithAsync<SaveDraft>(s => s.ExecuteAsync(c.Application, new DocumentsSection { SwornStatement = true }, null, c.Manager, cancel));
            foreach (var requirement in new[] { "holder", "executors", "commitments" })
                await WithAsync<AttachFile>(a => a.DocumentAsync(c.Application, requirement, Scan($"documento {requirement} {c.Plan.Province}"), $"{requirement}.pdf", c.Manager, cancel));
            clock.Ahead += TimeSpan.FromMinutes(40);
            var key = SubmissionId.From(services.GetRequiredService<IEntropy>().NewId(clock));
            await WithAsync<SubmitApplication>(s => s.ExecuteAsync(c.Application, key, c.Manager, cancel));
        }
        Step("doce postulaciones selladas, cada una con su constancia firmada");
        var leaves = cast.Single(c => c.Plan.Fate == Fate.Withdrawn);
        await WithAsync<WithdrawApplication>(w => w.ExecuteAsync(leaves.Application, "La alianza decide presentarse a la siguiente convocatoria.", leaves.Manager, cancel));
        Step($"{leaves.Plan.Place} retira la suya");
    }

    static NarrativesSection NarrativesOf(Cast c, string more = "") => new()
    {
        Narratives = [.. new[] { "cohesion", "viability", "match", "inclusion", "capacity" }.Select(id => new Narrative(id, $"Explicación inventada del criterio para {c.Plan.Place}: los tres proyectos trabajan la misma cadena, se necesitan entre sí y los ejecuta quien ya lo hizo antes. {more}".TrimEnd()))],
    };

    async Task OpeningAsync(CallId call, CancellationToken cancel)
    {
        var close = await ReadAsync(db => db.Calls.Where(c => c.Id == call).Select(c => c.Calendar).SingleAsync(cancel));
        MoveTo(close.Dates.Close.ClosesAt);
        await WithAsync<CloseCall>(c => c.ExecuteAsync(call, Operator, cancel));
        await WithAsync<Checkpoints>(c => c.SignAsync(cancel));
        await WithAsync<AskOpening>(a => a.ExecuteAsync(call, Operator, cancel));
        var opened = await WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(call, Board, cancel));
        Step($"cierre y apertura pública de {opened} sobres: la secretaría la pide y el consejo la confirma");
    }

    async Task ScreeningAsync(CallId call, CancellationToken cancel)
    {
        await WithAsync<StartScreening>(s => s.ExecuteAsync(call, Operator, cancel));
        var requirements = BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "fdd").Admissibility;
        foreach (var c in cast.Where(c => c.Plan.Fate != Fate.Withdrawn))
        {
            var lacks = c.Plan.Fate is Fate.Inadmissible or Fate.Cured;
            await WithAsync<RecordFindings>(r => r.ExecuteAsync(c.Application, [.. requirements.Select(q => new FindingInput(q.Id, !(lacks && q.Id == "holder"), lacks && q.Id == "holder" ? "El documento no acredita la vigencia del poder." : ""))], Operator, cancel));
            if (lacks) await WithAsync<TellFindings>(t => t.ExecuteAsync(c.Application, Operator, cancel));
            else await WithAsync<DecideReview>(d => d.AdmitAsync(c.Application, Operator, cancel));
        }
        var cured = cast.Single(c => c.Plan.Fate == Fate.Cured);
        clock.Ahead += TimeSpan.FromDays(1);
        await WithAsync<CureFindings>(f => f.ExecuteAsync(cured.Application, [new CureInput("holder", "Se adjunta la vigencia de poder actualizada.")], cured.Manager, cancel));
        await WithAsync<RecordFindings>(r => r.ExecuteAsync(cured.Application, [.. requirements.Select(q => new FindingInput(q.Id, true, ""))], Operator, cancel));
        await WithAsync<DecideReview>(d => d.AdmitAsync(cured.Application, Operator, cancel));
        var rejected = cast.Single(c => c.Plan.Fate == Fate.Inadmissible);
        var until = await ReadAsync(db => db.Reviews.Where(r => r.ApplicationId == rejected.Application).Select(r => r.CureUntil).SingleAsync(cancel));
        MoveTo(until!.Value);
        await WithAsync<DecideReview>(d => d.RejectAsync(rejected.Application, Operator, cancel));
        Step($"admisibilidad: {cured.Plan.Place} subsana, {rejected.Plan.Place} queda fuera con su razón");
    }

    async Task ScoringAsync(CallId call, FundId fund, CancellationToken cancel)
    {
        var criteria = BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "fdd").Criteria.Items;
        await WithAsync<StartEvaluation>(s => s.ExecuteAsync(call, Operator, cancel));
        var conflict = cast.Single(c => c.Plan.Fate == Fate.Conflict);
        var seated = await ReadAsync(db => db.Assignments.Where(a => a.ApplicationId == conflict.Application).OrderBy(a => a.Seat).FirstAsync(cancel));
        await WithAsync<DeclareConflict>(d => d.ExecuteAsync(call, seated.EvaluatorId, conflict.Entity, "Asesoró a un miembro de la alianza el año pasado.", new Actor(seated.EvaluatorId, Role.Evaluator.Word()), cancel));
        Step($"evaluadores asignados sin conflictos; uno se aparta de {conflict.Plan.Place} y otro lo reemplaza");
        for (var pass = 0; pass < 2; pass++)
        {
            var seats = await ReadAsync(db => db.Assignments.Where(a => a.CallId == call && a.State == AssignmentState.Assigned).OrderBy(a => a.ApplicationId).ThenBy(a => a.Seat).ToListAsync(cancel));
            foreach (var seat in seats)
            {
                var plan = cast.Single(c => c.Application == seat.ApplicationId).Plan;
                var total = seat.Seat switch { 1 => plan.First, 2 => plan.Second, _ => plan.Third ?? plan.First };
                var actor = new Actor(seat.EvaluatorId, Role.Evaluator.Word());
                await WithAsync<EvaluateFile>(e => e.AcceptAsync(seat.Id, actor, cancel));
                var points = new Money(total).Split([.. criteria.Select(c => (long)c.MaxPoints.Value)]);
                for (var i = 0; i < criteria.Count; i++)
                {
                    var (criterion, given) = (criteria[i], (int)points[i].Minor);
                    await WithAsync<EvaluateFile>(e => e.ScoreAsync(seat.Id, criterion.Id, given, $"Razón inventada: {given} de {criterion.MaxPoints.Value} según la guía del criterio.", null, actor, cancel));
                }
                await WithAsync<EvaluateFile>(e => e.LockAsync(seat.Id, actor, cancel));
            }
        }
        Step("puntajes cerrados a ciegas; una divergencia llama a un tercer lector");
    }

    async Task AwardAsync(CallId call, CancellationToken cancel)
    {
        try
        {
            await WithAsync<CommitTieDraw>(d => d.ExecuteAsync(call, Operator, cancel));
            await WithAsync<DrawTies>(d => d.ExecuteAsync(call, "4-1-6-2-5", "Dados lanzados ante tres personas (DEMO)", Operator, cancel));
            Step("un empate se resuelve por sorteo público, comprometido de antemano");
        }
        catch (RuleBroken none) when (none.Code == AwardCodes.DrawNotNeeded)
        {
            Step("no hay empates que sortear");
        }
        var run = await WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call, Operator, cancel));
        await WithAsync<DecideAward>(d => d.ApproveAsync(run, Board, cancel));
        await WithAsync<PublishAward>(p => p.ExecuteAsync(call, Operator, cancel));
        var lines = await ReadAsync(db => db.AwardLines.Where(l => l.RunId == run).ToListAsync(cancel));
        Step($"adjudicación: {lines.Count(l => l.Awarded.IsPositive)} programas con S/ {lines.SumMoney(l => l.Awarded)}, {lines.Count(l => l.ReservePosition is not null)} en reserva");
    }

    async Task AgreementsAsync(CallId call, CancellationToken cancel)
    {
        var declines = cast.Single(c => c.Plan.Fate == Fate.Declines);
        var declined = await ReadAsync(db => db.Agreements.Where(a => a.ApplicationId == declines.Application).Select(a => (AgreementId?)a.Id).FirstOrDefaultAsync(cancel));
        if (declined is { } id)
        {
            var promoted = await WithAsync<LapseAgreement, IReadOnlyList<string>>(l => l.ExecuteAsync(id, "La alianza no puede reunir su contrapartida este año.", declined: true, Operator, cancel));
            Step($"{declines.Plan.Place} declina; sube de la reserva: {(promoted.Count == 0 ? "nadie" : string.Join(", ", promoted))}");
        }
        var drafts = await ReadAsync(db => db.Agreements.Where(a => a.CallId == call && a.State == AgreementState.Draft).OrderBy(a => a.Number).ToListAsync(cancel));
        foreach (var draft in drafts)
        {
            await WithAsync<ConcludeAgreement>(a => a.ApproveByFundAsync(draft.Id, Operator, cancel));
            await WithAsync<ConcludeAgreement>(a => a.ApproveByEntityAsync(draft.Id, cast.Single(c => c.Entity == draft.EntityId).Manager, cancel));
        }
        Step($"{drafts.Count} convenios generados desde los datos y aprobados por ambas partes");
    }

    async Task<IReadOnlyList<string>> DistrictsAsync(string province, CancellationToken cancel)
    {
        var known = services.GetRequiredService<Country>().ChildrenOf(province).Take(3).Select(d => d.Code).ToList();
        if (known.Count > 0) return known;
        for (var i = 1; i <= 3; i++)
        {
            var code = string.Create(CultureInfo.InvariantCulture, $"{province}{i:00}");
            if (!await ReadAsync(db => db.TypedDistricts.AnyAsync(d => d.Code == code, cancel)))
                await WithAsync<AddDistrict>(a => a.ExecuteAsync(new NewDistrict(code, $"Distrito {i.ToString(CultureInfo.InvariantCulture)} (DEMO)", null), Operator, cancel));
            known.Add(code);
        }
        return known;
    }

    Task<Guid> AddPersonAsync(string user, string name, CancellationToken cancel) =>
        WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(user, name, null, null, IsDemo: true), Actor.System, cancel));

    Actor Operator => new(people["secretaria-tecnica"], Role.Operator.Word());

    Actor Board => new(people["consejo"], Role.Board.Word());

    DateOnly Today => LegalTime.DayIn(clock.UtcInstant());

    Writer Writer => services.GetRequiredService<Writer>();

    // Invented numbers with a right check digit, so that the same checks hold as for real ones.
    static string RucOf(string province, int unit)
    {
        var ten = string.Create(CultureInfo.InvariantCulture, $"2099{province}{unit:00}");
        return ten + Ruc.CheckDigit(ten).ToString(CultureInfo.InvariantCulture);
    }

    static byte[] Scan(string what) => Encoding.ASCII.GetBytes($"%PDF-1.4\n% DEMO {what}\n%%EOF\n");

    void MoveTo(DateTime utc)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (utc > now) clock.Ahead += utc - now;
    }

    void Step(string what) => tell(string.Create(CultureInfo.InvariantCulture, $"{++steps,2}. {what}"));

    async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    Task WithAsync<TService>(Func<TService, Task> use)
        where TService : notnull => WithAsync<TService, bool>(async s => { await use(s); return true; });

    Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => WithAsync(read);
}
