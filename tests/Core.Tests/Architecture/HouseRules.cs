using Mono.Cecil;

namespace Minka.Core.Tests.Architecture;

/// <summary>The rules of the house, checked over a compiled assembly. Each takes the assembly, so that a seeded violation can be given to it.</summary>
static class HouseRules
{
    /// <summary>A context may use those before it, none after it.</summary>
    public static readonly List<string> Order =
    [
        "Kernel", "Register", "Accounts", "Rules", "Territories", "Ledger", "Entities", "Planning", "Fund", "Applications",
        "Evaluation", "Awards", "Agreements", "Monitoring", "Payments", "Publication", "Story",
    ];

    static readonly string[] Vague = ["Helper", "Helpers", "Util", "Utils", "Manager", "Common", "Dto", "Impl"];

    public static List<string> ContextOrder(AssemblyDefinition assembly, string root) =>
        [.. from type in Types(assembly)
            let origin = ContextOf(type.Namespace, root)
            where origin is not null && origin != "Database"
            from used in Uses(type)
            let to = ContextOf(used.Namespace, root)
            where to is not null && to != "Database" && Order.IndexOf(to) > Order.IndexOf(origin)
            select $"{type.FullName} → {used.FullName}"];

    /// <summary>The writer and the schema know only the kernel, the register, and what registers services.</summary>
    public static List<string> DatabaseKnowsNobody(AssemblyDefinition assembly, string root, params string[] but) =>
        [.. from type in Types(assembly)
            where ContextOf(type.Namespace, root) == "Database" && !but.Contains(type.Name)
            from used in Uses(type)
            let to = ContextOf(used.Namespace, root)
            where to is not null and not ("Database" or "Kernel" or "Register")
            select $"{type.FullName} → {used.FullName}"];

    public static List<string> WebNamesOnlyIn(AssemblyDefinition assembly, string root, params string[] contexts) =>
        [.. from type in Types(assembly)
            let context = ContextOf(type.Namespace, root)
            where context is not null && !contexts.Contains(context)
            from used in Uses(type)
            where used.Namespace.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            select $"{type.FullName} → {used.FullName}"];

    public static List<string> VagueNames(AssemblyDefinition assembly) =>
        [.. Types(assembly).Where(t => !t.Name.StartsWith('<') && Vague.Any(v => t.Name.EndsWith(v, StringComparison.Ordinal))).Select(t => t.FullName)];

    /// <summary>An interface of ours with one implementation only adds a name; the listed few have their reason.</summary>
    public static List<string> LoneInterfaces(AssemblyDefinition assembly, params string[] allowed)
    {
        var types = Types(assembly).ToList();
        return [.. from i in types
                   where i.IsInterface && !allowed.Contains(i.Name)
                   let made = types.Count(t => !t.IsInterface && Implements(t, i))
                   where made == 1
                   select i.FullName];
    }

    /// <summary>Entities (what the tables hold) know nothing of EF.</summary>
    public static List<string> EntitiesWithEf(AssemblyDefinition assembly, IReadOnlySet<string> entities) =>
        [.. from type in Types(assembly)
            where entities.Contains(type.FullName)
            from used in Uses(type)
            where used.Namespace.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            select $"{type.FullName} → {used.FullName}"];

    /// <summary>Money and state change by verbs: no public setter on an entity.</summary>
    public static List<string> OpenSetters(AssemblyDefinition assembly, IReadOnlySet<string> entities) =>
        [.. from type in Types(assembly)
            where entities.Contains(type.FullName)
            from property in type.Properties
            where property.SetMethod is { IsPublic: true } set && !IsInit(set)
            select $"{type.FullName}.{property.Name}"];

    public static List<string> References(AssemblyDefinition assembly, params string[] allowed) =>
        [.. assembly.MainModule.AssemblyReferences.Select(r => r.Name)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && n is not ("System" or "netstandard" or "mscorlib") && !allowed.Contains(n))];

    /// <summary>Of another assembly of ours, one namespace only.</summary>
    public static List<string> UsesBeyond(AssemblyDefinition assembly, string other, string allowed) =>
        [.. from type in Types(assembly)
            from used in Uses(type)
            where used.Namespace.StartsWith(other, StringComparison.Ordinal) && used.Namespace != allowed
            select $"{type.FullName} → {used.FullName}"];

    static bool Implements(TypeDefinition type, TypeDefinition contract)
    {
        for (var t = type; t is not null; t = t.BaseType is TypeDefinition b ? b : null)
        {
            if (t.Interfaces.Any(i => i.InterfaceType.GetElementType().FullName == contract.FullName)) return true;
        }
        return false;
    }

    static bool IsInit(MethodDefinition set) =>
        set.ReturnType is RequiredModifierType modified && modified.ModifierType.Name == "IsExternalInit";

    static string? ContextOf(string? space, string root)
    {
        if (space is null || !space.StartsWith(root + ".", StringComparison.Ordinal)) return null;
        var name = space[(root.Length + 1)..].Split('.')[0];
        return name == "Database" || Order.Contains(name) ? name : null;
    }

    static IEnumerable<TypeDefinition> Types(AssemblyDefinition assembly) => assembly.MainModule.GetTypes().Where(t => t.Name != "<Module>");

    static IEnumerable<TypeReference> Uses(TypeDefinition type)
    {
        var found = new List<TypeReference?> { type.BaseType };
        found.AddRange(type.Interfaces.Select(i => i.InterfaceType));
        found.AddRange(type.Fields.Select(f => f.FieldType));
        foreach (var method in type.Methods)
        {
            found.Add(method.ReturnType);
            found.AddRange(method.Parameters.Select(p => p.ParameterType));
            if (!method.HasBody) continue;
            found.AddRange(method.Body.Variables.Select(v => v.VariableType));
            foreach (var instruction in method.Body.Instructions)
            {
                switch (instruction.Operand)
                {
                    case MethodReference called:
                        found.Add(called.DeclaringType);
                        found.Add(called.ReturnType);
                        if (called is GenericInstanceMethod generic) found.AddRange(generic.GenericArguments);
                        break;
                    case FieldReference field:
                        found.Add(field.DeclaringType);
                        break;
                    case TypeReference named:
                        found.Add(named);
                        break;
                }
            }
        }
        return found.OfType<TypeReference>().SelectMany(Flatten).Select(Outermost).Where(t => t.FullName != type.FullName);
    }

    static IEnumerable<TypeReference> Flatten(TypeReference type)
    {
        yield return type.GetElementType();
        if (type is GenericInstanceType generic)
        {
            foreach (var inner in generic.GenericArguments.SelectMany(Flatten)) yield return inner;
        }
    }

    static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return type;
    }
}
