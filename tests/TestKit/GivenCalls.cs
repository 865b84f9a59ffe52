using System.Text;
using System.Text.Json.Nodes;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Fund.Funds;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;

namespace Minka.TestKit;

public sealed record GivenFund(FundId Id, string Slug, Actor Operator, Actor Board);

/// <param name="Fund">The fund that made it, with its operator and its board.</param>
public sealed record GivenCall(CallId Id, string Slug, GivenFund Fund)
{
    public Actor Operator => Fund.Operator;

    public Actor Board => Fund.Board;
}

/// <summary>How far a given call shall have come, and from what.</summary>
public sealed class GivenCallPlan
{
    public GivenFund? Fund { get; private set; }
    public RulePack Pack { get; private set; } = BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "fdd");
    public Money Budget { get; private set; } = Money.Soles(20_000_000);
    public IReadOnlyList<NeedRow> Needs { get; private set; } =
    [
        new("0605", "Contumazá", 30_000, BasisPoints.Percent(52), Money.Soles(120), "prueba"),
        new("0602", "Cajabamba", 75_000, BasisPoints.Percent(61), Money.Soles(80), "prueba"),
        new("0901", "Huancavelica", 115_000, BasisPoints.Percent(45), Money.Soles(150), "prueba"),
    ];
    public IReadOnlyList<EntityId> Accredited { get; private set; } = [];
    public CallState State { get; private set; } = CallState.Draft;

    public GivenCallPlan Of(GivenFund fund) => Set(() => Fund = fund);
    public GivenCallPlan Under(string pack) => Under(BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == pack));
    public GivenCallPlan Under(RulePack pack) => Set(() => Pack = pack);
    public GivenCallPlan WithBudget(Money budget) => Set(() => Budget = budget);
    public GivenCallPlan WithNeeds(params NeedRow[] needs) => Set(() => Needs = needs);
    public GivenCallPlan Accrediting(params EntityId[] entities) => Set(() => Accredited = entities);
    public GivenCallPlan Draft() => Set(() => State = CallState.Draft);
    public GivenCallPlan Published() => Set(() => State = CallState.Published);
    public GivenCallPlan Integrated() => Set(() => State = CallState.Integrated);
    public GivenCallPlan Open() => Set(() => State = CallState.Open);
    public GivenCallPlan Closed() => Set(() => State = CallState.Closed);

    GivenCallPlan Set(Action change)
    {
        change();
        return this;
    }
}

public sealed partial class Given
{
    public async Task<GivenFund> FundAsync(Money? resources = null, string? name = null)
    {
        var number = Next();
        var (op, board) = (new Actor(TestPerson(number * 10), Role.Operator.Word()), new Actor(TestPerson((number * 10) + 1), Role.Board.Word()));
        var admin = new Actor(TestPerson(1), Role.Admin.Word());
        var input = new FundInput(name ?? $"Fondo de prueba {number}", "Gobierno regional de prueba", "Ordenanza de prueba", resources ?? Money.Soles(100_000_000), "Presupuesto de prueba");
        var id = await WithAsync<CreateFund, FundId>(c => c.ExecuteAsync(input, admin));
        return new(id, Slugs.From(input.Name), op, board);
    }

    public Task<AccreditationId> AccreditationAsync(GivenFund fund, EntityId entity) =>
        WithAsync<AccreditEntity, AccreditationId>(a => a.ExecuteAsync(fund.Id, entity, LegalTime.DayIn(Clock.Now), LegalTime.DayIn(Clock.Now).AddYears(2), fund.Operator));

    /// <summary>A call in the state that the plan names, made by its acts in order; the clock moves on to where each is allowed.</summary>
    public async Task<GivenCall> CallAsync(Func<GivenCallPlan, GivenCallPlan>? how = null)
    {
        var plan = (how ?? (p => p))(new GivenCallPlan());
        var fund = plan.Fund ?? await FundAsync();
        foreach (var entity in plan.Accredited) await AccreditationAsync(fund, entity);
        var pack = plan.Pack;
        var id = await WithAsync<DraftCall, CallId>(d => d.ExecuteAsync(
            new CallInput(fund.Id, $"Convocatoria de prueba {Next()}", "Programas de desarrollo territorial.", pack.Id, pack.Version, plan.Budget, [.. plan.Needs.Select(n => n.ProvinceCode)]), fund.Operator));
        await WithAsync<SetNeeds>(s => s.ExecuteAsync(id, plan.Needs, fund.Operator));
        await WithAsync<DrawLeagues>(d => d.ExecuteAsync(id, fund.Operator));
        await WithAsync<SetCalendar>(s => s.ExecuteAsync(id, CallCalendar.Shortest(pack.Calendar, LegalTime.DayIn(Clock.Now), BusinessCalendar.Peru, CallCalendar.UsualClose), fund.Operator));
        await AdvanceCallAsync(id, fund, plan.State);
        var call = await ReadAsync(db => CallFile.LoadAsync(db, id));
        return new(id, call.Call.Slug, fund);
    }

    /// <summary>Moves a call on to a state up to its close, each act at the first instant at which it is allowed.</summary>
    public async Task AdvanceCallAsync(CallId id, GivenFund fund, CallState to)
    {
        while (true)
        {
            var call = (await ReadAsync(db => CallFile.LoadAsync(db, id))).Call;
            if (call.State >= to) return;
            switch (call.State)
            {
                case CallState.Draft:
                    await WithAsync<PublishCall>(p => p.ExecuteAsync(id, fund.Operator));
                    break;
                case CallState.Published:
                    MoveTo(call.Dates.QuestionsEnd.ClosesAt);
                    await WithAsync<IntegrateRules>(i => i.ExecuteAsync(id, fund.Operator));
                    break;
                case CallState.Integrated:
                    MoveTo(call.Dates.OpensAt);
                    await WithAsync<OpenCall>(o => o.ExecuteAsync(id, fund.Operator));
                    break;
                case CallState.Open:
                    MoveTo(call.Dates.Close.ClosesAt);
                    await WithAsync<CloseCall>(c => c.ExecuteAsync(id, fund.Operator));
                    break;
                default:
                    throw new InvalidOperationException($"{call.State} is not a state to which this moves on");
            }
        }
    }

    /// <summary>A built-in pack with some of its values set, stored as another.</summary>
    public async Task<RulePack> PackAsync(string from, string id, Action<JsonObject> change)
    {
        var node = JsonNode.Parse(BuiltInPacks.All.First(r => r.Pack!.Id == from).Canonical)!.AsObject();
        node["id"] = id;
        change(node);
        var reading = RulePackReader.Read(Encoding.UTF8.GetBytes(node.ToJsonString()));
        if (reading.Pack is null) throw new InvalidOperationException(string.Join("; ", reading.Faults));
        await WithAsync<StoreRulePack, StoredRulePackId>(s => s.ExecuteAsync(reading, new Actor(TestPerson(1), Role.Admin.Word())));
        return reading.Pack;
    }

    /// <summary>
    /// The fund's own pack with all that an award may ask of applications: parts, one award a plan writer, two applications a promoter in its
    /// own order, and S/ 600,000 kept aside for Huancavelica, released.
    /// </summary>
    public Task<RulePack> TermsPackAsync() => PackAsync("fdd", "fdd-terms", pack =>
    {
        pack["promoter"]!["maxApplications"] = Own(2);
        var award = pack["award"]!.AsObject();
        award["partialFunding"] = Own(true);
        award["maxPerPlanWriter"] = Own(1);
        award["ownPriority"] = Own(true);
        award["setAsides"] = new JsonArray(new JsonObject
        {
            ["code"] = "sierra",
            ["name"] = new JsonObject { ["es"] = "Sierra central", ["en"] = "Central highlands" },
            ["amount"] = Own("600000.00"),
            ["provinces"] = Own(new JsonArray("0901")),
            ["release"] = Own(true),
        });
    });

    /// <summary>A value of a pack as the platform's own proposal.</summary>
    public static JsonObject Own(JsonNode? value) => new() { ["value"] = value, ["source"] = "propuesta propia", ["conf"] = "own" };

    static Guid TestPerson(int number) => new(number, 7, 7, [7, 7, 7, 7, 7, 7, 7, 7]);

    void MoveTo(DateTime utc)
    {
        if (utc > Clock.Now) Clock.MoveTo(utc);
    }
}
