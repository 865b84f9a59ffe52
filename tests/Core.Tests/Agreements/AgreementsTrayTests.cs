using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Agreements;

public sealed class AgreementsTrayTests
{
    [Theory, BothDatabases]
    public async Task Operator_WaitsForApprovalThenForTheSignatureThenForNothing(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var people = 0;
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var files = await given.FilesInEvaluationAsync(2, 2);
        foreach (var file in files) await given.ScoreAsync(file, 90);
        var call = files[0].Call;
        await given.AwardAsync(call);
        var agreements = await given.ReadAsync(db => db.Agreements.OrderBy(a => a.DraftedAt).ThenBy(a => a.Number).ToListAsync());
        agreements.Count.ShouldBe(2);
        await WaitsAsync(call.Fund, ("tray.agreement.approve", agreements[0].Number), ("tray.agreement.approve", agreements[1].Number));

        foreach (var agreement in agreements) await given.ConcludeAsync(agreement.Id, call, files.Single(f => f.Id == agreement.ApplicationId).Manager);
        await WaitsAsync(call.Fund, ("tray.agreement.sign", agreements[0].Number), ("tray.agreement.sign", agreements[1].Number));
        await WaitsAsync(await given.FundAsync());

        await SignAsync(agreements[0]);
        await WaitsAsync(call.Fund, ("tray.agreement.sign", agreements[1].Number));
        await SignAsync(agreements[1]);
        await WaitsAsync(call.Fund);

        Task SignAsync(Agreement agreement) => given.WithAsync<AttachSignature, SignatureId>(a => a.ExecuteAsync(
            new SignedSubject(Agreement.Subject, agreement.Id.Value, agreement.ContentDigest), new SignatureInput([.. "%PDF-1.4 "u8, .. agreement.Id.Value.ToByteArray()], "convenio.pdf", "Las partes"), call.Operator));

        async Task WaitsAsync(GivenFund fund, params (string Key, string Number)[] expected)
        {
            var name = $"operadora-{++people}";
            var person = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, null, TestSite.Password), Actor.System));
            await given.WithAsync<GrantRole, RoleGrantId>(g => g.ExecuteAsync(person, Role.Operator, Scope.OfFund(fund.Id.Value), Actor.System));
            var grants = await given.ReadAsync(db => db.RoleGrants.Where(g => g.PersonId == person).ToListAsync());
            var items = await given.ReadAsync(db => AgreementsTray.ReadAsync(db, new TrayOf(person, grants, database.Clock.Now), default));
            items.Select(i => (i.Key, (string)i.Args[0]!)).OrderBy(i => i.Item2, StringComparer.Ordinal).ShouldBe(expected.OrderBy(e => e.Number, StringComparer.Ordinal));
        }
    }
}
