using System.Globalization;
using System.Text;
using System.Text.Json;
using Minka.Web.Layout;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>
/// The example of the founding chapter, from an empty installation to a programme that an assembly adopted: ten chains, forty projects out of the
/// bank, and the same forty as a loose list beside it. By clicks alone.
/// </summary>
public sealed class PlanningThreadTests : IAsyncLifetime
{
    const string Key = "una clave larga";
    const string Entity = "Cuenca del Jequetepeque DEMO";
    static readonly string Examples = Path.Combine(PictureTests.Root(), "docs", "examples");
    static readonly string[] Members = ["Municipalidad provincial", "Municipalidad de Chilete", "Asociación de chirimoyeros", "Cooperativa lechera", "Comunidad campesina", "Organización de mujeres"];

    readonly EmptySite site = new();
    readonly Manner manner = new(Texts.Spanish, 1280, true);

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [BrowserFact]
    public async Task From_an_empty_province_to_an_adopted_programme_of_ten_chains()
    {
        await using var admin = await site.VisitorAsync(manner);
        await PeopleAsync(admin);
        await using var secretary = await site.VisitorAsync(manner);
        await EntityAsync(secretary);
        await GrantAsync(admin);
        await using var manager = await site.VisitorAsync(manner);
        await manager.EnterAsync("marco", Key);
        await StrategyAsync(manager);
        await ChainsAsync(manager);
        await BankAsync(manager);
        await ProgrammeAsync(manager);
        await AssemblyAsync(secretary, manager);
        await manager.MenuAsync("Mi bandeja");
        await manager.FollowAsync($"Ver los programas de {Entity}");
        await manager.SeesAsync("DEMO: Cadenas del Jequetepeque", "Adoptado");
        await LooseAsync(manager);
    }

    static async Task PeopleAsync(Visitor admin)
    {
        await admin.OpenAsync("/");
        await admin.FollowAsync("Crear la primera cuenta");
        foreach (var (label, value) in new[] { ("Institución", "Gobierno Regional DEMO"), ("Nombre y apellidos", "Ada Administradora"), ("Usuario", "ada"), ("Contraseña", Key), ("La contraseña otra vez", Key) }) await admin.FillAsync(label, value);
        await admin.PressAsync("Crear la cuenta y entrar");
        foreach (var (name, user) in new[] { ("Sonia Secretaria", "sonia"), ("Marco Gerente", "marco") })
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

    static async Task EntityAsync(Visitor secretary)
    {
        await secretary.EnterAsync("sonia", Key);
        await secretary.MenuAsync("Entidades");
        await secretary.FollowAsync("Crear una entidad");
        await secretary.FillAsync("Nombre de la entidad", Entity);
        await secretary.TickAsync("Alianza provincial público-privada (FDD)");
        await secretary.ChooseAsync("Provincia", "Contumazá");
        await secretary.FillAsync("Otras provincias", "0611, 0612");
        await secretary.PressAsync("Crear la entidad");
        await secretary.FollowAsync("Importar miembros");
        string[] kinds = ["publico;;provincial-government", "publico;;district-government", "privado;;producers", "privado;;producers", "social;;communities", "social;;women"];
        await secretary.FillAsync("O pegue la tabla", "organizacion;sector;ruc;grupo;votos;representante;desde;hasta\n" + string.Join('\n', Members.Zip(kinds, (name, kind) => $"{name};{kind};1;Persona {name};2026-01-01;2031-12-31")));
        await secretary.PressAsync("Leer la tabla");
        await secretary.PressAsync("Agregar las 6 filas listas");
    }

    static async Task GrantAsync(Visitor admin)
    {
        await admin.MenuAsync("Mi bandeja");
        await admin.FollowAsync("Administrar personas y roles");
        await admin.FollowAsync("Marco Gerente");
        await admin.ChooseAsync("Rol", "gerencia de la entidad");
        await admin.ChooseAsync("Ámbito", $"Entidad: {Entity}");
        await admin.PressAsync("Dar el rol");
    }

    static async Task StrategyAsync(Visitor manager)
    {
        await manager.FollowAsync($"Ver la estrategia de {Entity}");
        await manager.FollowAsync("Empezar una estrategia");
        await manager.FillAsync("Título", "DEMO: Estrategia de la cuenca");
        await manager.FillAsync("Visión", "Una cuenca que produce todo el año y vende junta lo que sabe hacer.");
        await manager.FillAsync("Desde el año", "2027");
        await manager.FillAsync("Hasta el año", "2031");
        await manager.PressAsync("Crear la estrategia");
        foreach (var (code, name) in new[] { ("E1", "Fruta y vid"), ("E2", "Crianzas y leche"), ("E3", "Tara, artesanía y turismo") })
        {
            await manager.FollowAsync("Agregar un eje");
            foreach (var (label, value) in new[] { ("Código", code), ("Nombre del eje", name), ("Objetivo", "Vender más y mejor"), ("Indicador", "Toneladas vendidas con contrato"), ("Línea de base", "180"), ("Meta", "1500"), ("Año de la meta", "2031"), ("Fuente del dato", "DEMO: registro") })
                await manager.FillAsync(label, value);
            await manager.PressAsync("Agregar un eje");
        }
    }

    static async Task ChainsAsync(Visitor manager)
    {
        await manager.FollowAsync("Cadenas de valor");
        await manager.FollowAsync("Cargar cadenas de una tabla");
        await manager.AttachAsync("Archivo", "cadenas.csv", await File.ReadAllBytesAsync(Path.Combine(Examples, "jequetepeque-cadenas.csv")), "text/csv");
        await manager.PressAsync("Cargar las cadenas");
        await manager.SeesAsync("Cadenas cargadas: 10.", "Chirimoya");
    }

    static async Task BankAsync(Visitor manager)
    {
        await manager.FollowAsync("Cartera de proyectos");
        await manager.FollowAsync("Traer proyectos");
        await manager.AttachAsync("Archivo (.xlsx o CSV)", "cartera.csv", Encoding.UTF8.GetBytes(await TableAsync("jequetepeque.json")), "text/csv");
        await manager.PressAsync("Leer y revisar");
        await manager.SeesAsync("Distritos que faltan en la lista");
        var names = manager.Page.Locator("#districts input[type=text], #districts input:not([type])");
        for (var i = await names.CountAsync() - 1; i >= 0; i--) await names.Nth(i).FillAsync($"Distrito DEMO {i}");
        await manager.PressAsync("Agregar los distritos");
        await manager.PressAsync("Guardar 40 proyectos en la cartera");
        await manager.SeesAsync("Proyectos guardados en la cartera: 40.", "E1 Fruta y vid");
    }

    static async Task ProgrammeAsync(Visitor manager)
    {
        await manager.FollowAsync("Programas");
        await manager.FollowAsync("Empezar un programa");
        await manager.FillAsync("Título", "DEMO: Cadenas del Jequetepeque");
        await manager.FillAsync("Objetivo", "Que las familias vendan juntas lo que ya saben producir");
        await manager.TickAsync("DEMO: Estrategia de la cuenca");
        await manager.PressAsync("Crear el programa");
        for (var round = 0; round < 2; round++)
        {
            var boxes = manager.Page.Locator("input[name=ids]:not([disabled])");
            for (var i = await boxes.CountAsync() - 1; i >= 0; i--) await boxes.Nth(i).CheckAsync();
            // The panels are swapped in place: what is left in the bank is not on the page any more.
            await manager.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Tomar los marcados" }).ClickAsync();
            await manager.Page.Locator("caption", new() { HasTextString = round == 0 ? "25 proyectos" : "40 proyectos" }).First.WaitForAsync();
        }
        await manager.SeesAsync("No falta nada para congelar una versión.", "Todos los proyectos tienen algún lazo con otro.", "las fuentes suman S/ 20 140 179.20 y no falta nada");
        await manager.FollowAsync("Congelar una versión");
        await manager.TickAsync("Revisé los proyectos, los montos y las fuentes");
        await manager.PressAsync("Congelar la versión 1");
    }

    async Task AssemblyAsync(Visitor secretary, Visitor manager)
    {
        const string subject = "Aprobar estrategia y programa";
        await secretary.MenuAsync("Mi bandeja");
        await secretary.FollowAsync($"Ver su entidad: {Entity}");
        await secretary.FollowAsync("Convocar a asamblea");
        var day = DateOnly.FromDateTime(site.Clock.Now).AddDays(12);
        await secretary.FillAsync("Para qué se convoca", subject);
        await secretary.FillAsync("Lugar", "Chilete");
        foreach (var (label, hour) in new[] { ("Primera convocatoria", "T10:00"), ("Segunda convocatoria", "T10:30") }) await secretary.FillAsync(label, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + hour);
        await secretary.PressAsync("Convocar");
        await manager.FollowAsync("Llevar a la asamblea");
        await manager.TickAsync(subject);
        await manager.PressAsync("Agregar a la agenda");
        await manager.MenuAsync("Mi bandeja");
        await manager.FollowAsync($"Ver la estrategia de {Entity}");
        await manager.FollowAsync("Llevar a la asamblea");
        await manager.TickAsync(subject);
        await manager.PressAsync("Agregar a la agenda");
        site.Clock.MoveTo(day.ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc));
        await secretary.MenuAsync("Mi bandeja");
        await secretary.FollowAsync($"Abrir la sesión: {subject}, citada para …");
        foreach (var who in Members) await secretary.TickAsync(who);
        await secretary.PressAsync("Anotar la llegada");
        await secretary.PressAsync("Abrir la sesión");
        for (var item = 0; item < 2; item++)
        {
            await secretary.PressAsync("Abrir la votación");
            foreach (var who in Members) await secretary.TickInAsync(who, "Sí");
            await secretary.PressAsync("Anotar los votos");
            await secretary.ConfirmAsync("Cerrar la votación");
            await secretary.SeesAsync("La votación se cerró: aprobado.");
        }
        await secretary.ConfirmAsync("Cerrar la sesión");
    }

    /// <summary>The same forty without axes, chains and order: the panel says so and what would mend it.</summary>
    static async Task LooseAsync(Visitor manager)
    {
        await manager.FollowAsync("Traer un programa de un archivo");
        await manager.AttachAsync("Archivo", "sueltos.json", await File.ReadAllBytesAsync(Path.Combine(Examples, "jequetepeque-loose.json")), "application/json");
        await manager.PressAsync("Traer el programa", expected: 422);
        await manager.SeesAsync("Falta en la lista de distritos: 060506, 061106.");
        await manager.FollowAsync("Cargar distritos desde un archivo");
        await manager.AttachAsync("Archivo CSV", "distritos.csv", "ubigeo,distrito\n060506,Seis DEMO\n061106,Once DEMO\n"u8.ToArray(), "text/csv");
        await manager.PressAsync("Cargar");
        await manager.MenuAsync("Mi bandeja");
        await manager.FollowAsync($"Ver los programas de {Entity}");
        await manager.FollowAsync("Traer un programa de un archivo");
        await manager.AttachAsync("Archivo", "sueltos.json", await File.ReadAllBytesAsync(Path.Combine(Examples, "jequetepeque-loose.json")), "application/json");
        await manager.PressAsync("Traer el programa");
        await manager.SeesAsync("El 100 % del dinero está fuera de los ejes", "16 proyectos están solos", "Están solos: 16", "el dinero aislado bajaría de 74.38 % a 55.95 %");
    }

    /// <summary>The projects of an example as a table for the bank.</summary>
    static async Task<string> TableAsync(string file)
    {
        using var example = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Examples, file)));
        var sources = new Dictionary<string, string> { ["fund"] = "fondo", ["district"] = "distrito", ["province"] = "provincia", ["region"] = "region", ["nation"] = "nacion", ["cooperation"] = "cooperacion", ["entity"] = "entidad", ["private-cash"] = "privado", ["private-in-kind"] = "especie" };
        var table = new StringBuilder("codigo;titulo;tipo;etapa;problema;objetivo;eje;cadena;conglomerado;distritos;mujeres;varones;organizaciones;inicio;meses;costo;anio;valorizacion;sustento;despues_de;" + string.Join(';', sources.Values.Select(s => "aporte_" + s)) + "\n");
        foreach (var p in example.RootElement.GetProperty("projects").EnumerateArray())
        {
            var sums = p.GetProperty("funding").EnumerateArray().GroupBy(f => f.GetProperty("source").GetString()!).ToDictionary(g => g.Key, g => g.Sum(f => f.GetProperty("amount").GetDecimal()));
            string Text(string name) => p.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.Array ? string.Join(' ', value.EnumerateArray().Select(v => v.GetString())) : value.ToString() : "";
            table.AppendLine(string.Join(';', [Text("code"), Text("title"), "proyecto", "perfil", Text("problem"), Text("objective"), Text("axis"), Text("chain"), Text("conglomerate"), Text("places"), Text("women"), Text("men"), Text("organisations"), Text("start"), Text("months"),
                Text("cost"), "2027", "Jornal DEMO", "Acta DEMO", Text("after"), .. sources.Keys.Select(s => sums.TryGetValue(s, out var sum) ? sum.ToString(CultureInfo.InvariantCulture) : "")]));
        }
        return table.ToString();
    }
}
