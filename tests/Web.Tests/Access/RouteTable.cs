using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.TestKit;
using Minka.Web.Access;
using Xunit;

namespace Minka.Web.Tests.Access;

/// <summary>One line of <c>routes.txt</c>: what may be asked of the site, and by whom.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Address">The route, with <c>?handler=</c> where a page has several.</param>
/// <param name="Who">"public", "signed-in", roles, "seat" (who evaluates the file), or "nobody".</param>
/// <param name="Variants">Which of the values stands for a parameter: <c>application=draft</c>.</param>
public sealed record RouteLine(string Method, string Address, IReadOnlyList<string> Who, IReadOnlyList<string> Variants)
{
    public string Key => $"{Method} {Address}";

    public override string ToString() => $"{Key} | {string.Join(' ', Who)} | {string.Join(' ', Variants)}".TrimEnd(' ', '|');

    /// <summary>Whether the walker may, on addresses of the tenant: written down from the law of the house, not asked of it.</summary>
    public bool Admits(Walker walker, int tenant)
    {
        if (Who.Contains("public")) return true;
        if (walker.IsAnonymous) return false;
        if (Who.Contains("signed-in")) return true;
        if (Who.Contains("seat") && RouteTable.Parameters(Address).Any(p => walker.Seats.Contains((tenant, KeyOf(p))))) return true;
        if (walker.Role is not { } role || !Who.Contains(role.Word())) return false;
        var scopes = Scopes;
        return walker.Kind == ScopeKind.Platform || scopes.Count == 0 || (walker.Tenant == tenant && scopes.Contains(walker.Kind!.Value));
    }

    /// <summary>The key of the value that stands for a parameter: itself, or the variant of this line.</summary>
    public string KeyOf(string parameter) => Variants.FirstOrDefault(v => v.StartsWith(parameter + "=", StringComparison.Ordinal)) ?? parameter;

    /// <summary>Where a role must be held for this address.</summary>
    IReadOnlyList<ScopeKind> Scopes
    {
        get
        {
            var names = RouteTable.Parameters(Address);
            if (names.Contains("agreement")) return [ScopeKind.Entity, ScopeKind.Fund];
            if (names.Contains("application")) return Variants.Contains("application=draft") ? [ScopeKind.Entity] : [ScopeKind.Entity, ScopeKind.Fund];
            if (names.Overlaps(["entity", "assembly", "programme", "process"])) return [ScopeKind.Entity];
            return names.Overlaps(["fund", "call", "assignment", "run"]) ? [ScopeKind.Fund] : [];
        }
    }
}

/// <summary>The table of <c>routes.txt</c>, and what the running site really has.</summary>
public static partial class RouteTable
{
    public static IReadOnlyList<RouteLine> Read([CallerFilePath] string here = "") => Parse(File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "routes.txt")));

    public static IReadOnlyList<RouteLine> Parse(IEnumerable<string> lines) =>
        [.. from line in lines
            where line.Length > 0 && !line.StartsWith('#')
            let parts = line.Split('|', StringSplitOptions.TrimEntries)
            let key = parts[0].Split(' ', 2)
            select new RouteLine(key[0], key[1], parts[1].Split(' '), parts.Length > 2 ? parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [])];

    /// <summary>Every endpoint of the site with its policy: pages by handler, the rest by method. Static files stand for themselves.</summary>
    public static async Task<IReadOnlyList<(string Key, AccessAttribute? Access)>> OfAsync(TestSite site)
    {
        var found = new List<(string, AccessAttribute?)>();
        var loader = site.Services.GetRequiredService<PageLoader>();
        foreach (var endpoint in site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<Unguarded>() is not null) continue;
            var template = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
                // A list's second address is the same page, and a file by its end.
                var at = template.IndexOf(".{archivo", StringComparison.Ordinal);
                if (at > 0)
                {
                    found.AddRange(new[] { "csv", "xlsx" }.Select(end => ($"GET {template[..at]}.{end}", compiled.DeclaredModelTypeInfo?.GetCustomAttribute<AccessAttribute>())));
                    continue;
                }
                var access = compiled.DeclaredModelTypeInfo?.GetCustomAttribute<AccessAttribute>();
                foreach (var handler in compiled.HandlerMethods)
                    found.Add(($"{handler.HttpMethod.ToUpperInvariant()} {template}{(handler.Name is { } name ? "?handler=" + name : "")}", access));
                continue;
            }
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                found.Add(($"{method} {template}", endpoint.Metadata.GetMetadata<AccessAttribute>()));
        }
        return found;
    }

    /// <summary>What is wrong with what the site has against the table; empty when each knows the other.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<(string Key, AccessAttribute? Access)> site, IReadOnlyList<RouteLine> table)
    {
        var known = table.Select(l => l.Key).ToHashSet(StringComparer.Ordinal);
        var there = site.Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. site.Where(s => s.Access is null).Select(s => $"{s.Key}: states no policy"),
            .. there.Except(known).Order(StringComparer.Ordinal).Select(k => $"{k}: not in routes.txt; write down who may"),
            .. known.Except(there).Order(StringComparer.Ordinal).Select(k => $"{k}: gone from the site; the list of routes may not shrink"),
        ];
    }

    /// <summary>Fails with all of them, a line each.</summary>
    public static void Show(IReadOnlyCollection<string> faults)
    {
        if (faults.Count > 0) Assert.Fail($"{faults.Count} faults\n{string.Join('\n', faults)}");
    }

    public static HashSet<string> Parameters(string template) => Parameter().Matches(template).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>The address of a line for a tenant; null with the names that have no value there.</summary>
    public static (string? Address, IReadOnlyList<string> Unknown) Fill(RouteLine line, int tenant, Func<int, string, string?> value)
    {
        var unknown = new List<string>();
        var path = Parameter().Replace(line.Address, m =>
        {
            var name = m.Groups["name"].Value;
            var key = line.KeyOf(name);
            if (value(tenant, key) is { } found) return Uri.EscapeDataString(found);
            unknown.Add(key);
            return "";
        });
        var at = path.IndexOf('?', StringComparison.Ordinal);
        var (route, query) = at < 0 ? (path, "") : (path[..at], path[at..]);
        if (line.Variants.FirstOrDefault(v => v.StartsWith('?')) is { } asked) query = query.Length > 0 ? query + "&" + asked[1..] : asked;
        return unknown.Count > 0 ? (null, unknown) : ((route.Length > 1 ? route.TrimEnd('/') : route) + query, []);
    }

    [GeneratedRegex(@"\{\**(?<name>\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
