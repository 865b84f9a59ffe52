using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using PersonStore = Microsoft.AspNetCore.Identity.EntityFrameworkCore.UserOnlyStore<
    Minka.Core.Accounts.Person, Minka.Core.Database.AppDb, System.Guid, Microsoft.AspNetCore.Identity.IdentityUserClaim<System.Guid>,
    Microsoft.AspNetCore.Identity.IdentityUserLogin<System.Guid>, Microsoft.AspNetCore.Identity.IdentityUserToken<System.Guid>, Minka.Core.Accounts.Passkey>;

namespace Minka.Core.Accounts;

public static class AccountsServices
{
    /// <summary>What the use cases of this context need of Identity: its hash of passwords and its passkey ceremonies. Acts write, its store reads.</summary>
    public static IServiceCollection AddMinkaAccounts(this IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddIdentityCore<Person>(o => o.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddScoped<IUserStore<Person>>(p => new PersonStore(p.GetRequiredService<AppDb>()) { AutoSaveChanges = false });
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.Configure<IdentityPasskeyOptions>(PasskeyRules.Configure);
        return services;
    }
}
