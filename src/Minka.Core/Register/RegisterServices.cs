using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

public static class RegisterServices
{
    /// <summary>The keys of the installation, opened (or made) in the folder <c>keys</c> of its data when first asked for.</summary>
    public static IServiceCollection AddRegister(this IServiceCollection services, DbSettings settings)
    {
        var folder = Path.Combine(settings.DataFolder, "keys");
        services.AddSingleton(provider => SigningKeys.OpenOrCreate(folder, provider.GetRequiredService<IEntropy>()));
        services.AddSingleton(provider => SealingKeys.OpenOrCreate(folder, provider.GetRequiredService<IEntropy>()));
        services.AddSingleton<ActKinds>();
        return services;
    }
}
