using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Minka.Core.Accounts;

public static class AccountsServices
{
    /// <summary>What the use cases of this context need of Identity, without its web parts.</summary>
    public static IServiceCollection AddMinkaAccounts(this IServiceCollection services) =>
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
}
