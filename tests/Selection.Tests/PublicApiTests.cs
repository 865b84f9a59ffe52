using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Minka.Selection.Award;

namespace Minka.Selection.Tests;

/// <summary>
/// The public surface of Minka.Selection is listed in <c>src/Minka.Selection/PublicApi.txt</c>, so that a change of it is
/// seen in review. To accept a change, run the tests with MINKA_ACCEPT_API=1.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicSurface_IsAsListed()
    {
        var path = Path.Combine(Shared.Root, "src", "Minka.Selection", "PublicApi.txt");
        var actual = Listing(typeof(AwardRanking).Assembly);
        if (Environment.GetEnvironmentVariable("MINKA_ACCEPT_API") == "1")
            File.WriteAllText(path, actual);

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(actual, "accept a wanted change by MINKA_ACCEPT_API=1");
    }

    private static string Listing(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
                .Select(Describe)
                .OfType<string>()
                .Order(StringComparer.Ordinal);
            foreach (var member in members)
                text.Append("  ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        PropertyInfo p => $"{Name(p.PropertyType)} {p.Name} {{ {(p.CanRead ? "get; " : "")}{(p.SetMethod is { IsPublic: true } ? "init; " : "")}}}",
        FieldInfo { IsSpecialName: true } => null,
        FieldInfo { DeclaringType.IsEnum: true } f => $"{f.Name} = {f.GetRawConstantValue()}",
        FieldInfo f => $"{Name(f.FieldType)} {f.Name}",
        ConstructorInfo c => $"new({Parameters(c)})",
        MethodInfo { IsSpecialName: true } m when !m.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo m => $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})",
        _ => null,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"));

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        if (!type.IsGenericType)
            return type.Name;
        return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
