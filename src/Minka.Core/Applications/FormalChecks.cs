using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Rules;

namespace Minka.Core.Applications;

/// <summary>Where in the application a check looks.</summary>
public enum CheckPlace
{
    Entity,
    Programme,
    Holder,
    Commitments,
    Narratives,
    Documents,
    Terms,
}

/// <summary>One formal check with its outcome.</summary>
/// <param name="Requirement">The admissibility requirement of the rules that it answers, if it does.</param>
/// <param name="Blocks">Whether its failing refuses the submission. What the rules let be cured does not.</param>
/// <param name="About">What exactly, where the rules name it.</param>
public sealed record FormalCheck(CheckPlace Place, string? Requirement, bool Blocks, Reason Reason, LocalText? About = null)
{
    public bool Fails => Reason.Met == false;
}

/// <summary>What is known of the promoter besides the form.</summary>
public sealed record PromoterFacts
{
    public required string Name { get; init; }
    public string? Ruc { get; init; }
    public required bool HasLegalPersonality { get; init; }
    public required IReadOnlyList<string> ProvinceCodes { get; init; }

    /// <summary>By the members of today; null where nobody looked.</summary>
    public CompositionReport? Composition { get; init; }

    /// <summary>Last day of the accreditation in force; null without one.</summary>
    public DateOnly? AccreditedUntil { get; init; }

    /// <summary>Code of the resolution in force that adopted the very version; null without one.</summary>
    public string? Resolution { get; init; }
    public required int ProgrammeVersion { get; init; }
    public required bool StrategyInForce { get; init; }

    /// <summary>Places in the promoter's own order that its other applications have.</summary>
    public IReadOnlyList<int> PlacesTaken { get; init; } = [];
}

/// <summary>Holds an application against the frozen rules. Pure: the same inputs, the same reasons, in the order in which people write.</summary>
public static class FormalChecks
{
    public static IReadOnlyList<FormalCheck> Run(ApplicationForm form, ProgrammeContent programme, CallRules rules, PromoterFacts facts) =>
        [.. OfPromoter(rules, facts), .. OfProgramme(programme, rules, facts.ProvinceCodes), .. OfForm(form, programme, rules, facts)];

    /// <summary>Accreditation, composition, eligible province, resolution, strategy.</summary>
    public static IEnumerable<FormalCheck> OfPromoter(CallRules rules, PromoterFacts facts)
    {
        var pack = rules.Pack;
        if (pack.Promoter.AccreditationRequired.Or(true))
        {
            yield return Check(CheckPlace.Entity, "entity-accredited", facts.AccreditedUntil is { } until
                ? Reason.Ok("form.accredited", facts.Name, until) : Reason.Fails("form.not-accredited", facts.Name, rules.FundName));
        }
        foreach (var reason in facts.Composition?.Reasons ?? []) yield return Check(CheckPlace.Entity, "composition-met", reason);
        yield return new(CheckPlace.Entity, null, true, rules.TerritoryOf(facts.ProvinceCodes) is { } territory
            ? Reason.Ok("form.province-eligible", territory.Name) : Reason.Fails("form.province-not-eligible"));
        if (pack.Promoter.ResolutionRequired.Or(true))
        {
            yield return Check(CheckPlace.Programme, "resolution", facts.Resolution is { } code
                ? Reason.Ok("form.resolution", facts.ProgrammeVersion, code) : Reason.Fails("form.no-resolution", facts.ProgrammeVersion));
        }
        yield return Check(CheckPlace.Programme, "strategy", new Reason(facts.StrategyInForce ? "form.strategy" : "form.no-strategy", facts.StrategyInForce));

        FormalCheck Check(CheckPlace place, string requirement, Reason reason) => new(place, requirement, Blocks(pack, requirement), reason);
    }

    /// <summary>What the version's own figures say under the rules: the same for every form.</summary>
    public static IReadOnlyList<FormalCheck> OfProgramme(ProgrammeContent programme, CallRules rules, IEnumerable<string> provinces) =>
        OfProgramme(programme, rules.Pack, rules.TerritoryOf(provinces)?.NeedPosition);

    /// <param name="needPosition">Of the territory among its peers, in basis points; without it the least match is not judged.</param>
    public static IReadOnlyList<FormalCheck> OfProgramme(ProgrammeContent programme, RulePack pack, int? needPosition)
    {
        var window = pack.ProgrammeWindow;
        var table = FundingTable.Of(programme);
        var requested = table.OfSource(FundingSource.Fund);
        var match = table.Total - requested;
        var inKind = table.OfSource(FundingSource.PrivateInKind);
        var ofPrivate = table.OfSource(FundingSource.PrivateCash) + inKind;
        var checks = new List<FormalCheck>();

        if (window?.MinAxes is { IsKnown: true } axes)
        {
            var pointed = programme.Projects.Select(p => p.Axis).OfType<string>().Distinct(StringComparer.Ordinal).Count();
            Add("strategy", new("form.axes", pointed >= axes.Value, pointed, axes.Value));
        }
        foreach (var reason in CohesionCheck.Of(programme, PlanningLimits.Of(pack)).Asked) Add("scale", reason);
        if (window is { MinAmount.IsKnown: true, MaxAmount.IsKnown: true })
            Add("scale", new("form.requested", requested >= window.MinAmount.Value && requested <= window.MaxAmount.Value, requested, window.MinAmount.Value, window.MaxAmount.Value));
        foreach (var gap in table.Gaps)
            Add("funding-complete", Reason.Fails(gap.Gap.IsPositive ? "form.project-gap" : "form.project-excess", gap.Code, gap.Title, gap.Gap.IsPositive ? gap.Gap : -gap.Gap));
        if (table.Gaps.Count == 0) Add("funding-complete", Reason.Ok("form.sources-sum", table.Total));
        if (needPosition is { } need && CallRules.LeastMatchRate(pack, need) is { } rate)
        {
            var least = table.Total.PercentCeiling(rate);
            Add("funding-complete", match >= least ? Reason.Ok("form.match", match, rate, least) : Reason.Fails("form.match-short", match, rate, least, least - match));
        }
        if (pack.Cofinancing.PrivateMinBp is { IsKnown: true } privateMin)
        {
            var least = table.Total.PercentCeiling(privateMin.Value);
            Add("funding-complete", ofPrivate >= least ? Reason.Ok("form.private", ofPrivate, privateMin.Value) : Reason.Fails("form.private-short", ofPrivate, privateMin.Value, least, least - ofPrivate));
        }
        if (pack.Cofinancing.InKindMaxOfMatchBp is { IsKnown: true } inKindMax)
        {
            // Exactly: in kind / match ≤ limit, without rounding.
            var met = (Int128)inKind.Minor * 10_000 <= (Int128)match.Minor * inKindMax.Value.Value;
            Add("funding-complete", new(met ? "form.in-kind" : "form.in-kind-excess", met, inKind, match, inKindMax.Value));
        }
        if (pack.Cofinancing.GrantLimit is { IsKnown: true, Value: GrantLimit.EligibleCostWithoutInKind })
            Add("funding-complete", new("form.grant-limit", requested <= table.Total - inKind, requested, table.Total - inKind));
        return checks;

        void Add(string requirement, Reason reason) => checks.Add(new(CheckPlace.Programme, requirement, Blocks(pack, requirement), reason));
    }

    /// <summary>What was written: holder, executors, commitments with letters, narratives, documents, sworn statement.</summary>
    public static IEnumerable<FormalCheck> OfForm(ApplicationForm form, ProgrammeContent programme, CallRules rules, PromoterFacts facts) =>
        [.. OfHolder(form.Holder, programme, rules, facts), .. OfCommitments(form.Commitments, programme, rules), .. OfNarratives(form.Narratives, rules), .. OfDocuments(form.Documents, rules), .. OfTerms(form.Terms, programme, rules, facts)];

    static IEnumerable<FormalCheck> OfHolder(HolderSection section, ProgrammeContent programme, CallRules rules, PromoterFacts facts)
    {
        var (holder, pack) = (section.Holder, rules.Pack);
        yield return Always("holder", holder.Name.Length > 0 ? Reason.Ok("form.holder-name", holder.Name) : Reason.Fails("form.holder-name-missing"));
        yield return Always("ruc", RucOf(holder.Ruc, "form.holder-ruc"));
        if (pack.Holder.LegalKinds.IsKnown)
        {
            yield return Always("holder", holder.Kind is not { } kind ? Reason.Fails("form.holder-kind-missing")
                : new(pack.Holder.LegalKinds.Value.Contains(kind) ? "form.holder-kind" : "form.holder-kind-refused", pack.Holder.LegalKinds.Value.Contains(kind), kind));
        }
        if (pack.Holder.LegalPersonalityRequired.Or(true) && !facts.HasLegalPersonality
            && (string.Equals(holder.Name, facts.Name, StringComparison.OrdinalIgnoreCase) || (facts.Ruc is { } own && own == holder.Ruc)))
            yield return Always("holder", Reason.Fails("form.holder-without-personality", facts.Name));
        var person = holder.Representative;
        yield return Curable("holder", person.Name.Length > 0 && person.Document.Length > 0 && person.Position.Length > 0
            ? Reason.Ok("form.representative") : Reason.Fails("form.representative-missing"));
        if (pack.Holder.ExecutorPerProject.Or(false))
        {
            foreach (var project in programme.Projects)
            {
                var executor = section.Executors.FirstOrDefault(e => e.Project == project.Code);
                if (executor is not { Name.Length: > 0 }) yield return Always("executors", Reason.Fails("form.executor-missing", project.Code, project.Title));
                else if (RucOf(executor.Ruc, "form.executor-ruc", project.Code) is { Met: false } wrong) yield return Always("ruc", wrong);
                else yield return Always("executors", Reason.Ok("form.executor", project.Code, executor.Name));
            }
        }
        yield return Always("scale", pack.MostMonths is not { } most ? (section.Months is { } told and >= 1 ? Reason.Ok("form.months-told", told) : Reason.Fails("form.months-untold"))
            : section.Months is not { } months ? Reason.Fails("form.months-missing", most)
            : new(months >= 1 && months <= most ? "form.months" : "form.months-refused", months >= 1 && months <= most, months, most));

        static FormalCheck Always(string requirement, Reason reason) => new(CheckPlace.Holder, requirement, true, reason);
        FormalCheck Curable(string requirement, Reason reason) => new(CheckPlace.Holder, requirement, Blocks(pack, requirement), reason);
    }

    static IEnumerable<FormalCheck> OfCommitments(CommitmentsSection section, ProgrammeContent programme, CallRules rules)
    {
        const string requirement = "commitments";
        var blocks = Blocks(rules.Pack, requirement);
        foreach (var row in FundingTable.Of(programme).Rows.Where(r => r.Source != FundingSource.Fund && r.Total.IsPositive))
        {
            var commitment = section.Commitments.FirstOrDefault(c => c.Source == row.Source);
            yield return Check(commitment is { Contributor.Length: > 0 } ? Reason.Ok("form.contributor", row.Source, row.Total, commitment.Contributor) : Reason.Fails("form.contributor-missing", row.Source, row.Total));
            yield return Check(commitment?.Letter is { } letter ? Reason.Ok("form.letter", row.Source, letter.Name) : Reason.Fails("form.letter-missing", row.Source, row.Total));
            if (row.Source.IsInKind())
                yield return Check(commitment is { Valuation.Length: > 0 } ? Reason.Ok("form.valuation") : Reason.Fails("form.valuation-missing", row.Total));
        }

        FormalCheck Check(Reason reason) => new(CheckPlace.Commitments, requirement, blocks, reason);
    }

    static IEnumerable<FormalCheck> OfNarratives(NarrativesSection section, CallRules rules) =>
        rules.Pack.Criteria.Items.Select(c => new FormalCheck(CheckPlace.Narratives, null, false,
            section.Narratives.Any(n => n.Criterion == c.Id && n.Text.Length > 0) ? Reason.Ok("form.narrative") : Reason.Fails("form.narrative-missing", c.MaxPoints.Or(0)), c.Name));

    static IEnumerable<FormalCheck> OfDocuments(DocumentsSection section, CallRules rules)
    {
        foreach (var requirement in DocumentsAsked(rules.Pack))
        {
            var file = section.Documents.FirstOrDefault(d => d.Requirement == requirement.Id)?.File;
            yield return new(CheckPlace.Documents, requirement.Id, Blocks(rules.Pack, requirement.Id),
                file is not null ? Reason.Ok("form.document", file.Name) : Reason.Fails("form.document-missing"), requirement.Text);
        }
        yield return new(CheckPlace.Documents, "sworn-statement", true, new(section.SwornStatement ? "form.sworn" : "form.sworn-missing", section.SwornStatement));
    }

    /// <summary>What the award needs to know; all of it refuses the submission, for nothing of it can be cured after the opening.</summary>
    static IEnumerable<FormalCheck> OfTerms(TermsSection section, ProgrammeContent programme, CallRules rules, PromoterFacts facts)
    {
        var award = rules.Pack.Award;
        if (award.TakesParts)
        {
            var requested = FundingTable.Of(programme).OfSource(FundingSource.Fund);
            yield return Check("partial-consent", !section.AcceptsPart ? Reason.Ok("form.part-refused")
                : section.LeastPart is not { IsPositive: true } least ? Reason.Fails("form.least-part-missing", requested)
                : least <= requested ? Reason.Ok("form.part-accepted", least, requested) : Reason.Fails("form.least-part-above", least, requested));
        }
        if (award.NamesPlanWriter)
        {
            var writer = section.PlanWriter;
            yield return Check("plan-writer", writer.Name.Length == 0 ? Reason.Fails("form.plan-writer-missing")
                : PlanWriter.Number(writer.Document) is null ? Reason.Fails("form.plan-writer-document") : Reason.Ok("form.plan-writer"));
        }
        if (award.HoldsOwnOrder)
        {
            yield return Check("own-order", section.OwnPriority is not { } place ? Reason.Fails("form.own-place-missing")
                : place is < 1 or > MostPlaces ? Reason.Fails("form.own-place-wrong", MostPlaces)
                : facts.PlacesTaken.Contains(place) ? Reason.Fails("form.own-place-taken", place) : Reason.Ok("form.own-place", place));
        }

        static FormalCheck Check(string requirement, Reason reason) => new(CheckPlace.Terms, requirement, true, reason);
    }

    /// <summary>The last place that a promoter may give in its own order; higher than its applications, so that two of them can change places.</summary>
    public const int MostPlaces = 99;

    /// <summary>The requirements that a document answers. The letters of commitment have a place of their own.</summary>
    public static IReadOnlyList<AdmissibilityRequirement> DocumentsAsked(RulePack pack) =>
        [.. pack.Admissibility.Where(r => r.Evidence.Or(EvidenceKind.Computed) == EvidenceKind.Document && r.Id != "commitments")];

    static Reason RucOf(string ruc, string code, params object?[] about) =>
        ruc.Length == 0 ? Reason.Fails(code + "-missing", about)
        : !Ruc.IsValid(ruc) ? Reason.Fails(code + "-wrong", [.. about, ruc])
        : !Ruc.IsOfLegalPerson(ruc) ? Reason.Fails(code + "-natural", about)
        : Reason.Ok(code, [.. about, ruc]);

    // A requirement that the rules do not name, or that cannot be cured, refuses at once.
    static bool Blocks(RulePack pack, string requirement) =>
        pack.Admissibility.FirstOrDefault(r => r.Id == requirement) is not { } found || !found.Curable.Or(false);
}
