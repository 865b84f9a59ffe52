using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Minka.Core.Database;

namespace Minka.Core.Ledger;

public static class LedgerTables
{
    extension(AppDb db)
    {
        public DbSet<LedgerAccount> LedgerAccounts => db.Set<LedgerAccount>();
        public DbSet<LedgerEntry> LedgerEntries => db.Set<LedgerEntry>();
        public DbSet<Posting> Postings => db.Set<Posting>();
    }
}

sealed class LedgerAccountMapping : IEntityTypeConfiguration<LedgerAccount>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> b)
    {
        b.ToTable("LedgerAccounts");
        b.HasIndex(a => new { a.Book, a.BookId, a.Kind }).IsUnique();
    }
}

sealed class LedgerEntryMapping : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> b)
    {
        b.ToTable("LedgerEntries");
        b.HasIndex(e => e.Key).IsUnique();
        b.HasIndex(e => e.SubjectId);
    }
}

sealed class PostingMapping : IEntityTypeConfiguration<Posting>
{
    public void Configure(EntityTypeBuilder<Posting> b)
    {
        b.ToTable("Postings");
        b.HasKey(p => new { p.EntryId, p.Line });
        b.HasIndex(p => p.AccountId);
    }
}
