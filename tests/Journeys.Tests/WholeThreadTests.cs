using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>
/// From an empty installation to a signed agreement and its bundle, by clicks alone, on a phone without JavaScript in Spanish and on
/// a desk with it in English: each person finds the next step from their tray or from the page they stand on.
/// </summary>
public sealed class WholeThreadTests : IAsyncLifetime
{
    const string Key = "una clave larga";
    const string Title = "Programas que suman 2026";
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    readonly EmptySite site = new();
    Manner manner = Manner.Phone;

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [BrowserTheory]
    [InlineData(Texts.Spanish, 390, false)]
    [InlineData(Texts.English, 1280, true)]
    public async Task From_an_empty_installation_to_an_agreement_by_clicks_alone(string language, int width, bool script)
    {
        manner = new(language, width, script);
        await using var admin = await site.VisitorAsync(manner);
        await BeginAsync(admin);
        await PeopleAsync(admin);
        await using var secretary = await site.VisitorAsync(manner);
        await FoundEntityAsync(secretary);
        await GrantAsync(admin, "Marco Gerente", "gerencia de la entidad", "Entidad: Alianza por Contumazá");
        await using var manager = await site.VisitorAsync(manner);
        await StrategyAsync(manager, secretary);
        await ProgrammeAsync(manager, secretary);
        await FundAsync(admin);
        await using var office = await site.VisitorAsync(manner);
        await CallAsync(office, manager);
        await using var board = await EnteredAsync("berta");
        await TheThread.ApplyAsync(manager, Title);
        site.Clock.MoveTo(await NextAsync());
        await TheThread.ReviewAsync(office, board, Title);
        await TheThread.EvaluateAsync(office, Title, [.. new[] { "eva", "elio", "ema" }.Select(user => (Func<Task<Visitor>>)(() => EnteredAsync(user)))]);
        await TheThread.AwardAsync(office, board, Title);
        await TheThread.AgreeAsync(office, manager, "001-2026");
        await TheThread.ProveAsync(office, Title);
    }

    async Task<Visitor> EnteredAsync(string user)
    {
        var visitor = await site.VisitorAsync(manner);
        await visitor.EnterAsync(user, Key);
        return visitor;
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
        await admin.SeesAsync("La plataforma está lista. Usted la administra.");
    }

    static async Task PeopleAsync(Visitor admin)
    {
        foreach (var (name, user) in new[] { ("Sonia Secretaria", "sonia"), ("Marco Gerente", "marco"), ("Olga Operadora", "olga"), ("Berta Consejera", "berta"), ("Eva Lectora", "eva"), ("Elio Lector", "elio"), ("Ema Lectora", "ema") })
        {
            await admin.MenuAsync("Mi bandeja");
            await admin.FollowAsync("Administrar personas y roles");
            await admin.FollowAsync("Agregar una persona");
            await admin.FillAsync("Nombre y apellidos", name);
            await admin.FillAsync("Usuario", user);
            await admin.FillAsync("Contraseña inicial", Key);
            await admin.PressAsync("Agregar");
            await admin.SeesAsync(name);
        }
    }

    static async Task GrantAsync(Visitor admin, string person, string role, string scope)
    {
        await admin.MenuAsync("Mi bandeja");
        await admin.FollowAsync("Administrar personas y roles");
        await admin.FollowAsync(person);
        await admin.ChooseAsync("Rol", role);
        await admin.ChooseAsync("Ámbito", scope);
        await admin.PressAsync("Dar el rol");
        await admin.SeesAsync("Se dio el rol.");
    }

    static async Task FoundEntityAsync(Visitor secretary)
    {
        await secretary.EnterAsync("sonia", Key);
        await secretary.MenuAsync("Entidades");
        await secretary.FollowAsync("Crear una entidad");
        await secretary.FillAsync("Nombre de la entidad", "Alianza por Contumazá");
        await secretary.TickAsync("Alianza provincial público-privada (FDD)");
        await secretary.ChooseAsync("Provincia", "Contumazá");
        await secretary.PressAsync("Crear la entidad");
        await secretary.SeesAsync("La entidad quedó creada. Ahora agregue a sus miembros.");
        await secretary.FollowAsync("Importar miembros");
        await secretary.FillAsync("O pegue la tabla", """
            organizacion;ruc;sector;grupo;votos;distrito;representante;desde;hasta
            Municipalidad provincial;;publico;provincial-government;1;;Rosa Uno;2026-01-01;2027-12-31
            Municipalidad del valle;;publico;district-government;1;;Rosa Dos;2026-01-01;2027-12-31
            Asociación de ganaderos;;privado;producers;1;;Rosa Tres;2026-01-01;2027-12-31
            Cooperativa lechera;;privado;producers;1;;Rosa Cuatro;2026-01-01;2027-12-31
            Comunidad alta;;social;communities;1;;Rosa Cinco;2026-01-01;2027-12-31
            """);
        await secretary.PressAsync("Leer la tabla");
        await secretary.PressAsync("Agregar las 5 filas listas");
        await secretary.SeesAsync("Se agregaron 5 miembros.");
        await secretary.FollowAsync("Agregar un miembro");
        await secretary.FillAsync("Organización", "Organización de mujeres");
        await secretary.ChooseAsync("Grupo de interés", "Organizaciones de mujeres");
        await secretary.FillAsync("Representante", "Rosa Seis");
        await secretary.PressAsync("Agregar");
        await secretary.SeesAsync("Organización de mujeres quedó como miembro.");
    }

    async Task StrategyAsync(Visitor manager, Visitor secretary)
    {
        await manager.EnterAsync("marco", Key);
        await manager.FollowAsync("Ver la estrategia de Alianza por Contumazá");
        await manager.FollowAsync("Empezar una estrategia");
        await manager.FillAsync("Título", "Contumazá lechera");
        await manager.FillAsync("Visión", "Un territorio que vive bien de lo que produce junto.");
        await manager.FillAsync("Desde el año", "2026");
        await manager.FillAsync("Hasta el año", "2030");
        await manager.PressAsync("Crear la estrategia");
        await manager.FollowAsync("Agregar un eje");
        await manager.FillAsync("Código", "E1");
        await manager.FillAsync("Nombre del eje", "Lácteos de altura");
        await manager.FillAsync("Objetivo", "Que las familias vendan leche y queso de calidad.");
        await manager.FillAsync("Indicador", "Ingreso anual por familia");
        await manager.FillAsync("Línea de base", "S/ 6 200");
        await manager.FillAsync("Meta", "S/ 9 000");
        await manager.FillAsync("Año de la meta", "2030");
        await manager.FillAsync("Fuente del dato", "Encuesta de la entidad, 2025");
        await manager.PressAsync("Agregar un eje");
        await AssembleAsync(secretary, "Aprobar la estrategia", new(2026, 3, 10), manager, async () => await manager.FollowAsync("Llevar a la asamblea"));
    }

    /// <summary>Convocation, agenda, attendance, quorum, vote, minutes and their signature.</summary>
    async Task AssembleAsync(Visitor secretary, string subject, DateOnly day, Visitor proposer, Func<Task> propose)
    {
        await secretary.MenuAsync("Mi bandeja");
        await secretary.FollowAsync("Ver su entidad: Alianza por Contumazá");
        await secretary.FollowAsync("Convocar a asamblea");
        await secretary.FillAsync("Para qué se convoca", subject);
        await secretary.FillAsync("Lugar", "Local comunal");
        await secretary.FillAsync("Primera convocatoria", day.ToString("yyyy-MM-dd", Plain) + "T10:00");
        await secretary.FillAsync("Segunda convocatoria", day.ToString("yyyy-MM-dd", Plain) + "T10:30");
        await secretary.PressAsync("Convocar");
        await secretary.SeesAsync("La asamblea quedó convocada. Agregue los puntos de la agenda.");
        await propose();
        await proposer.TickAsync(subject);
        await proposer.PressAsync("Agregar a la agenda");
        site.Clock.MoveTo(day.ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc));
        await secretary.MenuAsync("Mi bandeja");
        await secretary.FollowAsync($"Abrir la sesión: {subject}, citada para …");
        await secretary.SeesAsync("Quórum: 0 presentes; se necesitan 4 de 6 (la mitad más uno).");
        foreach (var who in new[] { "Municipalidad provincial", "Municipalidad del valle", "Asociación de ganaderos", "Cooperativa lechera", "Organización de mujeres" }) await secretary.TickAsync(who);
        await secretary.PressAsync("Anotar la llegada");
        await secretary.SeesAsync("Quórum: 5 presentes; se necesitan 4 de 6 (la mitad más uno).");
        await secretary.PressAsync("Abrir la sesión");
        await secretary.PressAsync("Abrir la votación");
        foreach (var who in new[] { "Municipalidad provincial", "Municipalidad del valle", "Asociación de ganaderos", "Organización de mujeres" }) await secretary.TickInAsync(who, "Sí");
        await secretary.TickInAsync("Cooperativa lechera", "Abstención");
        await secretary.PressAsync("Anotar los votos");
        await secretary.ConfirmAsync("Cerrar la votación");
        await secretary.SeesAsync("La votación se cerró: aprobado.");
        await secretary.ConfirmAsync("Cerrar la sesión");
        await secretary.FollowAsync("Acta de la asamblea");
        await secretary.SeesAsync("Pendiente de firma", "Aprobado: acuerdo n.º ….");
        await secretary.MenuAsync("Mi bandeja");
        await secretary.FollowAsync("Acta pendiente de firma: " + subject);
        await secretary.AttachAsync("Acta firmada", "acta.pdf", TheThread.Pdf("acta " + subject));
        await secretary.FillAsync("Quiénes firmaron", "Presidencia y secretaría");
        await secretary.PressAsync("Adjuntar");
        await secretary.SeesAsync("La firma quedó adjunta.");
    }

    async Task ProgrammeAsync(Visitor manager, Visitor secretary)
    {
        await manager.MenuAsync("Mi bandeja");
        await manager.FollowAsync("Ver los programas de Alianza por Contumazá");
        await manager.FollowAsync("Empezar un programa");
        await manager.FillAsync("Título", "Leche con marca");
        await manager.FillAsync("Objetivo", "Que las familias produzcan más y vendan juntas.");
        await manager.TickAsync("Contumazá lechera");
        await manager.PressAsync("Crear el programa");
        foreach (var (title, n) in new[] { ("Riego y pastos", 1), ("Centro de acopio", 2), ("Marca y venta", 3) })
        {
            await manager.FollowAsync("Agregar un proyecto");
            await manager.FillAsync("Título del proyecto", title);
            await manager.FillAsync("Problema que resuelve", "La leche se vende tibia y a mitad de precio.");
            await manager.FillAsync("Objetivo", "Acopiar y vender con calidad comprobada.");
            await manager.ChooseAsync("Eje", "Lácteos de altura");
            await manager.FillAsync("Cadena productiva", "lácteos");
            if (n == 1)
            {
                foreach (var (code, name) in new[] { ("060501", "Distrito del valle"), ("060502", "Distrito de altura") })
                {
                    await manager.UnfoldAsync("¿Falta un distrito?");
                    await manager.FillAsync("Código INEI", code);
                    await manager.FillAsync("Nombre del distrito", name);
                    await manager.PressAsync("Agregar el distrito");
                }
                (await manager.Page.Locator("[name='Input.Title']").InputValueAsync()).ShouldBe(title, "nothing typed is lost while a district is added");
            }
            await manager.TickAsync("Distrito del valle");
            await manager.TickAsync("Distrito de altura");
            await manager.FillAsync("Mujeres", "120");
            await manager.FillAsync("Varones", "100");
            await manager.FillAsync("Organizaciones beneficiarias", "Cooperativa lechera\nAsociación de ganaderos");
            await manager.FillAsync("Costo total del proyecto", "400 000");
            await manager.PressAsync("Agregar y seguir con los costos");
            var lines = new[] { ("Fondo", "250000.00"), ("Provincia", "90,000"), ("Privado en dinero", "40.000,00"), ("Privado en especie", "20 000") };
            for (var i = 0; i < lines.Length; i++)
            {
                await manager.FillAsync("Concepto", "Obras y equipos", i);
                await manager.ChooseAsync("Fuente", lines[i].Item1, i);
                await manager.FillAsync("Año", "2026", i);
                await manager.FillAsync("Monto (S/)", lines[i].Item2, i);
            }
            await manager.PressAsync("Guardar los costos");
            await manager.SeesAsync("Las fuentes suman S/ 400 000.00: el proyecto está cubierto al céntimo.");
            await manager.FollowAsync("Volver al programa");
        }
        await manager.SeesAsync("Todos los proyectos están cubiertos: las fuentes suman S/ 1 200 000.00 y no falta nada.");
        await manager.FollowAsync("Congelar una versión");
        await manager.TickAsync("Revisé los proyectos, los montos y las fuentes");
        await manager.PressAsync("Congelar la versión 1");
        await AssembleAsync(secretary, "Adoptar el programa", new(2026, 3, 20), manager, async () =>
        {
            await manager.MenuAsync("Mi bandeja");
            await manager.FollowAsync("Ver los programas de Alianza por Contumazá");
            await manager.FollowAsync("Leche con marca");
            await manager.FollowAsync("Versiones");
            await manager.FollowAsync("Llevar a la asamblea");
        });
    }

    static async Task FundAsync(Visitor admin)
    {
        await admin.MenuAsync("Mi bandeja");
        await admin.FollowAsync("Ver los fondos");
        await admin.FollowAsync("Crear un fondo");
        await admin.FillAsync("Nombre del fondo", "Fondo de Prueba");
        await admin.FillAsync("Institución responsable", "Gobierno Regional de Prueba");
        await admin.FillAsync("Recursos con los que empieza", "3 000 000");
        await admin.FillAsync("Documento que los sustenta", "Certificación 001-2026");
        await admin.PressAsync("Crear el fondo");
        foreach (var (who, role) in new[] { ("Olga Operadora", "secretaría técnica del fondo"), ("Berta Consejera", "consejo del fondo"), ("Eva Lectora", "evaluación"), ("Elio Lector", "evaluación"), ("Ema Lectora", "evaluación") })
            await GrantAsync(admin, who, role, "Fondo: Fondo de Prueba");
    }

    async Task CallAsync(Visitor office, Visitor manager)
    {
        await office.EnterAsync("olga", Key);
        await office.FollowAsync("Ver su fondo: Fondo de Prueba");
        await office.FollowAsync("Acreditar una entidad");
        await office.ChooseAsync("Entidad", "Alianza por Contumazá");
        await office.PressAsync("Revisar composición");
        await office.PressAsync("Acreditar");
        await office.SeesAsync("… quedó acreditada hasta el ….");
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync("Ver su fondo: Fondo de Prueba");
        await office.FollowAsync("Preparar una convocatoria");
        await office.TickAsync("Fondo de Desarrollo Descentralizado (FDD)");
        await office.FillAsync("Convocatoria", "Programas que suman 2026");
        await office.FillAsync("Presupuesto", "2,500,000.00");
        await office.UnfoldAsync("Cajamarca");
        await office.TickAsync("Contumazá");
        await office.PressAsync("Seguir");
        await office.FillAsync("Fuente de las cifras", "Cifras de prueba, 2025");
        await office.FillAsync("O pegue la tabla aquí", "provincia,poblacion,necesidad,recursos\n0605,28000,41,180");
        await office.PressAsync("Importar");
        await office.SeesAsync("Cifras guardadas.");
        await office.PressAsync("Guardar estas ligas");
        await office.FillAsync("Día de publicación", "2026-03-23");
        await office.PressAsync("Guardar el calendario");
        await office.SeesAsync("Calendario guardado. La recepción cierra el ….");
        await office.MenuAsync("Mi bandeja");
        site.Clock.MoveTo(new(2026, 3, 23, 15, 0, 0, DateTimeKind.Utc));
        await office.FollowAsync("Publicar la convocatoria: Programas que suman 2026");
        await office.ConfirmAsync("Publicar la convocatoria");
        await office.SeesAsync("Convocatoria publicada. Sus reglas quedaron fijadas.");
        site.Clock.MoveTo(new(2026, 3, 25, 15, 0, 0, DateTimeKind.Utc));
        await manager.MenuAsync("Convocatorias");
        await manager.FollowAsync("Programas que suman 2026");
        await manager.FollowAsync("0 preguntas");
        await manager.FollowAsync("Hacer una pregunta");
        await manager.FillAsync("Su pregunta", "¿La contrapartida en especie se valora con acta?");
        await manager.PressAsync("Enviar la pregunta");
        await manager.SeesAsync("Pregunta 1 recibida y publicada.");
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync("Preguntas por responder en Programas que suman 2026: …");
        await office.FollowAsync("Responder");
        await office.FillAsync("Respuesta", "Sí, con acta y precios del lugar.");
        await office.PressAsync("Publicar la respuesta");
        await office.SeesAsync("respondida");
        foreach (var (way, button, done) in new[] { ("Integrar las reglas", "Fijar las reglas integradas", "Reglas integradas fijadas. A ellas se atan las postulaciones."), ("Abrir la recepción", "Abrir la recepción", "Recepción abierta.") })
        {
            site.Clock.MoveTo(await NextAsync());
            await office.MenuAsync("Mi bandeja");
            await office.FollowAsync($"{way}: {Title}");
            await office.ConfirmAsync(button);
            await office.SeesAsync(done);
        }
    }

    /// <summary>The next instant of the call's calendar: the end of questions, the opening, the close.</summary>
    async Task<DateTime> NextAsync()
    {
        await using var scope = site.Services.CreateAsyncScope();
        var call = await scope.ServiceProvider.GetRequiredService<AppDb>().Calls.SingleAsync();
        return new[] { call.Dates.QuestionsEnd.ClosesAt, call.Dates.OpensAt, call.Dates.Close.ClosesAt }.Where(at => at > site.Clock.Now).Min();
    }
}
