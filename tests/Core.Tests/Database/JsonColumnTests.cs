using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Minka.Core.Database;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Database;

/// <summary>
/// A column of JSON is compared by its object first (<see cref="Mapping"/>): a value changed in place would be lost without a word. So
/// nothing kept in one may have anything to change.
/// </summary>
public sealed class JsonColumnTests
{
    /// <summary>The library's own type: <c>Passkey</c> replaces it, and its tests would see a change that is lost.</summary>
    static readonly Type[] Known = [typeof(IdentityPasskeyData)];

    [Fact]
    public async Task Values_CannotBeChangedInPlace()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var db = new AppDb(database.Settings.ReadOptions());
        var kept = db.Model.GetEntityTypes().SelectMany(e => e.GetProperties())
            .Where(p => p.GetValueConverter()?.ProviderClrType == typeof(string) && !p.ClrType.IsValueType && p.ClrType != typeof(string))
            .Select(p => p.ClrType).Distinct().ToList();
        kept.Count.ShouldBeGreaterThan(8);
        kept.Except(Known).SelectMany(t => Faults(t, [])).ShouldBeEmpty();
    }

    [Fact]
    public void AValueThatCanBeChanged_IsFound()
    {
        Faults(typeof(Loose), []).ShouldBe(["Loose.Name can be set", "Loose.Items can be added to"], ignoreOrder: true);
        Faults(typeof(Firm), []).ShouldBeEmpty();
    }

    static IEnumerable<string> Faults(Type type, HashSet<Type> seen)
    {
        if (Elements(type) is { Count: > 0 } elements)
        {
            foreach (var fault in elements.SelectMany(e => Faults(e, seen))) yield return fault;
            yield break;
        }
        if (type.Namespace?.StartsWith("Minka", StringComparison.Ordinal) != true || type.IsEnum || !seen.Add(type)) yield break;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } set && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
                yield return $"{type.Name}.{property.Name} can be set";
            if (CanGrow(property.PropertyType)) yield return $"{type.Name}.{property.Name} can be added to";
            foreach (var fault in Faults(property.PropertyType, seen)) yield return fault;
        }
    }

    static List<Type> Elements(Type type) =>
        type.IsArray ? [type.GetElementType()!] : type.IsGenericType && type.Namespace == "System.Collections.Generic" ? [.. type.GetGenericArguments()] : [];

    static bool CanGrow(Type type) => type.IsArray
        || (type.IsGenericType && new[] { typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(HashSet<>) }.Contains(type.GetGenericTypeDefinition()));

    sealed class Loose
    {
        public string Name { get; set; } = "";

        public List<string> Items { get; init; } = [];
    }

    sealed record Firm(string Name, IReadOnlyList<string> Items);
}
