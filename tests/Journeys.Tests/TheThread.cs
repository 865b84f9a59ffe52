using System.Globalization;
using System.IO.Compression;
using System.Text;
using Minka.Core.Entities;
using Shouldly;

namespace Minka.Journeys.Tests;

/// <summary>The second half of the thread, from an open call to a verified bundle, by clicks: the same on any installation.</summary>
static class TheThread
{
    const string NoSignature = "La aprobación en la plataforma no es una firma. Tiene efecto legal cuando se adjunta el documento firmado, escaneado o con firma electrónica verificada.";
    static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>The whole form, from the tray to the signed receipt.</summary>
    public static async Task ApplyAsync(Visitor manager, string call)
    {
        await manager.MenuAsync("Mi bandeja");
        await manager.FollowAsync("Puede postular a " + call);
        await manager.FollowAsync("Postular");
        await manager.PressAsync("Empezar la postulación");
        await manager.FollowAsync("Titular y ejecutores");
        await manager.FillAsync("Nombre del titular", "Municipalidad Provincial de Contumazá");
        await manager.FillAsync("RUC", LegalRuc(1));
        await manager.TickAsync("municipalidad");
        await manager.FillAsync("Plazo en meses", "24");
        await manager.FillAsync("Nombre y apellidos", "Rosa Quispe");
        await manager.FillAsync("Documento de identidad", "40999123");
        await manager.FillAsync("Cargo", "Alcaldesa");
        var executors = await manager.Page.Locator("main input[name^=ExecutorNames]").CountAsync();
        for (var i = 0; i < executors; i++)
        {
            await manager.FillAsync("Ejecutor", $"Ejecutora {i + 1}", i);
            await manager.FillAsync("RUC", LegalRuc(i + 2), i + 1);
        }
        await manager.PressAsync("Guardar y volver");
        await manager.FollowAsync("Aportes y cartas");
        var sources = await manager.Page.Locator("main input[name^=Contributors]").CountAsync();
        for (var i = 0; i < sources; i++)
        {
            await manager.FillAsync("Quién aporta", "Aportante " + (i + 1).ToString(Plain), i);
            await manager.AttachAsync("Carta de compromiso", $"carta-{i}.pdf", Pdf($"carta {i}"), at: i);
        }
        await manager.FillAsync("Cómo se valoró el aporte en especie", "Jornales según acta.");
        await manager.PressAsync("Guardar");
        await manager.FollowAsync("Volver a la postulación");
        await manager.FollowAsync("Propuesta por criterio");
        for (var i = 0; i < await manager.Page.Locator("main textarea").CountAsync(); i++) await manager.Page.Locator("main textarea").Nth(i).FillAsync("Tres proyectos que se suman en una misma cadena, con compradores y cifras.");
        await manager.PressAsync("Guardar y volver");
        await manager.FollowAsync("Documentos y declaración");
        var files = await manager.Page.Locator("main input[type=file]").CountAsync();
        for (var i = 0; i < files; i++) await manager.Page.Locator("main input[type=file]").Nth(i).SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = $"documento-{i}.pdf", MimeType = "application/pdf", Buffer = Pdf($"documento {i}") });
        await manager.TickAsync("Declaro bajo juramento que lo que presento es verdad y que no hay otro financiamiento para lo mismo.");
        await manager.PressAsync("Guardar");
        await manager.FollowAsync("Volver a la postulación");
        await manager.FollowAsync("Revisar y enviar");
        await manager.PressAsync("Enviar la postulación");
        await manager.SeesAsync("Postulación recibida a las …", "Constancia", "Huella SHA-256 del contenido");
        (await manager.Page.Locator(".qr svg").CountAsync()).ShouldBe(1);
        Encoding.UTF8.GetString(await manager.DownloadAsync("Descargar la constancia firmada (.jws)")).Split('.').Length.ShouldBe(3, "a signed receipt");
    }

    /// <summary>The close on record, the opening of the envelopes, and the admission.</summary>
    public static async Task ReviewAsync(Visitor office, Visitor board, string call)
    {
        await office.MenuAsync("Mi bandeja");
        // The demonstration records the close by itself when its date is moved.
        if (await office.ReadsAsync("Registrar el cierre: " + call))
        {
            await office.FollowAsync("Registrar el cierre: " + call);
            await office.ConfirmAsync("Registrar el cierre");
        }
        await office.MenuAsync("Mi bandeja");
        // Two officials: one asks, another confirms.
        await office.FollowAsync("Pedir la apertura de los sobres: " + call);
        await office.PressAsync("Pedir la apertura");
        await office.SeesAsync("Pidió la apertura. Falta que otra persona del fondo la confirme.");
        await board.MenuAsync("Mi bandeja");
        await board.FollowAsync("Confirmar la apertura de los sobres: " + call);
        await board.ConfirmAsync("Confirmar y abrir los sobres");
        await board.SeesAsync("P-001");
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync("Empezar la admisión: " + call);
        await office.PressAsync("Iniciar la revisión");
        await office.FollowAsync("P-001");
        var yes = office.Page.Locator("main input[type=radio][value=yes]");
        for (var i = 0; i < await yes.CountAsync(); i++) await yes.Nth(i).CheckAsync();
        await office.ConfirmAsync("Admitir");
        await office.SeesAsync("P-001 fue admitida.");
    }

    /// <summary>Seats, declarations, blind scores with reasons, locks.</summary>
    public static async Task EvaluateAsync(Visitor office, string call, IReadOnlyList<Func<Task<Visitor>>> readers)
    {
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync("Pasar a la evaluación: " + call);
        await office.FollowAsync("Ir a la evaluación");
        await office.ConfirmAsync("Iniciar la evaluación");
        var scored = 0;
        foreach (var enter in readers)
        {
            await using var reader = await enter();
            if (!(await reader.TextAsync()).Contains("P-001", StringComparison.Ordinal)) continue;
            scored++;
            await reader.FollowAsync("Declarar si tiene conflicto con el expediente P-001 (…)");
            await reader.PressAsync("Declarar y abrir el expediente");
            while (await reader.Page.Locator("main input[name=Level]").CountAsync() > 0)
            {
                await reader.Page.Locator("main input[name=Level]").Last.CheckAsync();
                await reader.FillAsync("Razón", "Los tres proyectos se enlazan y las cifras lo sostienen.");
                await reader.PressAsync("Guardar y seguir");
            }
            await reader.ConfirmAsync("Cerrar mis puntajes");
            await reader.SeesAsync("Puntajes de P-001 cerrados.");
        }
        scored.ShouldBe(2);
    }

    public static async Task AwardAsync(Visitor office, Visitor board, string call)
    {
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync("Proponer la adjudicación: " + call);
        await office.ConfirmAsync("Calcular y proponer");
        await board.MenuAsync("Mi bandeja");
        await board.FollowAsync("Decidir la adjudicación: " + call);
        await board.ConfirmAsync("Aprobar como está");
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync("Publicar la adjudicación: " + call);
        await office.ConfirmAsync("Publicar los resultados");
        await office.FollowAsync("Ver los resultados públicos");
        await office.SeesAsync("financiada");
        await office.FollowRowAsync("P-001");
        await office.SeesAsync("Qué puntaje habría bastado");
    }

    public static async Task AgreeAsync(Visitor office, Visitor manager, string number)
    {
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync($"Aprobar el convenio {number} con …");
        await office.ConfirmAsync("Aprobar por el fondo");
        await manager.MenuAsync("Mi bandeja");
        await manager.FollowAsync($"Aprobar el convenio {number} con …");
        await manager.ConfirmAsync("Aprobar por la entidad");
        await manager.SeesAsync("Pendiente de firma", NoSignature, "Municipalidad Provincial de Contumazá");
        await office.MenuAsync("Mi bandeja");
        await office.FollowAsync($"Adjuntar el convenio firmado {number} con …");
        await office.UnfoldAsync("Adjuntar el documento firmado");
        await office.AttachAsync("Documento firmado", "convenio.pdf", Pdf("convenio"));
        await office.FillAsync("Quiénes firman", "Las dos partes");
        await office.PressAsync("Adjuntar");
        await office.SeesAsync("Documento firmado adjuntado.");
        (await office.ReadsAsync(NoSignature)).ShouldBeFalse();
    }

    /// <summary>The bundle in hand, verified on the public page; the last act and its proof.</summary>
    public static async Task ProveAsync(Visitor anybody, string call)
    {
        await anybody.MenuAsync("Resultados");
        await anybody.FollowAsync(call);
        var bundle = await anybody.DownloadAsync("Descargar el paquete público");
        using var zip = new ZipArchive(new MemoryStream(bundle));
        zip.Entries.Count.ShouldBeGreaterThan(10);
        await anybody.MenuAsync("Verificar");
        await anybody.AttachAsync("Archivo", "paquete.zip", bundle, "application/zip");
        await anybody.PressAsync("Verificar");
        await anybody.SeesAsync("Todo se cumple");
        await anybody.MenuAsync("Registro");
        await anybody.FollowAsync("Aprobó un convenio por la entidad");
        await anybody.SeesAsync("El asiento está en el registro");
    }

    static string LegalRuc(int number)
    {
        var first = string.Create(Plain, $"20{number:00000000}");
        return first + Ruc.CheckDigit(first).ToString(Plain);
    }

    public static byte[] Pdf(string words) => Encoding.UTF8.GetBytes($"%PDF-1.4\n% {words}\n%%EOF");
}
