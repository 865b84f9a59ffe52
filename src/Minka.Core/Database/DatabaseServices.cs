using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Minka.Core.Accounts;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories.Packs;

namespace Minka.Core.Database;

public static class DatabaseServices
{
    const int KeptReaders = 32;

    /// <summary>The database, its writer, and every use case and event handler of the assembly.</summary>
    public static IServiceCollection AddMinkaCore(this IServiceCollection services, DbSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEntropy, SystemEntropy>();
        services.AddMinkaAccounts();
        // A program that was given another country pack registers it before.
        services.TryAddSingleton(_ => PackReader.BuiltIn);
        services.AddSingleton(settings);
        services.AddSingleton<RegisterTree>();
        services.AddSingleton<Writer>();
        services.AddSingleton<Territories.KeptDistricts>();
        services.AddSingleton<Entities.Prioritisation.KeptPriorities>();
        services.AddScoped<WorkScope>();
        services.AddRegister(settings);
        services.AddPooledDbContextFactory<AppDb>(settings.ToRead, KeptReaders);
        services.AddScoped(provider => provider.GetRequiredService<WorkScope>().Work?.Db ?? Reader(provider, settings));
        foreach (var type in typeof(AppDb).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            if (type.IsDefined(typeof(UseCaseAttribute), inherit: false)) services.AddScoped(type);
            foreach (var handler in type.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEventHandler<>)))
                services.AddScoped(handler, type);
        }
        return services;
    }

    // On SQLite a kept context keeps its connection open: to open one is to register EF's functions anew, which costs more than
    // most queries.
    static AppDb Reader(IServiceProvider provider, DbSettings settings)
    {
        var db = provider.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext();
        if (settings.IsSqlite) db.Database.OpenConnection();
        return db;
    }
}

/// <summary>Marks a use case or query that pages and other use cases ask for: registered once, by scanning.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class UseCaseAttribute : Attribute;
