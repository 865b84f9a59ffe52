using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>A ballot on a telephone for who holds a slip: large, with drawings, read aloud where the telephone can, without an account.</summary>
[Public]
public sealed class VoteModel(AppDb db, CastPriority cast, IEntropy entropy) : Screen
{
    [BindProperty(SupportsGet = true, Name = "talon")]
    public string? Talon { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string[] Marks { get; set; } = [];

    [BindProperty]
    public bool Blank { get; set; }

    public PrioritisationSession Session { get; private set; } = null!;

    /// <summary>Options with a recording of their own.</summary>
    public IReadOnlySet<string> Sounds { get; private set; } = new HashSet<string>();

    public bool Done { get; private set; }

    public bool Again { get; private set; }

    public string? Typed(string option) => Request.HasFormContentType ? Request.Form["n-" + option].ToString() : null;

    public override async Task LoadAsync()
    {
        var id = PrioritisationId.From(RouteId("session"));
        Session = await db.PrioritisationSessions.SingleOrDefaultAsync(s => s.Id == id) ?? throw new NotFound("prioritisation", id.Value);
        Sounds = (await db.OptionSounds.Where(s => s.SessionId == id).Select(s => s.OptionId).ToListAsync()).ToHashSet(StringComparer.Ordinal);
        if (!BallotCode.TryParse(Code, out _)) Code = BallotCode.New(entropy).ToString();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!BallotCode.TryParse(Code, out var code)) throw new RuleBroken(BallotRules.CodeMissing);
        await LoadAsync();
        var marks = Session.Form == BallotForm.Several
            ? Marks.Distinct(StringComparer.Ordinal).ToDictionary(m => m, _ => 1, StringComparer.Ordinal)
            : Session.Options.Where(o => !string.IsNullOrWhiteSpace(Typed(o.Id)))
                .ToDictionary(o => o.Id, o => int.TryParse(Typed(o.Id), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : throw new RuleBroken(BallotRules.MarkWrong), StringComparer.Ordinal);
        if (Blank && marks.Values.Any(v => v > 0)) throw new RuleBroken(BallotRules.BlankAndMarked);
        Again = !await cast.ExecuteAsync(Session.Id, Talon ?? "", marks, Blank, code);
        Done = true;
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
