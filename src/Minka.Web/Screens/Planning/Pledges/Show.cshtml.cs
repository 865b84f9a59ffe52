using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Pledges;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Applications;

namespace Minka.Web.Screens.Planning.Pledges;

/// <summary>One pledge: what was promised, what shows it, what it is worth, and the next step that its table allows.</summary>
[May(Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin)]
public sealed class ShowModel(AppDb db, FileStore files, ChangePledge change, DocumentPledge document, ValuePledge value, WithdrawPledge withdraw) : ProgrammeScreen(db)
{
    [BindProperty]
    public PledgeForm Input { get; set; } = new();

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Reference { get; set; }

    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public IFormFile? Letter { get; set; }

    [BindProperty]
    public string? Amount { get; set; }

    [BindProperty]
    public string? Method { get; set; }

    [BindProperty]
    public string? Valuer { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    /// <summary>The version that the form was made from.</summary>
    [BindProperty]
    public int Seen { get; set; }

    public Pledge Pledge { get; private set; } = null!;

    public bool MayEdit { get; private set; }

    public IReadOnlyList<Step> Steps => Components.Steps.Along(Pledge.Table, Pledge.State, [PledgeState.Pledged, PledgeState.Documented, PledgeState.Valued], s => T.Of(s), role => T["role." + role]);

    public IReadOnlyList<Choice> Papers => [.. Enum.GetValues<PledgePaper>().Where(k => Pledge.Source.IsPublic() || k is PledgePaper.Letter or PledgePaper.Agreement).Select(k => new Choice(k.ToString(), T.Of(k)))];

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        MayEdit = May(PlanningFinds.Editors);
        Pledge = await Db.PledgeAsync(Programme.Id, new(RouteId("pledge")));
        if (!HttpMethods.IsGet(Request.Method)) return;
        (Input, Seen) = (PledgeForm.Of(Pledge), Pledge.Version);
        (Amount, Method, Valuer) = (Pledge.InSoles().ToString(), Pledge.Value?.Method, Pledge.Value?.Valuer);
        On = TypedTime.OfDay(Today);
    }

    public async Task<IActionResult> OnGetLetterAsync()
    {
        await LoadAsync();
        if (Pledge.Document is not { } paper) throw new NotFound("file", Pledge.Id.Value);
        var stored = await Db.Set<StoredFile>().SingleAsync(f => f.Id == paper.File);
        return File(await files.ReadAsync(paper.Sha256), stored.MediaType, paper.FileName);
    }

    public Task<IActionResult> OnPostChangeAsync() => StepAsync("pledge.changed", reader =>
    {
        var input = Input.Read(new FormReader(ModelState, T, "Input."));
        return () => change.ExecuteAsync(Programme.Id, Pledge.Id, input, Seen, Actor);
    });

    public Task<IActionResult> OnPostDocumentAsync() => StepAsync("pledge.documented.done", async reader =>
    {
        if (!Enum.TryParse<PledgePaper>(Kind, out var kind) || !Enum.IsDefined(kind)) reader.Fault(nameof(Kind), "pledge.field.paper");
        var reference = reader.Text(Reference, nameof(Reference));
        if (!TypedTime.TryDay(On, out var on)) reader.Fault(nameof(On), "pledge.field.day");
        var upload = await Upload.ReadAsync(Letter, HttpContext.RequestAborted);
        if (upload is null) reader.Fault(nameof(Letter), "pledge.field.file");
        else if (upload.Fault(T) is { } fault) ModelState.AddModelError(nameof(Letter), fault);
        return async () =>
        {
            var file = await files.PutAsync(upload!.Bytes, upload.Name, null, HttpContext.RequestAborted);
            await document.ExecuteAsync(Programme.Id, Pledge.Id, new(kind, reference, on), file, Seen, Actor);
        };
    });

    public Task<IActionResult> OnPostValueAsync() => StepAsync("pledge.valued.done", reader =>
    {
        var amount = reader.Money(Amount, nameof(Amount));
        var method = reader.Text(Method, nameof(Method), Core.Planning.PlanningRules.LongestText);
        var valuer = reader.Text(Valuer, nameof(Valuer));
        if (!TypedTime.TryDay(On, out var on)) reader.Fault(nameof(On), "pledge.field.day");
        return () => value.ExecuteAsync(Programme.Id, Pledge.Id, new(amount, method, valuer, on), Seen, Actor);
    });

    public Task<IActionResult> OnPostWithdrawAsync() => StepAsync("pledge.withdrawn.done", reader =>
    {
        var why = reader.Text(Why, nameof(Why), Core.Planning.PlanningRules.LongestText);
        return () => withdraw.ExecuteAsync(Programme.Id, Pledge.Id, why, Actor);
    });

    Task<IActionResult> StepAsync(string said, Func<FormReader, Func<Task>> read) => StepAsync(said, reader => Task.FromResult(read(reader)));

    async Task<IActionResult> StepAsync(string said, Func<FormReader, Task<Func<Task>>> read)
    {
        if (!May(PlanningFinds.Editors)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var act = await read(new FormReader(ModelState, T));
        if (!ModelState.IsValid) return await AgainAsync();
        await act();
        Say(said);
        return Redirect($"{Address}/aportes/{Pledge.Id.Value}");
    }
}
