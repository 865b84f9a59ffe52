using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities.Papers;

public sealed class MinutesPathTests
{
    [Theory, BothDatabases]
    public async Task Minutes_are_observed_approved_signed_and_published_in_that_order(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var session = await given.SessionAsync(entity);
        Task Move(Func<MoveMinutes, Task> use) => given.WithAsync(use);
        async Task Refused(string code, Func<MoveMinutes, Task> use) => (await Should.ThrowAsync<RuleBroken>(() => Move(use))).Code.ShouldBe(code);
        await Refused(MinutesRules.NotClosed, m => m.AmendAsync(session.Id, "Café", "", "Falta un nombre", entity.Actor));
        await given.VoteAsync(session, new MotionInput("Plan", "Aprobar el plan."));
        var drafted = await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, entity.Actor));
        Task Sign(Digest digest) => given.WithAsync<AttachSignature, SignatureId>(a => a.ExecuteAsync(new SignedSubject(Assembly.MinutesSubject, session.Id.Value, digest),
            new SignatureInput("%PDF-1.4 acta"u8.ToArray(), "acta.pdf", "Mesa directiva"), entity.Actor));

        await Refused(MinutesRules.TextMissing, m => m.AmendAsync(session.Id, "Café", "", " ", entity.Actor));
        await Refused(MinutesRules.ByMissing, m => m.AmendAsync(session.Id, " ", "", "Falta", entity.Actor));
        await Move(m => m.AmendAsync(session.Id, "Asociación Café", "el punto 1", "Debe decir plan anual.", entity.Actor));
        await Refused(MinutesRules.NotSigned, m => m.PublishAsync(session.Id, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => Sign(drafted))).Code.ShouldBe(MinutesRules.NotApproved);
        await Move(m => m.ApproveAsync(session.Id, "la asamblea 2", entity.Actor));
        var assembly = await database.ReadAsync(db => db.Assemblies.SingleAsync());
        assembly.MinutesDigest!.Value.ShouldNotBe(drafted, "what is signed has the observations in it");
        (await Should.ThrowAsync<RuleBroken>(() => Sign(drafted))).Code.ShouldBe(EntitiesRules.MinutesNotReady);
        (await Should.ThrowAsync<RuleBroken>(() => Move(m => m.AmendAsync(session.Id, "Otra", "", "Tarde", entity.Actor)))).Code.ShouldBe("state.forbidden");
        await Sign(assembly.MinutesDigest.Value);
        await Move(m => m.PublishAsync(session.Id, entity.Actor));
        var path = await database.ReadAsync(db => db.MinutesPaths.SingleAsync());
        path.State.ShouldBe(MinutesState.Published);
        path.Amendments.ShouldHaveSingleItem().About.ShouldBe("el punto 1");
        CanonicalJson.DigestOf(new AmendedMinutes(assembly.Minutes!, path.Amendments)).ShouldBe(assembly.MinutesDigest.Value);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }
}
