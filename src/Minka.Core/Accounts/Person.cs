using Microsoft.AspNetCore.Identity;
using Minka.Core.Database;

namespace Minka.Core.Accounts;

/// <summary>Someone who can sign in. Name and address are personal data: never in a public page, file or leaf.</summary>
public sealed class Person : IdentityUser<Guid>, IVersioned
{
    public string DisplayName { get; set; } = "";

    /// <summary>An invented person of the demonstration, who signs in without a password.</summary>
    public bool IsDemo { get; set; }

    public int Version { get; private set; }
}
