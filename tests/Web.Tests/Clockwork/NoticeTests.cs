using System.Globalization;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Clockwork;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Clockwork;

public sealed class NoticeTests
{
    [Theory]
    [InlineData("es-PE")]
    [InlineData("en-US")]
    public async Task Letter_OnAMachineOfAnyLanguage_SaysEverythingInSpanishAndThenInEnglish(string machine)
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync(members: 3);
        var rosa = await site.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson("rosa", "Rosa", "rosa@example.org", TestSite.Password), Actor.System));
        var member = given.Member("Cooperativa de Rosa", person: rosa);
        await site.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, member, entity.Actor));
        await given.AssemblyAsync(entity, "Asamblea de mayo");
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(machine);
        try
        {
            (await site.WithAsync<SendNotices, int>(s => s.ExecuteAsync())).ShouldBePositive();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
        var letter = await File.ReadAllTextAsync(Directory.EnumerateFiles(Path.Combine(site.DataFolder, "outbox")).First());
        letter.ShouldContain("Subject: Convocatoria a asamblea: Asamblea de mayo / Assembly convened: Asamblea de mayo");
        letter.ShouldContain("(hora de Lima)");
        letter.IndexOf("is convened. First call:", StringComparison.Ordinal).ShouldBeGreaterThan(letter.IndexOf("(hora de Lima)", StringComparison.Ordinal));
        letter.ShouldContain("(Lima time)");
    }
}
