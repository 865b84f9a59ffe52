using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Minka.Web.Api;

namespace Minka.Web.Layout;

/// <summary>
/// A page whose list can be had whole as a file: its own address with <c>.csv</c> or <c>.xlsx</c> behind it. It is the same page that
/// answers, so who may see the list may have the file and nobody else, and its filters count in both.
/// </summary>
public interface IListed
{
    /// <summary>All rows of the list as filtered, in the words of the page; asked after the page was loaded.</summary>
    TableFile ToFile();
}

/// <summary>Gives every <see cref="IListed"/> page its second address.</summary>
sealed class ListedAddresses : IPageRouteModelConvention
{
    public const string Parameter = "archivo";

    public void Apply(PageRouteModel model)
    {
        // A page and its model lie in one folder under one name.
        var type = typeof(ListedAddresses).Assembly.GetType($"Minka.Web{model.RelativePath[..^".cshtml".Length].Replace('/', '.')}Model");
        if (type is null || !typeof(IListed).IsAssignableFrom(type)) return;
        var template = model.Selectors.Single().AttributeRouteModel!.Template!;
        model.Selectors.Add(new SelectorModel
        {
            AttributeRouteModel = new AttributeRouteModel { Template = $"{template}.{{{Parameter}:regex(^(csv|xlsx)$)}}", SuppressLinkGeneration = true },
        });
    }
}

/// <summary>Sends the file where the page itself would have been shown.</summary>
sealed class ListedFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.RouteData.Values[ListedAddresses.Parameter] is not string kind)
        {
            await next();
            return;
        }
        if (!HttpMethods.IsGet(context.HttpContext.Request.Method) && !HttpMethods.IsHead(context.HttpContext.Request.Method))
        {
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
            return;
        }
        var done = await next();
        if (done.Result is PageResult && context.HandlerInstance is IListed listed) done.Result = new FileOf(listed.ToFile().As(kind));
    }
}

/// <summary>An answer of the minimal kind, given by a page.</summary>
sealed class FileOf(IResult result) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => result.ExecuteAsync(context.HttpContext);
}

/// <summary>A whole list, read in slices as its page reads one: never all in memory.</summary>
public static class Listing
{
    const int Slice = 1_000;

    /// <param name="slice">Rows of the list from one on: how many to leave out, how many to read.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<int, int, Task<IReadOnlyList<T>>> slice)
    {
        for (var from = 0; ; from += Slice)
        {
            var rows = await slice(from, Slice);
            foreach (var row in rows) yield return row;
            if (rows.Count < Slice) yield break;
        }
    }
}
