using Microsoft.Playwright;

namespace Minka.Journeys.Tests;

/// <summary>What a click leads to, once it has arrived whole.</summary>
static class Arrival
{
    public const int Patience = 20_000; // milliseconds

    public static async Task<IResponse> AfterAsync(IPage page, Func<Task> click)
    {
        // Waited for from before the click: asked afterwards, the browser's library may have let it pass.
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage arrived) => loaded.TrySetResult();
        page.Load += Loaded;
        try
        {
            var answer = await page.RunAndWaitForResponseAsync(click, r => r.Request.IsNavigationRequest && r.Frame == page.MainFrame && r.Status is not (301 or 302 or 303), new() { Timeout = Patience });
            await loaded.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience));
            return answer;
        }
        finally
        {
            page.Load -= Loaded;
        }
    }
}
