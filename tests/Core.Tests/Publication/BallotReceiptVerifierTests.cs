using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Cli.Verbs;
using Minka.Core.Agreements;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Publication;

public sealed class BallotReceiptVerifierTests
{
    static IReadOnlyList<string> Failing(BundleReport report) => [.. report.Claims.Where(c => !c.Passed).Select(c => c.Claim)];

    [Fact]
    public async Task Receipt_OfACountedBallot_IsFoundInTheListThatTheRegisterClosedWith()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        await given.WithAsync<OpenRegister>(o => o.ExecuteAsync());
        var voters = await given.VotersAsync(5);
        var box = await given.SecretVotingAsync(voters);
        var codes = new List<BallotCode>();
        for (var i = 0; i < 5; i++) codes.Add(await given.BallotAsync(voters, box, i, i < 3 ? "yes" : "no"));
        await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, voters.Session.Entity.Actor));
        var list = await ListAsync(database, box);
        var (token, key) = await given.WithAsync<SigningKeys, (string, VerifyingKey)>(k => Task.FromResult((new BallotReceipt(k.Origin, box.Value, codes[2].ToString()).Sign(k), k.Current)));
        // A bundle of any call holds the whole register, the count among its leaves.
        var files = await given.FilesInEvaluationAsync(2, 4);
        foreach (var (file, points) in files.Zip([80, 70])) await given.ScoreAsync(file, points);
        await given.AwardAsync(files[0].Call);
        foreach (var agreement in await given.ReadAsync(db => db.Agreements.ToListAsync()))
            await given.ConcludeAsync(agreement.Id, files[0].Call, files.Single(f => f.Id == agreement.ApplicationId).Manager);
        var (bundle, _) = await given.WithAsync<BundleWriter, (byte[], Digest)>(b => b.WriteAsync(files[0].Call.Id));

        BallotReceiptVerifier.IsOne(Encoding.ASCII.GetBytes(token)).ShouldBeTrue();
        var report = BallotReceiptVerifier.Verify(token, key.Fingerprint, list, bundle);
        Failing(report).ShouldBeEmpty();
        report.Claims.Select(c => c.Claim).ShouldBe(["receipt", "key", "list", "count"]);
        report.Claims[^1].Detail.ShouldContain("the ballot was counted");
        report.Claims.ShouldAllBe(c => !c.Detail.Contains("yes", StringComparison.Ordinal) && !c.Detail.Contains("\"no\"", StringComparison.Ordinal));

        // A list that lacks it, or that has a code too many, or a receipt of another box.
        var text = Encoding.UTF8.GetString(list);
        var without = Encoding.UTF8.GetBytes(text.Replace(codes[2].ToString(), "", StringComparison.Ordinal));
        Failing(BallotReceiptVerifier.Verify(token, null, without, bundle)).ShouldBe(["list", "count"]);
        var more = Encoding.UTF8.GetBytes($"{text}\r\ncódigo;{new string('a', 32)}");
        Failing(BallotReceiptVerifier.Verify(token, null, more, bundle)).ShouldBe(["count"]);
        var other = await given.WithAsync<SigningKeys, string>(k => Task.FromResult(new BallotReceipt(k.Origin, Guid.Empty, codes[2].ToString()).Sign(k)));
        Failing(BallotReceiptVerifier.Verify(other, null, list, bundle)).ShouldBe(["count"]);
        // Signed by a stranger, or changed.
        using var stranger = SigningKeys.InMemory(new SeededEntropy(4));
        var forged = new BallotReceipt("otro", box.Value, codes[2].ToString()).Sign(stranger);
        Failing(BallotReceiptVerifier.Verify(forged, key.Fingerprint, list, bundle)).ShouldBe(["key", "count"]);
        var parts = token.Split('.');
        Failing(BallotReceiptVerifier.Verify($"{parts[0]}.{parts[1][..^2]}AA.{parts[2]}")).ShouldBe(["receipt"]);
        // Alone it says what it proves and what not.
        var alone = BallotReceiptVerifier.Verify(token);
        (Failing(alone).Count, alone.Trust).ShouldBe((0, "key from the receipt, NOT anchored"));
        alone.Claims[^1].Detail.ShouldContain("--list");

        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (receiptFile, listFile, told) = (Path.Combine(folder.FullName, "r.jws"), Path.Combine(folder.FullName, "l.csv"), new StringWriter());
            await File.WriteAllTextAsync(receiptFile, token + "\n");
            await File.WriteAllBytesAsync(listFile, list);
            (await VerifyVerb.RunAsync(receiptFile, key.Fingerprint, null, null, told, told, listFile)).ShouldBe(0);
            told.ToString().ShouldContain("PASS list: the code is one of the 5");
            (await VerifyVerb.RunAsync(receiptFile, null, null, null, told, told, Path.Combine(folder.FullName, "none.csv"))).ShouldBe(2);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As the page of the result gives it: codes and, below them, ballots.</summary>
    static async Task<byte[]> ListAsync(TestDatabase database, BallotBoxId box)
    {
        var codes = await database.ReadAsync(db => db.CountedCodes.Where(c => c.UrnId == box.Value).OrderBy(c => c.Code).Select(c => c.Code).ToListAsync());
        return Encoding.UTF8.GetBytes("\ufeffQué;Valor\r\n" + string.Concat(codes.Select(c => $"Código de la constancia;{c}\r\n")) + "Papeleta;Sí\r\nPapeleta;No\r\n");
    }
}
