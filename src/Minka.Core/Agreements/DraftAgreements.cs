using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Agreements;

/// <summary>Drafts the agreement of every application that was awarded, in the same act.</summary>
public sealed class DraftAgreement : IEventHandler<ApplicationAwarded>
{
    public async Task HandleAsync(ApplicationAwarded happened, Work work)
    {
        var call = await work.Db.Calls.SingleAsync(c => c.Id == happened.Call);
        var rules = CallRules.Of(await work.Db.Freezes.SingleAsync(f => f.CallId == call.Id && f.Round == call.Round && f.Number == 2));
        var opened = await work.Db.OpenedApplications.SingleAsync(o => o.ApplicationId == happened.Application);
        var content = opened.ReadPublic();
        var version = await work.Db.ProgrammeVersions.SingleAsync(v => v.Id == content.ProgrammeVersionId);
        var resolution = version.AdoptedByResolutionId is { } adopted ? await work.Db.Resolutions.SingleAsync(r => r.Id == adopted) : null;
        var fund = call.FundId;
        var drafted = await work.Db.Agreements.CountAsync(a => a.FundId == fund) + work.Db.Agreements.Local.Count(a => work.Db.Entry(a).State == Microsoft.EntityFrameworkCore.EntityState.Added && a.FundId == fund);
        var number = $"{(drafted + 1).ToString("000", CultureInfo.InvariantCulture)}-{work.Today.Year.ToString(CultureInfo.InvariantCulture)}";
        var signBy = BusinessCalendar.Peru.AddBusinessDays(work.Today, rules.Pack.Award.SignWithinBusinessDays.Value);
        // A pack that tells no tranches grants the whole at once, when the agreement is in force.
        IReadOnlyList<(BasisPoints Share, IReadOnlyList<TrancheGate> Gates)> shares = rules.Pack.Money.Tranches is { Count: > 0 } told
            ? [.. told.Select(t => (t.ShareBp.Value, t.Gates.Value))] : [(BasisPoints.Whole, [TrancheGate.AgreementInForce])];
        var amounts = happened.Amount.Split([.. shares.Select(t => (long)t.Share.Value)]);
        var tranches = shares.Select((t, i) => new TrancheContent(i + 1, t.Share, amounts[i], t.Gates)).ToList();
        var id = work.NewId<AgreementId>();
        var text = new AgreementContent
        {
            Number = number,
            Fund = rules.FundName,
            Institution = rules.Institution,
            Call = rules.Title,
            Rules = rules.Digest,
            Application = opened.Code,
            Entity = content.Entity,
            Holder = content.Holder,
            HolderRuc = content.HolderRuc,
            Programme = content.Title,
            ProgrammeVersion = content.ProgrammeVersion,
            ProgrammeDigest = content.Programme,
            ResolutionNumber = resolution?.Number ?? 0,
            Executors = content.Executors,
            Projects = content.Projects,
            Sources = [new AgreementSource(FundingSource.Fund, happened.Amount), .. content.Commitments.Select(c => new AgreementSource(c.Source, c.Amount))],
            Amount = happened.Amount,
            TotalCost = content.TotalCost,
            NotGranted = happened.Amount < content.Requested ? content.Requested - happened.Amount : null,
            Months = content.Months,
            Mode = rules.Pack.Money.ModeFor(content.HolderKind ?? LegalKind.Municipality),
            Tranches = tranches,
            AccountedBeforeNext = rules.Pack.Money.AccountedBeforeNextBp is { IsKnown: true } accounted ? accounted.Value : null,
            LegalEffectEs = rules.Pack.LegalEffect.Statement.Value.Es,
            LegalEffectEn = rules.Pack.LegalEffect.Statement.Value.En,
            SignBy = signBy,
        };
        var json = CanonicalJson.Bytes(text);
        var agreement = new Agreement
        {
            Id = id,
            CallId = call.Id,
            FundId = fund,
            EntityId = opened.EntityId,
            ApplicationId = happened.Application,
            RunId = happened.Run,
            Number = number,
            Holder = content.Holder,
            Amount = happened.Amount,
            Content = System.Text.Encoding.UTF8.GetString(json),
            ContentDigest = Digest.Of(json),
            SignUntil = Deadline.EndOf(signBy).ClosesAt,
            DraftedAt = work.Now,
        };
        work.Db.Agreements.Add(agreement);
        foreach (var tranche in tranches)
            work.Db.Tranches.Add(new Tranche { AgreementId = id, Number = tranche.Number, Share = tranche.Share, Amount = tranche.Amount, Gates = tranche.Gates });
        work.Happened(new AgreementDrafted(id, happened.Application, happened.Amount, agreement.ContentDigest));
    }
}
