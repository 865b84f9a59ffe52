using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Logframes;

/// <summary>Writes or replaces the logical framework of a programme.</summary>
[UseCase]
public sealed class SetLogframe(Writer writer)
{
    /// <summary>The version of what is not there yet: a first row has version 0.</summary>
    public const int None = -1;

    /// <param name="seen">Version that the editor saw (<see cref="None"/> where there was none); null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId id, IReadOnlyList<LogframeRow> rows, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.set-logframe", actor, async work =>
        {
            var programme = await work.Db.ProgrammeAsync(id, cancel);
            var frame = await work.Db.Logframes.SingleOrDefaultAsync(l => l.ProgrammeId == id, cancel);
            if (seen is { } version && version != (frame?.Version ?? None)) throw new ChangedMeanwhile("logframe");
            if (frame is null) work.Db.Logframes.Add(Logframe.Of(programme, rows));
            else frame.Change(rows);
        }, new ActNote("programme", id.Value), cancel);
}

public static class LogframeTables
{
    extension(AppDb db)
    {
        public DbSet<Logframe> Logframes => db.Set<Logframe>();
    }
}

sealed class LogframeMapping : IEntityTypeConfiguration<Logframe>
{
    public void Configure(EntityTypeBuilder<Logframe> b)
    {
        b.ToTable("Logframes");
        b.HasKey(l => l.ProgrammeId);
        b.HasOne<Programme>().WithOne().HasForeignKey<Logframe>(l => l.ProgrammeId).OnDelete(DeleteBehavior.Restrict);
        b.Property(l => l.Rows).HasJson();
    }
}
