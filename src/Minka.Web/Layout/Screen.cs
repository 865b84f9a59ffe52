using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;

namespace Minka.Web.Layout;

/// <summary>
/// A page. <see cref="LoadAsync"/> reads what it shows: on GET, and again when a POST was refused, so that the page comes back
/// with the reasons and everything that was typed.
/// </summary>
public abstract class Screen : PageModel
{
    public T T => HttpContext.RequestServices.GetRequiredService<T>();

    /// <summary>The server's time, UTC.</summary>
    public DateTime Now => HttpContext.RequestServices.GetRequiredService<TimeProvider>().UtcInstant();

    public DateOnly Today => Format.Zone.DayIn(Now);

    /// <summary>Who is signed in, or null.</summary>
    public SignedInPerson? Person => HttpContext.SignedInPerson;

    /// <summary>The person in the role that opened this page.</summary>
    public Actor Actor => HttpContext.Actor;

    /// <summary>Whether the person holds one of the roles in a scope of this page.</summary>
    public bool May(params Role[] roles) => HttpContext.May(roles);

    /// <summary>Reads what the page shows. Throws <see cref="NotFound"/> for a 404.</summary>
    public virtual Task LoadAsync() => Task.CompletedTask;

    public virtual async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Page();
    }

    /// <summary>The page again, with what was typed and the errors in ModelState.</summary>
    protected async Task<IActionResult> AgainAsync(int status = StatusCodes.Status422UnprocessableEntity)
    {
        await LoadAsync();
        Response.StatusCode = status;
        return Page();
    }

    /// <summary>Adds an error to a field (or to the page, with an empty name) by its text key.</summary>
    protected void Fault(string field, string key, params IReadOnlyList<object?> args) => ModelState.AddModelError(field, T[key, args]);

    /// <summary>A message for the next page: what happened, in words.</summary>
    protected void Say(string key, params IReadOnlyList<object?> args) => TempData["said"] = T[key, args];

    /// <summary>A value of the route.</summary>
    protected string Route(string name) => (string)RouteData.Values[name]!;

    /// <summary>The page of a list that <c>?pagina=</c> asks for, taken to the nearest that there is.</summary>
    protected int PageOf(int total, int size) =>
        Math.Clamp(int.TryParse(Request.Query["pagina"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1, 1, Math.Max(1, (total + size - 1) / size));

    protected Guid RouteId(string name) => Guid.TryParse(Route(name), out var id) ? id : throw new NotFound(name, Route(name));
}

/// <summary>Shows a broken rule on the page that asked for it; a missing thing is a 404; a full lane a 503.</summary>
sealed class OutcomeFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var done = await next();
        if (done.Exception is null || context.HandlerInstance is not Screen screen) return;
        switch (done.Exception)
        {
            case RuleBroken broken:
                screen.ModelState.AddModelError("", screen.T.Of(broken));
                await ShowAgainAsync(done, screen, broken.Code == "state.forbidden" ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
                break;
            case ChangedMeanwhile:
                screen.ModelState.AddModelError("", screen.T["shell.changed-meanwhile"]);
                await ShowAgainAsync(done, screen, StatusCodes.Status409Conflict);
                break;
            case NotFound:
                done.Result = new NotFoundResult();
                done.ExceptionHandled = true;
                break;
            case Core.Database.LaneFull:
                screen.Response.Headers.RetryAfter = "2";
                done.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
                done.ExceptionHandled = true;
                break;
        }
    }

    static async Task ShowAgainAsync(PageHandlerExecutedContext done, Screen screen, int status)
    {
        if (HttpMethods.IsGet(screen.Request.Method)) return;
        done.ExceptionHandled = true;
        try
        {
            await screen.LoadAsync();
        }
        catch (NotFound)
        {
            // What was typed was refused before anybody looked whether the thing is there, or whose it is.
            done.Result = new NotFoundResult();
            return;
        }
        screen.Response.StatusCode = status;
        done.Result = screen.Page();
    }
}
