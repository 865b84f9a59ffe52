using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Rules;

namespace Minka.Core.Applications;

public sealed record PublicOrganisation(string Name, string Ruc);

public sealed record PublicExecutor(string Project, string Name, string Ruc);

/// <summary>One source: its amount comes from the programme; the letter by its hash only.</summary>
public sealed record PublicCommitment(FundingSource Source, Money Amount, Digest? Letter);

public sealed record PublicProject(string Code, string Title, string? Axis, IReadOnlyList<string> Places, Money Cost, Money Requested);

public sealed record PublicDocument(string Requirement, Digest Sha256);

/// <summary>On what terms it competes; only what the rules ask.</summary>
public sealed record PublicTerms
{
    /// <summary>The least part of its request that it accepts in writing; null without consent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? LeastPart { get; init; }

    /// <summary>The code that stands for whoever wrote the plan: the same for the same writer in every call.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlanWriter { get; init; }

    /// <summary>Its place among its promoter's own applications, 1 first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OwnPriority { get; init; }
}

/// <summary>What an application says to everybody after the opening: organisations, amounts, totals.</summary>
public sealed record PublicPart
{
    public int Format { get; init; } = 1;
    public required ApplicationId ApplicationId { get; init; }
    public required CallId CallId { get; init; }

    /// <summary>Digest of freeze 2, to which the application binds.</summary>
    public required Digest Rules { get; init; }
    public required EntityId EntityId { get; init; }
    public required string Entity { get; init; }
    public required ProgrammeId ProgrammeId { get; init; }
    public required ProgrammeVersionId ProgrammeVersionId { get; init; }
    public required int ProgrammeVersion { get; init; }
    public required Digest Programme { get; init; }
    public required string Title { get; init; }
    public required string Holder { get; init; }
    public required string HolderRuc { get; init; }
    public required LegalKind? HolderKind { get; init; }
    public required IReadOnlyList<PublicExecutor> Executors { get; init; }
    public required int Months { get; init; }
    public required Money Requested { get; init; }
    public required Money TotalCost { get; init; }
    public required IReadOnlyList<PublicCommitment> Commitments { get; init; }
    public required IReadOnlyList<PublicProject> Projects { get; init; }
    public required IReadOnlyList<PublicDocument> Documents { get; init; }
    public required bool SwornStatement { get; init; }

    /// <summary>Null where the rules ask for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PublicTerms? Terms { get; init; }

    /// <summary>All that is not the fund's.</summary>
    public Money Match() => TotalCost - Requested;

    public Money Of(Func<FundingSource, bool> which) => Commitments.Where(c => which(c.Source)).SumMoney(c => c.Amount);
}

public sealed record WithheldCommitment(FundingSource Source, string Contributor, string Valuation);

/// <summary>What stays with the office: persons, the proposal's text, who contributes, and the files.</summary>
public sealed record WithheldPart
{
    /// <summary>Hexadecimal; keeps anybody from guessing this part by its digest.</summary>
    public required string Salt { get; init; }
    public required Representative Representative { get; init; }
    public required IReadOnlyList<Narrative> Narratives { get; init; }
    public required IReadOnlyList<WithheldCommitment> Commitments { get; init; }

    /// <summary>Every file, in the order of the form.</summary>
    public required IReadOnlyList<AttachedFile> Files { get; init; }

    /// <summary>Null where the rules do not ask who wrote the plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanWriter? PlanWriter { get; init; }
}

/// <summary>
/// An application as it is sealed, received and opened. Its digest is taken over the digests of its two parts, so that the public
/// part alone, with the digest of the other, proves what the receipt and the register named.
/// </summary>
public sealed record ApplicationContent(PublicPart Public, WithheldPart Withheld)
{
    /// <param name="writerCode">Gives the public code of a plan writer's number.</param>
    public static ApplicationContent Of(
        Application application, CoordinationEntity entity, ApplicationForm form, VersionHead version, ProgrammeContent programme, CallRules rules, string salt, Func<string, string> writerCode)
    {
        var table = FundingTable.Of(programme);
        var commitments = form.Commitments.Commitments.ToDictionary(c => c.Source);
        var sources = table.Rows.Where(r => r.Source != FundingSource.Fund && r.Total.IsPositive).ToList();
        return new(
            new()
            {
                ApplicationId = application.Id,
                CallId = application.CallId,
                Rules = rules.Digest,
                EntityId = entity.Id,
                Entity = entity.Name,
                ProgrammeId = version.ProgrammeId,
                ProgrammeVersionId = version.Id,
                ProgrammeVersion = version.Number,
                Programme = version.Digest,
                Title = programme.Title,
                Holder = form.Holder.Holder.Name,
                HolderRuc = form.Holder.Holder.Ruc,
                HolderKind = form.Holder.Holder.Kind,
                Executors = [.. programme.Projects.Select(p => form.Holder.Executors.FirstOrDefault(e => e.Project == p.Code)).OfType<Executor>().Select(e => new PublicExecutor(e.Project, e.Name, e.Ruc))],
                Months = form.Holder.Months ?? 0,
                Requested = table.OfSource(FundingSource.Fund),
                TotalCost = table.Total,
                Commitments = [.. sources.Select(r => new PublicCommitment(r.Source, r.Total, commitments.GetValueOrDefault(r.Source)?.Letter?.Sha256))],
                Projects = [.. programme.Projects.Select(p => new PublicProject(p.Code, p.Title, p.Axis, p.Places, p.Funded(), p.Lines.Where(l => l.Source == FundingSource.Fund).SumMoney(l => l.Amount)))],
                Documents = [.. form.Documents.Documents.Select(d => new PublicDocument(d.Requirement, d.File.Sha256))],
                SwornStatement = form.Documents.SwornStatement,
                Terms = TermsOf(form.Terms, rules.Pack.Award, writerCode),
            },
            new()
            {
                Salt = salt,
                Representative = form.Holder.Holder.Representative,
                Narratives = form.Narratives.Narratives,
                Commitments = [.. sources.Select(r => commitments.GetValueOrDefault(r.Source)).OfType<Commitment>().Select(c => new WithheldCommitment(c.Source, c.Contributor, c.Valuation))],
                Files = [.. form.Files()],
                PlanWriter = rules.Pack.Award.NamesPlanWriter ? form.Terms.PlanWriter : null,
            });
    }

    static PublicTerms? TermsOf(TermsSection terms, AwardRules award, Func<string, string> writerCode) => !award.AsksTerms ? null : new()
    {
        LeastPart = award.TakesParts && terms.AcceptsPart ? terms.LeastPart : null,
        PlanWriter = award.NamesPlanWriter && PlanWriter.Number(terms.PlanWriter.Document) is { } number ? writerCode(number) : null,
        OwnPriority = award.HoldsOwnOrder ? terms.OwnPriority : null,
    };

    public Digest Digest() => DigestOf(CanonicalJson.DigestOf(Public), CanonicalJson.DigestOf(Withheld));

    /// <summary>The digest of a content from those of its parts.</summary>
    public static Digest DigestOf(Digest publicPart, Digest withheldPart) => CanonicalJson.DigestOf(new Parts(1, publicPart, withheldPart));

    public byte[] ToBytes() => CanonicalJson.Bytes(this);

    public static ApplicationContent Read(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize<ApplicationContent>(bytes, CanonicalJson.Options)!;

    public static string Text<T>(T part) => Encoding.UTF8.GetString(CanonicalJson.Bytes(part));

    sealed record Parts(int Format, Digest Public, Digest Withheld);
}
