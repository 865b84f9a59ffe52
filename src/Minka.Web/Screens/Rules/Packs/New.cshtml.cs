using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Rules;
using Minka.Core.Rules.Checking;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Rules.Packs;

[May(Role.Operator, Role.Admin)]
public sealed class NewModel(RulePacks packs, StoreRulePack store) : Screen
{
    static readonly JsonSerializerOptions Indented = new(RuleForms.Options) { WriteIndented = true };

    [BindProperty]
    public string? Json { get; set; }

    [BindProperty]
    public IFormFile? Upload { get; set; }

    [BindProperty(SupportsGet = true, Name = "desde")]
    public string? From { get; set; }

    [BindProperty(SupportsGet = true, Name = "version")]
    public string? FromVersion { get; set; }

    public IReadOnlyList<RuleFault> Faults { get; private set; } = [];

    /// <summary>The pack that was checked and is sound, but not stored.</summary>
    public RulePackReading? Sound { get; private set; }

    public override async Task LoadAsync()
    {
        if (HttpMethods.IsGet(Request.Method) && From is not null && await packs.FindAsync(From, FromVersion, HttpContext.RequestAborted) is { } known)
            Json = JsonSerializer.Serialize(JsonNode.Parse(known.Canonical), Indented);
    }

    /// <summary>The schema of the format, for editors that check while one writes.</summary>
    public IActionResult OnGetEsquema() => File(BuiltInFiles.Read("schema/rulepack.schema.json"), "application/schema+json", "rulepack.schema.json");

    public async Task<IActionResult> OnPostAsync(string? hacer)
    {
        var bytes = await BytesAsync();
        if (bytes.Length == 0)
        {
            Fault(nameof(Json), "rules.new.empty");
            return await AgainAsync();
        }
        var reading = RulePackReader.Read(bytes);
        Faults = reading.Faults;
        if (reading.Pack is not { } pack)
        {
            Fault(nameof(Json), Faults.Count == 1 ? "rules.new.faults.one" : "rules.new.faults.many", Faults.Count);
            return await AgainAsync();
        }
        if (hacer != "guardar")
        {
            Sound = reading;
            return Page();
        }
        await store.ExecuteAsync(reading, Actor, HttpContext.RequestAborted);
        Say("rules.new.stored", pack.Name.In(T.Language), pack.Version);
        return LocalRedirect($"/reglas/{pack.Id}/{pack.Version}");
    }

    /// <summary>The file where one was chosen, else what was typed; either way the text stands in the form again.</summary>
    async Task<byte[]> BytesAsync()
    {
        if (Upload is not { Length: > 0 }) return Encoding.UTF8.GetBytes(Json ?? "");
        using var memory = new MemoryStream();
        await Upload.CopyToAsync(memory, HttpContext.RequestAborted);
        ModelState.Remove(nameof(Json));
        if (memory.Length <= RulePackReader.LargestBytes) Json = Encoding.UTF8.GetString(memory.ToArray());
        return memory.ToArray();
    }
}
