using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>
/// The first assembly of a province's entity on a phone without JavaScript: convened with its agenda, arrivals by code and by roll, a proxy, a
/// conflict, the quorum lost and found again, an amendment, a secret ballot with paper, and the minutes; then a prioritisation by slips and paper.
/// </summary>
public sealed partial class AssemblyDayTests : IAsyncLifetime
{
    const string Key = "una clave larga";
    static readonly (string Organisation, string User)[] Speakers = [("Municipalidad del valle", "rosa2"), ("Asociación de ganaderos", "rosa3"), ("Cooperativa lechera", "rosa4")];

    readonly EmptySite site = new();

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [BrowserFact]
    public async Task The_first_assembly_of_an_entity_is_held_by_telephone_and_paper()
    {
        await using var admin = await site.VisitorAsync(Manner.Phone);
        await BeginAsync(admin);
        await using var secretary = await site.VisitorAsync(Manner.Phone);
        await FoundAsync(secretary);
        await ConveneAsync(secretary);
        await using var company = await site.VisitorAsync(Manner.Phone);
        await company.EnterAsync("rosa3", Key);
        await company.SeesAsync("Asistir a la asamblea: Primera asamblea, citada para …");
        await company.OpenAsync("/cuenta/intereses");
        await company.TickAsync("Le vendo, o me paga o me pagó");
        await company.FillAsync("Organización", "Lácteos del Valle");
        await company.FillAsync("Desde", "2026-01-01");
        await company.PressAsync("Declarar");

        await OpenAsync(secretary, company);
        await VoteAsync(secretary, company);
        await SecretAsync(secretary, company);
        await MinutesAsync(secretary);
        await PrioritiseAsync(secretary);
    }

    static async Task BeginAsync(Visitor admin)
    {
        await admin.OpenAsync("/");
        await admin.FollowAsync("Crear la primera cuenta");
        await admin.FillAsync("Institución", "Gobierno Regional de Prueba");
        await admin.FillAsync("Nombre y apellidos", "Ada Administradora");
        await admin.FillAsync("Usuario", "ada");
        await admin.FillAsync("Contraseña", Key);
        await admin.FillAsync("La contraseña otra vez", Key);
        await admin.PressAsync("Crear la cuenta y entrar");
        foreach (var (name, user) in new[] { ("Sonia Secretaria", "sonia") }.Concat(Speakers.Select(s => ("De " + s.Organisation, s.User))))
        {
            await admin.MenuAsync("Mi bandeja");
            await admin.FollowAsync("Administrar personas y roles");
            await admin.FollowAsync("Agregar una persona");
            await admin.FillAsync("Nombre y apellidos", name);
            await admin.FillAsync("Usuario", user);
            await admin.FillAsync("Contraseña inicial", Key);
            await admin.PressAsync("Agregar");
        }
    }

    static async Task FoundAsync(Visitor secretary)
    {
        await secretary.EnterAsync("sonia", Key);
        await secretary.MenuAsync("Entidades");
        await secretary.FollowAsync("Crear una entidad");
        await secretary.FillAsync("Nombre de la entidad", "Alianza por Contumazá");
        await secretary.TickAsync("Alianza provincial público-privada (FDD)");
        await secretary.ChooseAsync("Provincia", "Contumazá");
        await secretary.PressAsync("Crear la entidad");
        await secretary.FollowAsync("Importar miembros");
        await secretary.FillAsync("O pegue la tabla", """
            organizacion;ruc;sector;grupo;votos;distrito;representante;desde;hasta
            Municipalidad provincial;;publico;provincial-government;1;;Rosa Uno;2026-01-01;2027-12-31
            Municipalidad del valle;;publico;district-government;1;;Rosa Dos;2026-01-01;2027-12-31
            Asociación de ganaderos;;privado;producers;1;;Rosa Tres;2026-01-01;2027-12-31
            Cooperativa lechera;;privado;producers;1;;Rosa Cuatro;2026-01-01;2027-12-31
            Comunidad alta;;social;communities;1;;Rosa Cinco;2026-01-01;2027-12-31
            Organización de mujeres;;social;women;1;;Rosa Seis;2026-01-01;2027-12-31
            """);
        await secretary.PressAsync("Leer la tabla");
        await secretary.PressAsync("Agregar las 6 filas listas");
        foreach (var (organisation, user) in Speakers)
        {
            await secretary.FollowAsync(organisation);
            await secretary.FillAsync("Usuario del representante", user);
            await secretary.PressAsync("Guardar");
        }
    }

    async Task ConveneAsync(Visitor secretary)
    {
        await secretary.MenuAsync("Entidades");
        await secretary.FollowAsync("Alianza por Contumazá");
        await secretary.FollowAsync("Convocar a asamblea");
        var first = site.Clock.Now.AddDays(7);
        await secretary.FillAsync("Para qué se convoca", "Primera asamblea");
        await secretary.FillAsync("Lugar", "Casa comunal");
        await secretary.FillAsync("Primera convocatoria", first.AddHours(-5).ToString("yyyy-MM-ddTHH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await secretary.FillAsync("Agenda", "Compra de un tanque\nLocal de la alianza");
        await secretary.PressAsync("Convocar");
        await secretary.SeesAsync("Orden del día de la convocatoria", "Compra de un tanque", "La sesión se abre a partir de esta hora: …");
        await secretary.FollowAsync("Llevar a votación: Compra de un tanque");
        await secretary.FillAsync("Lo que se acordaría", "Comprar un tanque a Lácteos del Valle.");
        await secretary.FillAsync("Organizaciones a las que toca", "Lácteos del Valle");
        await secretary.PressAsync("Agregar el punto");
        await secretary.FollowAsync("Llevar a votación: Local de la alianza");
        await secretary.FillAsync("Lo que se acordaría", "Alquilar un local por un año.");
        await secretary.PressAsync("Agregar el punto");
        site.Clock.MoveTo(first.AddMinutes(5));
    }

    static async Task OpenAsync(Visitor secretary, Visitor company)
    {
        await secretary.EnterAsync("sonia", Key);
        await secretary.FollowAsync("Abrir la sesión: Primera asamblea, citada para …");
        await secretary.FollowAsync("Pantalla de la sala");
        await secretary.PressAsync("Abrir con código");
        (await secretary.Page.Locator(".qr svg").CountAsync()).ShouldBe(1);
        var code = SixDigits().Match(await secretary.TextAsync()).Value;
        await company.EnterAsync("rosa3", Key);
        await company.FollowAsync("Asistir a la asamblea: Primera asamblea, citada para …");
        await company.OpenAsync(company.Path.Replace("convocatoria", "presente", StringComparison.Ordinal));
        await company.FillAsync("Código de la pantalla", "000 000");
        await company.PressAsync("Anotar a Asociación de ganaderos", expected: 422);
        await company.FillAsync("Código de la pantalla", code);
        await company.PressAsync("Anotar a Asociación de ganaderos");
        await company.SeesAsync("Asociación de ganaderos está presente");
        await secretary.FollowAsync("Volver a la sesión");
        foreach (var there in new[] { "Municipalidad provincial", "Municipalidad del valle", "Cooperativa lechera", "Comunidad alta" }) await secretary.TickAsync(there);
        await secretary.PressAsync("Anotar la llegada");
        await secretary.PressAsync("Abrir la sesión");
        await secretary.UnfoldAsync("Anotar un poder");
        await secretary.ChooseAsync("Da el poder", "Organización de mujeres");
        await secretary.ChooseAsync("Lo lleva", "Comunidad alta");
        await secretary.FillAsync("Documento en que consta", "Carta poder");
        await secretary.PressAsync("Anotar el poder");
        await secretary.SeesAsync("5 presentes; se necesitan 4 de 6");
    }

    async Task VoteAsync(Visitor secretary, Visitor company)
    {
        await secretary.PressAsync("Abrir la votación");
        await secretary.SeesAsync("Con conflicto de interés, no votan en este punto: Asociación de ganaderos.", "Todavía nadie ha votado.");
        await company.MenuAsync("Mi bandeja");
        await company.FollowAsync("Participar en la sesión en curso: Primera asamblea");
        await company.FollowAsync("Votar ahora");
        await company.SeesAsync("Asociación de ganaderos no vota en este punto");
        var yes = secretary.Page.Locator("main input[type=radio][value=Yes]");
        for (var i = 0; i < await yes.CountAsync(); i++) await yes.Nth(i).CheckAsync();
        await secretary.PressAsync("Anotar los votos");
        await secretary.SeesAsync("Emitidos: 5 de 5 votos posibles");
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        foreach (var leaves in new[] { "Municipalidad provincial", "Cooperativa lechera" }) await secretary.PressAsync("Se retira " + leaves);
        await secretary.SeesAsync("Se perdió el quórum");
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        await secretary.ConfirmAsync("Cerrar la votación");
        await secretary.SeesAsync("Sin efecto", "Proponer de nuevo");
        foreach (var back in new[] { "Municipalidad provincial", "Cooperativa lechera" }) await secretary.TickAsync(back);
        await secretary.PressAsync("Anotar la llegada");
        await secretary.FollowAsync("Proponer de nuevo");
        (await secretary.Page.Locator("main textarea[name=Touches]").InputValueAsync()).ShouldBe("Lácteos del Valle");
        await secretary.FollowAsync("Cancelar");

        await secretary.UnfoldAsync("Proponer una enmienda");
        await secretary.Page.Locator("details[open] textarea[name=text]").FillAsync("Alquilar un local por seis meses.");
        await secretary.PressAsync("Agregar la enmienda");
        await secretary.PressAsync("Abrir la votación", expected: 422);
        await secretary.SeesAsync("Antes de este punto se vota su enmienda, el punto 3.");
        await secretary.PressAsync("Abrir la votación", at: 1);
        yes = secretary.Page.Locator("main input[type=radio][value=Yes]");
        for (var i = 0; i < await yes.CountAsync(); i++) await yes.Nth(i).CheckAsync();
        await secretary.PressAsync("Anotar los votos");
        await secretary.ConfirmAsync("Cerrar la votación");
        await secretary.SeesAsync("Alquilar un local por seis meses.");
    }

    async Task SecretAsync(Visitor secretary, Visitor company)
    {
        await secretary.PressAsync("Votar en secreto");
        await secretary.FollowAsync("Ir a la votación secreta");
        await company.MenuAsync("Mi bandeja");
        await company.FollowAsync("Participar en la sesión en curso: Primera asamblea");
        await company.FollowAsync("Votar en secreto");
        await company.TickAsync("Sí");
        await company.PressAsync("Depositar mi papeleta");
        await company.SeesAsync("Su papeleta está en la urna", "Volver a la sesión");
        foreach (var user in new[] { "rosa2", "rosa4" })
        {
            await using var other = await site.VisitorAsync(Manner.Phone);
            await other.EnterAsync(user, Key);
            await other.FollowAsync("Participar en la sesión en curso: Primera asamblea");
            await other.FollowAsync("Votar en secreto");
            await other.TickAsync("Sí");
            await other.PressAsync("Depositar mi papeleta");
        }
        await secretary.UnfoldAsync("Entregar papeletas de papel");
        foreach (var paper in new[] { "Comunidad alta", "Municipalidad provincial" }) await secretary.TickAsync(paper);
        await secretary.PressAsync("Anotar la entrega");
        await TypeAsync(secretary, 1, yes: 2, no: 0);
        await TypeAsync(secretary, 2, yes: 1, no: 1);
        await secretary.SeesAsync("Difieren en: Sí y No.");
        await TypeAsync(secretary, 2, yes: 2, no: 0);
        await secretary.ConfirmAsync("Cerrar la votación y contar");
        await secretary.SeesAsync("Participaron 5 miembros", "Aprobado");
    }

    static async Task TypeAsync(Visitor secretary, int round, int yes, int no)
    {
        await secretary.Page.Locator($"[name='n-{round}-0']").FillAsync(yes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await secretary.Page.Locator($"[name='n-{round}-1']").FillAsync(no.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await secretary.Page.Locator($"[name='papers-{round}']").FillAsync("2");
        await secretary.PressAsync(round == 1 ? "Guardar el primer conteo" : "Guardar el segundo conteo");
    }

    static async Task MinutesAsync(Visitor secretary)
    {
        await secretary.MenuAsync("Mi bandeja");
        await secretary.FollowAsync("Sesión en curso: Primera asamblea");
        await secretary.ConfirmAsync("Cerrar la sesión");
        await secretary.FollowAsync("Acta de la asamblea");
        await secretary.SeesAsync("Asistieron 5 de los 6 miembros del padrón", "de 09:05 a 09:08 y desde las 09:11 hasta el cierre: Cooperativa lechera", "Organización de mujeres dio poder a Comunidad alta.", "Conflicto declarado, se retiró: 1 miembro.",
            "La votación no tuvo efecto.", "Se adoptó la enmienda: el punto 2 lleva este texto.", "La composición de los votos cumple sus … reglas.", "Aprobado: acuerdo n.º 001-2026.");
        var page = Sentences(await secretary.Page.Locator("main article").First.InnerTextAsync());
        var file = await secretary.DownloadAsync("Descargar DOCX");
        using var zip = new System.IO.Compression.ZipArchive(new MemoryStream(file));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        var document = System.Net.WebUtility.HtmlDecode(Tags().Replace((await reader.ReadToEndAsync()).Replace("</w:p>", "\n", StringComparison.Ordinal), ""));
        foreach (var sentence in page.Where(s => s.Length > 40 && !s.Contains("http", StringComparison.Ordinal) && !s.Contains("Huella", StringComparison.Ordinal))) Sentences(document).ShouldContain(sentence);
    }

    async Task PrioritiseAsync(Visitor secretary)
    {
        await secretary.MenuAsync("Entidades");
        await secretary.FollowAsync("Alianza por Contumazá");
        await secretary.FollowAsync("Priorizaciones");
        await secretary.FollowAsync("Preparar una priorización");
        await secretary.FillAsync("Título", "Obras menores");
        await secretary.FillAsync("Presupuesto en soles", "100000");
        await secretary.FillAsync("Opciones, una por línea", "Pozo de agua; 40000; Chilete; agua\nTrocha; 60000; Guzmango; camino\nPosta; 50000; Chilete; salud");
        await secretary.FillAsync("Cuántas marcas, puestos o puntos", "2");
        await secretary.FillAsync("Talleres, un lugar por línea", "Local comunal");
        await secretary.PressAsync("Guardar");
        await secretary.ConfirmAsync("Fijar la regla");
        await secretary.PressAsync("Abrir la votación");
        var page = secretary.Path;
        await secretary.FollowAsync("Talones para votar");
        await secretary.FillAsync("Cuántos", "2");
        await secretary.PressAsync("Hacer los talones");
        (await secretary.Page.Locator(".qr svg").CountAsync()).ShouldBe(2);
        var slips = Slip().Matches(await secretary.TextAsync()).Select(m => m.Value).Distinct().ToList();
        slips.Count.ShouldBe(2);
        await using (var voter = await site.VisitorAsync(Manner.Phone))
        {
            foreach (var slip in slips)
            {
                await voter.OpenAsync("/priorizar");
                await voter.FillAsync("Código de su talón", slip);
                await voter.TickAsync("Pozo de agua");
                await voter.PressAsync("Depositar mi papeleta");
                await voter.SeesAsync("Su papeleta está en la urna");
            }
        }
        await secretary.OpenAsync(page);
        await secretary.FollowAsync("Digitar papeletas de papel");
        foreach (var (round, sheets) in new[] { ("Primer conteo", "1 2\n3"), ("Segundo conteo, con otra persona", "1 2\n1"), ("Segundo conteo, con otra persona", "1 2\n3") })
        {
            await secretary.TickAsync(round);
            await secretary.FillAsync("Papeletas, una por línea", sheets);
            await secretary.PressAsync("Guardar esta digitación");
        }
        await secretary.OpenAsync(page);
        await secretary.ConfirmAsync("Cerrar y contar");
        await secretary.SeesAsync("Se contaron 4 papeletas, 2 de papel.");
    }

    static List<string> Sentences(string text) => [.. text.Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0)];

    [GeneratedRegex(@"\b\d{3} \d{3}\b")]
    private static partial Regex SixDigits();

    [GeneratedRegex(@"\b[A-Z0-9]{5} [A-Z0-9]{5}\b")]
    private static partial Regex Slip();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();
}
