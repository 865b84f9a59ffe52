using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Room;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Story;

/// <param name="Voters">Each member with its representative, who can sign in to a demonstration.</param>
public sealed record RoomCast(AssemblyId Assembly, MotionId Motion, Guid Secretary, IReadOnlyList<(MemberId Member, Guid Person)> Voters);

/// <summary>
/// A large assembly on its day: convened, the door open with a code, nobody there yet, one motion on the agenda. All invented (DEMO); for
/// measuring arrivals and ballots, and for killing the server among them.
/// </summary>
public sealed class FullRoom(IServiceProvider services, MovableClock clock)
{
    static readonly (Sector Sector, string Group)[] Mix =
        [(Sector.Public, "provincial-government"), (Sector.Private, "producers"), (Sector.Social, "communities"), (Sector.Private, "business"), (Sector.Social, "women"), (Sector.Public, "district-government")];

    public async Task<RoomCast> FillAsync(int members, CancellationToken cancel = default)
    {
        var writer = services.GetRequiredService<Writer>();
        await WithAsync<OpenRegister>(o => o.ExecuteAsync(cancel));
        await writer.ActAsync("installation.start", Actor.System, w => { w.Db.Installations.Add(new Installation { Mode = InstallationMode.Demo, StartedAt = w.Now }); return Task.CompletedTask; }, cancel: cancel);
        var secretary = await PersonAsync("secretaria", cancel);
        var actor = new Actor(secretary, Role.Secretary.Word());
        var (entity, _) = await WithAsync<CreateEntity, (EntityId, string)>(c => c.ExecuteAsync(new EntityInput("Alianza de la sala llena (DEMO)", "fdd-alliance", ["0605"]), actor, cancel));
        var today = LegalTime.DayIn(clock.UtcInstant());
        var voters = new List<(MemberId, Guid)>(members);
        for (var i = 0; i < members; i++)
        {
            var number = (i + 1).ToString("0000", CultureInfo.InvariantCulture);
            var person = await PersonAsync("representante-" + number, cancel);
            var (sector, group) = Mix[i % Mix.Length];
            var member = new MemberInput($"Organización {number} (DEMO)", null, sector, group, 1, null, $"Representante {number} (DEMO)", today.AddDays(-30), today.AddYears(1), person);
            voters.Add((await WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity, member, actor, cancel)), person));
        }
        var first = clock.UtcInstant().AddDays(15);
        var assembly = await WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity, new ConvocationInput("Asamblea de la sala llena", "Coliseo (DEMO)", first, null), actor, cancel));
        var motion = await WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(assembly, new MotionInput("Punto único", "Aprobar lo presentado."), actor, cancel));
        clock.Ahead += TimeSpan.FromDays(15) + TimeSpan.FromMinutes(1);
        await WithAsync<OpenDoor>(d => d.ExecuteAsync(assembly, asksCode: true, actor, cancel));
        await writer.ActAsync("installation.clock", Actor.System, async w => (await w.Db.Installations.SingleAsync(cancel)).MoveClock(clock.Ahead), cancel: cancel);
        return new RoomCast(assembly, motion, secretary, voters);
    }

    Task<Guid> PersonAsync(string name, CancellationToken cancel) =>
        WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name + " (DEMO)", null, null, IsDemo: true), Actor.System, cancel));

    async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    Task WithAsync<TService>(Func<TService, Task> use)
        where TService : notnull => WithAsync<TService, bool>(async s => { await use(s); return true; });
}
