using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Minka.Web.Docs;

/// <summary>What the compiled methods of the core call, read from their instructions; an asynchronous method counts with its body.</summary>
static class Calls
{
    static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>The strings and the methods that a method names.</summary>
    public static (IReadOnlyList<string> Strings, IReadOnlyList<MethodBase> Methods) Of(MethodBase method)
    {
        var (strings, methods) = (new List<string>(), new List<MethodBase>());
        if (method.GetCustomAttribute<AsyncStateMachineAttribute>() is { } machine) methods.Add(machine.StateMachineType.GetMethod("MoveNext", BindingFlags.NonPublic | BindingFlags.Instance)!);
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) return (strings, methods);
        var (module, typeArguments) = (method.Module, method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null);
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var first = code[at++];
            var op = Codes[first == 0xFE ? unchecked((short)(0xFE00 | code[at++])) : first];
            switch (op.OperandType)
            {
                case OperandType.InlineString:
                    strings.Add(module.ResolveString(BitConverter.ToInt32(code, at)));
                    break;
                case OperandType.InlineMethod:
                    if (module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } called) methods.Add(called);
                    break;
            }
            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
        return (strings, methods);
    }

    /// <summary>All methods of an assembly, with those that the compiler made.</summary>
    public static IEnumerable<MethodBase> MethodsOf(Assembly assembly) => assembly.GetTypes().SelectMany(t =>
        t.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly));
}
