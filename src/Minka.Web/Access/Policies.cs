using Minka.Core.Accounts;

namespace Minka.Web.Access;

/// <summary>Who may open a page or an endpoint. Every one states exactly one; without it nobody may.</summary>
public abstract class AccessAttribute : Attribute
{
    /// <summary>Short form for the list of screens: "public", "signed-in", "operator, board".</summary>
    public abstract string Words { get; }
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class PublicAttribute : AccessAttribute
{
    public override string Words => "public";
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SignedInAttribute : AccessAttribute
{
    public override string Words => "signed-in";
}

/// <summary>Only persons who hold one of the roles in a scope of the page's route (or over the platform).</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class MayAttribute(params Role[] roles) : AccessAttribute
{
    public Role[] Roles { get; } = roles;

    public override string Words => string.Join(", ", Roles.Select(r => r.Word()));
}

/// <summary>Only in an installation that began as a demonstration.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class DemoOnlyAttribute : Attribute;
