using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Minka.Web.Components;

namespace Minka.Web.Layout;

/// <summary>What a page asks before an act that is not undone by another click.</summary>
public sealed record AskedFirst(string Text, string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, bool Harms);

/// <summary>
/// Asks once more, by a page, where no script could: see <see cref="AskingForm"/>. "No" brings the page back with everything that
/// was typed. A form that carries files is not asked again, since a page cannot hold them.
/// </summary>
sealed class AskFirst : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (context.HandlerInstance is not Screen screen || !HttpMethods.IsPost(request.Method) || !request.HasFormContentType)
        {
            await next();
            return;
        }
        var form = request.Form;
        if (form.ContainsKey(AskingForm.Back))
        {
            await screen.LoadAsync();
            context.Result = screen.Page();
            return;
        }
        var asked = form[AskingForm.Field].ToString();
        if (asked.Length == 0 || form.ContainsKey(AskingForm.Agreed) || form.Files.Count > 0)
        {
            await next();
            return;
        }
        var fields = form.Where(f => f.Key != AskingForm.Field && f.Key != "__RequestVerificationToken")
            .SelectMany(f => f.Value, (f, value) => KeyValuePair.Create(f.Key, value ?? "")).ToList();
        var parts = asked.Split(AskingForm.Mark);
        if (parts is [_, _, { Length: > 0 } name, var value]) fields.Add(new(name, value));
        // The page's own faults of binding belong to the page, not to the question.
        context.Result = new ViewResult
        {
            ViewName = "/Screens/Ask.cshtml",
            ViewData = new(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = new AskedFirst(parts[0], request.Path + request.QueryString, fields, parts.Length > 1 && parts[1] == "danger") },
        };
    }
}
