using System.Collections.Concurrent;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>What is being done with the table of one entity, or how it ended.</summary>
/// <param name="Rows">Good rows when it began.</param>
public sealed record BankWork(string File, int Rows, DateTime Since)
{
    /// <summary>Projects in the bank so far.</summary>
    public int Done { get; init; }

    public bool Ended { get; init; }

    /// <summary>The rule that stopped it.</summary>
    public RuleBroken? Broken { get; init; }

    /// <summary>It stopped before its end.</summary>
    public bool CutOff { get; init; }
}

/// <summary>
/// Takes large tables of projects into their banks beside the pages, a portion at a time. What is done is in the bank and what is not stays in the
/// draft, so a stop of the server loses nothing: the same button goes on.
/// </summary>
public sealed class BankDesk(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime life, ILogger<BankDesk> log)
{
    readonly ConcurrentDictionary<EntityId, BankWork> works = new();

    /// <summary>The last work of an entity since the server started.</summary>
    public BankWork? Of(EntityId entity) => works.GetValueOrDefault(entity);

    /// <summary>Begins unless it is under way.</summary>
    public void Begin(EntityId entity, string file, int rows, Actor actor)
    {
        var work = new BankWork(file, rows, clock.UtcInstant());
        if (ReferenceEquals(works.AddOrUpdate(entity, work, (_, last) => last.Ended ? work : last), work)) _ = Task.Run(() => RunAsync(entity, work, actor));
    }

    async Task RunAsync(EntityId entity, BankWork work, Actor actor)
    {
        var done = 0;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<StageProjects>().AdmitAsync(entity, actor, count => works[entity] = work with { Done = done = count }, life.ApplicationStopping);
            works[entity] = work with { Done = done, Ended = true };
        }
        catch (RuleBroken broken)
        {
            works[entity] = work with { Done = done, Ended = true, Broken = broken };
        }
        catch (Exception failure)
        {
            // A fault of our own ends this work, not the server.
            if (!life.ApplicationStopping.IsCancellationRequested) log.LogError(failure, "{File} of {Entity}", work.File, entity.Value);
            works[entity] = work with { Done = done, Ended = true, CutOff = true };
        }
    }
}
