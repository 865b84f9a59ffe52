using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Clockwork;
using Minka.Web.FirstRun;
using Minka.Web.Layout;
using Minka.Web.Screens.Observatory;
using Minka.Web.Screens.Territories;
using Minka.Web.Screens.Territories.Bringing;

namespace Minka.Web;

/// <summary>The web application, the same for people and for tests.</summary>
public static class MinkaApp
{
    const long LargestRequest = 12 * 1024 * 1024;

    /// <summary>More than this is not even read to the end: the connection is dropped.</summary>
    const long LargestDrained = 100 * 1024 * 1024;

    /// <summary>Migrates the database and builds the application; the caller runs it.</summary>
    public static async Task<WebApplication> CreateAsync(MinkaOptions options, Action<WebApplicationBuilder>? also = null)
    {
        var data = Path.GetFullPath(options.Data);
        Directory.CreateDirectory(data);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(MinkaApp).Assembly.GetName().Name });
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = LargestRequest;
        });
        builder.Logging.ClearProviders().AddSimpleConsole(c => c.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.UseUrls($"http://localhost:{options.Port.ToString(CultureInfo.InvariantCulture)}");

        var settings = new DbSettings(data, options.Db);
        var services = builder.Services;
        services.AddSingleton<Screens.Planning.ParticipatoryBudget.Agents.RegistrationLimit>();
        services.AddSingleton(options);
        services.AddSingleton(new MovableClock(TimeProvider.System));
        services.AddSingleton<TimeProvider>(p => p.GetRequiredService<MovableClock>());
        if (CountryPlace.PackOf(options) is { } pack) services.AddSingleton(PackReader.Load(pack));
        services.AddMinkaCore(settings);
        services.AddSingleton<TerritoryMaps>();
        services.AddSingleton<Spending>();
        services.AddSingleton<Screens.Observatory.Data.MappingShelf>();
        services.AddSingleton<Screens.Observatory.Data.SpendingDesk>();
        services.AddSingleton(PackRecipe.Find("pe-2025")!);
        services.AddSingleton(_ => new SourceFetch(SourceFetch.Client(), TimeProvider.System));
        services.AddSingleton<CountryDesk>();
        services.AddSingleton<Screens.Planning.Bank.BankDesk>();
        services.AddSingleton<T>();
        services.AddSingleton<SetupCode>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<HalfSignedIn>();
        services.AddSingleton<PasskeyChallenges>();
        services.AddSingleton<DemoRun>();
        services.AddDataProtection().SetApplicationName("minka").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(data, "keys", "web")));
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(c =>
        {
            c.Cookie.Name = "minka";
            c.CookieManager = new HostCookies();
            c.Cookie.HttpOnly = true;
            c.Cookie.SameSite = SameSiteMode.Lax;
            c.ExpireTimeSpan = TimeSpan.FromHours(12);
            c.SlidingExpiration = true;
            // A session lasts hours of the real clock: who moves the demonstration on by a month is not thrown out.
            c.TimeProvider = TimeProvider.System;
        });
        services.AddAntiforgery(a =>
        {
            a.Cookie.Name = "minka-form";
            a.HeaderName = "X-Form-Token";
        });
        services.AddRazorPages(r =>
        {
            r.RootDirectory = "/Screens";
            r.Conventions.Add(new ListedAddresses());
        }).AddMvcOptions(m =>
        {
            m.Filters.Add<OutcomeFilter>();
            m.Filters.Add<ListedFilter>();
            m.Filters.Add<AskFirst>();
        });
        services.AddHttpContextAccessor();
        services.AddResponseCompression(c =>
        {
            c.EnableForHttps = true;
            c.Providers.Add<BrotliCompressionProvider>();
            c.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(b => b.Level = System.IO.Compression.CompressionLevel.Fastest);
        if (options.Clockwork) services.AddHostedService<CheckpointClock>();
        if (options.Clockwork) services.AddHostedService<NoticeClock>();
        if (options.Clockwork) services.AddHostedService<ComparisonStart>();
        services.AddScoped<SendNotices>();
        services.AddSingleton<IMail>(options.Smtp is { } smtp ? new SmtpMail(smtp.Host, smtp.Port, options.MailFrom) : new FileMail(settings));
        if (options.Clockwork && options.Mode == StartMode.Demo) services.AddHostedService<DemoAtStart>();
        also?.Invoke(builder);

        var app = builder.Build();
        await Schema.MigrateAsync(settings, app.Services.GetRequiredService<TimeProvider>());
        await PrepareAsync(app);
        Configure(app);
        return app;
    }

    /// <summary>The tree of the register and the demonstration's clock, as the last run left them.</summary>
    static async Task PrepareAsync(WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        await app.Services.GetRequiredService<RegisterTree>().CatchUpAsync(db);
        if (await db.Installations.SingleOrDefaultAsync() is { Mode: InstallationMode.Demo } installation && app.Services.GetService<MovableClock>() is { } clock)
            clock.Ahead = TimeSpan.FromSeconds(installation.ClockAheadSeconds);
        await scope.ServiceProvider.GetRequiredService<OpenRegister>().ExecuteAsync();
        await app.Services.GetRequiredService<CountryDesk>().CatchUpAsync();
    }

    static void Configure(WebApplication app)
    {
        app.UseExceptionHandler("/error/500");
        app.UseStatusCodePagesWithReExecute("/error/{0}");
        app.Use(CutOff);
        app.UseResponseCompression();
        app.Use(SecurityHeaders);
        app.Use(Language);
        app.UseRouting();
        app.Use(TooLarge);
        app.UseAuthentication();
        app.UseMiddleware<Gate>();
        app.UseMiddleware<Layout.EntityClock>();
        app.MapAssets();
        app.MapRazorPages();
        app.MapRegister();
        app.MapEvaluation();
        app.MapBundles();
        app.MapOptimum();
        app.MapEntities();
        app.MapPlanning();
        app.MapGet("/salud", () => "ok").WithMetadata(new Unguarded());
        app.MapGet("/idioma/{language}", (HttpContext context, string language, string? volver) =>
        {
            if (language is Texts.Spanish or Texts.English)
                context.Response.Cookies.Append("idioma", language, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
            return Results.LocalRedirect(IsLocal(volver) ? volver! : "/");
        }).WithMetadata(new PublicAttribute());
        app.MapPost("/salir", async (HttpContext context, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.StatusCode(StatusCodes.Status400BadRequest);
            await context.SignOutAsync();
            return Results.LocalRedirect("/");
        }).WithMetadata(new PublicAttribute());
    }

    /// <summary>Whether an address stays within this site.</summary>
    public static bool IsLocal(string? url) => url is ['/', ..] && !url.StartsWith("//", StringComparison.Ordinal) && !url.StartsWith("/\\", StringComparison.Ordinal) && !url.Any(char.IsControl);

    /// <summary>Whoever loses the line in the middle of sending, or sends what is no request, is no fault of ours.</summary>
    static async Task CutOff(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = bad.StatusCode;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
    }

    // A browser shows the answer only to an upload that was taken whole: what is too large is read to nowhere, and then told.
    static async Task TooLarge(HttpContext context, RequestDelegate next)
    {
        // A page that takes more says so itself.
        var most = Math.Max(LargestRequest, context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? 0);
        if (context.Request.ContentLength is not { } sent || sent <= most || context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: false } limit)
        {
            await next(context);
            return;
        }
        if (sent <= LargestDrained)
        {
            limit.MaxRequestBodySize = LargestDrained;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }
        (context.Request.Body, context.Request.ContentLength, context.Request.ContentType) = (Stream.Null, 0, null);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }

    static Task SecurityHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }

    // Spanish unless the visitor chose English here; what the browser prefers is not asked. Numbers are read and written in
    // one way in both languages.
    static Task Language(HttpContext context, RequestDelegate next)
    {
        var english = context.Request.Cookies["idioma"] == Texts.English;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(english ? "en" : "es-PE");
        return next(context);
    }
}
