using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Tests.Api;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Fund;

public sealed class AccreditationPagesTests
{
    /// <summary>Two accreditations of each of thirty entities: the older one of each is over.</summary>
    [Theory, BothDatabases]
    public async Task List_OfMoreThanAPage_GoesByEntityWithTheNewestFirst(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        var (fund, other) = (await given.FundAsync(), await given.FundAsync());
        var first = await given.EntityAsync(name: "Álamo");
        await given.AccreditationAsync(other, first.Id);
        await given.AccreditationAsync(fund, first.Id);
        var like = await site.ReadAsync(db => db.Accreditations.SingleAsync(a => a.FundId == fund.Id));
        var entities = new List<EntityId> { first.Id };
        for (var i = 0; i < 29; i++) entities.Add((await site.WithAsync<CreateEntity, (EntityId Id, string Slug)>(c => c.ExecuteAsync(new EntityInput($"Entidad {29 - i:00}", "fdd-alliance", ["0602"]), first.Actor))).Id);
        await site.WithAsync<Writer>(w => w.ActAsync("test.accredit", Actor.System, work =>
        {
            foreach (var entity in entities)
            {
                if (entity != first.Id) Add(like.ValidFrom, like.ValidTo, entity);
                Add(like.ValidFrom.AddYears(-3), like.ValidFrom.AddDays(-1), entity);
            }
            return Task.CompletedTask;

            void Add(DateOnly from, DateOnly to, EntityId entity) => work.Db.Accreditations.Add(new Accreditation { Id = work.NewId<AccreditationId>(), FundId = fund.Id, EntityId = entity, ValidFrom = from, ValidTo = to, Composition = like.Composition, At = work.Now });
        }));

        var expected = new List<(string, string)>();
        foreach (var name in Enumerable.Range(1, 29).Select(i => $"Entidad {i:00}").Prepend("Álamo")) expected.AddRange([(name, "vigente"), (name, "vencida")]);
        var visitor = site.Visitor();
        var (one, two) = (await visitor.GetAsync($"/fondos/{fund.Slug}/acreditaciones"), await visitor.GetAsync($"/fondos/{fund.Slug}/acreditaciones?pagina=2"));
        one.Text.ShouldContain("60 acreditaciones");
        Rows(one).Count.ShouldBe(50);
        Rows(one).Concat(Rows(two)).ShouldBe(expected);
        using var file = await visitor.FetchAsync(HttpMethod.Get, $"/fondos/{fund.Slug}/acreditaciones.csv");
        TableFileTests.Csv(Encoding.UTF8.GetString((await file.Content.ReadAsByteArrayAsync())[3..])).Skip(1).Select(r => (r[0], r[1])).ShouldBe(expected);

        static List<(string, string)> Rows(PageView page) => [.. page.Document.QuerySelectorAll("tbody tr").Select(r => (r.QuerySelector("th")!.TextContent.Trim(), r.QuerySelector("td")!.TextContent.Trim().Split(' ')[^1]))];
    }
}
