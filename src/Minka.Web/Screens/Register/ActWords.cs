using Minka.Web.Layout;

namespace Minka.Web.Screens.Register;

/// <summary>Kinds of acts and roles in words. Each context writes the words of its acts under <c>act.KIND</c>.</summary>
public static class ActWords
{
    /// <summary>The words of a kind, with a capital; the kind itself while a context has not written any.</summary>
    public static string Verb(T t, string kind) => Texts.Has("act." + kind) ? Capital(t["act." + kind]) : kind;

    public static string Role(T t, string role) => Texts.Has("register.role." + role) ? t["register.role." + role] : role;

    static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
