using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Screens.Entities;

public sealed partial class BallotPagesTests
{
    [Theory, BothDatabases]
    public async Task Members_come_in_by_code_vote_in_secret_and_find_their_receipts(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        var voters = await given.VotersAsync(6, present: 4, password: TestSite.Password);
        var secretary = await SecretaryAsync(site, voters);
        var address = $"/asambleas/{voters.Session.Id.Value}";
        async Task<Browser> Representative(int i) => await SignInAsync(site, voters.People[i]);

        // The screen of the room shows a code, and what it shows is a second old at most.
        var screen = await secretary.GetAsync(address + "/pantalla");
        screen = await screen.SubmitAsync(form: "Open", button: "true");
        screen.Text.ShouldContain("4 de 6");
        (await secretary.FetchAsync(HttpMethod.Get, address + "/pantalla")).Headers.GetValues("Refresh").ShouldBe(["1"]);
        var code = CodeIn().Match(screen.Text).Groups[1].Value;
        var late = await Representative(4);
        var present = await late.GetAsync(address + "/presente");
        (await present.SubmitAsync(new() { ["Code"] = "000 000" }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("no es el código que muestra la pantalla");
        (await present.SubmitAsync(new() { ["Code"] = code })).Text.ShouldContain("está presente");
        (await present.SubmitAsync(new() { ["Code"] = code })).Text.ShouldContain("está presente", customMessage: "sent again, it changes nothing");
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var tooLate = await Representative(5);
        (await (await tooLate.GetAsync(address + "/presente")).SubmitAsync(new() { ["Code"] = code }, expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Cambia cada minuto");

        // A motion is put to a secret vote from the session's page.
        secretary = await SecretaryAsync(site, voters);
        var propose = await secretary.GetAsync(address + "/puntos/nuevo");
        await propose.SubmitAsync(new() { ["Heading"] = "Elegir sede", ["Resolved"] = "Elegir la sede." });
        var session = await secretary.GetAsync(address);
        session.Text.ShouldContain("Votar en secreto");
        var motion = await site.ReadAsync(db => db.Set<Core.Entities.Motion>().SingleAsync());
        await site.WithAsync<OpenSecretVoting, BallotBoxId>(o => o.ExecuteAsync(motion.Id, voters.Session.Entity.Actor));
        session = await secretary.GetAsync(address);
        session.Text.ShouldContain("Ir a la votación secreta");
        var box = (await site.ReadAsync(db => db.BallotBoxes.SingleAsync())).Id;

        string[] codes = ["", "", ""];
        for (var i = 0; i < 3; i++)
        {
            var browser = await Representative(i);
            var page = await browser.GetAsync($"{address}/votar/{box.Value}");
            (await page.SubmitAsync(expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("No marcó nada");
            var receipt = await page.SubmitAsync(new() { ["Marks"] = i == 0 ? "no" : "yes" });
            receipt.Title.ShouldBe("Su papeleta está en la urna");
            codes[i] = page.Document.QuerySelector("input[name=Code]")!.GetAttribute("value")!;
            receipt.Html.ShouldNotContain("value=\"yes\"");
            // The network was cut: the same form goes again, with another choice even; the first ballot stands.
            var again = await page.SubmitAsync(new() { ["Marks"] = "abstain" });
            again.Title.ShouldBe("Su papeleta está en la urna");
            again.Text.ShouldContain("cuenta una sola vez");
            (await browser.GetAsync($"{address}/votar/{box.Value}")).Text.ShouldContain("ya votó");
        }
        (await secretary.GetAsync($"{address}/votar/{box.Value}", HttpStatusCode.Forbidden)).Status.ShouldBe(HttpStatusCode.Forbidden);

        // Paper for the fourth, typed twice.
        var count = await secretary.GetAsync($"{address}/votaciones/{box.Value}");
        count = await count.SubmitAsync(new() { ["members"] = voters.Session.Entity.Members[3].Value.ToString() }, form: "HandOut");
        (await secretary.GetAsync($"{address}/votaciones/{box.Value}/papeletas")).Text.ShouldContain("Marque una sola opción");
        (await count.SubmitAsync(form: "Count", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("falta digitarlas dos veces");
        Dictionary<string, string> Typed(int round, int yes, int no) => new() { ["round"] = round.ToString(), [$"n-{round}-0"] = $"{yes}", [$"n-{round}-1"] = $"{no}", [$"papers-{round}"] = $"{yes + no}" };
        var first = await secretary.FetchAsync(HttpMethod.Get, $"{address}/votaciones/{box.Value}");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        await site.WithAsync<TypePaperCount>(t => t.ExecuteAsync(box, 1, new PaperTally([1, 0, 0], 0, 0, 1), voters.Session.Entity.Actor));
        count = await secretary.GetAsync($"{address}/votaciones/{box.Value}");
        (await count.SubmitAsync(Typed(2, 5, 0), form: "Type", expected: HttpStatusCode.UnprocessableEntity)).Text.ShouldContain("Se digitaron 5 papeletas y se entregaron 1");
        count = await count.SubmitAsync(Typed(2, 0, 1), form: "Type");
        count.Text.ShouldContain("Los dos conteos no coinciden");
        count = await count.SubmitAsync(Typed(2, 1, 0), form: "Type");
        count.Text.ShouldContain("Los dos conteos coinciden");

        var result = await count.SubmitAsync(form: "Count");
        result.Title.ShouldBe("Resultado de la votación secreta");
        result.Text.ShouldContain("Participaron 4 miembros y se contaron 4 votos, de ellos 1 en papel");
        var visitor = site.Visitor();
        foreach (var own in codes)
            (await visitor.GetAsync($"{address}/votaciones/{box.Value}/resultado?codigo={Uri.EscapeDataString(Minka.Web.Screens.Entities.Ballots.BallotWords.Grouped(own))}")).Text.ShouldContain("Su papeleta se contó");
        (await visitor.GetAsync($"{address}/votaciones/{box.Value}/resultado?codigo={new string('a', 32)}")).Text.ShouldContain("no está en la lista");
        var file = await (await visitor.FetchAsync(HttpMethod.Get, $"{address}/votaciones/{box.Value}/resultado.csv")).Content.ReadAsStringAsync();
        foreach (var own in codes) file.ShouldContain(own);
        file.Split('\n').Count(l => l.StartsWith("papeleta,", StringComparison.Ordinal)).ShouldBe(3);

        // In the minutes the vote is told without votes, and in English too.
        session = await secretary.GetAsync(address);
        await session.SubmitAsync(form: "Close");
        (await visitor.GetAsync(address + "/acta")).Text.ShouldContain("Se votó en secreto");
    }

    [Theory, BothDatabases]
    public async Task An_organ_is_elected_from_candidates_typed_by_line(string provider)
    {
        await using var site = await TestSite.StartAsync(provider);
        var given = site.Given();
        // Two of each sector: the votes have the composition that the rule asks.
        var voters = await given.VotersAsync(6, password: TestSite.Password);
        var secretary = await SecretaryAsync(site, voters);
        var address = $"/asambleas/{voters.Session.Id.Value}";
        var draft = await secretary.GetAsync(address + "/elecciones/nueva");
        var typed = new Dictionary<string, string> { ["Organ"] = "Presidencia", ["Seats"] = "1", ["Majority"] = "Plurality", ["Source"] = "Estatuto, art. 9", ["Beacon"] = "Lotería del domingo", ["List"] = "Café Alto; Ana Díaz; privado; mujer\nRondas; ; social" };
        var refused = await draft.SubmitAsync(typed, expected: HttpStatusCode.UnprocessableEntity);
        refused.Text.ShouldContain("Línea 2");
        refused.Document.QuerySelector("[name=Beacon]")!.GetAttribute("value").ShouldBe("Lotería del domingo", "nothing typed is lost");
        typed["List"] = "Café Alto; Ana Díaz; privado; mujer\nRondas; Luis Paz; social; hombre";
        var election = await draft.SubmitAsync(typed);
        election.Text.ShouldContain("Ana Díaz");
        (await site.Visitor().GetAsync(election.Url)).Html.ShouldNotContain("Ana Díaz", customMessage: "a person's name is for the entity's own people");
        var count = await election.SubmitAsync(form: "Open");
        var box = (await site.ReadAsync(db => db.BallotBoxes.SingleAsync())).Id;
        for (var i = 0; i < 6; i++)
        {
            var page = await (await SignInAsync(site, voters.People[i])).GetAsync($"{address}/votar/{box.Value}");
            await page.SubmitAsync(new() { ["Marks"] = i < 3 ? "c1" : "c2" });
        }
        await count.SubmitAsync(form: "Count");
        election = await secretary.GetAsync(election.Url);
        election.Text.ShouldContain("Empate: decide el sorteo");
        election = await election.SubmitAsync(new() { ["beacon"] = "07 21 33" }, form: "Draw");
        election.Text.ShouldContain("Obtiene un puesto por sus votos");
        (await site.Visitor().GetAsync(election.Url)).Text.ShouldContain("Cualquiera repite el sorteo");
        (await secretary.GetAsync(address + "/planilla")).Text.ShouldContain("Planilla de asistencia");
    }

    [Fact]
    public async Task Election_WithoutTheCompositionOfTheRule_IsHeldAgain_WithNothingTypedTwice()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var voters = await given.VotersAsync(6);
        var secretary = await SecretaryAsync(site, voters);
        var address = $"/asambleas/{voters.Session.Id.Value}";
        var draft = await secretary.GetAsync(address + "/elecciones/nueva");
        Dictionary<string, string> typed = new() { ["Organ"] = "Comité", ["Seats"] = "2", ["Majority"] = "Plurality", ["Women"] = "1", ["sector-Social"] = "1", ["Source"] = "Estatuto, art. 9", ["Beacon"] = "Lotería del domingo", ["List"] = "Café Alto; Ana Díaz; privado; mujer\nRondas; Luis Paz; social; hombre\nRiego; ; público; hombre" };
        var election = await draft.SubmitAsync(typed);
        var count = await election.SubmitAsync(form: "Open");
        var box = (await site.ReadAsync(db => db.BallotBoxes.SingleAsync())).Id;
        (await secretary.GetAsync($"{address}/votaciones/{box.Value}/papeletas")).Text.ShouldContain("Ana Díaz", customMessage: "a voter knows whom the paper names");
        // All the public members, and one more: half of the votes are public, and the rule allows 49 in 100.
        foreach (var i in (int[])[0, 3, 1, 2]) await given.BallotAsync(voters, box, i, "c1,c2");
        // Whoever would close now is told beforehand.
        (await secretary.GetAsync($"{address}/votaciones/{box.Value}")).Text.ShouldContain("El sector público tiene 2 de 4 votos");
        await count.SubmitAsync(form: "Count");
        election = await secretary.GetAsync(election.Url);
        election.Text.ShouldContain("nadie queda elegido y la elección se repite");
        election.Text.ShouldNotContain("Obtiene un puesto");
        var again = await election.FollowAsync("Preparar la elección otra vez");
        foreach (var (name, value) in typed.Where(f => f.Key is not ("List" or "Majority"))) again.Document.QuerySelector($"[name='{name}']")!.GetAttribute("value").ShouldBe(value, name);
        again.Document.QuerySelector("[name=List]")!.TextContent.Trim().ReplaceLineEndings("\n").ShouldBe(typed["List"]);
        var second = await again.SubmitAsync();
        second.Url.ShouldNotBe(election.Url);
        second.Text.ShouldContain("Ana Díaz");
        // The minutes tell that it had no effect.
        var session = await secretary.GetAsync(address);
        await session.SubmitAsync(form: "Close");
        (await site.Visitor().GetAsync(address + "/acta")).Text.ShouldContain("nadie queda elegido");
    }

    [Fact]
    public async Task Elected_AreProposedForTheBoard_TheOthersAreNamed()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var voters = await given.VotersAsync(6);
        var secretary = await SecretaryAsync(site, voters);
        var address = $"/asambleas/{voters.Session.Id.Value}";
        var member = await site.ReadAsync(db => db.Members.Where(m => m.EntityId == voters.Session.Entity.Id).OrderBy(m => m.Organisation).FirstAsync());
        var draft = await secretary.GetAsync(address + "/elecciones/nueva");
        // What an organisation is called in the list may differ by case and accents.
        var list = $"Ajena a la entidad; ; social; mujer\n{member.Organisation.ToUpperInvariant()}; ; privado; hombre";
        var election = await draft.SubmitAsync(new() { ["Organ"] = "Junta directiva", ["Seats"] = "2", ["Majority"] = "Plurality", ["Source"] = "Estatuto, art. 9", ["Beacon"] = "Lotería del domingo", ["List"] = list });
        var count = await election.SubmitAsync(form: "Open");
        var box = (await site.ReadAsync(db => db.BallotBoxes.SingleAsync())).Id;
        for (var i = 0; i < 6; i++) await given.BallotAsync(voters, box, i, "c1,c2");
        (await secretary.GetAsync(election.Url)).Text.ShouldNotContain("Registrar la junta");
        await count.SubmitAsync(form: "Count");
        var founding = await (await secretary.GetAsync(election.Url)).FollowAsync("Registrar la junta con los elegidos");
        founding.Text.ShouldContain("Elegidos: Junta directiva");
        founding.Text.ShouldContain("Ajena a la entidad (ningún miembro con mandato vigente se llama así");
        founding.Document.QuerySelectorAll("select[name^=Holder]").OfType<AngleSharp.Html.Dom.IHtmlSelectElement>().Select(s => s.Value ?? "").ShouldBe(["", member.Id.Value.ToString(), "", "", "", "", ""]);
        var wrong = await founding.SubmitAsync(new() { ["From"] = "ayer" }, form: "board-form", expected: HttpStatusCode.UnprocessableEntity);
        wrong.Text.ShouldContain("Elegidos: Junta directiva");
        (await wrong.SubmitAsync(new() { ["From"] = founding.Document.QuerySelector("[name=From]")!.GetAttribute("value")! }, form: "board-form")).Text.ShouldContain("La junta quedó registrada");
        (await site.ReadAsync(db => db.BoardSeats.SingleAsync())).Organisation.ShouldBe(member.Organisation);
        // The election of another entity proposes nobody.
        (await secretary.GetAsync(founding.Url.Split('?')[0] + $"?eleccion={Guid.NewGuid()}")).Text.ShouldNotContain("Elegidos:");
    }

    static int made;

    static async Task<Browser> SecretaryAsync(TestSite site, GivenVoters voters) =>
        await site.SignedInAsync($"secretaria-{Interlocked.Increment(ref made)}", (Role.Secretary, Scope.OfEntity(voters.Session.Entity.Id.Value)));

    static async Task<Browser> SignInAsync(TestSite site, Guid person)
    {
        var browser = site.Visitor();
        var name = await site.ReadAsync(db => db.Set<Person>().Where(p => p.Id == person).Select(p => p.UserName!).SingleAsync());
        await (await browser.GetAsync("/entrar")).SubmitAsync(new() { ["Name"] = name, ["Password"] = TestSite.Password });
        return browser;
    }

    [GeneratedRegex(@"(\d{3} \d{3})")]
    private static partial Regex CodeIn();
}
