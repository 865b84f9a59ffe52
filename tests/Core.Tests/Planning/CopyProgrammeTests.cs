using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Planning.Logframes;
using Minka.Core.Planning.Pledges;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class CopyProgrammeTests
{
    static readonly Actor Manager = new(null, "manager");

    [Theory, BothDatabases]
    public async Task Copy_HoldsTheSameButItsIds_AndKeepsTheRoots(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database.Services, database.Clock);
        var draft = await given.DraftProgrammeAsync(projects: 4);
        var appraisal = new AppraisalInput { SocialRate = "pe-social", Years = [new(2029, Money.Soles(1), Money.Soles(2))], Ranges = [new(FlowKind.Benefits, BasisPoints.Percent(80), BasisPoints.Percent(120), null)], Jobs = 3 };
        await database.WithAsync<SetAppraisal>(s => s.ExecuteAsync(draft.Id, draft.Projects[2], appraisal, SetAppraisal.None, Manager));
        await database.WithAsync<SetLogframe>(s => s.ExecuteAsync(draft.Id, [new(LogframeLevel.Goal, "Más ingreso", [new("Ingreso", "1", "2", 2030, "x")], null, null)], SetLogframe.None, Manager));
        await database.WithAsync<MakePledge, PledgeId>(s => s.ExecuteAsync(draft.Id, new() { Partner = "Municipalidad DEMO", Source = FundingSource.District, Year = 2027, Currency = PledgeCurrency.Pen, Amount = 100 }, Manager));
        var copied = await database.WithAsync<CopyProgramme, StartedProgramme>(c => c.ExecuteAsync(draft.Id, "Segunda ventanilla", Manager));
        copied.Slug.ShouldBe("segunda-ventanilla");

        var (before, after) = await database.ReadAsync(async db => (await db.ProgrammeContentAsync(await db.ProgrammeAsync(draft.Id)), await db.ProgrammeContentAsync(await db.ProgrammeAsync(copied.Id))));
        after.Projects.Select(p => p.Root()).ShouldBe(before.Projects.Select(p => p.Id));
        after.Projects.Select(p => p.Id).Intersect(before.Projects.Select(p => p.Id)).ShouldBeEmpty();
        Plain(after).ShouldBe(Plain(before));
        // The order between the copies is told by the copies themselves.
        (await database.ReadAsync(db => db.Projects.Where(p => p.ProgrammeId == copied.Id).ToListAsync())).SelectMany(p => p.After).ShouldBeSubsetOf(after.Projects.Select(p => p.Id));
        (await database.ReadAsync(db => db.AppraisalsAsync(copied.Id))).Single().Value.Jobs.ShouldBe(3);
        (await database.ReadAsync(db => db.Logframes.SingleAsync(l => l.ProgrammeId == copied.Id))).Rows.Single().Summary.ShouldBe("Más ingreso");
        (await database.ReadAsync(db => db.Pledges.CountAsync(p => p.ProgrammeId == copied.Id))).ShouldBe(0);

        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<RemoveProject>(r => r.ExecuteAsync(draft.Id, draft.Projects[2], Manager)))).Code.ShouldBe(PlanningRules.HasCopies);
        await database.WithAsync<RemoveProject>(r => r.ExecuteAsync(copied.Id, after.Projects.Single(p => p.Root() == draft.Projects[2]).Id, Manager));
        (await database.ReadAsync(db => db.Appraisals.CountAsync())).ShouldBe(1);
        (await Should.ThrowAsync<ChangedMeanwhile>(() => database.WithAsync<SetLogframe>(s => s.ExecuteAsync(draft.Id, [], SetLogframe.None, Manager)))).ShouldNotBeNull();

        static string Plain(ProgrammeContent c) => (c with { Id = new(Guid.Empty), Title = "", Projects = [.. c.Projects.Select(p => p with { Id = new(Guid.Empty), More = null })] }).ToCanonicalText();
    }

    /// <summary>One frozen version answers several calls: it is bound by its digest, and nothing of it is typed again.</summary>
    [Fact]
    public async Task OneVersion_IsSentToSeveralCalls()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = new Given(database.Services, database.Clock);
        var programme = await given.ProgrammeAsync();
        var receipts = new List<SubmissionReceipt>();
        for (var i = 0; i < 2; i++)
        {
            var call = await given.CallAsync(c => c.Accrediting(programme.Entity.Id).Open());
            receipts.Add((await given.SubmittedApplicationAsync(programme, call)).Receipt);
        }
        receipts.Count.ShouldBe(2);
        (await database.ReadAsync(db => db.Applications.Select(a => new { a.CallId, a.ProgrammeVersionId }).ToListAsync())).ShouldSatisfyAllConditions(
            a => a.Select(x => x.CallId).Distinct().Count().ShouldBe(2), a => a.ShouldAllBe(x => x.ProgrammeVersionId == programme.Version.Id));
    }
}
