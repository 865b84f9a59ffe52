using System.Globalization;
using System.Text;
using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;

namespace Minka.TestKit;

/// <param name="Manager">Of the entity that applies.</param>
public sealed record GivenApplication(ApplicationId Id, GivenProgramme Programme, GivenCall Call, Actor Manager)
{
    public GivenEntity Entity => Programme.Entity;
}

public sealed partial class Given
{
    /// <summary>The provinces of the needs of a given call, in turn.</summary>
    static readonly string[] EligibleProvinces = ["0605", "0602", "0901"];

    /// <summary>A fresh key of a submission.</summary>
    public SubmissionId SubmissionKey() => new(new Guid(Next(), 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]));

    /// <summary>A number of a legal person with its check digit.</summary>
    public string LegalRuc()
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"20{Next():00000000}");
        return first + Ruc.CheckDigit(first).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A draft with nothing written, in an open call that accredits the entity.</summary>
    public async Task<GivenApplication> StartedApplicationAsync(GivenProgramme? programme = null, GivenCall? call = null)
    {
        programme ??= await ProgrammeAsync();
        call ??= await CallAsync(c => c.Accrediting(programme.Entity.Id).Open());
        var manager = programme.Entity.Actor with { Role = "manager" };
        var id = await WithAsync<StartApplication, ApplicationId>(s => s.ExecuteAsync(call.Id, programme.Entity.Id, programme.Version.Id, manager));
        return new(id, programme, call, manager);
    }

    /// <summary>A draft with everything that the formal checks ask.</summary>
    public async Task<GivenApplication> WrittenApplicationAsync(GivenProgramme? programme = null, GivenCall? call = null)
    {
        var application = await StartedApplicationAsync(programme, call);
        await WriteFormAsync(application);
        return application;
    }

    /// <summary>A submitted application with its receipt.</summary>
    public async Task<(GivenApplication Application, SubmissionReceipt Receipt)> SubmittedApplicationAsync(GivenProgramme? programme = null, GivenCall? call = null)
    {
        var application = await WrittenApplicationAsync(programme, call);
        return (application, await SubmitAsync(application));
    }

    public Task<SubmissionReceipt> SubmitAsync(GivenApplication application, SubmissionId? key = null) =>
        WithAsync<SubmitApplication, SubmissionReceipt>(s => s.ExecuteAsync(application.Id, key ?? SubmissionKey(), application.Manager));

    /// <summary>One open call to which several entities, in different provinces, have submitted.</summary>
    public async Task<IReadOnlyList<GivenApplication>> SubmittedApplicationsAsync(int count, Money? budget = null)
    {
        var programmes = new List<GivenProgramme>();
        for (var i = 0; i < count; i++) programmes.Add(await ProgrammeAsync(await EntityAsync(province: EligibleProvinces[i % EligibleProvinces.Length])));
        var call = await CallAsync(c => (budget is { } b ? c.WithBudget(b) : c).Accrediting([.. programmes.Select(p => p.Entity.Id)]).Open());
        var applications = new List<GivenApplication>();
        foreach (var programme in programmes) applications.Add((await SubmittedApplicationAsync(programme, call)).Application);
        return applications;
    }

    /// <summary>The secretariat asks for the opening, which the board confirms.</summary>
    public Task AskOpeningAsync(GivenCall call) => WithAsync<AskOpening>(a => a.ExecuteAsync(call.Id, call.Operator));

    /// <summary>Moves the clock to the deadline and opens the envelopes: one official asks, another confirms.</summary>
    public async Task<int> OpenEnvelopesAsync(GivenCall call)
    {
        await AdvanceCallAsync(call.Id, call.Fund, CallState.Closed);
        await AskOpeningAsync(call);
        return await WithAsync<OpenEnvelopes, int>(o => o.ExecuteAsync(call.Id, call.Board));
    }

    /// <summary>Fills every section, with letters and documents.</summary>
    /// <param name="words">Goes into the proposal and into the files.</param>
    public async Task WriteFormAsync(GivenApplication application, string words = "Vendemos café lavado a tres compradores con contrato.")
    {
        var (id, manager) = (application.Id, application.Manager);
        var found = await WithAsync<ApplicationCases, ApplicationCase>(c => c.FindAsync(id));
        var holder = new HolderSection
        {
            Holder = new()
            {
                Name = "Municipalidad Provincial de Prueba",
                Ruc = LegalRuc(),
                Kind = found.Rules.Pack.Holder.LegalKinds.Value is var kinds && kinds.Contains(LegalKind.Municipality) ? LegalKind.Municipality : kinds[0],
                Representative = new() { Name = "Rosa Quispe Mamani", Document = "40999123", Position = "Alcaldesa", Email = "rosa@ejemplo.pe" },
            },
            Executors = [.. found.Programme.Projects.Select(p => new Executor(p.Code, $"Cooperativa ejecutora {p.Code}", LegalRuc()))],
            Months = 24,
        };
        await WithAsync<SaveDraft, int>(s => s.ExecuteAsync(id, holder, found.VersionOf(FormSection.Holder), manager));
        var sources = found.Programme.Projects.SelectMany(p => p.Lines).Select(l => l.Source).Where(s => s != FundingSource.Fund).Distinct().Order().ToList();
        var commitments = new CommitmentsSection
        {
            Commitments = [.. sources.Select(s => new Commitment { Source = s, Contributor = $"Aportante {s}", Valuation = s.IsInKind() ? "Jornales a S/ 60 según acta" : "" })],
        };
        await WithAsync<SaveDraft, int>(s => s.ExecuteAsync(id, commitments, found.VersionOf(FormSection.Commitments), manager));
        var narratives = new NarrativesSection { Narratives = [.. found.Rules.Pack.Criteria.Items.Select(c => new Narrative(c.Id, $"{words} ({c.Id})"))] };
        await WithAsync<SaveDraft, int>(s => s.ExecuteAsync(id, narratives, found.VersionOf(FormSection.Narratives), manager));
        await WithAsync<SaveDraft, int>(s => s.ExecuteAsync(id, new DocumentsSection { SwornStatement = true }, found.VersionOf(FormSection.Documents), manager));
        foreach (var source in sources)
            await WithAsync<AttachFile, AttachedFile>(a => a.LetterAsync(id, source, Pdf($"carta {source} {id.Value} {words}"), $"carta-{source}.pdf", manager));
        foreach (var requirement in FormalChecks.DocumentsAsked(found.Rules.Pack))
            await WithAsync<AttachFile, AttachedFile>(a => a.DocumentAsync(id, requirement.Id, Pdf($"documento {requirement.Id} {id.Value} {words}"), $"{requirement.Id}.pdf", manager));
    }

    /// <summary>Writes on what terms an application competes.</summary>
    public async Task WriteTermsAsync(GivenApplication application, TermsSection terms)
    {
        var version = (await WithAsync<ApplicationCases, ApplicationCase>(c => c.FindAsync(application.Id))).VersionOf(FormSection.Terms);
        await WithAsync<SaveDraft, int>(s => s.ExecuteAsync(application.Id, terms, version, application.Manager));
    }

    static byte[] Pdf(string words) => Encoding.UTF8.GetBytes($"%PDF-1.4\n% {words}\n%%EOF");
}
