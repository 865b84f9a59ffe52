using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Register;

public static class RegisterTables
{
    extension(AppDb db)
    {
        public DbSet<Act> Acts => db.Set<Act>();
        public DbSet<Leaf> Leaves => db.Set<Leaf>();
        public DbSet<Seal> Seals => db.Set<Seal>();
        public DbSet<RegisterKey> RegisterKeys => db.Set<RegisterKey>();
        public DbSet<StoredCheckpoint> Checkpoints => db.Set<StoredCheckpoint>();
        public DbSet<StoredFile> StoredFiles => db.Set<StoredFile>();
        public DbSet<Signature> Signatures => db.Set<Signature>();
    }
}

sealed class ActMapping : IEntityTypeConfiguration<Act>
{
    public void Configure(EntityTypeBuilder<Act> b)
    {
        b.ToTable("Acts");
        b.HasIndex(a => a.Index).IsUnique();
        b.HasIndex(a => new { a.Kind, a.Index });
        b.HasIndex(a => new { a.SubjectKind, a.SubjectId });
    }
}

sealed class LeafMapping : IEntityTypeConfiguration<Leaf>
{
    public void Configure(EntityTypeBuilder<Leaf> b)
    {
        b.ToTable("Leaves").Uncovered("the leaf is what covers the others; its hash is in the tree");
        b.HasKey(l => l.Index);
        b.Property(l => l.Index).ValueGeneratedNever();
    }
}

sealed class SealMapping : IEntityTypeConfiguration<Seal>
{
    public void Configure(EntityTypeBuilder<Seal> b)
    {
        b.ToTable("Seals").Uncovered("checked against the leaf that holds its digest");
        b.HasKey(s => new { s.Table, s.Key });
        b.HasIndex(s => s.Index);
    }
}

sealed class RegisterKeyMapping : IEntityTypeConfiguration<RegisterKey>
{
    public void Configure(EntityTypeBuilder<RegisterKey> b)
    {
        b.ToTable("RegisterKeys");
        b.HasKey(k => k.Id);
    }
}

sealed class StoredCheckpointMapping : IEntityTypeConfiguration<StoredCheckpoint>
{
    public void Configure(EntityTypeBuilder<StoredCheckpoint> b)
    {
        b.ToTable("Checkpoints").Uncovered("signed; its root is checked against the tree");
        b.HasKey(c => c.Size);
        b.Property(c => c.Size).ValueGeneratedNever();
    }
}

sealed class StoredFileMapping : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> b)
    {
        b.ToTable("StoredFiles");
        b.HasIndex(f => f.Sha256);
    }
}

sealed class SignatureMapping : IEntityTypeConfiguration<Signature>
{
    public void Configure(EntityTypeBuilder<Signature> b)
    {
        b.ToTable("Signatures");
        b.HasOne<StoredFile>().WithMany().HasForeignKey(s => s.StoredFileId).OnDelete(DeleteBehavior.Restrict);
        b.HasIndex(s => new { s.SubjectKind, s.SubjectId });
    }
}
