using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Register;
using Minka.TestKit;
using Minka.Web.Docs;
using Minka.Web.Layout;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Api;

/// <summary>Every list can be had whole as a file, with the page's filter and words, and no page reads a whole list to show a part.</summary>
public sealed partial class ListFilesTests
{
    /// <summary>Pages with a table that is no list of its own, each with the reason.</summary>
    static readonly Dictionary<string, string> NoLists = new(StringComparer.Ordinal)
    {
        ["Account/Passkeys/List"] = "the keys of one's own account, at most twenty",
        ["Account/Tray"] = "what waits for one person; each task leads to its list",
        ["Administration/People/Show"] = "the roles of one person",
        ["Agreements/Show"] = "the text of one agreement with its tranches; a document",
        ["Applications/Drafts/Show"] = "the parts of one form",
        ["Applications/Envelopes/Record"] = "one application",
        ["Awards/Results/Application"] = "the reasons of one application",
        ["Awards/Runs/Desk"] = "the work of the office before the results, which are a list once they are public",
        ["Awards/Runs/Sheet"] = "the act of an award; a document",
        ["Demo/Clock"] = "moments to which the demonstration can be moved",
        ["Entities/Elections/Show"] = "the candidates of one election, with its result",
        ["Entities/Prioritisation/Show"] = "the options of one prioritisation; its ballots are a file of their own",
        ["Entities/Room/Sheet"] = "a sheet to print and sign",
        ["Entities/Assemblies/Session"] = "the room of one session; its minutes are the document",
        ["Entities/Entities/Show"] = "one entity; its members and resolutions are lists of their own",
        ["Entities/Assemblies/Convocation"] = "the convocation of one assembly; a document",
        ["Entities/Entities/Papers"] = "the founding papers of one entity; a document",
        ["Entities/Members/Change"] = "who spoke for one member",
        ["Entities/Minutes/Show"] = "the minutes of one session; a document",
        ["Evaluation/Sheets/Show"] = "one score sheet",
        ["Fund/Calls/Desk"] = "the steps of one call",
        ["Fund/Calls/Show"] = "one call with its leagues; the rules are a file of their own",
        ["Fund/Funds/Show"] = "one fund; its calls are a list of their own",
        ["Fund/Freezes/Show"] = "the frozen rules of one call; their exact text is a file of its own",
        ["Fund/Preparing/Calendar"] = "a form",
        ["Fund/Preparing/Leagues"] = "the leagues of one draft",
        ["Fund/Preparing/Needs"] = "a form; its table is had and sent as CSV there",
        ["Planning/Bank/Bundle"] = "a form; the candidate's own page has its projects as a file",
        ["Home/Country"] = "the files that one button fetches",
        ["Territories/Bringing/Bring"] = "the files that one button fetches",
        ["Observatory/Data/Review"] = "what one file that waits holds",
        ["Observatory/Data/Mapping"] = "columns of one file that waits",
        ["Planning/Bank/Show"] = "the sheet of one project; a document",
        ["Planning/Appraisals/Change"] = "a form; the figures of one project",
        ["Planning/Programmes/Import"] = "the faults of a file just sent",
        ["Planning/ParticipatoryBudget/Outcome/Acta"] = "the agreement of one year; a document",
        ["Planning/ParticipatoryBudget/Processes/Prepare"] = "a form",
        ["Planning/Chains/Import"] = "the columns of a file and its faults",
        ["Planning/Chains/Show"] = "one chain; all chains are a list of their own",
        ["Planning/Projects/Costs"] = "a form",
        ["Planning/Projects/Import"] = "the faults of a file just sent",
        ["Planning/Projects/Show"] = "one project",
        ["Planning/Strategies/Show"] = "one strategy with its axes",
        ["Planning/Writing/Document"] = "one strategy; a document",
        ["Planning/Writing/Tasks"] = "the chapters of one strategy",
        ["Register/Documents/Verify"] = "what was checked of one document",
        ["Rules/Packs/New"] = "the faults of a file just sent",
        ["Rules/Packs/Show"] = "the values of one pack, which is a file of its own",
        ["Selection/Elections/Decide"] = "the outcome of one election by each rule; its figures come from the file that was sent",
        ["Sources/Show"] = "attributions of the country pack",
        ["Style/Show"] = "samples of the components",
        ["Territories/Districts/Import"] = "the faults of a file just sent",
        ["Territories/Show"] = "one territory with its indicators",
    };

    [Fact]
    public void Lists_all_have_their_files()
    {
        var faults = new List<string>();
        var exceptions = NoLists.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var (name, text) in Pages())
        {
            var listed = ModelOf(name) is { } model && typeof(IListed).IsAssignableFrom(model);
            if (exceptions.Remove(name))
            {
                if (listed) faults.Add($"{name}: stands among those that are no lists, and is one");
                continue;
            }
            if (Table().IsMatch(text) && !listed) faults.Add($"{name}: shows a list that cannot be had as a file");
            if (listed && !text.Contains("<m-download />", StringComparison.Ordinal)) faults.Add($"{name}: its files are not offered");
        }
        faults.AddRange(exceptions.Select(e => $"{e}: an exception for no page"));
        faults.ShouldBeEmpty();
        Table().IsMatch("<table m-rows>").ShouldBeTrue();
    }

    [Fact]
    public async Task Files_keep_filter_and_language_of_the_page()
    {
        await using var site = await TestSite.StartAsync();
        var visitor = site.Visitor();
        (await RowsAsync(visitor, "/territorios.csv?nivel=departamento")).Count.ShouldBe(26);
        var page = await visitor.GetAsync("/territorios?nivel=departamento&pagina=1");
        page.Links.ShouldContain("/territorios.csv?nivel=departamento");
        var few = await RowsAsync(visitor, "/territorios.csv?q=contumaza");
        few[0][1].ShouldBe("Lugar");
        few.Skip(1).ShouldAllBe(r => r[1].StartsWith("Contumaz"));
        await visitor.GetAsync("/idioma/en");
        (await RowsAsync(visitor, "/territorios.csv?q=contumaza"))[0][1].ShouldBe("Place");
        using var book = await visitor.FetchAsync(HttpMethod.Get, "/reglas/dias-habiles.xlsx?anio=2027");
        book.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        book.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe("dias-no-habiles-2027.xlsx");
        using var other = await visitor.FetchAsync(HttpMethod.Get, "/territorios.pdf");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Files_answer_to_nothing_but_reading()
    {
        await using var site = await TestSite.StartAsync();
        using var response = await site.Visitor().FetchAsync(HttpMethod.Post, "/convocatorias.csv", new FormUrlEncodedContent([]));
        ((int)response.StatusCode).ShouldBeInRange(400, 405);
    }

    [Fact]
    public async Task Public_files_hold_no_person()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var entity = await given.EntityAsync();
        var ruc = "1040999123" + Ruc.CheckDigit("1040999123").ToString(System.Globalization.CultureInfo.InvariantCulture);
        await site.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Comunidad campesina") with { Ruc = ruc, RepresentativeName = "PERSONA-REPRESENTANTE" }, entity.Actor));
        using var file = await site.Visitor().FetchAsync(HttpMethod.Get, $"/entidades/{entity.Slug}/organizaciones.csv");
        var text = await file.Content.ReadAsStringAsync();
        text.ShouldContain("Comunidad campesina");
        text.ShouldNotContain("PERSONA-REPRESENTANTE");
        // A number of a natural person holds that of the identity card.
        text.ShouldNotContain(ruc);
        var secretary = await site.SignedInAsync("secretaria", (Role.Secretary, Scope.OfEntity(entity.Id.Value)));
        (await RowsAsync(secretary, $"/entidades/{entity.Slug}/miembros.csv")).ShouldContain(r => r.Contains("PERSONA-REPRESENTANTE"));
    }

    /// <summary>More of everything than a page shows: no query of a page may read a whole list.</summary>
    [Fact]
    public async Task Pages_read_no_more_than_they_show()
    {
        await using var site = await TestSite.StartAsync();
        var given = site.Given();
        var fund = await given.FundAsync();
        var entity = await given.EntityAsync(members: 300);
        var call = await given.CallAsync(c => c.Of(fund).Published());
        var asker = new Actor(await site.PersonAsync("preguntona"), "person");
        for (var i = 0; i < 240; i++)
        {
            var made = await site.WithAsync<CreateEntity, (EntityId Id, string Slug)>(c => c.ExecuteAsync(new EntityInput($"Entidad {i}", "fdd-alliance", ["0602"]), entity.Actor));
            await site.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson($"persona-{i}", $"Persona {i}", null, null, IsDemo: true), Actor.System));
            await site.WithAsync<Core.Fund.Calls.AskQuestion>(a => a.ExecuteAsync(call.Id, $"¿Pregunta {i}?", asker));
            if (i < 120) await given.FundAsync();
            if (i < 120) await site.WithAsync<Checkpoints>(c => c.SignAsync());
        }
        var office = await site.SignedInAsync("todo", (Role.Admin, Scope.Platform), (Role.Operator, Scope.Platform), (Role.Secretary, Scope.Platform), (Role.Auditor, Scope.Platform));
        var visitor = site.Visitor();
        const int Most = 120;
        foreach (var (browser, address, rows) in new[]
        {
            (visitor, "/entidades", 241), (office, $"/entidades/{entity.Slug}/miembros", 300), (visitor, $"/entidades/{entity.Slug}", 0), (visitor, "/fondos", 121), (visitor, "/convocatorias", 1),
            (office, "/administracion/personas", 241), (visitor, "/registro", 1_000), (visitor, "/registro?de=entity", 241), (visitor, "/registro/cabezas", 120), (visitor, "/territorios", 0),
            (visitor, "/resultados", 1), (office, "/administracion/avisos", 0), (visitor, $"/fondos/{fund.Slug}/acreditaciones", 0), (visitor, $"/entidades/{entity.Slug}/acuerdos", 0), (visitor, "/", 0),
        })
        {
            using var read = new RowsRead(site);
            await browser.GetAsync(address);
            read.Most.ShouldBeLessThanOrEqualTo(Most, $"{address}: {read.Worst}");
            if (rows > 0) (await RowsAsync(browser, address.Contains('?') ? address.Replace("?", ".csv?", StringComparison.Ordinal) : address + ".csv")).Count.ShouldBeGreaterThan(rows, address);
        }
        using var all = new RowsRead(site);
        (await RowsAsync(visitor, "/entidades.csv")).Count.ShouldBe(242);
        all.Most.ShouldBeGreaterThan(Most, "the count of rows read would find a whole list");
    }

    static async Task<List<List<string>>> RowsAsync(Browser browser, string address)
    {
        using var response = await browser.FetchAsync(HttpMethod.Get, address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv", address);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return TableFileTests.Csv(Encoding.UTF8.GetString(bytes[3..]));
    }

    static IEnumerable<(string Name, string Text)> Pages()
    {
        var root = Path.Combine(DocsVerb.FindRoot()!, "src", "Minka.Web", "Screens");
        foreach (var file in Directory.EnumerateFiles(root, "*.cshtml", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).StartsWith('_')))
            yield return (Path.GetRelativePath(root, file)[..^".cshtml".Length].Replace('\\', '/'), File.ReadAllText(file));
    }

    static Type? ModelOf(string name) => typeof(MinkaApp).Assembly.GetType($"Minka.Web.Screens.{name.Replace('/', '.')}Model");

    [GeneratedRegex("m-rows|<m-tasks|<m-pager")]
    private static partial Regex Table();

    /// <summary>How many rows the database gave to any one query while this lives.</summary>
    sealed class RowsRead : IDisposable, IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        readonly List<IDisposable> subscriptions = [];

        readonly string folder;

        // Other tests read at the same time, each in a folder of its own.
        public RowsRead(TestSite site)
        {
            folder = site.DataFolder;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public int Most { get; private set; }

        public string Worst { get; private set; } = "";

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.EntityFrameworkCore") subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is DataReaderDisposingEventData reading && reading.ReadCount > Most && reading.Command.Connection?.ConnectionString.Contains(folder, StringComparison.Ordinal) == true) (Most, Worst) = (reading.ReadCount, $"{reading.ReadCount} rows of {reading.Command.CommandText}");
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in subscriptions) subscription.Dispose();
        }
    }
}
