using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.TestKit;

/// <summary>
/// One row in each covered table, made from the model alone: senseless, but each column has a value and each reference points
/// to a row. For tests that must reach every table before any use case does.
/// </summary>
public static class Fabrication
{
    /// <summary>Adds the rows that are missing, in one act.</summary>
    public static Task FillAsync(TestDatabase database) => database.Writer.ActAsync("test.fabricate", Actor.System, async work =>
    {
        var made = new Dictionary<IEntityType, object>();
        foreach (var type in InOrderOfReference(CoveredTable.Of(work.Db.Model).Select(t => t.Type)))
        {
            // The act of this very work is written by the writer.
            if (type.ClrType == typeof(Act)) continue;
            var entity = RuntimeHelpers.GetUninitializedObject(type.ClrType);
            var entry = work.Db.Entry(entity);
            foreach (var property in type.GetProperties())
            {
                var reference = property.GetContainingForeignKeys().FirstOrDefault(k => k.PrincipalEntityType != type);
                object? value;
                if (reference is not null && made.TryGetValue(reference.PrincipalEntityType, out var principal))
                    value = work.Db.Entry(principal).Property(reference.PrincipalKey.Properties[reference.Properties.ToList().IndexOf(property)]).CurrentValue;
                else if (property.GetContainingForeignKeys().Any() && property.IsNullable)
                    value = null;
                else
                    value = Sample(property);
                entry.Property(property).CurrentValue = value;
            }
            entry.State = EntityState.Added;
            made[type] = entity;
            try
            {
                await work.FlushAsync();
            }
            catch (DbUpdateException failure)
            {
                throw new InvalidOperationException($"no row can be fabricated for {type.ShortName()}: {failure.InnerException?.Message}", failure);
            }
        }
    });

    static List<IEntityType> InOrderOfReference(IEnumerable<IEntityType> types)
    {
        var (ordered, open) = (new List<IEntityType>(), types.ToList());
        while (open.Count > 0)
        {
            var next = open.Find(t => t.GetForeignKeys().All(k => k.PrincipalEntityType == t || !open.Contains(k.PrincipalEntityType)))
                ?? open.Find(t => t.GetForeignKeys().All(k => k.PrincipalEntityType == t || !open.Contains(k.PrincipalEntityType) || !k.IsRequired))
                ?? open[0];
            ordered.Add(next);
            open.Remove(next);
        }
        return ordered;
    }

    static object? Sample(IProperty property)
    {
        if (property.GetTypeMapping().Converter is not { } converter) return Plain(property.ClrType);
        var model = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (model.IsEnum) return Enum.GetValues(model).GetValue(0);
        return FromProvider(converter);
    }

    static object? FromProvider(ValueConverter converter)
    {
        var provider = Nullable.GetUnderlyingType(converter.ProviderClrType) ?? converter.ProviderClrType;
        if (provider != typeof(string)) return converter.ConvertFromProvider(Plain(provider));
        return converter.ModelClrType == typeof(Digest) ? Digest.Of("a") : converter.ConvertFromProvider(Json(converter.ModelClrType)?.ToJsonString() ?? "null");
    }

    // A column of JSON: its type says which members it needs.
    static JsonNode? Json(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is not null) return null;
        if (type == typeof(string)) return "a";
        if (type == typeof(bool)) return true;
        if (type == typeof(byte[])) return "AQID";
        if (type == typeof(Money) || type == typeof(BasisPoints) || type == typeof(int) || type == typeof(uint) || type == typeof(long) || type == typeof(double) || type == typeof(decimal)) return 1;
        if (type == typeof(Digest)) return Digest.Of("a").Hex;
        if (type == typeof(DateOnly)) return "2026-03-02";
        if (type == typeof(TimeOnly)) return "17:00:00";
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return "2026-03-02T14:00:00Z";
        if (type == typeof(Guid) || (type.IsValueType && typeof(ITypedId).IsAssignableFrom(type))) return "0197a000-0000-7000-8000-0000000000aa";
        if (type.IsEnum) return JsonNamingPolicy.CamelCase.ConvertName(Enum.GetNames(type)[0]);
        if (type.IsGenericType && type.GetInterfaces().Append(type).Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IDictionary<,>)))) return new JsonObject();
        if (CanonicalJson.Options.GetConverter(type).GetType().Assembly != typeof(JsonSerializer).Assembly) return OwnForm(type);
        if (typeof(System.Collections.IEnumerable).IsAssignableFrom(type)) return new JsonArray();
        var made = new JsonObject();
        foreach (var member in type.GetProperties().Where(m => m.GetIndexParameters().Length == 0 && m.Name != "EqualityContract"))
        {
            if (member.CanWrite || type.GetConstructors().Any(c => c.GetParameters().Any(p => string.Equals(p.Name, member.Name, StringComparison.OrdinalIgnoreCase))))
                made[JsonNamingPolicy.CamelCase.ConvertName(member.Name)] = Json(member.PropertyType);
        }
        return made;
    }

    // A type with a form of its own: the first of the usual ones that it reads.
    static JsonNode? OwnForm(Type type)
    {
        foreach (var form in new JsonNode[] { 1, "2026-03-02T14:00:00Z", "2026-03-02T14:00:00.000Z", "2026-03-02", "14:00", "0197a000-0000-7000-8000-0000000000aa", Digest.Of("a").Hex, "a" })
        {
            try
            {
                form.Deserialize(type, CanonicalJson.Options);
                return form;
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
            {
                // the next one
            }
        }
        throw new NotSupportedException($"no JSON sample of {type.Name}");
    }

    static object Plain(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "a"
            : type == typeof(bool) ? true
            : type == typeof(short) ? (short)1
            : type == typeof(int) ? 1
            : type == typeof(long) ? 1L
            : type == typeof(Guid) ? new Guid("0197a000-0000-7000-8000-0000000000aa")
            : type == typeof(byte[]) ? new byte[] { 1, 2, 3 }
            : type == typeof(DateTime) ? new DateTime(2026, 3, 2, 14, 0, 0, DateTimeKind.Utc)
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 3, 2, 14, 0, 0, TimeSpan.Zero)
            : type == typeof(DateOnly) ? new DateOnly(2026, 3, 2)
            : throw new NotSupportedException($"no sample of {type.Name}");
    }
}
