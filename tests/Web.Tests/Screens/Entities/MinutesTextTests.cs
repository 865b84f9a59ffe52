using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Entities.Papers;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Minka.Web.Tests.Screens.Entities;

/// <summary>The minutes of a session in which all happened that can happen, as they are read aloud. The test prints them.</summary>
public sealed class MinutesTextTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("1. Elección del comité", 1, "Elección del comité")]
    [InlineData("2) Plan", 2, "Plan")]
    [InlineData("3.- Varios", 3, "Varios")]
    [InlineData("- Varios", 3, "Varios")]
    [InlineData("• Varios", 1, "Varios")]
    [InlineData("2027: plan de trabajo", 1, "2027: plan de trabajo")]
    [InlineData("10. Informe", 1, "10. Informe")]
    [InlineData("1 informe y 2 cuentas", 1, "1 informe y 2 cuentas")]
    [InlineData("1.", 1, "")]
    public void A_point_of_the_agenda_is_kept_without_the_number_that_was_typed_before_it(string typed, int place, string kept) =>
        Minka.Web.Screens.Entities.Assemblies.ConveneModel.Unnumbered(typed, place).ShouldBe(kept);

    [Fact]
    public async Task Minutes_OfARichSession_ReadWellAloud_InBothLanguages()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var voters = await given.VotersAsync(9, present: 6);
        var (session, entity, actor, members) = (voters.Session, voters.Session.Entity, voters.Session.Entity.Actor, voters.Session.Entity.Members);
        void Pass(int minutes) => site.Clock.Advance(TimeSpan.FromMinutes(minutes));
        async Task<MotionId> ProposeAsync(string title, string text, params Party[] parties) => await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(session.Id, new MotionInput(title, text) { Parties = parties }, actor));
        Task OpenAsync(MotionId motion) => given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, actor));
        Task<MotionOutcome> CloseAsync(MotionId motion) => given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motion, actor));

        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(voters.People[0], new(InterestKind.Supplier, "Constructora Sol", null, null, null, LegalTime.DayIn(site.Clock.Now), null), new Actor(voters.People[0], "person")));
        await given.WithAsync<ReplaceRepresentative>(r => r.ExecuteAsync(members[6], 0, new("Alba Ríos", true, null, true, "acta", null, "acredita alterna"), actor));
        Pass(10);
        await given.WithAsync<RecordAttendance>(r => r.ArriveAlternateAsync(session.Id, members[6], actor));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(session.Id, members[7], "Delegado de paso", actor));
        await given.WithAsync<GiveProxy>(p => p.ExecuteAsync(session.Id, members[8], members[1], "carta del 3 de marzo", actor));
        var plan = await ProposeAsync("Plan de trabajo", "Aprobar el plan de trabajo del año, con una cuota de 10 soles.");
        var amendment = await given.WithAsync<AmendMotion, MotionId>(a => a.ExecuteAsync(plan, "Aprobar el plan de trabajo del año, con una cuota de 8 soles.", actor));
        await OpenAsync(amendment);
        Pass(3);
        await given.WithAsync<CountHands>(c => c.ExecuteAsync(amendment, [new(Sector.Public, "provincial-government", 1, 0, 0), new(Sector.Private, "producers", 1, 0, 0), new(Sector.Social, "communities", 1, 0, 0), new(Sector.Social, "women", 1, 0, 0), new(Sector.Private, "business", 0, 1, 0)], actor));
        await CloseAsync(amendment);
        await OpenAsync(plan);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(plan, [.. members.Select((m, i) => (m, i == 4 ? Choice.No : i == 5 ? Choice.Abstain : Choice.Yes))], actor));
        await given.WithAsync<RecordObjection>(o => o.ExecuteAsync(plan, members[4], "Falta el estudio de agua.", actor));
        await CloseAsync(plan);
        Pass(15);
        await given.WithAsync<SuspendSession>(s => s.ExecuteAsync(session.Id, "Se fue la luz.", null, actor));
        Pass(40);
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(session.Id, [.. members.Take(7)], actor));
        await given.WithAsync<SuspendSession>(s => s.ResumeAsync(session.Id, actor));
        var work = await ProposeAsync("Contrato de obra", "Contratar la reparación del local.", new Party("Constructora Sol"));
        await OpenAsync(work);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(work, [.. members.Skip(1).Take(6).Select((m, i) => (m, i < 4 ? Choice.Yes : Choice.No))], actor));
        await CloseAsync(work);
        Pass(5);
        var box = await given.SecretVotingAsync(voters, new MotionInput("Confianza en la junta", "Renovar la confianza en la junta."));
        for (var i = 0; i < 6; i++) await given.BallotAsync(voters, box, i, i < 4 ? "yes" : i == 4 ? "no" : null);
        await given.WithAsync<CloseSecretVoting, MotionOutcome>(c => c.ExecuteAsync(box, actor));
        var rule = new ElectionRule(2, ElectionMajority.Plurality, [new(QuotaKind.Women, 1)], "Estatuto, artículo 14", "lotería del domingo");
        var election = await given.WithAsync<DraftElection, OrganElectionId>(d => d.ExecuteAsync(session.Id, "Comité de vigilancia", rule,
            [new("c1", "Café", "Ana", true, Sector.Private), new("c2", "Quesos", "Luis", false, Sector.Private), new("c3", "Rondas", "Eva", true, Sector.Social)], actor));
        box = await given.WithAsync<OpenElection, BallotBoxId>(o => o.ExecuteAsync(election, actor));
        foreach (var (ballot, i) in new[] { "c1,c2", "c1,c3", "c1", "c2", "c3" }.Select((b, i) => (b, i))) await given.BallotAsync(voters, box, i, ballot);
        await given.WithAsync<CountElection, ElectionResult>(c => c.ExecuteAsync(box, actor));
        await given.WithAsync<DrawElection, ElectionResult>(d => d.ExecuteAsync(election, "12 44 07", actor));
        Pass(10);
        await given.WithAsync<RecordAttendance>(r => r.LeaveAsync(session.Id, members[5], actor));
        Pass(5);
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(session.Id, actor));
        await given.WithAsync<MoveMinutes>(m => m.AmendAsync(session.Id, "Café", "el punto 1", "La cuota se paga en dos partes.", actor));
        await given.WithAsync<MoveMinutes>(m => m.ApproveAsync(session.Id, "la asamblea 2", actor));

        var texts = new Dictionary<string, string>();
        foreach (var language in new[] { "es", "en" })
        {
            var reader = site.Visitor();
            await reader.FetchAsync(HttpMethod.Get, "/idioma/" + language);
            var page = await reader.GetAsync($"/asambleas/{session.Id.Value}/acta");
            var sheet = page.Document.QuerySelector("article.sheet")!;
            texts[language] = string.Join('\n', sheet.QuerySelectorAll("p,li,h1,h2,h3").Select(e => System.Text.RegularExpressions.Regex.Replace(e.TextContent, @"\s+", " ").Trim()));
            output.WriteLine($"===== {language}\n{texts[language]}\n");
            texts[language].ShouldNotContain("[[");
        }
        string[] inOrder =
        [
            "Se abrió la sesión con el quórum", "Asistencia", "Con su representante acreditado,", "Con su alterno acreditado,", "Con un delegado,", "No asistieron:", "Poderes", "dio poder a", "Suspensiones de la sesión", "Motivo: Se fue la luz. Se reanudó",
            "2. Enmienda al punto 1: Plan de trabajo", "Se votó a mano alzada.", "1 a favor, 0 en contra, 0 abstenciones", "Se cumple.", "el punto 1 lleva este texto", "1. Plan de trabajo", "cuota de 8 soles", "Se votó nominalmente. Votos a favor: 7", "A favor: Organización votante-10, Organización votante-2,", "Objeción de", "«Falta el estudio de agua.»", "Aprobado: acuerdo n.º 001",
            "Conflicto declarado, se retiró: 1 miembro", "Se votó en secreto: se contaron 6 votos", "Había 2 puestos por elegir: Comité de vigilancia.", "sorteo público", "Quedan elegidos: ", "Observación 1, a pedido de Café", "se cerró la sesión", "Aprobó esta acta: la asamblea 2.",
        ];
        var at = 0;
        foreach (var sentence in inOrder)
        {
            var found = texts["es"].IndexOf(sentence, at, StringComparison.Ordinal);
            found.ShouldBeGreaterThanOrEqualTo(0, $"«{sentence}» after «{texts["es"][Math.Max(0, at - 60)..at]}»");
            at = found;
        }
        texts["es"].ShouldMatch(@"Quedan elegidos: \w+ y \w+\.");
        foreach (var sentence in new[] { "With its accredited alternate,", "Conflict declared, withdrew: 1 member", "The vote was by show of hands.", "Amendment to motion 1: Plan de trabajo" }) texts["en"].ShouldContain(sentence);
        // Seven were there and six voted on the contract: names would tell who the seventh is. Its figures stay, and so do the names of the other motions.
        foreach (var (language, unnamed, choice) in new[] { ("es", "Quién votó qué no se publica en este punto", "\nA favor:"), ("en", "Who voted what is not published on this motion", "\nIn favour:") })
        {
            var contract = texts[language][texts[language].IndexOf("Contrato de obra", StringComparison.Ordinal)..texts[language].IndexOf("Confianza en la junta", StringComparison.Ordinal)];
            contract.ShouldContain(unnamed);
            contract.ShouldNotContain(choice, Case.Sensitive);
            contract.ShouldNotContain("Organización votante");
            texts[language].Split(unnamed).Length.ShouldBe(2);
        }
        // The secretariat reads who voted what on every motion; a member not on that one.
        IEnumerable<string> Named(PageView page) => page.Document.QuerySelectorAll("details p").Select(p => p.TextContent).Where(p => p.StartsWith("A favor: Organización votante-", StringComparison.Ordinal));
        var rosa = await site.SignInAsync(await site.PersonAsync("rosa", (Role.Secretary, Scope.OfEntity(entity.Id.Value))));
        Named(await rosa.GetAsync($"/asambleas/{session.Id.Value}")).Count().ShouldBe(2);
        var julia = await site.SignInAsync(await site.PersonAsync("julia", (Role.Representative, Scope.OfEntity(entity.Id.Value))));
        Named(await julia.GetAsync($"/asambleas/{session.Id.Value}")).Count().ShouldBe(1);
        // Nobody's name and nobody's interest.
        foreach (var secret in new[] { "Alba Ríos", "Delegado de paso", "Representante de", "Constructora Sol", "Eva" }) texts.Values.ShouldAllBe(t => !t.Contains(secret));
    }
}
